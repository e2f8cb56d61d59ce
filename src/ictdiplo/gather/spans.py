"""When something may have happened, in days: what a date covers, or what the news of it leaves open."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date
from typing import NamedTuple

# News tells of what happened within these days, if it does not say when; weekly papers do, too.
NEWS_DAYS = 14
# News of what is planned looks no farther ahead, if it does not say.
AHEAD_DAYS = 365
EVER = (date.min.toordinal(), date.max.toordinal())

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?")


class Span(NamedTuple):
    """The first and the last day on which it may have happened, as ordinals."""

    first: int
    last: int
    stated: bool
    """False where only the day of publication bounds it."""

    @property
    def days(self) -> int:
        """Return how many days it covers."""
        return self.last - self.first + 1

    def gap(self, other: Span) -> int:
        """Return how many days lie from the one to the other; 0 if they overlap."""
        return max(self.first - other.last, other.first - self.last, 0)

    def widened(self, days: int) -> Span:
        """Return it with so many days more at both ends, within the calendar."""
        first, last = max(self.first - days, EVER[0]), min(self.last + days, EVER[1])
        return self._replace(first=first, last=last)

    def months(self) -> range:
        """Return the months that it touches, numbered from year 0."""
        first, last = (date.fromordinal(day) for day in (self.first, self.last))
        return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


UNBOUNDED = Span(*EVER, stated=False)


def span_of(edtf: str | None) -> Span | None:
    """Return the days of an EDTF date or interval, None if there is none, or no such day."""
    if not edtf:
        return None
    opening, _, closing = edtf.partition("/")
    with suppress(ValueError):
        first = EVER[0] if opening == ".." else _ends(opening)[0]
        last = EVER[1] if closing == ".." else _ends(closing or opening)[1]
        if first <= last:
            return Span(first, last, stated=True)
    return None


def before(published: date | None, days: int | None = None) -> Span:
    """Return the days up to a publication: all, or the last ones."""
    if published is None:
        return UNBOUNDED
    day = published.toordinal()
    return Span(EVER[0] if days is None else max(day - days, EVER[0]), day, stated=False)


def after(published: date | None, days: int = AHEAD_DAYS) -> Span:
    """Return the days from a publication on."""
    if published is None:
        return UNBOUNDED
    day = published.toordinal()
    return Span(day, min(day + days, EVER[1]), stated=False)


def _ends(moment: str) -> tuple[int, int]:
    parts = _DATE.fullmatch(moment)
    if parts is None:
        raise ValueError(moment)
    year, month, day = int(parts[1]), parts[2], parts[3]
    first = date(year, int(month or 1), int(day or 1))
    last_month = int(month or 12)
    last = date(year, last_month, int(day or monthrange(year, last_month)[1]))
    return first.toordinal(), last.toordinal()
