"""The page of an evaluation in a browser: what is shown can be chosen, and all can be read."""

import json

import pytest

import ictdiplo
from ictdiplo.measure.report import Report
from ictdiplo.publish.evaluation_page import evaluation_page
from ictdiplo.review.gold import gold_of
from samples import ACCRA, PERSIAN


@pytest.fixture
def page(show, tmp_path):
    for found in (ACCRA, PERSIAN):
        (tmp_path / f"{found.article.id}.txt").write_text(found.article.text, encoding="utf-8")
        gold = json.dumps(gold_of(found))
        (tmp_path / f"{found.article.id}.json").write_text(gold, encoding="utf-8")
    wrong = ACCRA.mous[0].model_copy(update={"status": "drafted"})
    found = ACCRA.model_copy(update={"mous": (wrong,), "proposals": ()})
    run = ictdiplo.evaluate(tmp_path, [found, PERSIAN])
    return show(evaluation_page(Report(predicted=run)))


def test_errors_are_shown_and_what_is_right_is_shown_on_demand(page):
    assert page.locator(".wrong:visible").count() == 1
    assert page.locator(".missed:visible").count() == 1
    assert page.locator(".right:visible").count() == 0
    page.check("#show-right")
    assert page.locator(".right:visible").count() == 1


def test_no_rule_of_accessibility_is_broken(page, violations):
    assert violations(page) == []
