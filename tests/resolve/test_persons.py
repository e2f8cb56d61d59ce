"""“Oduya” further down is the “Ada Oduya” of the first line."""

import pytest

from ictdiplo.draft import Draft
from ictdiplo.resolve.persons import Roll
from ictdiplo.resolve.quotes import Text

ARTICLE = (
    "Ada Oduya, A. Oduya, Max Oduya, Kofi Baah, Lena Marr, Ivo Sand; Kenya, KENYA, Ghana, Malta"
)


def roll(*people):
    said = [{"name": name, "party": party} for name, party in people]
    meeting = {"evidence": ["x"], "status": "held", "participants": said[:1]}
    proposal = {"evidence": ["x"], "kind": "proposal", "proposers": said[1:2]}
    mou = {"evidence": ["x"], "status": "signed", "signatories": said[2:]}
    draft = {"meetings": [meeting], "proposals": [proposal], "mous": [mou]}
    return Roll([Draft.model_validate(draft)], Text(ARTICLE))


@pytest.mark.parametrize("name", ["Oduya", "Ada Oduya", "Minister Ada Oduya", "ODUYA"])
def test_a_shorter_or_longer_form_is_the_same_person(name):
    assert roll(("Ada Oduya", "Kenya")).side_of(name) == "Kenya"


@pytest.mark.parametrize("name", ["Ada Mensah", "Baah", "Odu"])
def test_another_name_is_not(name):
    assert roll(("Ada Oduya", "Kenya")).side_of(name) is None


def test_a_name_that_two_sides_share_tells_none():
    assert roll(("Ada Oduya", "Kenya"), ("Max Oduya", "Ghana")).side_of("Oduya") is None
    assert roll(("Ada Oduya", "Kenya"), ("A. Oduya", "KENYA")).side_of("Oduya") == "KENYA"


def test_persons_of_all_records_are_on_the_roll():
    everyone = roll(
        ("Ada Oduya", "Kenya"), ("Kofi Baah", "Ghana"), ("Lena Marr", None), ("Ivo Sand", "Malta")
    )

    assert everyone.side_of("Baah") == "Ghana"
    assert everyone.side_of("Sand") == "Malta"
    assert everyone.side_of("Marr") is None


def test_a_side_that_the_article_does_not_name_is_not_on_the_roll():
    assert roll(("Ada Oduya", "Kenya"), ("Oduya", "Nairobi")).side_of("Oduya") == "Kenya"


def test_two_names_of_one_country_are_one_side():
    assert roll(("Ada Oduya", "Kenya"), ("Oduya", "KENYA")).side_of("Oduya") is not None
