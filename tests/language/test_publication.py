"""The date that a page gives as its own."""

from datetime import date

import pytest

from ictdiplo.language.publication import find_publication_dates, parse_publication_date

DAY = date(2025, 11, 24)
BODY = (
    "The minister of communications met his counterpart from Norland, and they spoke of fibre. " * 3
)

READ = [
    "2025-11-24",
    "2025-11-24T10:00:00.000+03:30",
    "2025-11-24 10:00",
    "20251124",
    "20251124T101500Z",
    "24 November 2025",
    "Monday, November 24, 2025",
    "Nov. 24, 2025 10:30 pm GMT",
    "24th of November 2025",
    "24/11/2025",
    "24.11.2025",
    "Mon, 24 Nov 2025 10:00:00 +0000",
    "۳ آذر ۱۴۰۴",
    "دوشنبه ۳ آذر ۱۴۰۴ - ۱۲:۳۰",
    "1404/09/03",
    "٢٤ نوفمبر ٢٠٢٥",
    "24 ноября 2025 г.",
    "24 de noviembre de 2025",
]
NOT_READ = [
    "",
    "soon",
    "03/04/2025",
    "November 2025",
    "2025",
    "24 November",
    "31 February 2025",
    "32 آذر 1404",
    "yesterday",
    "24 November 2025 in Oslo",
    "24 or 25 November 2025",
    "since 24 November 2025",
    "before 24 November 2025",
    "24 November 2025 - 25 November 2025",
    "3 جمادى الآخرة 1447",
    "2025-11-24" + " " * 200 + "x",
]
SHOWN = [
    "date 2025-11-24",
    f"date 2025-11-24 OSLO – {BODY}",
    "Published: 24 November 2025",
    "Published:\n24 November 2025",
    "Posted on November 24, 2025 by admin",
    "Published 24 Nov 2025, Updated 25 Nov 2025",
    "Published: 24 Nov 2025 | Updated: 25 Nov 2025",
    "25 Nov 2025\nDate: 24 Nov 2025",
    "By Jane Doe | November 24, 2025 | 5 min read",
    "Jane Doe - November 24, 2025 - 10:32",
    "تاریخ انتشار: ۳ آذر ۱۴۰۴",
    "۳ آذر ۱۴۰۴ - 24 November 2025",
    "Опубликовано: 24 ноября 2025",
    "Updated: 25 November 2025\n24 November 2025",
]
NOT_SHOWN = [
    "OSLO, Nov. 24 – They met.",
    "OSLO, Nov. 24, 2025 (NNA) – They met.",
    "They met on 24 November 2025.",
    "On 24 November 2025 they met.",
    "24 November 2025: they meet again.",
    "A strategy\npublished on 24 November 2025, which both of them like, is under way.",
    "Published on 24 November 2025, the strategy of the ministry covers fibre and satellites.",
    "Published on 24 November 2025, it is binding.",
    "Updated: 24 November 2025",
    "Last updated\n24 November 2025",
    "November 2025",
    BODY + " | 24 November 2025",
]


@pytest.mark.parametrize("words", READ)
def test_a_full_date_is_read(words):
    assert parse_publication_date(words) == DAY


@pytest.mark.parametrize("words", NOT_READ)
def test_all_else_is_no_date(words):
    assert parse_publication_date(words) is None


@pytest.mark.parametrize("top", SHOWN)
def test_the_page_shows_its_date(top):
    assert find_publication_dates(f"Two ministers meet\n\n{top}\n\n{BODY}") == [DAY]


@pytest.mark.parametrize("top", NOT_SHOWN)
def test_the_page_does_not(top):
    assert find_publication_dates(f"Two ministers meet\n\n{top}\n\n{BODY}") == []


def test_if_a_page_shows_two_dates_then_both_are_returned():
    assert find_publication_dates("24 November 2025\n\n25 November 2025\n\nText") == [
        DAY,
        date(2025, 11, 25),
    ]


@pytest.mark.parametrize("above", [f"{BODY}\n\n{BODY}", "A line of a menu\n" * 12])
def test_a_date_further_down_belongs_to_something_else(above):
    assert find_publication_dates(f"{above}\n\n24 November 2025") == []


def test_a_line_of_any_length_takes_little_time():
    """Quadratic time would take minutes."""
    assert find_publication_dates(" " * 500_000 + "x" + " " * 500_000 + "24 November 2025") == []
