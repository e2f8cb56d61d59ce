"""Calendars: days, months and years of the Gregorian, Jalali and Hijri calendars as stretches of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from ..language.date_words import Calendar

# Civil tabular calendar: 30-year cycles of 10,631 days with 11 leap years, counted from Friday,
# 16 July 622 of the Julian calendar. R. H. van Gent, “The Islamic calendar”, type IIa; also
# Reingold and Dershowitz, “Calendrical Calculations”, chapter on the Islamic calendar.
_HIJRI_EPOCH = 227_015  # proleptic Gregorian ordinal of 1 Muharram 1
_MONTHS = 12
# Months begin when the new moon is seen or announced, up to a day before or after the table.
_HIJRI_DOUBT = timedelta(days=1)


class Days(NamedTuple):
    """From the first day to the last, both counted in."""

    first: date
    last: date

    def edtf(self) -> str | None:
        """Return the smallest day, month or year that holds all days; None if no year does."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if first == last:
            return first
        if first[:7] == last[:7]:
            return first[:7]
        return first[:4] if first[:4] == last[:4] else None


def days_of(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> Days:
    """Return the days that a year, a month or a day of `calendar` covers.

    A day of the Hijri calendar covers three, because countries differ by one either way.
    Raises ValueError if there is no such day, month or year.
    """
    if month is None:
        return Days(days_of(calendar, year, 1, 1).first, days_of(calendar, year, _MONTHS).last)
    if calendar == "hijri":
        return _hijri(year, month, day)
    if calendar == "jalali":
        return _jalali(year, month, day)
    return Days(date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1]))


def year_and_month(calendar: Calendar, when: date) -> tuple[int, int]:
    """Return the year and the month of `calendar` that `when` falls in."""
    if calendar == "jalali":
        import jdatetime

        jalali = jdatetime.date.fromgregorian(date=when)
        return jalali.year, jalali.month
    if calendar == "hijri":
        year = (30 * (when.toordinal() - _HIJRI_EPOCH) + 10_646) // 10_631
        begun = [month for month in range(1, _MONTHS + 1) if _hijri_start(year, month) <= when]
        return year, begun[-1]
    return when.year, when.month


def _jalali(year: int, month: int, day: int | None) -> Days:
    import jdatetime

    first = jdatetime.date(year, month, day or 1)
    length = jdatetime.j_days_in_month[month - 1] + (month == _MONTHS and first.isleap())
    return Days(first.togregorian(), first.replace(day=day or length).togregorian())


def _hijri(year: int, month: int, day: int | None) -> Days:
    following = (year, month + 1) if month < _MONTHS else (year + 1, 1)
    length = (_hijri_start(*following) - _hijri_start(year, month)).days
    if not 1 <= (day or 1) <= length:
        raise ValueError(f"month {month} of {year} has {length} days")
    start = _hijri_start(year, month)
    first, last = (
        start + timedelta(days=(day or 1) - 1),
        start + timedelta(days=(day or length) - 1),
    )
    return Days(first - _HIJRI_DOUBT, last + _HIJRI_DOUBT)


def _hijri_start(year: int, month: int) -> date:
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (month - 1) * 29 + month // 2
    return date.fromordinal(_HIJRI_EPOCH + days)
