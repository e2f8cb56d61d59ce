"""Quotes to place in a text, whole, altered and false, and whether they were placed rightly."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import corpus

STRAIGHT = str.maketrans("“”–", '""-')
# What models do to a quote without changing a word.
ALTERATIONS: dict[str, Callable[[str], str]] = {
    "space": lambda quote: quote.replace(" ", "\u00a0 ", 2),
    "case": lambda quote: quote.upper(),
    "quote marks, dashes": lambda quote: quote.translate(STRAIGHT),
    "comma": lambda quote: quote.replace(",", "", 1),
}
# Out of twenty: the others stand in the text as they are.
FALSE = ("changed word", "replaced facts")


class Case(NamedTuple):
    """A quote, the span that it should be placed at (None: nowhere), and its kind."""

    quote: str
    span: tuple[int, int] | None
    kind: str
    start: int
    """Where the sentence stands that it was made of."""


def cases(text: str, number: int, *, ordered: bool) -> list[Case]:
    """Make so many quotes of a text, in its order or in any."""
    chance = random.Random(number)
    sentences = [quote for _, quote, _ in corpus.records(text)]
    made = []
    for at, sentence in enumerate(chance.sample(sentences, number)):
        start = text.index(sentence)
        span = (start, start + len(sentence))
        kind = (
            (*ALTERATIONS, *FALSE)[at % 20] if at % 20 < len(ALTERATIONS) + len(FALSE) else "whole"
        )
        if kind in ALTERATIONS:
            made.append(Case(ALTERATIONS[kind](sentence), span, kind, start))
        elif kind in FALSE:
            made.append(Case(_falsified(sentence, kind), None, kind, start))
        else:
            made.append(Case(sentence, span, kind, start))
    return sorted(made, key=lambda case: case.start) if ordered else made


def judged(made: Sequence[Case], places: Sequence[Sequence[int] | None]) -> dict[str, Counter[str]]:
    """Count, for each kind of quote, how many were placed rightly, wrongly or not at all.

    A place may differ from the right one by the points and quote marks around it.
    """
    found: dict[str, Counter[str]] = {}
    for case, place in zip(made, places, strict=True):
        count = found.setdefault(case.kind, Counter())
        if place is None:
            count["nowhere"] += 1
        elif case.span and all(abs(a - b) <= 1 for a, b in zip(case.span, place, strict=True)):
            count["rightly"] += 1
        else:
            count["wrongly"] += 1
    return found


def _falsified(sentence: str, kind: str) -> str:
    """Make a sentence say what the text does not: with another word, or with other facts."""
    if kind == "changed word":
        *before, _, last = sentence.split()
        return " ".join([*before, "reportedly", last])
    changed = re.sub(r"\d+", lambda number: str(int(number[0]) + 7), sentence)
    for one, other in pairwise(corpus.WORDS["city"]):
        changed = changed.replace(one, other)
    return changed
