"""Dates: from words to a calendar date in EDTF (ISO 8601-2), as precise as the words and no more.

The rules are those of the annotation guideline. Weekdays and relative phrases count from the
publication date; without it they stay null. The publication date itself is never an event's date
by default, today's date is not looked at, and every `When` says how it came about.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ..language.date_phrases import Interval, Meaning, Moment, find_date_phrases
from ..records import When
from .calendars import Days, days_of, year_and_month
from .moments import (
    YEARS_AROUND,
    Clock,
    Tense,
    Undated,
    days_of_moment,
    nearest,
    nearest_rule,
    remarks,
)

_WEEK = 7


class _Dated(NamedTuple):
    days: Days
    edtf: str
    rule: str


@lru_cache(maxsize=4096)  # “on Monday” is said over and over
def resolve_date(
    words: str, *, published: date | None, tense: Tense, counted_from: str | None = None
) -> When:
    """Work out the date that `words` give, in an article of the day `published`.

    `tense` says on which side of the publication an event lies whose words leave that open.
    Several phrases (“Wednesday, in October”) must agree, and the most precise of them counts.
    `counted_from` are the words of another date, which “two days later” and “that year” count from.
    """
    clock = Clock(published, tense)
    if counted_from:
        with suppress(Undated):
            clock = replace(clock, origin=_dated_words(counted_from, Clock(published, "past")).days)
    try:
        dated = _dated_words(words, clock)
    except Undated as reason:
        return When(text=words, rule=str(reason))
    return When(text=words, edtf=dated.edtf, rule=dated.rule)


def _dated_words(words: str, clock: Clock) -> _Dated:
    meanings = [phrase.meaning for phrase in find_date_phrases(words)]
    return _agreed(_with_weekday(meanings), clock)


def resolve_nearest(words: str, *, published: date | None) -> When:
    """Work out a date on either side of the publication: the nearer one, as for what was called off.

    “A meeting set for Wednesday was cancelled” does not tell whether that Wednesday is over.
    """
    future = resolve_date(words, published=published, tense="future")
    past = resolve_date(words, published=published, tense="past")
    if published is None or not (past.edtf and future.edtf) or past.edtf == future.edtf:
        return future if future.edtf else past
    nearer = min(future, past, key=lambda when: abs(_begin(when.edtf or "") - published))
    return nearer.model_copy(update={"rule": f"{nearer.rule}; the nearer side of the publication"})


def _begin(edtf: str) -> date:
    year, month, day = (*map(int, edtf[:10].partition("/")[0].split("-")), 1, 1)[:3]
    return date(year, month, day)


def first_day(when: When) -> When:
    """Date an event by the first day of its interval; whatever is no closed interval stays."""
    first, slash, last = (when.edtf or "").partition("/")
    if not slash or ".." in (first, last):
        return when
    return when.model_copy(
        update={"edtf": first, "rule": f"{when.rule}; a multi-day event gets its first day"}
    )


def beginning(when: When) -> When:
    """Date a state of things, such as “in force since May 2016”, by when it began."""
    first, slash, _ = (when.edtf or "").partition("/")
    if not slash or first == "..":
        return when
    return when.model_copy(update={"edtf": first, "rule": f"{when.rule}; its beginning"})


def within(when: When, published: date | None) -> When:
    """Date something that took place at an occasion, or on a trip, which `when` dates.

    An interval becomes the month, else the year, that holds all of it, else null. A single day may
    be the occasion's first, last or any other, so it tells the month too, but for the publication
    day: nothing that is over by then can have followed. A month or a year stays.
    """
    first, slash, last = (when.edtf or "").partition("/")
    today = published.isoformat() if published else ""
    if not slash and (len(first) < len("2025-11-24") or first == today):
        return when
    last = last or first
    shared = next((first[:size] for size in (7, 4) if first[:size] == last[:size]), None)
    told = "what holds all of it is given" if shared else "no year holds all of it"
    return when.model_copy(
        update={"edtf": shared, "rule": f"{when.rule}; some time during the occasion, so {told}"}
    )


def _with_weekday(meanings: list[Meaning]) -> list[Meaning]:
    """Read “Monday (24 November)” as one: the date says which Monday, the weekday only confirms."""
    moments = [each for each in meanings if isinstance(each, Moment)]
    bare = [each for each in moments if each == Moment(weekday=each.weekday)]
    if not bare or not any(map(_is_day, moments)):
        return meanings
    named = [replace(each, weekday=bare[0].weekday) if _is_day(each) else each for each in moments]
    intervals = [each for each in meanings if isinstance(each, Interval)]
    return [*(each for each in named if each not in bare), *intervals]


def _is_day(moment: Moment) -> bool:
    return moment.day is not None or moment.unit == "day"


def _agreed(meanings: list[Meaning], clock: Clock) -> _Dated:
    """Return the most precise of several dates, if it lies within all others."""
    dated, reasons = [], ["no date in these words"]
    for meaning in meanings:
        try:
            dated.append(_dated(meaning, clock))
        except Undated as reason:
            reasons.append(str(reason))
    if not dated:
        raise Undated(reasons[-1])
    best = min(dated, key=lambda each: each.days.last - each.days.first)
    for other in dated:
        if not (other.days.first <= best.days.first and best.days.last <= other.days.last):
            raise Undated(f"the words contradict each other: {best.edtf} and {other.edtf}")
    return best


def _dated(meaning: Meaning, clock: Clock) -> _Dated:
    try:
        if isinstance(meaning, Moment):
            days, rule = days_of_moment(meaning, clock)
            return _Dated(days, _edtf(days), rule)
        if meaning.last is None:
            return _since(meaning.first, clock)
        return _interval(meaning, meaning.last, clock)
    except (ValueError, OverflowError):
        raise Undated("there is no such day in the calendar") from None


def _edtf(days: Days) -> str:
    edtf = days.edtf()
    if edtf is None:
        raise Undated("the days it covers lie in two years")
    return edtf


def _since(first: Moment, clock: Clock) -> _Dated:
    days, rule = days_of_moment(first, replace(clock, tense="past"))
    return _Dated(Days(days.first, date.max), f"{_edtf(days)}/..", f"{rule}; from then on")


def _interval(interval: Interval, last: Moment, clock: Clock) -> _Dated:
    first = interval.first
    if first.weekday is not None and first.day is None:
        return _weekdays(first.weekday, last.weekday or 0, clock)
    if first.year is None and last.year is None and first.shift is None:
        return _interval_without_year(first, last, clock)
    return _spanned(
        days_of_moment(first, clock)[0],
        days_of_moment(last, clock)[0],
        "as written" + remarks(first),
    )


def _spanned(first: Days, last: Days, rule: str) -> _Dated:
    if first.first > last.last:
        raise Undated("it would end before it begins")
    return _Dated(Days(first.first, last.last), f"{_edtf(first)}/{_edtf(last)}", rule)


def _interval_without_year(first: Moment, last: Moment, clock: Clock) -> _Dated:
    published = clock.day()
    year = year_and_month(first.calendar, published)[0]
    over_new_year = (first.month or 0) > (last.month or 0)
    ends: dict[Days, tuple[Days, Days]] = {}
    for each in range(year - YEARS_AROUND, year + YEARS_AROUND + 1):
        with suppress(ValueError):
            begin = days_of(first.calendar, each, first.month, first.day)
            end = days_of(last.calendar, each + over_new_year, last.month, last.day)
            ends[Days(begin.first, end.last)] = begin, end
    begin, end = ends[nearest(list(ends), published, clock.tense)]
    return _spanned(begin, end, nearest_rule(published, clock.tense) + remarks(first))


def _weekdays(first: int, last: int, clock: Clock) -> _Dated:
    published = clock.day()
    monday = published - timedelta(days=published.weekday())
    begins = (monday + timedelta(days=first + weeks * _WEEK) for weeks in (-2, -1, 0, 1))
    spans = [Days(begin, begin + timedelta(days=(last - first) % _WEEK)) for begin in begins]
    span = nearest(spans, published, clock.tense)
    begin, end = (Days(day, day) for day in span)
    return _spanned(begin, end, nearest_rule(published, clock.tense))
