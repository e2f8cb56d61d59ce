"""Matchings counted and put into figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple, TypeAlias

from ..records import Value
from .compared import KINDS, Kind
from .pairing import FIELDS, MORE_FIELDS, Matching

Counts: TypeAlias = tuple[float, ...]
"""Of each type in turn: gold, found and paired records, the sum of each field over the pairs, and
of each further field the pairs that have it and the sum over them.

The counts of several articles are the sums of their counts, place by place.
"""

Confusion: TypeAlias = dict[str, dict[str, int]]
"""What a value should have been, what it was found to be, and how often."""

DECISIVE: dict[Kind, str] = {"meetings": "status", "proposals": "kind", "mous": "status"}
"""The field of each type whose values can be mistaken for each other."""

_BEFORE_FIELDS = 3


class Score(Value):
    """How well the records of one type were found; all is right where there are none."""

    gold: int
    """How many there are."""
    found: int
    """How many were found."""
    paired: int
    """How many of those are in the gold."""
    precision: float
    """Part of the found ones that is in the gold."""
    recall: float
    """Part of the gold that was found."""
    f1: float
    """Harmonic mean of precision and recall."""
    fields: dict[str, float]
    """Mean accuracy of each field on the pairs; empty where there are none."""
    f1_x_fields: float
    """`f1` times the mean accuracy of the fields."""
    more_fields: dict[str, float]
    """Mean accuracy of further fields on the pairs whose gold has them; no part of any other figure."""


class Figures(NamedTuple):
    """The types in one figure: means over those that the gold or the predictions have."""

    detection_f1: float
    headline: float


def confuse(matchings: Iterable[Matching], kind: Kind) -> Confusion:
    """Count which value of the pairs' decisive field was taken for which."""
    field = DECISIVE[kind]
    pairs = (pair for matching in matchings for pair in matching.paired)
    values = Counter((getattr(pair.gold, field), getattr(pair.found, field)) for pair in pairs)
    confusion: Confusion = {}
    for (gold, found), times in sorted(values.items(), key=str):
        confusion.setdefault(str(gold), {})[str(found)] = times
    return confusion


def count(matchings: dict[Kind, Matching]) -> Counts:
    """Count the records of one article."""
    return tuple(number for kind in KINDS for number in _counted(matchings[kind], kind))


def add(counts: Sequence[Counts]) -> Counts:
    """Return the counts of several articles together."""
    return tuple(map(sum, zip(*counts, strict=True)))


def score(counts: Counts) -> dict[Kind, Score]:
    """Work out the figures of each type."""
    scores: dict[Kind, Score] = {}
    start = 0
    for kind in KINDS:
        end = start + _BEFORE_FIELDS + len(FIELDS[kind])
        more = end + 2 * len(MORE_FIELDS[kind])
        accuracies = _accuracies(counts[end:more], MORE_FIELDS[kind])
        scores[kind] = _score(counts[start:end], FIELDS[kind], accuracies)
        start = more
    return scores


def figures(scores: dict[Kind, Score]) -> Figures:
    """Return the mean detection F1, and the mean of F1 times field accuracy, which is the headline."""
    there = [one for one in scores.values() if one.gold or one.found] or [*scores.values()]
    return Figures(fmean(one.f1 for one in there), fmean(one.f1_x_fields for one in there))


def _counted(matching: Matching, kind: Kind) -> Counts:
    paired = len(matching.paired)
    sums = (sum(pair.fields[field] for pair in matching.paired) for field in FIELDS[kind])
    more = (
        [p.more_fields[name] for p in matching.paired if name in p.more_fields]
        for name in MORE_FIELDS[kind]
    )
    pairs_and_sums = (number for values in more for number in (len(values), sum(values)))
    records = (paired + len(matching.missed), paired + len(matching.invented), paired)
    return (*records, *sums, *pairs_and_sums)


def _accuracies(counts: Counts, names: Sequence[str]) -> dict[str, float]:
    """Return the mean of each field over the pairs that have it."""
    each = zip(names, counts[::2], counts[1::2], strict=True)
    return {name: total / pairs for name, pairs, total in each if pairs}


def _score(counts: Counts, names: Sequence[str], more_fields: dict[str, float]) -> Score:
    gold, found, paired = map(int, counts[:_BEFORE_FIELDS])
    sums = counts[_BEFORE_FIELDS:]
    fields = {name: total / paired for name, total in zip(names, sums, strict=True) if paired}
    nothing = not gold and not found
    f1 = 1.0 if nothing else 2 * paired / (gold + found)
    accuracy = 1.0 if nothing else fmean(fields.values()) if fields else 0.0
    return Score(
        gold=gold,
        found=found,
        paired=paired,
        precision=paired / found if found else float(nothing),
        recall=paired / gold if gold else float(nothing),
        f1=f1,
        fields=fields,
        f1_x_fields=f1 * accuracy,
        more_fields=more_fields,
    )
