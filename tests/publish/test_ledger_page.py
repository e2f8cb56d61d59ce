"""The page of promises: in whose words, what was heard since, everything escaped, nothing loaded."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import ictdiplo
from ictdiplo.publish.ledger_page import ledger_page
from parsed_page import Parsed, assert_nothing_is_loaded, assert_policy_holds
from samples import ACCRA, ATTACK, BREAKOUT, HOSTILE, PERSIAN

DEV = Path(__file__).parents[2] / "examples" / "gold" / "merges" / "dev" / "extractions.jsonl"


def promises(*found):
    return ictdiplo.commitments(ictdiplo.merge(found or ictdiplo.read_results(DEV)))


HARMFUL = HOSTILE.model_copy(
    update={
        "mous": (
            ACCRA.mous[0].model_copy(
                update={
                    "parties": (BREAKOUT, *ACCRA.mous[0].parties),
                    "title": ATTACK,
                    "meeting": None,
                    "evidence": HOSTILE.meetings[0].evidence,
                }
            ),
        )
    }
)
CASES = {"dev": promises(), "persian": promises(PERSIAN), "hostile": promises(HARMFUL, ACCRA)}


def test_every_promise_is_there_once_with_all_its_words_and_sources():
    found = CASES["dev"]
    parsed = Parsed(ledger_page(found))
    text = parsed.text()
    quotes = {quote.quote for one in found for source in one.sources for quote in source.quotes}

    assert [quote for quote in quotes if f"“{quote}”" not in text] == []
    assert {each.url for one in found for each in one.sources} <= set(parsed.attribute("href"))
    cards = [a for _, a in parsed.tags if a.get("class", "").startswith("record ")]
    assert len(cards) == len(found)


def test_promises_stand_by_sides_in_order_of_time():
    text = Parsed(ledger_page(CASES["dev"])).text()
    section = text[text.rindex("Iran – Tajikistan") :]
    days = re.findall(r"[▲■] (\d{4}-\d{2}-\d{2})", section)

    assert days == sorted(days) != []


def test_what_was_heard_since_is_a_link_to_who_says_so():
    found = CASES["dev"]
    parsed = Parsed(ledger_page(found))
    heard = sum(len(one.evidence) + len(one.urged) for one in found)
    within = [
        link for link in parsed.attribute("href") if link.startswith(("#text_", "#proposal_"))
    ]

    assert heard > 0
    assert len(within) == len(found) + heard


def test_a_promise_that_is_left_out_is_no_link():
    found = [one for one in CASES["dev"] if one.state == "followed"]
    names = Parsed(ledger_page(found)).attribute("id")
    links = Parsed(ledger_page(found)).attribute("href")

    assert found
    assert {unquote(link[1:]) for link in links if link.startswith("#")} <= set(names)


@pytest.mark.parametrize("name", CASES)
def test_every_link_within_the_page_leads_somewhere_and_no_name_is_given_twice(name):
    parsed = Parsed(ledger_page(CASES[name]))
    names = parsed.attribute("id")
    links = [unquote(link[1:]) for link in parsed.attribute("href") if link.startswith("#")]

    assert set(links) <= set(names)
    assert len(names) == len(set(names))
    assert parsed.open == []


@pytest.mark.parametrize("name", CASES)
def test_it_loads_nothing_and_its_policy_says_so(name):
    assert_nothing_is_loaded(ledger_page(CASES[name]))
    assert_policy_holds(ledger_page(CASES[name]))


def test_markup_in_any_field_stays_text():
    parsed = Parsed(ledger_page(CASES["hostile"], [ATTACK]))
    tags = [tag for tag, _ in parsed.tags]

    assert tags.count("script") == 2
    assert {"b", "img"}.isdisjoint(tags)
    assert parsed.text().count(ATTACK) > 5


def test_it_is_filtered_by_sides_act_topic_and_state():
    html = ledger_page(promises(ACCRA))
    data = re.search(r'id="facets">(.*?)</script>', html, re.DOTALL)[1]
    ((_, records),) = json.loads(data)

    assert [record[1:5] for record in records] == [
        ["proposed", ["GHA", "KEN"], ["mobile"], "open"],
        ["signed", ["GHA", "KEN"], ["fibre"], "open"],
    ]
    assert [record[5:] for record in records] == 2 * [["2025-11-24", "2025-11-24"]]


def test_articles_that_were_not_read_are_named():
    assert "Not read, and so not in it" in ledger_page([], ["a1"])
    assert "Not read" not in ledger_page([])


def test_a_ledger_of_nothing_says_so():
    assert "Nothing was proposed, agreed or signed." in Parsed(ledger_page([])).text()


def test_it_is_written_to_a_file(tmp_path):
    ictdiplo.write_ledger_page(promises(ACCRA), tmp_path / "promises.html")
    assert (tmp_path / "promises.html").read_text("utf-8") == ledger_page(promises(ACCRA))
