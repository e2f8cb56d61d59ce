"""What a text, a proposal or an occasion is about, as far as it tells one from another.

Words are compared by their first letters, romanised, so that “postal” is “posts”; words that say
nothing, such as “cooperation”, are in `data/merge_words.json`. Headings of the taxonomy bridge
languages: “فیبر نوری” and “fibre optics” are one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..language.folding import fold
from ..records import MoU, Proposal, Topic
from ..resolve.linking import KINDS_OF_TEXT
from ..resolve.topics import classify_topic

# Letters by which words are compared, and those that a word has to have.
STEM = 5
LEAST_LETTERS = 4

_WORD = re.compile(r"[a-z]+")
_INITIALS = re.compile(r"\b[A-Z]{2,}\b")


class Subject(NamedTuple):
    """What something is about."""

    headings: frozenset[str] = frozenset()
    """Headings of the taxonomy, without “other”."""
    stems: frozenset[str] = frozenset()
    """Beginnings of its telling words."""

    def __bool__(self) -> bool:
        return bool(self.headings or self.stems)

    def __or__(self, other: Subject) -> Subject:
        return Subject(self.headings | other.headings, self.stems | other.stems)


def of_text(mou: MoU) -> Subject:
    """Return what a memorandum is about, by its title and topics."""
    said = [mou.title] if mou.title else []
    return Subject(
        _headings(mou.topics) | _classified(said),
        _stems([*said, *(topic.text for topic in mou.topics)], telling_stems),
    )


def of_proposal(proposal: Proposal) -> Subject:
    """Return what a proposal is about: headings of its topics, else of its words; telling words.

    The names of those concerned are none of these words.
    """
    said = [quote.quote for quote in proposal.evidence]
    parties = (*proposal.proposer_party, *proposal.addressees)
    persons = [words for each in proposal.proposers for words in (each.name, each.role) if words]
    names = [*persons, *(party.text for party in parties), *(party.name for party in parties)]
    words = _stems([*said, *(topic.text for topic in proposal.topics)], telling_stems)
    return Subject(
        _headings(proposal.topics) or _classified(said),
        words - _stems(names, stems),
    )


@lru_cache(maxsize=65536)
def telling_stems(words: str) -> frozenset[str]:
    """Return the beginnings of the words that tell something."""
    return stems(words) - _stems_of("general") - _stems_of("saying") - _kinds_of_text()


def occasion_stems(words: str) -> frozenset[str]:
    """Return the beginnings of the words, and the initials, that tell one conference from another."""
    initials = frozenset(_INITIALS.findall(words))
    return stems(words) - _stems_of("occasions") - _stems_of("general") | initials


@lru_cache(maxsize=4096)
def is_of_carrying_out(words: str) -> bool:
    """Tell whether words speak of carrying something out that is agreed."""
    return _has("carrying_out", words)


def is_of_signing(words: str) -> bool:
    """Tell whether words speak of bringing a text to its signature."""
    return _has("signing", words)


def names_text(words: str) -> bool:
    """Tell whether words name a memorandum or another text."""
    return _has("texts", words)


@lru_cache(maxsize=65536)
def stems(words: str) -> frozenset[str]:
    """Return the beginnings of all words that are not short, romanised."""
    from anyascii import anyascii

    letters = anyascii(fold(words)).lower()
    return frozenset(word[:STEM] for word in _WORD.findall(letters) if len(word) >= LEAST_LETTERS)


def _has(table: str, words: str) -> bool:
    folded = f" {fold(words)} "
    return any(word in folded for word in _folded(table))


@cache
def _folded(table: str) -> tuple[str, ...]:
    """Return words as they are looked for; a space beside one, which folding takes, is its border."""
    words = _table()[table]
    return tuple(f" {fold(w)} " if w.startswith(" ") else fold(w) for w in words)


def _headings(topics: Iterable[Topic]) -> frozenset[str]:
    return frozenset(topic.topic for topic in topics) - {"other"}


def _classified(said: Iterable[str]) -> frozenset[str]:
    return frozenset(map(classify_topic, said)) - {"other"}


def _stems(said: Iterable[str], of: Callable[[str], frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*map(of, said))


@cache
def _stems_of(table: str) -> frozenset[str]:
    return _stems(_table()[table], stems)


@cache
def _kinds_of_text() -> frozenset[str]:
    return _stems(KINDS_OF_TEXT, stems)


@cache
def _table() -> dict[str, list[str]]:
    text = files("ictdiplo").joinpath("data/merge_words.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(text)
    return table
