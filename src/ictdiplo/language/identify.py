"""Which language a text is in, as far as its commonest words tell.

This is for a warning that a text is in a language nobody here reads, not for sorting a corpus. The
identifiers on offer cost tens of megabytes or a second of start-up, or take French for Portuguese.
The words are in `data/function_words.json`; neighbours such as Portuguese and Urdu are listed so
that they are not taken for Spanish and Persian.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from .folding import fold

# The top of an article tells; function words are about a third of running English, and an eighth
# leaves room for languages that write them as endings (Turkish, Arabic).
SAMPLE = 5_000
LEAST_SHARE = 1 / 8
LEAST_WORDS = 2
LEAST_LEAD = 1.25

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "ja": re.compile(r"[぀-ヿ]"),
    "ko": re.compile(r"[가-힣]"),
    "zh": re.compile(r"[一-鿿]"),
}


def identify_language(text: str) -> str | None:
    """Guess the ISO 639-1 code of `text` from its first 5,000 characters; None when unsure."""
    sample = fold(text[:SAMPLE])
    return _by_script(sample) or _by_words(_WORD.findall(sample))


def _by_script(sample: str) -> str | None:
    """Tell the languages that put no spaces around words, if half the letters are theirs."""
    if sample.isascii():
        return None
    letters = sum(map(str.isalpha, sample))
    own = {language: len(script.findall(sample)) for language, script in _SCRIPTS.items()}
    if 2 * sum(own.values()) <= letters:
        return None
    # Japanese is Han characters with kana between them; a tenth of kana is well below its share.
    return "ja" if 10 * own["ja"] > sum(own.values()) else max(own, key=own.__getitem__)


def _by_words(words: list[str]) -> str | None:
    counts: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in _languages_by_word().get(word, ()):
            counts[language] += times
    (language, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    enough = most >= max(LEAST_WORDS, LEAST_SHARE * len(words))
    return language if enough and most >= LEAST_LEAD * next_most else None


@cache
def _languages_by_word() -> Mapping[str, tuple[str, ...]]:
    table = json.loads(
        files("ictdiplo").joinpath("data/function_words.json").read_text(encoding="utf-8")
    )
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in fold(words).split():
            languages[word] = (*languages.get(word, ()), language)
    return languages
