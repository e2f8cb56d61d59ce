"""Moments: from one day, month or year as far as the words tell to the days that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..language.date_phrases import Moment
from .calendars import Days, days_of, year_and_month

Tense = Literal["past", "future"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = 12
_WEEK = 7
# A week begins on Monday, Sunday or Saturday, as the country has it.
_WEEK_BEGINS = (0, -1, -2)
# Far enough for 29 February, which can be eight years away (1896 to 1904, 2096 to 2104).
YEARS_AROUND = 8
# Far enough for a 31st, which is never more than two months away.
_MONTHS_AROUND = 2


class Undated(Exception):
    """The words do not tell the date; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a phrase is read against."""

    published: date | None
    tense: Tense
    origin: Days | None = None
    """The days of another date of the article, from which “two days later” counts."""

    def day(self) -> date:
        """Return the publication day; raises Undated if it is unknown."""
        if self.published is None:
            raise Undated("it counts from the publication date, which is unknown")
        return self.published


def days_of_moment(moment: Moment, clock: Clock) -> tuple[Days, str]:
    """Return the days that `moment` covers and the rule; raises Undated or ValueError."""
    _refuse_dateless(moment)
    if moment.shift is not None:
        days, rule = _shifted(moment, moment.shift, clock)
    elif moment.weekday is not None and moment.day is None:
        days, rule = _weekday(moment, moment.weekday, clock)
    elif moment.year is None:
        days, rule = _without_year(moment, clock)
    else:
        days, rule = days_of(moment.calendar, moment.year, moment.month, moment.day), "as written"
    _check_weekday(moment, days)
    return days, rule + remarks(moment)


def _refuse_dateless(moment: Moment) -> None:
    if moment.bound:
        raise Undated("before or after a date is not yet a date")
    if moment.part and not (moment.year or moment.month or moment.unit):
        raise Undated("a season without its year")


def _check_weekday(moment: Moment, days: Days) -> None:
    if moment.weekday is None or days.first != days.last or days.first.weekday() == moment.weekday:
        return
    raise Undated(
        f"the words contradict each other: {days.first} is no {_WEEKDAYS[moment.weekday]}"
    )


def remarks(moment: Moment) -> str:
    """Say what else was done, or left out, on the way from the words to the date."""
    remarks = {
        "; the year in the event's name": moment.event,
        f"; “{moment.part}” narrows it no further": moment.part is not None,
        "; converted from the Jalali calendar": moment.calendar == "jalali",
        "; converted from the Hijri calendar, give or take a day": moment.calendar == "hijri",
    }
    return "".join(remark for remark, holds in remarks.items() if holds)


def _shifted(moment: Moment, shift: int, clock: Clock) -> tuple[Days, str]:
    start, rule = _elsewhere(moment, clock) if moment.elsewhere else _publication(clock)
    if moment.unit == "day":
        day = start + timedelta(days=shift)
        return Days(day, day), rule
    if moment.unit == "week":
        return _week(moment.weekday, shift, start), f"{rule}; a week has no date of its own"
    year, month = year_and_month(moment.calendar, start)
    if moment.unit == "year":
        return days_of(moment.calendar, year + shift, moment.month, moment.day), rule
    months = year * _MONTHS + month - 1 + shift
    return days_of(moment.calendar, months // _MONTHS, months % _MONTHS + 1, moment.day), rule


def _publication(clock: Clock) -> tuple[date, str]:
    published = clock.day()
    return published, f"counted from the publication on {published}"


def _elsewhere(moment: Moment, clock: Clock) -> tuple[date, str]:
    """Return a day of the date counted from, which must be as precise as the unit."""
    origin = clock.origin
    if origin is None:
        raise Undated("it counts from a date that these words do not name")
    digits = {"year": 4, "month": 7}.get(moment.unit or "", 10)
    start, end = (day.isoformat()[:digits] for day in origin)
    if start != end:
        raise Undated(f"it counts {moment.unit}s from a date that is less precise")
    return origin.first, f"counted from {start}, another date of the article"


def _week(weekday: int | None, shift: int, published: date) -> Days:
    """Return the week, or its weekday, wherever in the world the week begins."""
    monday_based = published.weekday()
    starts = [
        published + timedelta(days=shift * _WEEK - (monday_based - begins) % _WEEK)
        for begins in _WEEK_BEGINS
    ]
    if weekday is None:
        return Days(min(starts), max(starts) + timedelta(days=_WEEK - 1))
    days = [start + timedelta(days=(weekday - start.weekday()) % _WEEK) for start in starts]
    return Days(min(days), max(days))


def _weekday(moment: Moment, weekday: int, clock: Clock) -> tuple[Days, str]:
    """Count the publication day itself for a plain weekday in the past, and for no other."""
    published, name = clock.day(), _WEEKDAYS[weekday]
    if moment.turn == 1 or (moment.turn != -1 and clock.tense == "future"):
        day = published + timedelta(days=(weekday - published.weekday() - 1) % _WEEK + 1)
        return Days(day, day), f"the next {name} after the publication on {published}"
    latest = published - timedelta(days=moment.turn == -1)
    day = latest - timedelta(days=(latest.weekday() - weekday) % _WEEK)
    return Days(day, day), f"the last {name} up to {latest}, article of {published}"


def _without_year(moment: Moment, clock: Clock) -> tuple[Days, str]:
    published = clock.day()
    candidates = list(_candidates(moment, published))
    if moment.turn == 0:
        year = year_and_month(moment.calendar, published)[0]
        return days_of(
            moment.calendar, year, moment.month
        ), f"in the year of publication, {published}"
    if moment.turn is not None:
        candidates = [days for days in candidates if not _covers(days, published)]
    tense = clock.tense if moment.turn is None else "past" if moment.turn < 0 else "future"
    return nearest(candidates, published, tense), nearest_rule(published, tense)


def _candidates(moment: Moment, published: date) -> Iterator[Days]:
    """Yield the days that `moment` can mean in the years, or months, around the publication."""
    year, month = year_and_month(moment.calendar, published)
    if moment.month is not None:
        for each in range(year - YEARS_AROUND, year + YEARS_AROUND + 1):
            with suppress(ValueError):
                yield days_of(moment.calendar, each, moment.month, moment.day)
        return
    now = year * _MONTHS + month - 1
    for each in range(now - _MONTHS_AROUND, now + _MONTHS_AROUND + 1):
        with suppress(ValueError):
            yield days_of(moment.calendar, each // _MONTHS, each % _MONTHS + 1, moment.day)


def nearest(candidates: list[Days], published: date, tense: Tense) -> Days:
    """Return the last candidate begun, or the next one not over: one that covers the day wins.

    Raises ValueError if there is none, as for 31 February.
    """
    if tense == "past":
        return max(days for days in candidates if days.first <= published)
    return min(days for days in candidates if days.last >= published)


def nearest_rule(published: date, tense: Tense) -> str:
    """Say which of several days or months was taken, and why."""
    side = "the last one begun" if tense == "past" else "the next one not over"
    return f"{side} on the publication day, {published}"


def _covers(days: Days, day: date) -> bool:
    return days.first <= day <= days.last
