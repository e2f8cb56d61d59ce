"""Words in disguise, brought back to the letters that they are read as.

A person, and a model, reads “Ignоre” with a Cyrillic о, “1gn0re”, “Ígnóre”, “*Ignore*” and “Ig-”
with “nore” on the next line as what they look like. Which letters are taken for which is in
`data/disguises.json`.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import normalize

_ACCENT = "\u0300-\u036f"
_EMPHASIS = r"*_~|\\^"
# Hints of a disguise, of which most texts have none: letters of two scripts side by side, small
# capitals, accents apart or in a Latin word; digits within a word.
_ODD_LETTERS = re.compile(
    rf"[\u0370-\u052f](?=[a-z])|[a-z](?=[\u0370-\u052f])|[\u00df-\u02af\u1d00-\u1d2b\ua730-\ua7ff{_ACCENT}]"
)
_ODD_DIGITS = re.compile(r"\d[a-z]{4}|\d[a-z](?<=[a-z]\d[a-z])|\d[a-z](?<=[a-z]\d\d[a-z])")
# What a second look at the text is worth, whatever its words are.
_DRESSED = re.compile(
    rf"[{_ACCENT}]|[{_EMPHASIS}](?<=[^\W\d_].)|[{_EMPHASIS}](?=[^\W\d_])|- (?<=[^\W\d_]{{2}}- )(?=[^\W\d_])"
)
# A word, or a sign that is not left out. A hyphen at the end of a line is, and joins two halves; so
# is a quote mark, but for one within a word.
_PIECE = re.compile(
    rf"[^\W_]+|(?P<broken>(?<=\w)- (?=\w))|(?<=\w)'(?=\w)|[^\w\s'{_EMPHASIS}{_ACCENT}]"
)
# What parts no words: “*Ig*nore”.
_WITHIN_WORD = re.compile(rf"[*~\\^{_ACCENT}]+")
_LATIN = re.compile("[a-z]")


class _Lookalikes(NamedTuple):
    """Tables for `str.translate`."""

    latin: dict[int, str]
    """From other scripts to Latin."""
    cyrillic: dict[int, str]
    """From Latin to Cyrillic."""
    digits: dict[int, str]


def undisguise(
    folded: str, offsets: Sequence[int], words: Collection[str], tells: Collection[str]
) -> tuple[str, Sequence[int]] | None:
    """Return a folded text without disguises and its characters' offsets, None if it has none.

    `words` are those of the text. One is in disguise if letters of two scripts are mixed in it, or
    if it is one of `tells` once its letters are plain.
    """
    is_dressed = _has_dressing(folded) and _DRESSED.search(folded) is not None
    may_be_odd = not folded.isascii() and _ODD_LETTERS.search(folded) is not None
    if not (is_dressed or may_be_odd or _ODD_DIGITS.search(folded)):
        return None
    plain = {word: _plain(word) for word in words}
    odd = (word for word, letters in plain.items() if word != letters)
    is_odd = any(_is_mixed(word) or plain[word] in tells for word in odd)
    return _rewritten(folded, offsets, plain) if is_odd or is_dressed else None


def _has_dressing(folded: str) -> bool:
    """Tell quickly that there is nothing for `_DRESSED`."""
    return "- " in folded or not folded.isascii() or any(sign in folded for sign in "*_~|\\^")


def _rewritten(
    folded: str, offsets: Sequence[int], plain: dict[str, str]
) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    origins = array("I")
    end = 0
    for piece in _PIECE.finditer(folded):
        start, between = piece.start(), folded[end : piece.start()]
        end = piece.end()
        if piece["broken"]:
            continue
        if between and pieces and not _WITHIN_WORD.fullmatch(between):
            pieces.append(" ")
            origins.append(offsets[start - 1])
        pieces.append(plain.get(piece[0], piece[0]))
        origins.extend(offsets[start:end])
    return "".join(pieces), origins


def _plain(word: str) -> str:
    """Return a word, letter for letter, in the script that it pretends to be in."""
    table = _lookalikes()
    if word.isascii():
        return word if word.isalpha() or word.isdigit() else word.translate(table.digits)
    if _is_mixed(word) and any(
        _is_cyrillic(char) and ord(char) not in table.latin for char in word
    ):
        return word.translate(table.cyrillic)
    if _is_mixed(word) or not any(map(_is_cyrillic, word)):
        return "".join(map(_base, word.translate(table.latin)))
    return word


def _is_mixed(word: str) -> bool:
    return _LATIN.search(word) is not None and any("\u0370" <= char <= "\u052f" for char in word)


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"


def _base(char: str) -> str:
    base = normalize("NFD", char)[0]
    return base if base.isascii() else char


@cache
def _lookalikes() -> _Lookalikes:
    text = (files("ictdiplo") / "data/disguises.json").read_text(encoding="utf-8")
    table = json.loads(text)
    cyrillic = {latin: letter for letter, latin in table["cyrillic"].items()}
    return _Lookalikes(
        str.maketrans(table["cyrillic"] | table["other"]),
        str.maketrans(cyrillic),
        str.maketrans(table["digits"]),
    )
