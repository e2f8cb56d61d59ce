"""The page of promises in a browser: found by sides and by what was heard since, and all can be read."""

from pathlib import Path

import pytest

import ictdiplo
from ictdiplo.publish.ledger_page import ledger_page

DEV = Path(__file__).parents[2] / "examples" / "gold" / "merges" / "dev" / "extractions.jsonl"
FOUND = ictdiplo.commitments(ictdiplo.merge(ictdiplo.read_results(DEV)))


def cards(page):
    return page.locator(".article:visible .record:visible").count()


def test_promises_are_found_by_sides_and_state(show):
    page = show(ledger_page(FOUND))
    page.select_option("[name=party]", "IRN")
    page.select_option("[name=status]", "followed")

    wanted = [one for one in FOUND if "IRN" in one.sides and one.state == "followed"]
    assert cards(page) == len(wanted) > 0
    told = page.locator("output").text_content()
    assert told == f"{len(wanted)} commitments in 1 of 5 relations"


def test_what_was_heard_since_is_a_click_away(show):
    page = show(ledger_page(FOUND))
    page.click("dd a >> nth=0")
    page.wait_for_function("document.activeElement.matches('.record:target')")


def test_reports_beyond_the_first_unfold(show):
    page = show(ledger_page(FOUND))
    before = page.locator("blockquote:visible").count()
    page.click(".record details summary >> nth=0")
    assert page.locator("blockquote:visible").count() > before


def test_without_its_script_it_can_be_read_and_its_links_work(show):
    page = show(ledger_page(FOUND), java_script_enabled=False)

    assert not page.locator("#find").is_visible()
    assert cards(page) == len(FOUND)
    page.click(".sides a >> nth=0")
    assert page.locator(".article:target").is_visible()


def test_on_a_narrow_screen_nothing_is_cut_off(show):
    page = show(ledger_page(FOUND), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_rule_of_accessibility_is_broken(show, violations, scheme, width):
    page = show(
        ledger_page(FOUND, ["a1"]), color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    assert violations(page) == []
