"""An article of 3,000 words, read in three parts that overlap: what is told twice is found once."""

from pathlib import Path

import pytest

import ictdiplo
from recording import cassette, settings

MODULE = Path(__file__).stem
ARTICLE = Path(__file__).parent / "articles" / "ministerial-week.txt"
# Characters: a little more than a third of the article.
PART = 7_500


@pytest.fixture(scope="module")
def found():
    (article,) = ictdiplo.read_articles(ARTICLE)
    model = ictdiplo.Model(
        **settings(),
        mode="json_schema",
        cache=False,
        timeout=7000,
        deadline=7000,
        part_size=PART,
    )
    with cassette(MODULE, "parts"):
        return ictdiplo.extract(article, model=model)


def sides(record):
    return "-".join(party.code or party.name for party in record.parties[:2])


def test_it_has_three_thousand_words_and_takes_three_requests(found):
    assert 2_900 < len(found.article.text.split()) < 3_200
    assert found.provenance.attempts == 3


def test_what_the_summary_and_the_report_tell_is_one_meeting(found):
    told = {(sides(m), m.date.edtf, m.status): m for m in found.meetings if m.date}

    assert len(told[("UGA-COD", "2025-10-15", "cancelled")].evidence) == 4
    assert len(told[("SOM-DJI", "2025-10-16", "held")].evidence) == 4
    assert len(told[("RWA-FIN", "2025-10-15", "held")].evidence) == 2


def test_a_person_is_there_once_with_all_of_the_name(found):
    (meeting,) = [m for m in found.meetings if sides(m) == "RWA-FIN"]
    assert [person.name for person in meeting.participants] == [
        "Solange Mukamana",
        "Kaisa Lehtoranta",
    ]


def test_each_text_is_there_once_under_whatever_name(found):
    """The last is the transit charter again, of which the last part names no side."""
    assert [(sides(mou), mou.status, mou.instrument) for mou in found.mous] == [
        ("KEN-ETH", "signed", "memorandum"),
        ("KEN-IND", "signed", "memorandum"),
        ("UGA-TZA", "agreed", "agreement"),
        ("RWA-FIN", "signed", "letter"),
        ("SOM-DJI", "agreed", "agreement"),
        ("ZMB-MWI", "signed", "protocol"),
        ("KEN-ETH", "expired", "memorandum"),
        ("ETH-MWI", "negotiating", "agreement"),
        ("ZMB-MWI", "signed", "protocol"),
        ("", "drafted", "other"),
    ]


def test_older_meetings_of_the_same_sides_stay_apart(found):
    dates = [m.date.edtf for m in found.meetings if sides(m) == "KEN-ETH" and m.status == "held"]
    assert "2018-11-21" in dates
    assert "2025-10-13" in dates


def test_every_quote_stands_in_the_article_whichever_part_it_is_from(found):
    text = found.article.text
    for record in (*found.meetings, *found.proposals, *found.mous):
        for quote in record.evidence:
            assert text[quote.start : quote.end] == quote.quote
    assert found.rejected == ()
