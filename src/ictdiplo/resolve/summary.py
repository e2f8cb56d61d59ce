"""A reader's own sentence, held against the article: its numbers and names must stand there.

Its sense cannot be checked this way, and in scripts without capitals neither can its names.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import zip_longest

from ..language.gazetteer import lookup
from .quotes import Text

_NUMBER_OR_WORD = re.compile(r"\d(?:[\d.,:]*\d)?\w*|[^\W\d_][\w’']*")
_POSSESSIVE = re.compile(r"[’']s?$")
_OPENING = "\"'“‘«([ "
_SENTENCE_ENDS = ".!?؟:"
# Inflected languages change the ends of names; what comes before them is enough to know one by.
_ENDING = 3


def unsupported_claim(summary: str, text: Text, codes: Collection[str]) -> str | None:
    """Return the first number or name of `summary` that the article does not bear out, or None.

    `codes` are the ISO 3166-1 alpha-3 codes of the record's parties: “Tajikistan” is borne out
    where the article only says “Dushanbe”.
    """
    words = list(_NUMBER_OR_WORD.finditer(summary))
    for word, following in zip_longest(words, words[1:]):
        name = _POSSESSIVE.sub("", word[0])
        names = name[0].isdigit() or (name[0].isupper() and _is_name(word, following, summary))
        if names and not _is_supported(name, text, codes):
            return word[0]
    return None


def _is_name(word: re.Match[str], following: re.Match[str] | None, summary: str) -> bool:
    """Tell a name from a sentence's first word, which has a capital whatever it is."""
    before = summary[: word.start()].rstrip(_OPENING)
    if before and before[-1] not in _SENTENCE_ENDS:
        return True
    return lookup(word[0]) is not None or (following is not None and following[0][0].isupper())


def _is_supported(name: str, text: Text, codes: Collection[str]) -> bool:
    if text.reports(name) or name[0].isdigit():
        return text.reports(name)
    if entry := lookup(name):
        return entry.code in codes
    return not name.isascii() and text.begins_word(name[: max(_ENDING, len(name) - _ENDING)])
