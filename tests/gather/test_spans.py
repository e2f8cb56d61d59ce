"""Dates are days: those that they cover, or those that the news leaves open."""

from datetime import date

import pytest

from ictdiplo.gather.spans import UNBOUNDED, after, before, span_of


def days(span):
    """Return the first and last day as dates, and whether they are stated."""
    return str(date.fromordinal(span.first)), str(date.fromordinal(span.last)), span.stated


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024~", "2024-01-01", "2024-12-31"),
        ("2024-11-17/2024-11-28", "2024-11-17", "2024-11-28"),
        ("2024-11/2025", "2024-11-01", "2025-12-31"),
        ("../2024", "0001-01-01", "2024-12-31"),
        ("2024/..", "2024-01-01", "9999-12-31"),
    ],
)
def test_a_date_covers_its_days(edtf, first, last):
    assert days(span_of(edtf)) == (first, last, True)


@pytest.mark.parametrize("edtf", [None, "", "2023-02-29", "2025/2024", "last year"])
def test_what_is_no_date_covers_nothing(edtf):
    assert span_of(edtf) is None


def test_news_bounds_what_is_not_dated():
    published = date(2025, 5, 15)
    assert days(before(published, 14)) == ("2025-05-01", "2025-05-15", False)
    assert days(before(published)) == ("0001-01-01", "2025-05-15", False)
    assert days(after(published, 3)) == ("2025-05-15", "2025-05-18", False)
    assert before(None) == after(None) == UNBOUNDED


def test_at_the_ends_of_the_calendar_nothing_overflows():
    assert days(after(date.max))[1] == "9999-12-31"
    assert days(before(date(1, 1, 3), 14))[0] == "0001-01-01"
    assert days(span_of("9999-12-31").widened(1))[1] == "9999-12-31"
    assert days(span_of("0001-01-01").widened(1))[:2] == ("0001-01-01", "0001-01-02")
    assert len(span_of("9999-12").widened(1).months()) == 2


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [("2025-05", "2025-05-14", 0), ("2025-05-14", "2025-05-15", 1), ("2025-05-16", "2025-04", 16)],
)
def test_a_gap_is_the_days_between(one, other, gap):
    assert span_of(one).gap(span_of(other)) == gap
    assert span_of(other).gap(span_of(one)) == gap
