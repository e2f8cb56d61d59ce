"""A model on articles of the gold set: what it makes of them, replayed, and in exact figures.

A changed figure is no failure of the machine: look at what changed, and if it is right, change it
here. tests/cassettes/README.md says who wrote the answers.
"""

from pathlib import Path

import pytest

import ictdiplo
from recording import cassette, settings

MODULE = Path(__file__).stem
GOLD = Path(__file__).parents[2] / "examples" / "gold" / "train"
STEMS = [
    "a03-vaezi-baghdad-pilgrims",
    "a07-bishkek-baku-draft",
    "b03-thimphu-dhaka-bandwidth",
    "b10-bsnl-dhaka-signing",
    "c04-noda-malacanang-call",
    "d01-somalia-djibouti-mogadishu-conference",
    "d07-budapest-zimbabwe-china",
    "e05-senegal-gambia-roaming-talks",
    "f03-palestinian-3g-round",
    "f09-citc-fines-2019",
    "g01-baku-moscow-megafon",
    "g08-lunar-station-order",
    "h07-itu-argentina-academia",
    "i07-zain-full-year",
    "k02-bishkek-draft-memorandum",
    "l02-manila-kcc-cict",
    "l06-naypyitaw-postal-moc",
    "m01-amman-baghdad-memorandum",
    "m05-maputo-signing-postponed",
    "n04-quito-border-frequencies",
    "o01-sajjadi-arshakyan-yerevan",
    "p09-colombo-prasad-fernando",
    "q03-nairobi-korea-egov-centre",
    "r02-belgrade-ankara-regulators",
]


def read(stem):
    article = next(iter(ictdiplo.read_articles(GOLD / "articles" / f"{stem}.txt")))
    model = ictdiplo.Model(
        **settings(), mode="json_schema", cache=False, timeout=7000, deadline=7000
    )
    with cassette(MODULE, stem):
        return ictdiplo.extract(article, model=model)


@pytest.fixture(scope="module")
def found():
    return {stem: read(stem) for stem in STEMS}


@pytest.fixture(scope="module")
def evaluation(found, tmp_path_factory):
    gold = tmp_path_factory.mktemp("gold")
    for stem in STEMS:
        text = (GOLD / "gold" / f"{stem}.json").read_text(encoding="utf-8")
        (gold / f"{stem}.json").write_text(text, encoding="utf-8")
    return ictdiplo.evaluate(gold, found.values(), GOLD / "articles")


def test_each_article_took_one_request(found):
    assert {one.provenance.attempts for one in found.values()} == {1}


def test_every_word_of_the_answers_stands_in_its_article(found):
    assert [rejected for one in found.values() for rejected in one.rejected] == []


def test_nothing_is_found_where_there_is_nothing(found):
    for stem in ("f09-citc-fines-2019", "i07-zain-full-year"):
        assert (found[stem].meetings, found[stem].proposals, found[stem].mous) == ((), (), ())


def test_the_figures(evaluation):
    assert {
        "detection F1": round(evaluation.detection_f1, 3),
        "headline": round(evaluation.headline, 3),
        "meetings": round(evaluation.meetings.f1_x_fields, 3),
        "proposals": round(evaluation.proposals.f1_x_fields, 3),
        "mous": round(evaluation.mous.f1_x_fields, 3),
    } == {
        "detection F1": 0.963,
        "headline": 0.926,
        "meetings": 0.937,
        "proposals": 0.929,
        "mous": 0.914,
    }
