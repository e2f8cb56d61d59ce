"""In a notebook, an extraction is its page and a record its card, each in a frame of its own."""

from html.parser import HTMLParser

import pytest

import ictdiplo
from samples import ACCRA, ATTACK, HOSTILE, PERSIAN


class Frames(HTMLParser):
    """Keeps all tags with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def frame(shown):
    ((tag, attributes),) = Frames(shown._repr_html_()).tags
    assert tag == "iframe"
    return attributes


def test_an_extraction_shows_its_page():
    page = frame(ACCRA)["srcdoc"]
    assert page.startswith("<!DOCTYPE html>")
    assert 'id="accra-cable/mou-1"' in page


@pytest.mark.parametrize("record", [ACCRA.meetings[0], ACCRA.proposals[0], ACCRA.mous[0]])
def test_a_record_shows_its_card(record):
    page = frame(record)["srcdoc"]
    assert record.evidence[0].quote in page
    assert "not at its place" not in page


def test_a_ledger_shows_each_event_once_with_the_words_of_its_sources():
    page = frame(ictdiplo.merge([ACCRA, PERSIAN]))["srcdoc"]

    assert "2 articles · 2 meetings · 1 proposal · 2 texts" in page
    assert ACCRA.mous[0].evidence[0].quote in page


@pytest.mark.parametrize(
    "shown", [HOSTILE, HOSTILE.meetings[0], PERSIAN, ictdiplo.merge([HOSTILE, ACCRA])]
)
def test_what_is_in_the_frame_has_no_origin_and_cannot_leave_it(shown):
    attributes = frame(shown)

    assert "allow-same-origin" not in attributes["sandbox"]
    assert "default-src 'none'" in attributes["srcdoc"].replace("&#39;", "'")
    assert ATTACK not in attributes["srcdoc"]


def test_an_extraction_writes_its_page(tmp_path):
    ACCRA.write_page(tmp_path / "page.html")
    assert "Ada Oduya" in (tmp_path / "page.html").read_text(encoding="utf-8")
