"""The page of an evaluation: gold beside what was found, in one file that loads nothing."""

import json
import re
from html.parser import HTMLParser

import pytest

import ictdiplo
from ictdiplo.measure.report import Report
from ictdiplo.publish.evaluation_page import evaluation_page

TEXT = "Ada Oduya of Kenya met Kofi Baah in Accra. They signed a memorandum on spectrum."
MEETING = {
    "parties": ["KEN", "GHA"],
    "participants": ["Ada Oduya", "Kofi Baah"],
    "date": "2025-11-24",
    "status": "held",
    "evidence": "Ada Oduya of Kenya met Kofi Baah",
}
MOU = {"parties": "KEN;GHA", "status": "signed", "evidence": "a memorandum on spectrum"}
GOLD = {"meetings": [MEETING], "mous": [MOU]}


class Parsed(HTMLParser):
    """Keeps the tags, with their attributes, and the text in them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    def classes(self):
        return [attributes.get("class", "") for _, attributes in self.tags]


@pytest.fixture
def page(tmp_path):
    def render(found, text=TEXT):
        (tmp_path / "a.txt").write_text(text)
        (tmp_path / "a.json").write_text(json.dumps(GOLD))
        line = {"article": {"id": "a"}, "meetings": [], **found}
        (tmp_path / "found.jsonl").write_text(json.dumps(line))
        run = ictdiplo.evaluate(tmp_path, tmp_path / "found.jsonl")
        return evaluation_page(Report(predicted=run))

    return render


def test_records_are_sorted_into_right_wrong_missed_and_invented(page):
    invented = {"proposer_party": "KEN", "kind": "proposal", "evidence": "in Accra"}
    html = page({"meetings": [MEETING | {"date": "2025-11"}], "proposals": [invented]})
    sorts = [sort for sort in Parsed(html).classes() if sort.startswith("record")]

    assert sorts == ["record wrong", "record invented", "record missed"]
    assert "1 wrong field, 1 missed, 1 invented" in html


def test_a_wrong_field_stands_beside_the_gold(page):
    words = [
        word.strip() for word in Parsed(page({"meetings": [MEETING | {"date": "2025-11"}]})).words
    ]
    at = words.index("2025-11-24")

    assert "2025-11" in words[at + 1 : at + 4]
    assert "0.50" in words


def test_an_article_without_an_error_is_folded_away(page):
    tags = dict(Parsed(page(GOLD)).tags)

    assert "open" not in tags["details"]
    assert "open" in dict(Parsed(page({})).tags)["details"]


def test_the_page_loads_nothing_and_allows_nothing(page):
    html = page(GOLD)
    parsed = Parsed(html)
    policy = next(a["content"] for tag, a in parsed.tags if a.get("http-equiv"))

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in parsed.tags)
    assert re.search(r"(?:src|href)=", html) is None
    assert "url(" not in html


def test_markup_in_a_file_stays_text(page):
    wild = {
        "proposer_party": "<script>alert(1)</script>",
        "kind": "proposal",
        "evidence": "in Accra",
    }
    html = page({"proposals": [wild]})

    assert "<script>" not in html
    assert "<script>alert(1)</script>" in "".join(Parsed(html).words)


def test_the_page_is_written_by_evaluate(page, tmp_path):
    from typer.testing import CliRunner

    from ictdiplo.cli import app

    page(GOLD)
    out = tmp_path / "page.html"
    arguments = ["evaluate", "--gold", str(tmp_path), "--predicted", str(tmp_path / "found.jsonl")]
    done = CliRunner().invoke(app, [*arguments, "--html", str(out)])

    assert done.exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
