"""Persons' names across spellings and scripts: “Sa'dullo”, “Sadullo” and “Саъдулло” are one.

A name is romanised (anyascii), titles are left out, letters that romanisations exchange are folded
together, and each word of the shorter name is laid beside another word of the longer one such that
the least alike pair is as alike as can be. That pair decides: a shared given name proves nothing.
Words whose first consonants no romanisation exchanges are not alike: “Rahimov” is not “Karimov”.

Arabic script leaves short vowels out, so a name in it is held against another by consonants alone.
The letters are in `data/name_words.json`. “Petrov” and “Petkov” pass as one: a name alone never
merges anything, side and date have to agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations
from typing import NamedTuple

from .folding import fold

ALIKE = 70
"""Per cent from which two names are one. Of 25 pairs of the field, the least alike of one person
have 73 and the most alike of two persons 67 (`tests/language/test_names.py` has pairs of this sort)."""
# More words than that are titles and ancestors; without a bound, their order would be tried for ever.
MOST_WORDS = 6
LEAST_CONSONANTS = 3
# Of a word's consonants, so many lie before the endings that languages add to names.
BEGINNING = 3

_WORD = re.compile(r"[a-z0-9]+")
_QUOTES = re.compile(r"['`\"]")
_DOUBLED = re.compile(r"(.)\1+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


class _Name(NamedTuple):
    words: tuple[str, ...]
    consonants: tuple[str, ...]
    """The same words without vowels and what may stand for one."""
    initials: tuple[str, ...]
    """Of each word the sort of its first consonant; nothing where it has none."""
    bare: bool
    """True where the script leaves vowels out."""


def same_name(one: str, other: str) -> bool:
    """Tell whether two names can be one person's; “Hashemi” can be “Seyyed Sattar Hashemi”."""
    return names_alike(one, other) >= ALIKE


@lru_cache(maxsize=65536)
def names_alike(one: str, other: str) -> float:
    """Return how alike two names are, in per cent, by their least alike words; 0 without words."""
    ours, theirs = _read(one), _read(other)
    if ours.bare != theirs.bare and _tell_enough(ours, theirs):
        ours, theirs = (name._replace(words=name.consonants) for name in (ours, theirs))
    return _least_alike(ours, theirs)


def fullness(name: str) -> tuple[int, int]:
    """Return by what the fullest spelling of a name is told: its words, then its letters."""
    words = _read(name).words
    return len(words), sum(map(len, words))


def beginnings(name: str) -> frozenset[str]:
    """Return the first consonants of each word: one person's spellings mostly share some."""
    return frozenset(word[:BEGINNING] for word in _read(name).consonants if word)


def _tell_enough(*names: _Name) -> bool:
    """Tell whether there are consonants enough to know a name by; “Ali” has one."""
    return all(sum(map(len, name.consonants)) >= LEAST_CONSONANTS for name in names)


def _least_alike(one: _Name, other: _Name) -> float:
    fewer, more = sorted((one, other), key=lambda name: len(name.words))
    if not fewer.words:
        return 0.0
    words, others = (list(zip(name.words, name.initials, strict=True)) for name in (fewer, more))
    table = [[_word_alike(word, beside) for beside in others] for word in words]
    return max(
        min(row[at] for row, at in zip(table, order, strict=True))
        for order in permutations(range(len(others)), len(words))
    )


def _word_alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    from rapidfuzz.fuzz import ratio

    (word, initial), (beside, its_initial) = one, other
    if initial and its_initial and initial != its_initial:
        return 0.0
    return float(ratio(word, beside))


@lru_cache(maxsize=65536)
def _read(name: str) -> _Name:
    from anyascii import anyascii

    # In a name the non-joiner parts no words, which is what it folds to.
    letters = _QUOTES.sub("", anyascii(fold(name.replace("\u200c", ""))).lower())
    left_out = _table()["left_out"]
    words = [word for word in _WORD.findall(letters) if word not in left_out][:MOST_WORDS]
    bones = tuple(_exchanged(word, "consonants") for word in words)
    return _Name(
        tuple(_exchanged(word, "exchanged") for word in words),
        bones,
        tuple(_table()["initials"].get(word[:1], word[:1]) for word in bones),
        bool(_ARABIC.search(name)),
    )


def _exchanged(word: str, table: str) -> str:
    for letters, instead in _pairs(table):
        word = word.replace(letters, instead)
    return _DOUBLED.sub(r"\1", word)


def _pairs(table: str) -> Iterable[tuple[str, str]]:
    return _table()[table].items()


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("ictdiplo").joinpath("data/name_words.json").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = json.loads(text)
    return table
