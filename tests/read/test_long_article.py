"""An article of 3,000 words, whole and in three parts: what is told twice is found once."""

from pathlib import Path

import pytest

import ictdiplo
from recording import cassette, settings

MODULE = Path(__file__).stem
ARTICLE = Path(__file__).parent / "articles" / "ministerial-week.txt"
# Characters: a little more than a third of the article.
PART = 7_500


def read(name, part_size):
    (article,) = ictdiplo.read_articles(ARTICLE)
    model = ictdiplo.Model(
        **settings(),
        mode="json_schema",
        cache=False,
        timeout=7000,
        deadline=7000,
        part_size=part_size,
    )
    with cassette(MODULE, name):
        return ictdiplo.extract(article, model=model)


@pytest.fixture(scope="module")
def whole():
    return read("whole", 40_000)


@pytest.fixture(scope="module")
def found():
    return read("parts", PART)


def sides(record):
    """Name two of the sides, which are enough to tell these records apart."""
    return "-".join(sorted(party.code or party.name for party in record.parties)[:2])


def test_it_has_three_thousand_words_and_takes_three_requests(found):
    assert 2_900 < len(found.article.text.split()) < 3_200
    assert found.provenance.attempts == 3


def told(one):
    """Return the meetings and texts, as what tells them apart."""
    meetings = {(sides(m), m.date and m.date.edtf, m.status) for m in one.meetings}
    return meetings, {(sides(mou), mou.status, mou.instrument) for mou in one.mous}


def test_whole_and_in_parts_it_gives_the_same_meetings_and_texts_but_for_these(whole, found):
    """One part dates what was called off for a Wednesday to come, one names no side of a text."""
    meetings, texts = told(whole)
    in_parts, texts_in_parts = told(found)

    assert (len(whole.meetings), len(whole.mous)) == (16, 8)
    assert whole.provenance.attempts == 1
    assert meetings - in_parts == texts - texts_in_parts == set()
    assert in_parts - meetings == {("COD-UGA", "2025-10-22", "cancelled")}
    assert texts_in_parts - texts == {("", "drafted", "other")}


def test_what_the_summary_and_the_report_tell_is_one_meeting(found):
    by_mark = {(sides(m), m.date.edtf, m.status): m for m in found.meetings if m.date}

    assert len(by_mark[("COD-UGA", "2025-10-15", "cancelled")].evidence) == 4
    assert len(by_mark[("DJI-SOM", "2025-10-16", "held")].evidence) == 4
    assert len(by_mark[("FIN-RWA", "2025-10-15", "held")].evidence) == 2


def test_a_person_is_there_once_with_all_of_the_name(found):
    (meeting,) = [m for m in found.meetings if sides(m) == "FIN-RWA"]
    assert [person.name for person in meeting.participants] == [
        "Solange Mukamana",
        "Kaisa Lehtoranta",
    ]


def test_each_text_is_there_once_under_whatever_name(found):
    """The last is the transit charter again, of which the last part names no side."""
    assert [(sides(mou), mou.status, mou.instrument) for mou in found.mous] == [
        ("ETH-KEN", "signed", "memorandum"),
        ("IND-KEN", "signed", "memorandum"),
        ("TZA-UGA", "agreed", "agreement"),
        ("FIN-RWA", "signed", "letter"),
        ("DJI-SOM", "agreed", "agreement"),
        ("MWI-ZMB", "signed", "protocol"),
        ("ETH-KEN", "expired", "memorandum"),
        ("ETH-MWI", "negotiating", "agreement"),
        ("MWI-ZMB", "signed", "protocol"),
        ("", "drafted", "other"),
    ]


def test_older_meetings_of_the_same_sides_stay_apart(found):
    dates = [m.date.edtf for m in found.meetings if sides(m) == "ETH-KEN" and m.status == "held"]
    assert "2018-11-21" in dates
    assert "2025-10-13" in dates


def test_every_quote_stands_in_the_article_whichever_part_it_is_from(found):
    text = found.article.text
    for record in (*found.meetings, *found.proposals, *found.mous):
        for quote in record.evidence:
            assert text[quote.start : quote.end] == quote.quote
    assert found.rejected == ()
