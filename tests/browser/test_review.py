"""A review in a browser: accept, reject, correct, add, complete; and it is all kept."""

import threading

import pytest

from ictdiplo.review.decisions import read_decisions
from ictdiplo.review.gold import apply_decisions
from ictdiplo.review.server import Desk, serve
from samples import ACCRA, PERSIAN

MOU = "[id='accra-cable/mou-1']"


@pytest.fixture
def desk(tmp_path):
    return Desk([ACCRA, PERSIAN], tmp_path / "decided.jsonl")


@pytest.fixture
def page(browser, desk):
    trouble = []
    with serve(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(server.address)
        yield page
        context.close()
        server.shutdown()
        thread.join()
    assert [said for said in trouble if "422" not in said] == []


@pytest.fixture
def kept(tmp_path):
    return lambda: [
        (one.record, one.verdict, one.withdrawn)
        for one in read_decisions(tmp_path / "decided.jsonl")
    ]


def test_forms_are_made_when_they_are_wanted_and_fold_again(page):
    assert page.locator("form.correction").count() == 0
    page.click(f"{MOU} >> text=Correct")
    assert page.input_value(f"{MOU} [name=status]") == "signed"
    page.click(f"{MOU} >> text=Correct")
    assert page.locator("form.correction:visible").count() == 0
    page.click(f"{MOU} >> text=Correct")
    assert page.locator(f"{MOU} form.correction:visible").count() == 1


def test_records_are_accepted_and_rejected_and_that_is_seen_again(page, kept):
    page.click(f"{MOU} >> text=Accept")
    page.wait_for_selector(f"{MOU}.accepted")
    page.click("[id='accra-cable/proposal-1'] >> text=Reject")
    page.wait_for_selector("[id='accra-cable/proposal-1'].rejected")
    assert "2 of 5 records decided" in page.locator("#progress").text_content()

    page.reload()
    assert page.locator(f"{MOU}.accepted").count() == 1
    page.click(f"{MOU} >> text=Accept")
    page.wait_for_selector(f"{MOU}:not(.accepted)")
    assert kept() == [
        ("mou-1", "accepted", False),
        ("proposal-1", "rejected", False),
        ("mou-1", "accepted", True),
    ]


def test_a_record_is_judged_by_the_keyboard(page, kept):
    page.evaluate("location.hash = '#accra-cable/meeting-1'")
    page.wait_for_function("document.activeElement.id === 'accra-cable/meeting-1'")
    page.keyboard.press("r")
    page.wait_for_selector("[id='accra-cable/meeting-1'].rejected")
    page.keyboard.press("a")
    page.wait_for_selector("[id='accra-cable/meeting-1'].accepted")

    assert [verdict for _, verdict, _ in kept()] == ["rejected", "accepted"]


def test_a_correction_that_makes_no_sense_is_told_and_one_that_does_is_kept(page, desk, kept):
    page.click(f"{MOU} >> text=Correct")
    page.fill(f"{MOU} input[name=date]", "last week")
    page.click(f"{MOU} >> text=Keep the correction")
    page.wait_for_selector(f"{MOU} [role=status]:has-text('write a date as')")
    page.fill(f"{MOU} input[name=date]", "2025-11")
    page.select_option(f"{MOU} select[name=status]", "drafted")
    page.click(f"{MOU} >> text=Keep the correction")
    page.wait_for_selector(f"{MOU}.corrected")

    assert kept() == [("mou-1", "corrected", False)]
    found = next(apply_decisions(desk.results, read_decisions(desk.path))).extraction
    assert (found.mous[0].status, found.mous[0].date.edtf) == ("drafted", "2025-11")


def test_a_missed_record_is_added_from_selected_words_and_the_article_is_complete(page, kept):
    section = page.locator("[id='accra-cable']")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('mark.overlooked'))")
    section.get_by_text("Add a meeting").click()
    assert section.locator("textarea").input_value() == "The envoys of both conferred."
    section.locator("form.correction >> nth=-1 >> input[name=parties]").fill("KEN; GHA")
    section.get_by_text("Add it").click()
    section.locator(".added li").wait_for()
    section.get_by_text("Nothing is missing").click()
    section.locator("button[aria-pressed=true]:has-text('Nothing is missing')").wait_for()

    assert kept() == [("meeting-added-1", "added", False), (None, "complete", False)]


def test_no_rule_of_accessibility_is_broken(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    page.click(f"{MOU} >> text=Correct")
    page.click("[id='accra-cable'] >> text=Add a proposal")
    page.click("[id='accra-cable/meeting-1'] >> text=Reject")
    page.wait_for_selector("[id='accra-cable/meeting-1'].rejected")
    found = axe.Axe().run(page).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
