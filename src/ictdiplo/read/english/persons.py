"""The persons of a story, each once: found again by name or by office, however many they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache

from ...language.folding import fold
from .actors import Actor
from .cues import load_words

# Whoever holds one of these is not meant by “the minister”, where there is another minister.
RANKS = frozenset({"prime", "deputy", "vice", "former", "president", "then"})

TITLES = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Eng|Engr|Prof|H\.E|Hon|PM|DPM)\.?\s+)+")


class Persons:
    """A list of named actors with indexes over it; nobody is ever taken out."""

    def __init__(self) -> None:
        self._all: list[Actor] = []
        self._found: dict[str, int | None] = {}
        """Where names that have been asked for stand, as long as nobody is written anew."""
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._by_office: defaultdict[str, set[int]] = defaultdict(set)
        self._by_side: defaultdict[str, set[int]] = defaultdict(set)
        self._by_plain_office: defaultdict[str, set[int]] = defaultdict(set)

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._all)

    def find(self, name: str) -> Actor | None:
        """Return the first person of that name, or of a longer or shorter form of it."""
        at = self._position(name)
        return None if at is None else self._all[at]

    def put(self, person: Actor) -> None:
        """Write a person over the one of the same name; at the end, if there is none."""
        at = self._position(person.name or "")
        if at is None:
            at = len(self._all)
            self._all.append(person)
        elif self._all[at] == person:
            return
        self._all[at] = person
        self._found.clear()
        for word in name_words(person.name):
            self._by_name[word].add(at)
        if person.side:
            self._by_side[person.side].add(at)
        offices = role_words(person.role) & load_words("names", "office")
        for word in offices:
            self._by_office[word].add(at)
            if RANKS.isdisjoint(role_words(person.role)):
                self._by_plain_office[word].add(at)

    def of(self, side: str) -> Iterator[Actor]:
        """Yield the persons of a side."""
        return (self._all[at] for at in sorted(self._by_side.get(side, ())))

    def holder(self, offices: AbstractSet[str], *, plain: bool) -> Actor | None:
        """Return the only person who holds one of the offices; with `plain`, the only unranked."""
        held = _positions(self._by_office, offices)
        if plain and len(held) > 1:
            held = _positions(self._by_plain_office, offices)
        return self._all[min(held)] if len(held) == 1 else None

    def _position(self, name: str) -> int | None:
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> int | None:
        words = name_words(name)
        sharing = _positions(self._by_name, words)
        return min((at for at in sharing if is_same_name(name, self._all[at].name)), default=None)


def _positions(index: dict[str, set[int]], words: Iterable[str]) -> set[int]:
    return set().union(*(index.get(word, ()) for word in words))


def same_person(one: Actor, other: Actor) -> bool:
    """Tell whether two actors are one person: by name, else by the side of an unnamed one."""
    if one.name and other.name:
        return is_same_name(one.name, other.name)
    return one.side == other.side


def is_same_name(one: str | None, other: str | None) -> bool:
    """Tell whether all words of one name stand in the other."""
    first, second = name_words(one), name_words(other)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=4096)
def name_words(name: str | None) -> frozenset[str]:
    """Return the folded words of a name, without “Mr.” and the like."""
    return frozenset(fold(TITLES.sub("", name or "", count=1)).replace(".", "").split())


@lru_cache(maxsize=4096)
def role_words(role: str | None) -> frozenset[str]:
    """Return the folded words of an office."""
    return frozenset(fold(role or "").split())
