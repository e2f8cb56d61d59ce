"""An article's text cut into paragraphs and pieces, so that quotes can be marked in it.

Quotes may overlap; a piece is the longest run of characters that the same quotes cover, so that
each can be drawn with the colours of all of them, and none hides another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Mark(NamedTuple):
    """A quote to be marked: where it stands, and the anchors of both ends of the link."""

    start: int
    end: int
    anchor: str
    """The name of this place on the page."""
    kind: str
    """What the quote reports: meeting, proposal or mou; or overlooked, where no record has it."""
    number: int
    """Which of the article's records, or of its overlooked sentences, it belongs to."""

    @property
    def of(self) -> str:
        """Return what tells it from all others of its article but those of the same record."""
        return f"o{self.number}" if self.kind == "overlooked" else str(self.number)


class Piece(NamedTuple):
    """Some of the text, with the quotes that cover all of it."""

    text: str
    marks: tuple[Mark, ...] = ()
    opening: tuple[Mark, ...] = ()
    """Those that begin here."""
    closing: tuple[Mark, ...] = ()
    """Those that end here."""


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[tuple[Piece, ...]]:
    """Yield the lines of a text that are not blank, each as its pieces."""
    ordered = sorted(marks)
    for line in _LINE.finditer(text):
        inside = [mark for mark in ordered if mark.start < line.end() and line.start() < mark.end]
        yield tuple(_pieces(text, line.start(), line.end(), inside))


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    ends = {place for mark in marks for place in (mark.start, mark.end) if start < place < end}
    cuts = [start, *sorted(ends), end]
    for left, right in pairwise(cuts):
        covering = tuple(mark for mark in marks if mark.start <= left and right <= mark.end)
        yield Piece(
            text[left:right],
            covering,
            tuple(mark for mark in covering if mark.start == left),
            tuple(mark for mark in covering if mark.end == right),
        )
