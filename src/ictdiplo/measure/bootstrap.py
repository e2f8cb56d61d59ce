"""How far a figure would move had other articles of the same sort been annotated.

The articles are drawn anew, with replacement, as many as there are; what one article reports stays
together, because its errors have causes in common. The draws are the same in every run. A single article says
nothing about others: its interval is the figure itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from statistics import quantiles

from ..records import Value
from .scores import Counts, Figures, add, figures, score

RESAMPLES = 1_000
_SEED = 0
_CUTS = 40  # the outer two of them have 2.5 % beyond them, each


class Interval(Value):
    """Where 95 % of the resampled figures lie."""

    low: float
    """2.5 % are below it."""
    high: float
    """2.5 % are above it."""


def resample(counts: Sequence[Counts]) -> Iterator[Figures]:
    """Yield the figures of each draw; two runs on as many articles get the same draws."""
    drawing = random.Random(_SEED)  # noqa: S311 - nothing is kept secret by it  # nosec B311
    for _ in range(RESAMPLES):
        yield figures(score(add(drawing.choices(counts, k=len(counts)))))


def interval(values: Sequence[float]) -> Interval:
    """Return the interval that leaves out 2.5 % of the values at either end."""
    low, *_, high = quantiles(values, n=_CUTS, method="inclusive")
    return Interval(low=low, high=high)
