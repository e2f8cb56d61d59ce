"""Days, months and years of three calendars cover the right days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.resolve.calendars import Days, days_of, year_and_month


@pytest.mark.parametrize(
    "day, first, last",
    [
        (("gregorian", 2024), "2024-01-01", "2024-12-31"),
        (("gregorian", 2024, 2), "2024-02-01", "2024-02-29"),
        (("gregorian", 2025, 11, 24), "2025-11-24", "2025-11-24"),
        (("jalali", 1404, 9, 3), "2025-11-24", "2025-11-24"),
        (("jalali", 1404, 9), "2025-11-22", "2025-12-21"),
        (("jalali", 1403), "2024-03-20", "2025-03-20"),
        (("jalali", 1404, 12), "2026-02-20", "2026-03-20"),
        # Umm al-Qura has 26 June 2025 for 1 Muharram 1447, Iran 27 June: both lie within.
        (("hijri", 1447, 1, 1), "2025-06-26", "2025-06-28"),
        (("hijri", 1446, 9, 1), "2025-02-28", "2025-03-02"),
        (("hijri", 1446, 9), "2025-02-28", "2025-03-31"),
        (("hijri", 1445, 12, 30), "2024-07-06", "2024-07-08"),
    ],
)
def test_a_day_month_or_year_covers_these_days(day, first, last):
    assert days_of(*day) == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "day",
    [
        ("gregorian", 2025, 2, 29),
        ("gregorian", 2025, 13),
        ("gregorian", 0),
        ("jalali", 1404, 12, 30),
        ("jalali", 1404, 7, 31),
        ("hijri", 1447, 2, 30),
        ("hijri", 1446, 12, 30),
    ],
)
def test_a_day_that_does_not_exist_is_refused(day):
    with pytest.raises(ValueError):  # noqa: PT011  (datetime and jdatetime have their own texts)
        days_of(*day)


@given(
    st.sampled_from(["gregorian", "jalali", "hijri"]), st.dates(date(1950, 1, 1), date(2060, 1, 1))
)
def test_a_day_lies_in_the_month_that_it_is_said_to_fall_in(calendar, day):
    year, month = year_and_month(calendar, day)
    covered = days_of(calendar, year, month)
    assert covered.first <= day <= covered.last


@given(st.integers(1300, 1499), st.integers(1, 11))
def test_hijri_months_follow_each_other_without_a_gap(year, month):
    doubt = timedelta(days=2)
    assert (
        days_of("hijri", year, month + 1).first - days_of("hijri", year, month).last
        == timedelta(days=1) - doubt
    )


@pytest.mark.parametrize(
    "first, last, edtf",
    [
        ("2025-11-24", "2025-11-24", "2025-11-24"),
        ("2025-11-24", "2025-11-26", "2025-11"),
        ("2025-11-29", "2025-12-01", "2025"),
        ("2025-12-31", "2026-01-01", None),
    ],
)
def test_days_are_written_as_what_holds_them_all(first, last, edtf):
    assert Days(date.fromisoformat(first), date.fromisoformat(last)).edtf() == edtf
