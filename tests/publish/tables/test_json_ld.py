"""The document is one graph that a JSON-LD processor understands."""

import json
from pathlib import Path

import pytest

from ictdiplo import write_tables

GOLDEN = Path(__file__).parent / "golden" / "graph.jsonld"
SCHEMA = "https://schema.org/"


def test_it_writes_what_the_golden_file_shows(full, tmp_path):
    write_tables([full], tmp_path / "out.jsonld")
    assert (tmp_path / "out.jsonld").read_bytes() == GOLDEN.read_bytes()


def test_without_an_article_it_is_still_a_document(tmp_path):
    write_tables([], tmp_path / "out.jsonld")
    assert json.loads((tmp_path / "out.jsonld").read_text())["@graph"] == []


def test_an_article_cannot_leave_the_script_element_of_a_page(make_titled, tmp_path):
    title = "</script><script>alert(1)</script><!--"
    write_tables([make_titled(title)], tmp_path / "out.jsonld")
    text = (tmp_path / "out.jsonld").read_text(encoding="utf-8")
    assert "<" not in text
    assert json.loads(text)["@graph"][1]["name"] == title


def test_a_processor_finds_every_record_and_the_words_that_report_it(outcomes, tmp_path):
    jsonld = pytest.importorskip("pyld", reason="make test-all installs it").jsonld
    write_tables(outcomes, tmp_path / "out.jsonld")
    document = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    document["@context"] = {"@vocab": SCHEMA}  # what the address stands for, without asking there
    nodes = jsonld.flatten(document)
    types = [kind.removeprefix(SCHEMA) for node in nodes for kind in node.get("@type", [])]
    assert types.count("NewsArticle") == 3
    assert types.count("CreativeWork") == 4
    assert types.count("CommunicateAction") == 2
    assert types.count("Quotation") == 12
    named = {node["@id"] for node in nodes}
    meant = {link["@id"] for node in nodes for link in node.get(f"{SCHEMA}mentions", [])}
    assert len(meant) == 10
    assert meant <= named
