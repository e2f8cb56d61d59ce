"""A short form that an article introduces stands for the long one, and acts for its country."""

import pytest

from ictdiplo.language.gazetteer import find_mentions
from ictdiplo.read.english.aliases import find_aliases


def aliases(text):
    return [(found.text, found.entry.code) for found in find_aliases(text, find_mentions(text))]


def test_a_short_form_stands_for_what_it_abbreviates_wherever_it_comes_again():
    text = "The Valdorian Space Office (VSO) builds satellites. VSO and others met. So VSO said."
    assert [short for short, _ in aliases(text)][1:] == ["VSO", "VSO"]


def test_it_acts_for_the_country_that_the_long_form_names():
    text = "The Savings Board of Kenya (SBK) met a delegation. SBK signed."
    assert ("SBK", "KEN") in aliases(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Pacific Islands Partnership Agreement (PIPA) was discussed. PIPA is old.",
        "They met at the Northern Internet Conference (NIC). NIC ends today.",
        "The minister of posts (photo) spoke. The photo is new.",
        "Ada Oduya (XYZ) spoke. XYZ reports.",
    ],
    ids=["a text", "a gathering", "no name", "other letters"],
)
def test_what_is_no_body_or_abbreviates_nothing_is_no_alias(text):
    assert aliases(text) == []


def test_the_short_form_inside_a_longer_word_is_not_it():
    text = "The Valdorian Space Office (VSO) builds. The VSOX satellite and VSO-2 fly."
    assert [short for short, _ in aliases(text)][1:] == []
