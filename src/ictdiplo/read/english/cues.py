"""Cues: the turns of phrase that report something, kept as data with an example for each.

A cue is a pattern over a sentence's text. In patterns, `{name}` stands for a fragment of the same
file, and a blank for one character of white space. A cue is tried only on sentences that hold one of its `on`
words, which keeps reading fast however many cues there are; and so is a single pattern that has such words.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_ABOUT_THE_CUE = frozenset({"rule", "on", "pattern", "example"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One turn of phrase: when to try it, how to find it, and what it tells."""

    rule: str
    """Its name, such as “meetings/received”; what it finds is said to be found by it."""
    on: frozenset[str]
    pattern: re.Pattern[str]
    says: dict[str, str]
    """What follows from it, such as a status or a kind."""
    example: str


class Cues:
    """The cues of a group, in the order of their rows, found by their `on` words."""

    def __init__(self, rows: Iterable[Cue]) -> None:
        self.rows = tuple(rows)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for at, cue in enumerate(self.rows):
            for word in cue.on:
                self._by_word[word].append(at)
        self._words = frozenset(self._by_word)

    def on(self, words: AbstractSet[str]) -> Iterator[Cue]:
        """Yield the cues that one of the words calls for, in their order."""
        called = {at for word in self._words & words for at in self._by_word[word]}
        return (self.rows[at] for at in sorted(called))


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in an article, from `start` to `end`."""

    cue: Cue
    start: int
    end: int


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the table `data/cues_<name>.json`."""
    text = files("ictdiplo").joinpath(f"data/cues_{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


@cache
def load_cues(name: str, group: str) -> Cues:
    """Return the cues of a group of a table, in its order, compiled."""
    table = load_table(name)
    return Cues(_cue(name, row, table.get("fragments", {})) for row in table[group])


@cache
def load_pattern(name: str, key: str) -> re.Pattern[str]:
    """Return a single pattern of a table, compiled."""
    table = load_table(name)
    row = table["patterns"][key]
    fragments = table.get("fragments", {})
    return compile_pattern(row["pattern"], fragments, capitals="capitals" in row)


@cache
def load_on(name: str, key: str) -> frozenset[str]:
    """Return the words of which every match of a single pattern has one; empty if it has none such."""
    return frozenset(load_table(name)["patterns"][key].get("on", "").split())


@cache
def load_words(name: str, key: str) -> frozenset[str]:
    """Return a word list of a table, casefolded as it stands there."""
    table = load_table(name)
    return frozenset(table["lists"][key] if "lists" in table else table[key]["words"])


def find_cues(
    cues: Cues,
    text: str,
    start: int,
    end: int,
    words: AbstractSet[str],
    without: str | None = None,
) -> list[Hit]:
    """Return where cues stand in `text[start:end]`, in order; of overlapping ones the earlier row's.

    `words` are the casefolded words of that stretch. Cues that say `without` are left out.
    """
    hits: list[Hit] = []
    for cue in cues.on(words):
        if without in cue.says:
            continue
        for found in cue.pattern.finditer(text, start, end):
            hit = Hit(cue, *found.span())
            if not _overlaps(hit, hits):
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _overlaps(hit: Hit, hits: list[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in hits)


def _cue(table: str, row: dict[str, str], fragments: dict[str, str]) -> Cue:
    says = {key: value for key, value in row.items() if key not in _ABOUT_THE_CUE}
    return Cue(
        f"{table}/{row['rule']}",
        frozenset(row["on"].split()),
        compile_pattern(row["pattern"], fragments),
        says,
        row["example"],
    )


def compile_pattern(
    pattern: str, fragments: dict[str, str], *, capitals: bool = False
) -> re.Pattern[str]:
    """Compile a pattern of a table: fragments put in, blanks made any white space.

    Upper and lower case are one, unless `capitals` tell something.
    """
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{fragment})")
    return re.compile(
        rf"(?<!\w)(?:{pattern})(?!\w)".replace(" ", r"\s"), 0 if capitals else re.IGNORECASE
    )
