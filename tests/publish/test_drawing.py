"""Figures are drawn from what is known, with words escaped and our own links alone."""

import re
import sys
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ictdiplo.errors import SettingsError
from ictdiplo.publish.drawing import SPECIFICATIONS, can_draw, png, svg
from ictdiplo.publish.figures import ToPage, figure, to_web
from ictdiplo.publish.overview import overview_of
from ictdiplo.publish.results_page import results_page
from ictdiplo.publish.shown import show_articles
from samples import ACCRA, ATTACK, GHANA, HOSTILE, KENYA, NOTHING, PERSIAN, many

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [*SPECIFICATIONS]


@pytest.fixture(autouse=True)
def renderer():
    pytest.importorskip("vl_convert", reason="the extra plot is not installed")


def draw(kind, *found, address=None):
    return svg(figure(kind, overview_of(show_articles(found)), address or ToPage()))


def links(drawn):
    return [one.get("href") for one in ET.fromstring(drawn).iter(f"{SVG}a")]


def words(drawn):
    return "".join(ET.fromstring(drawn).itertext())


@pytest.mark.parametrize("kind", KINDS)
def test_each_mark_leads_to_its_records_and_says_what_it_is(kind):
    drawn = ET.fromstring(draw(kind, ACCRA, *many(20)))
    marks = [*drawn.iter(f"{SVG}a")]

    assert len(marks) > 5
    for mark in marks:
        assert mark.find(f"{SVG}title").text
        assert re.match(r"#(accra|article|\?[a-z]+=)", mark.get("href"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_shapes_words_and_our_links_are_left(kind):
    drawn = draw(kind, HOSTILE, ACCRA, PERSIAN, *many(8))
    names = {name for element in ET.fromstring(drawn).iter() for name in element.attrib}

    assert {"style", "class", "id"}.isdisjoint(names)
    assert [name for name in names if name.startswith(("on", "{"))] == []
    assert "url(" not in drawn
    assert all(link.startswith("#") for link in links(drawn))


@pytest.mark.parametrize("kind", ["board", "network"])
def test_markup_in_a_name_stays_words(kind):
    met = HOSTILE.model_copy(update={"mous": ACCRA.mous, "meetings": HOSTILE.meetings})
    renamed = ACCRA.mous[0].parties[0].model_copy(update={"name": ATTACK})
    text = ACCRA.mous[0].model_copy(update={"parties": (renamed, *ACCRA.mous[0].parties)})
    drawn = draw(kind, met.model_copy(update={"mous": (text,)}))

    assert "<script" not in drawn
    assert "<img" not in drawn
    assert ATTACK in words(drawn)


@settings(max_examples=25, deadline=None)
@example("\N{GRINNING FACE}" * 60, "board")  # Vega cuts it in the midst of a face
@given(st.text(min_size=1), st.sampled_from(["board", "network", "timeline"]))
def test_any_name_can_be_drawn(name, kind):
    side = KENYA.model_copy(update={"name": name, "code": None})
    met = ACCRA.meetings[0].model_copy(update={"parties": (side, GHANA)})
    text = ACCRA.mous[0].model_copy(update={"parties": (side, GHANA)})
    found = ACCRA.model_copy(update={"meetings": (met,), "mous": (text,)})

    assert "Ghana" in words(draw(kind, found))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_an_empty_picture_and_no_error(kind):
    assert links(draw(kind, NOTHING)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_records_give_the_same_picture(kind):
    assert draw(kind, *many(12)) == draw(kind, *many(12))


def test_a_line_of_the_network_leads_to_the_meetings_of_both():
    (filtered,) = [
        parse_qs(link[2:]) for link in links(draw("network", ACCRA, ACCRA)) if "with" in link
    ]
    assert filtered == {
        "type": ["meeting"], "status": ["held"], "party": ["GHA"], "with": ["KEN"],
    }  # fmt: skip


def test_alone_a_figure_leads_to_the_articles_on_the_web_where_they_are_known():
    drawn = ET.fromstring(draw("timeline", ACCRA, PERSIAN, *many(1), address=to_web))
    found = {mark.get("href") for mark in drawn.iter(f"{SVG}a")}

    assert found == {"https://news.example/accra", None}


def test_the_picture_of_a_network_is_as_large_as_it_needs():
    drawn = ET.fromstring(draw("network", *many(40)))
    left, top, width, height = map(float, drawn.get("viewBox").split())
    places = [
        tuple(map(float, re.findall(r"-?[\d.]+", text.get("transform"))[:2]))
        for text in drawn.iter(f"{SVG}text")
    ]

    assert len(places) == 8
    assert all(left < x < left + width and top < y < top + height for x, y in places)


def test_a_figure_can_be_a_picture_of_points():
    drawn = png(figure("board", overview_of(show_articles([ACCRA])), to_web))
    assert drawn.startswith(b"\x89PNG")


def test_the_page_has_the_figures_and_without_the_extra_the_tables(monkeypatch):
    with_figures = results_page([ACCRA, PERSIAN])
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    without = results_page([ACCRA, PERSIAN])

    assert with_figures.count("<svg") == 2
    assert "<svg" not in without
    assert without.count('<details class="table" open>') == 2


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    assert not can_draw()
    with pytest.raises(SettingsError, match=r"ictdiplo\[plot\]"):
        draw("timeline", ACCRA)
