"""Triage: whether an article is worth a model's money."""

import pytest

import ictdiplo
from ictdiplo.article import Article
from ictdiplo.errors import EmptyArticle
from ictdiplo.read.triage import LEAST, assess

MET = "Peru's minister Ana Lin met Cuba's minister Leo Ro in Lima and they signed a memorandum."
FINED = (
    "The commission fined three operators on Tuesday. They must repay their subscribers, it said."
)


def test_an_article_with_records_is_relevant_and_says_what_was_found():
    found = ictdiplo.triage(MET)
    assert found.relevant
    assert found.score > 0.9
    assert found.reason == "1 meeting, 1 text found"


def test_an_article_without_a_sign_is_not_and_says_so():
    found = ictdiplo.triage(FINED)
    assert (found.relevant, found.score) == (False, 0.0)
    assert "no sign" in found.reason


def test_a_mere_sign_is_enough_and_is_shown():
    found = ictdiplo.triage("Lima: The minister of posts will meet the Cuban ambassador, Leo Ro.")
    assert found.relevant
    assert found.score >= LEAST


def test_more_signs_make_it_surer():
    assert ictdiplo.triage(MET + " Lin proposed a joint cable.").score >= ictdiplo.triage(MET).score


def test_what_is_not_read_is_kept_and_has_no_score():
    found = assess(
        Article(id="x", text="وزیران دو کشور در تهران دیدار کردند و سخن گفتند.", language="fa")
    )
    assert (found.relevant, found.score) == (True, None)
    assert "fa" in found.reason


def test_a_long_sentence_is_shown_in_part():
    sentence = "In Cuba they spoke of the memorandum, the weather " + "and so on " * 40
    found = assess(Article(id="x", text=f"{sentence}.", language="en"))
    assert len(found.reason) < 200
    assert found.reason.endswith("…”")


def test_no_text_is_an_error():
    with pytest.raises(EmptyArticle):
        ictdiplo.triage("")
