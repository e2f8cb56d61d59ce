"""Dates are as precise as the words, counted from the publication, and null where they do not tell."""

import csv
from datetime import date, timedelta
from pathlib import Path

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.records import When
from ictdiplo.resolve.dates import first_day, resolve_date, within

CASES = Path(__file__).parent / "cases" / "dates"
PUBLISHED = date(2025, 11, 24)


def rows():
    for path in sorted(CASES.glob("*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            known = row["known_failure"]
            yield pytest.param(
                row["words"],
                date.fromisoformat(row["published"]) if row["published"] else None,
                row["tense"],
                row["edtf"] or None,
                id=f"{row['words']}|{row['published'] or 'unknown'}|{row['tense']}",
                marks=[pytest.mark.xfail(strict=True, reason=known)] if known else [],
            )


ROWS = list(rows())


@pytest.mark.parametrize("words, published, tense, edtf", ROWS)
def test_words_give_this_date(words, published, tense, edtf):
    when = resolve_date(words, published=published, tense=tense)
    assert (when.edtf, when.text) == (edtf, words)
    assert when.rule


def test_there_are_at_least_two_hundred_cases():
    assert len(ROWS) >= 200


dates = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))
phrases = st.sampled_from([row.values[0] for row in ROWS])
tenses = st.sampled_from(["past", "future"])


@given(phrases, dates, tenses)
def test_every_date_is_edtf_that_the_reference_parser_takes(words, published, tense):
    when = resolve_date(words, published=published, tense=tense)
    if when.edtf is not None:
        assert str(oracle.parse_edtf(when.edtf)) == when.edtf
        # A copy goes unvalidated, so the pattern of `When` is asked once more.
        assert When.model_validate(first_day(when).model_dump())
        assert When.model_validate(within(when, published).model_dump())


@given(st.integers(0, 6), dates)
def test_a_weekday_lies_within_seven_days_on_the_side_of_its_tense(weekday, published):
    name = (date(2024, 1, 1) + timedelta(days=weekday)).strftime("%A")
    past = date.fromisoformat(resolve_date(name, published=published, tense="past").edtf)
    future = date.fromisoformat(resolve_date(name, published=published, tense="future").edtf)
    assert past.weekday() == future.weekday() == weekday
    assert 0 <= (published - past).days < 7
    assert 0 < (future - published).days <= 7


@given(dates, dates, tenses)
def test_a_full_date_is_itself_whatever_the_publication(day, published, tense):
    words = f"{day.day} {day.strftime('%B')} {day.year}"
    assert resolve_date(words, published=published, tense=tense).edtf == day.isoformat()


@given(dates, dates)
def test_a_day_without_year_is_the_nearest_on_the_side_of_its_tense(day, published):
    words = f"{day.strftime('%B')} {day.day}"
    past = resolve_date(words, published=published, tense="past").edtf
    future = resolve_date(words, published=published, tense="future").edtf
    assert past <= published.isoformat() <= future
    assert past[5:] == future[5:] == day.isoformat()[5:]


@given(phrases, tenses)
def test_without_a_publication_date_nothing_depends_on_the_day_of_reading(words, tense):
    when = resolve_date(words, published=None, tense=tense)
    assert when.edtf is None or any(char.isdecimal() for char in words)


@pytest.mark.parametrize(
    "words, published, reason",
    [
        ("yesterday", None, "publication date"),
        ("two days earlier", PUBLISHED, "do not name"),
        ("31 February", PUBLISHED, "no such day"),
        ("99 years ago", date(50, 1, 1), "no such day"),
        ("before May 2026", PUBLISHED, "before or after"),
        ("last spring", PUBLISHED, "season"),
        ("in May and in July", PUBLISHED, "contradict"),
        ("Wednesday, October 9, 2025", PUBLISHED, "no Wednesday"),
        ("December to January last year", PUBLISHED, "end before"),
        ("سال ۱۴۰۴", PUBLISHED, "two years"),
        ("soon", PUBLISHED, "no date"),
    ],
)
def test_a_date_that_cannot_be_told_says_why(words, published, reason):
    when = resolve_date(words, published=published, tense="past")
    assert when.edtf is None
    assert reason in when.rule


@pytest.mark.parametrize(
    "words, part",
    [
        ("3 Azar 1404", "Jalali"),
        ("22 Jumada al-Awwal 1447", "Hijri"),
        ("WTDC-25", "event's name"),
        ("early 2026", "“early”"),
        ("on Sunday", "last Sunday"),
        ("last year", "2025-11-24"),
        ("October 9", "2025-11-24"),
    ],
)
def test_the_rule_says_what_was_done(words, part):
    assert part in resolve_date(words, published=PUBLISHED, tense="past").rule


def dated(edtf):
    return When(text="words", edtf=edtf, rule="as written")


SINGLE = ["2025-11-17", "2025-11", "2025", None]


@pytest.mark.parametrize("edtf", [*SINGLE, "2016/.."])
def test_what_is_no_closed_interval_keeps_its_date_as_an_event(edtf):
    assert first_day(dated(edtf)) == dated(edtf)


def test_an_event_of_several_days_gets_its_first():
    when = first_day(dated("2025-11-17/2025-11-28"))
    assert when.edtf == "2025-11-17"
    assert "first day" in when.rule


@pytest.mark.parametrize(
    "occasion, edtf",
    [
        ("2025", "2025"),
        ("2025-11", "2025-11"),
        ("2025-11-17", "2025-11"),  # the day may be the first or the last of several
        ("2025-11-24", "2025-11-24"),  # published on it, so it was on this day or before
    ],
)
def test_what_took_place_at_an_occasion_on_a_single_date(occasion, edtf):
    assert within(dated(occasion), date(2025, 11, 24)).edtf == edtf


@pytest.mark.parametrize(
    "occasion, edtf",
    [
        ("2025-11-17/2025-11-28", "2025-11"),
        ("2025-11-28/2025-12-02", "2025"),
        ("2025-05/2025-07", "2025"),
        ("2025-12-28/2026-01-03", None),
        ("2025/2026", None),
        ("2016/..", None),
    ],
)
def test_what_took_place_within_an_interval_has_what_holds_all_of_it(occasion, edtf):
    when = within(dated(occasion), None)
    assert when.edtf == edtf
    assert "during the occasion" in when.rule


@pytest.mark.parametrize(
    "words, counted_from, edtf",
    [
        ("two months later", "in August 2016", "2016-10"),
        ("the following month", "on 3 December 2024", "2025-01"),
        ("in December of that year", "in 2016", "2016-12"),
        ("a year earlier", "on Monday", "2024"),
        ("the day before", "on Monday", "2025-11-16"),
        ("24 May that year", "in spring 2019", "2019-05-24"),
    ],
)
def test_words_that_count_from_another_date_of_the_article(words, counted_from, edtf):
    when = resolve_date(
        words, published=date(2025, 11, 19), tense="past", counted_from=counted_from
    )
    assert when.edtf == edtf


@pytest.mark.parametrize(
    "words, counted_from, reason",
    [
        ("two days later", "in August 2016", "less precise"),
        ("the following month", "in 2016", "less precise"),
        ("two days later", "soon", "do not name"),
        ("in December of that year", None, "do not name"),
    ],
)
def test_nothing_is_counted_from_a_date_that_is_missing_or_less_precise(
    words, counted_from, reason
):
    when = resolve_date(
        words, published=date(2025, 11, 19), tense="past", counted_from=counted_from
    )
    assert when.edtf is None
    assert reason in when.rule
