"""An article of 3,000 words, read whole and in parts: the same records."""

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
    def read(name, part_size):
        model = ictdiplo.Model(
            **settings(),
            mode="json_schema",
            cache=False,
            timeout=7000,
            deadline=7000,
            part_size=part_size,
        )
        with cassette(MODULE, name):
            return ictdiplo.extract(next(iter(ictdiplo.read_articles(ARTICLE))), model=model)

    return {"whole": read("whole", 40_000), "parts": read("parts", PART)}


def sides(parties):
    return ";".join(sorted(party.code or party.name for party in parties))


def edtf(when):
    return (when and when.edtf) or ""


def test_it_has_three_thousand_words_and_is_read_in_three_parts(found):
    words = len(found["whole"].article.text.split())

    assert 2_900 < words < 3_200
    assert found["whole"].provenance.attempts == 1
    assert found["parts"].provenance.attempts == 3


def test_the_meetings_are_the_same(found):
    whole, parts = (
        sorted((sides(m.parties), edtf(m.date), m.status) for m in one.meetings)
        for one in found.values()
    )
    assert whole == parts


def test_the_texts_are_the_same(found):
    whole, parts = (
        sorted((sides(m.parties), m.status, m.instrument) for m in one.mous)
        for one in found.values()
    )
    assert whole == parts


def test_the_proposals_are_the_same(found):
    whole, parts = (
        sorted((sides(p.proposer_party), p.kind) for p in one.proposals) for one in found.values()
    )
    assert whole == parts
