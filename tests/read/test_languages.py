"""The same article in five languages gives the same records: codes, dates, stages."""

from pathlib import Path

import pytest

import ictdiplo
from recording import cassette, settings

MODULE = Path(__file__).stem
LANGUAGES = ["en", "fa", "ru", "es", "ar"]


@pytest.fixture(scope="module")
def found(articles):
    def read(language):
        path = articles / f"45-two-ministers-{language}.txt"
        model = ictdiplo.Model(
            **settings(), mode="json_schema", cache=False, timeout=7000, deadline=7000
        )
        with cassette(MODULE, language):
            return ictdiplo.extract(next(iter(ictdiplo.read_articles(path))), model=model)

    return {language: read(language) for language in LANGUAGES}


def sides(parties):
    return ";".join(sorted(party.code or party.name for party in parties))


def edtf(when):
    return when and when.edtf


def facts(one):
    """What an extraction says in codes and dates alone."""
    return {
        "meetings": sorted(
            (sides(m.parties), edtf(m.date) or "", m.status, m.place.code if m.place else "")
            for m in one.meetings
        ),
        "proposals": sorted((sides(p.proposer_party), p.kind) for p in one.proposals),
        "mous": sorted(
            (sides(m.parties), m.status, edtf(m.date) or "", m.refers_back) for m in one.mous
        ),
    }


def test_the_english_article_reports_this(found):
    assert facts(found["en"]) == {}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_another_language_says_the_same(found, language):
    assert facts(found[language]) == facts(found["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_and_names_stay_in_the_articles_language(found, language):
    one = found[language]
    assert one.article.language == language
    for record in (*one.meetings, *one.proposals, *one.mous):
        for quote in record.evidence:
            assert one.article.text[quote.start : quote.end] == quote.quote
    assert one.rejected == ()
