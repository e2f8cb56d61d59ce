"""Date phrases are found where they stand, taken apart, and not seen where there are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.language.date_phrases import Interval, Moment, find_date_phrases


def texts(text):
    return [phrase.text for phrase in find_date_phrases(text)]


FOUND = {
    "The ministers met on Monday in Tehran.": ["Monday"],
    "Monday's talks followed last Wednesday's call.": ["Monday", "last Wednesday"],
    "It was signed in May, while they may march on.": ["May"],
    "It may be signed by March.": ["March"],
    "TEHRAN, Jul. 31 - A market opened.": ["Jul. 31"],
    "TEHRAN, Jul. 31 - 25 officials came.": ["Jul. 31"],
    "From November 17 to 28, at WTDC-25 in Baku, they met.": ["From November 17 to 28", "WTDC-25"],
    "Since 2016 the 2019 agreement has been in force.": ["Since 2016", "2019"],
    "They met at the 2026 Caspian Digital Summit.": ["2026 Caspian Digital Summit"],
    "By the end of the year, 70 percent; by 2026, 80.": ["the end of the year", "2026"],
    "Later this month or early next year": ["Later this month", "early next year"],
    "Two days earlier, he had called.": ["Two days earlier"],
    "A deal of a year ago": ["a year ago"],
    "on Wednesday, October 9, and Thursday": ["Wednesday, October 9", "Thursday"],
    "The last week of November was calm.": ["November"],
    "It opens in April 2026 and closes in June.": ["April 2026", "June"],
    "Report of 24 November 2025\n\nOctober saw talks": ["24 November 2025", "October"],
    "MONDAY, MARCH 3": ["MONDAY, MARCH 3"],
    "در روز سه‌شنبه ۲۷ آبان ۱۴۰۴ دیدار کردند": ["سه‌شنبه ۲۷ آبان ۱۴۰۴"],
    "встретились в среду, 19 ноября 2025 года, в Баку": ["среду, 19 ноября 2025 года"],
    "se reunieron el lunes 17 de noviembre de 2025": ["lunes 17 de noviembre de 2025"],
    "التقيا يوم الاثنين 17 نوفمبر 2025": ["الاثنين 17 نوفمبر 2025"],
}
NONE = [
    "Theresa May met officials, who may come.",
    "The march on the capital",
    "A march of 5000 people",
    "The Sunday Times and Black Friday",
    "2,025 people, 25%, 10:30 and 17.5 million",
    "He is 31, she 24.",
    "the 24th session on the 20th floor",
    "the last year and the next month of waiting",
    "He sat in the second row and spoke for 5 minutes.",
    "COVID-19 and IMT-2020",
    "The mar and the dec of the sat",
    "Mehr news agency, Tir Street",
    "охрана окружающей среды",
    "Santo Domingo por la mañana",
    "در دی‌ان‌ای",
    "3 Azar 2025",
    "17 November 1404",
    "03/04/2025",
    "2025-13-45",
    "1421/01/01",
    "0000-00-00",
    "31-17 of them",
    "years ago",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_these_phrases_are_found(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_these_are_no_date_phrases(text):
    assert texts(text) == []


MEANINGS = {
    "last Wednesday": Moment(weekday=2, turn=-1),
    "next May": Moment(month=5, calendar="gregorian", turn=1),
    "yesterday": Moment(unit="day", shift=-1),
    "three weeks ago": Moment(unit="week", shift=-3),
    "two days earlier": Moment(unit="day", shift=-2, elsewhere=True),
    "two months later": Moment(unit="month", shift=2, elsewhere=True),
    "the following day": Moment(unit="day", shift=1, elsewhere=True),
    "December of that year": Moment(month=12, unit="year", shift=0, elsewhere=True),
    "декабре того же года": Moment(month=12, unit="year", shift=0, elsewhere=True),
    "diciembre de ese año": Moment(month=12, unit="year", shift=0, elsewhere=True),
    "before May 2026": Moment(year=2026, month=5, bound=True),
    "late last year": Moment(unit="year", shift=-1, part="late"),
    "the end of the year": Moment(unit="year", shift=0, part="end"),
    "November of last year": Moment(month=11, unit="year", shift=-1),
    "Wednesday, October 9": Moment(month=10, day=9, weekday=2),
    "WRC-97": Moment(year=97 + 1900, event=True),
    "WTDC-25": Moment(year=2025, event=True),
    "3 Azar 1404": Moment(calendar="jalali", year=1404, month=9, day=3),
    "1404/09/03": Moment(calendar="jalali", year=1404, month=9, day=3),
    "آذر سال گذشته": Moment(calendar="jalali", month=9, unit="year", shift=-1),
    "رمضان 1446": Moment(calendar="hijri", year=1446, month=9),
    "два года назад": Moment(unit="year", shift=-2),
    "hace un mes": Moment(unit="month", shift=-1),
    "31 February": Moment(month=2, day=31),
    "October 9 and 12": Moment(month=10),
    "Since 2016": Interval(Moment(year=2016), None),
    "17 to 28 November": Interval(Moment(month=11, day=17), Moment(month=11, day=28)),
    "28 December to 3 January 2026": Interval(
        Moment(year=2025, month=12, day=28), Moment(year=2026, month=1, day=3)
    ),
    "November 17 to 28 last year": Interval(
        Moment(month=11, day=17, unit="year", shift=-1),
        Moment(month=11, day=28, unit="year", shift=-1),
    ),
    "Monday and Tuesday": Interval(Moment(weekday=0), Moment(weekday=1)),
    "28 December last year to 3 January": Interval(
        Moment(month=12, day=28, unit="year", shift=-1), Moment(month=1, day=3)
    ),
    "2025-2026": Interval(Moment(year=2025), Moment(year=2026)),
    "3 to 5 Azar": Interval(
        Moment(calendar="jalali", month=9, day=3), Moment(calendar="jalali", month=9, day=5)
    ),
}


@pytest.mark.parametrize(("text", "meaning"), MEANINGS.items(), ids=MEANINGS)
def test_a_phrase_means_this(text, meaning):
    (phrase,) = find_date_phrases(text)
    assert (phrase.text, phrase.meaning) == (text, meaning)


@pytest.mark.parametrize("text", ["May", "March", "2025", "Jan.", "the 24th", "domingo", "Azar"])
def test_a_doubtful_word_alone_is_read_with_good_will(text):
    assert texts(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "2026-2025",
        "3 Azar to 5 December 2025",
        "3 to 5 Azar 2025",
        "3 Azar 2025 to 5 December 2025",
        "28 to 17 November 2025",
        "from 2 May 2026 to 3 March 2025",
        "December 2026-May 2025",
    ],
)
def test_an_interval_that_ends_before_it_begins_or_mixes_calendars_is_none(text):
    assert not any(isinstance(phrase.meaning, Interval) for phrase in find_date_phrases(text))


WORDS = "May March Monday 17 28 2025 1404 24th of the in last next year ago a - – , . ( to and آذر мая 'WTDC summit K\n\n"
words = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join)


@given(words)
def test_phrases_stand_where_they_say_in_order_and_never_overlap(text):
    last = 0
    for phrase in find_date_phrases(text):
        assert text[phrase.start : phrase.end] == phrase.text
        assert last <= phrase.start < phrase.end
        last = phrase.end


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text):
    for phrase in find_date_phrases(text):
        assert text[phrase.start : phrase.end] == phrase.text


@pytest.mark.parametrize(
    "text",
    [
        "May ",
        "17-",
        "2025 Aaa ",
        "the ",
        "1",
        "1,111",
        "last Monday, ",
        "a of the ",
        "1.",
        "\u200f",
    ],
)
def test_time_grows_with_length_and_not_with_its_square(text):
    start = time.perf_counter()
    find_date_phrases(text * 40_000)
    assert time.perf_counter() - start < 4
