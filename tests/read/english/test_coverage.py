"""Sentences that look like a record and are in none: what is pointed at, and what is not."""

import pytest

from ictdiplo.read.english.coverage import find_signs

LEDE = "Peru's minister Ana Lin met Cuba's minister Leo Ro in Lima on Monday."
MEMO = "Peru and Cuba signed a memorandum on roaming."
TEXT = f"{LEDE} The weather was fine. {MEMO}"


def pointed_at(text, *quotes):
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return [(sign.kind, text[sign.start : sign.end]) for sign in find_signs(text, spans)]


def test_without_records_every_sentence_that_looks_like_one_is_pointed_at():
    assert pointed_at(TEXT) == [("meeting", LEDE), ("mou", MEMO)]


def test_a_sentence_that_a_quote_touches_is_not():
    assert pointed_at(TEXT, "met Cuba's minister") == [("mou", MEMO)]
    assert pointed_at(TEXT, LEDE, "signed a memorandum") == []


def test_a_sign_names_the_rule_that_says_so():
    assert [sign.rule for sign in find_signs(MEMO, [])] == ["memoranda/memorandum"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Peru's minister never met Cuba's minister Leo Ro.", id="denied"),
        pytest.param("The operator met its targets in May.", id="nobody of a side"),
        pytest.param("Menu\n\nRead also\n\n> Peru, Cuba sign memorandum", id="page furniture"),
        pytest.param("The board signed an agreement with its staff.", id="one side"),
    ],
)
def test_what_only_looks_like_a_record_is_not_pointed_at(text):
    assert pointed_at(text) == []


def test_a_sentence_with_one_side_and_an_official_is_possible_and_not_likely():
    (sign,) = find_signs("The minister will receive the Cuban ambassador, Leo Ro.", [])
    assert not sign.likely


def test_quotes_may_come_in_any_order():
    assert pointed_at(TEXT, MEMO, LEDE) == []
