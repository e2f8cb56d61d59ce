"""Topics: the field's own terms, as they stand in a passage."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from ...language.folding import fold

MOST_TOPICS = 12

_WORD = re.compile(r"[\w-]+")


def find_topics(text: str, start: int, end: int) -> list[str]:
    """Return the terms of `data/topics.json` that stand in `text[start:end]`, longest first at each place."""
    return list(_topics_in(text[start:end]))


@lru_cache(maxsize=64)  # the records of a sentence ask for the same
def _topics_in(text: str) -> tuple[str, ...]:
    words = list(_WORD.finditer(text))
    longest = _terms_by_first_word()
    topics: dict[str, str] = {}
    behind = 0
    for at, word in enumerate(words):
        most = longest.get(_stem(word[0].lower()), 0)
        if most and at >= behind and (count := _longest_at(text, words, at, most)):
            behind = at + count
            found = text[word.start() : words[behind - 1].end()]
            topics.setdefault(fold(found), found)
            if len(topics) == MOST_TOPICS:
                break
    return tuple(topics.values())


def _longest_at(text: str, words: list[re.Match[str]], at: int, most: int) -> int:
    """Return how many words from `at` on are a term, up to `most`; 0 if none are."""
    for count in range(min(most, len(words) - at), 0, -1):
        term = text[words[at].start() : words[at + count - 1].end()].lower()
        if term in _terms() or _stem(term) in _terms():
            return count
    return 0


def _stem(words: str) -> str:
    return words.removesuffix("s")


@cache
def _terms() -> frozenset[str]:
    text = files("ictdiplo").joinpath("data/topics.json").read_text(encoding="utf-8")
    table = json.loads(text)
    return frozenset(
        fold(term) for group, terms in table.items() if group != "about" for term in terms
    )


@cache
def _terms_by_first_word() -> dict[str, int]:
    """Return the first word of terms, without plural, and the most words that follow from it."""
    longest: dict[str, int] = {}
    for term in _terms():
        words = _WORD.findall(term)
        if words:
            first = _stem(words[0])
            longest[first] = max(longest.get(first, 0), len(words))
    return longest
