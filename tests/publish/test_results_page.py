"""The page of results: everything is on it, everything is escaped, and it loads nothing."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ictdiplo
from ictdiplo.article import Article
from ictdiplo.errors import EmptyArticle, SettingsError
from ictdiplo.gather.run import Failure
from ictdiplo.publish import results_page as page_module
from ictdiplo.publish.results_page import results_page
from parsed_page import Parsed, assert_nothing_is_loaded, assert_policy_holds
from samples import ACCRA, ATTACK, HOSTILE, NOTHING, PERSIAN, many

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "accra": [ACCRA],
    "persian": [PERSIAN],
    "hostile": [HOSTILE],
    "several": [ACCRA, NOTHING, Failure("bad", EmptyArticle("There is no text."))],
}


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Whether or not the extra is installed that draws; tests/publish/test_drawing.py has drawings."""
    monkeypatch.setattr(page_module, "can_draw", lambda: False)


def body(html):
    """Return what of a page depends on the results: not its style, its script or the version."""
    html = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)
    return re.sub(r"ictdiplo [\d.]+|sha256-[\w+/=]+", "…", html)


@pytest.mark.parametrize("name", CASES)
def test_the_page_is_what_the_golden_file_shows(name):
    assert body(results_page(CASES[name])) == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_every_link_within_the_page_leads_somewhere_and_no_name_is_given_twice(name):
    parsed = Parsed(results_page(CASES[name]))
    names = parsed.attribute("id")
    links = [unquote(link[1:]) for link in parsed.attribute("href") if link.startswith("#")]

    assert links
    assert set(links) <= set(names)
    assert len(names) == len(set(names))
    assert parsed.open == []


@pytest.mark.parametrize("name", CASES)
def test_the_page_loads_nothing_and_links_only_to_the_web(name):
    assert_nothing_is_loaded(results_page(CASES[name]))


@pytest.mark.parametrize("name", CASES)
def test_its_policy_allows_its_own_style_and_script_by_their_hashes_and_nothing_else(name):
    assert_policy_holds(results_page(CASES[name]))


def test_markup_in_any_field_stays_text():
    parsed = Parsed(results_page([HOSTILE, HOSTILE]))
    tags = [tag for tag, _ in parsed.tags]

    assert tags.count("script") == 2
    assert {"b", "img"}.isdisjoint(tags)
    assert parsed.text().count(ATTACK) > 20


def test_the_data_inside_the_page_cannot_end_its_script():
    html = results_page([HOSTILE])
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[1]

    assert "<" not in data
    assert json.loads(data)[0][1][0][2] == [ATTACK, "KEN"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.y", "https://"])
def test_an_address_that_is_no_page_of_the_web_is_no_link(url):
    found = NOTHING.model_copy(update={"article": Article(id="a", text="Rain.", url=url)})
    assert "external" not in results_page([found])


def test_a_quote_that_is_not_at_its_place_is_shown_and_marks_nothing():
    moved = ACCRA.article.model_copy(update={"text": f"Now {ACCRA.article.text}"})
    parsed = Parsed(results_page([ACCRA.model_copy(update={"article": moved})]))

    assert "mark" not in [tag for tag, _ in parsed.tags]
    assert parsed.text().count("not at its place") == 3


def test_right_to_left_text_says_so():
    html = results_page([PERSIAN])
    assert '<div class="words" dir="rtl" lang="fa">' in html


def test_what_was_rejected_overlooked_or_not_read_is_on_the_page():
    text = Parsed(results_page(CASES["several"])).text()

    assert "Not borne out by the article" in text
    assert "a treaty on satellites" in text
    assert "Looks like a record, and is in none" in text
    assert "bad: There is no text." in text


def test_links_to_records_stay_the_same_when_articles_come_or_go():
    pages = [results_page(found) for found in ([ACCRA], [NOTHING, ACCRA, PERSIAN])]
    assert all('id="accra-cable/mou-1"' in page for page in pages)


def test_no_article_takes_a_name_that_the_page_needs_for_itself():
    own = set(Parsed(results_page([NOTHING, NOTHING])).attribute("id"))
    names = [name for name in own if ":" not in name and not name.startswith("nothing")]
    taken = [
        ACCRA.model_copy(update={"article": ACCRA.article.model_copy(update={"id": name})})
        for name in [*names, "stage", "title", "progress", "review"]
    ]
    found = Parsed(results_page(taken)).attribute("id")

    assert names
    assert len(found) == len(set(found))
    assert {f"{name}~2" for name in names} <= set(found)


def test_an_article_that_comes_twice_has_two_anchors():
    html = results_page([ACCRA, ACCRA])
    assert 'id="accra-cable/mou-1"' in html
    assert 'id="accra-cable~2/mou-1"' in html


def test_what_there_is_to_choose_is_counted():
    html = results_page(many(8))
    assert '<option value="mou">Memorandum (8)</option>' in html
    assert '<option value="signed">signed (2)</option>' in html
    assert re.search(r'<option value="CUB">Cuba \(\d\)</option>', html)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kenya and Ghana sign\n\nACCRA - They signed.", "Kenya and Ghana sign"),
        ("Skip to content\nMenu\nKenya and Ghana sign\nThey did.", "Kenya and Ghana sign"),
        ("Short\nWords", "Short"),
        ("word " * 100, "word " * 31 + "word …"),
    ],
)
def test_an_article_without_a_headline_is_called_by_a_line_that_could_be_one(text, title):
    found = NOTHING.model_copy(update={"article": Article(id="a", text=text)})
    assert f"<title>{title}</title>" in results_page([found])


def test_an_empty_run_is_a_page_too():
    assert "No article was read." in results_page([])


def test_a_page_is_written_to_a_file_from_one_extraction_or_several(tmp_path):
    ictdiplo.write_page(ACCRA, tmp_path / "one.html")
    ictdiplo.write_page(iter([ACCRA, PERSIAN]), tmp_path / "two.html")

    assert "<h1" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "fa-1/mou-1" in (tmp_path / "two.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_a_place_that_cannot_be_written_is_an_error_that_names_it(tmp_path):
    with pytest.raises(SettingsError, match="cannot be written"):
        ictdiplo.write_page(ACCRA, tmp_path / "absent" / "page.html")


@settings(max_examples=40)
@given(st.text(min_size=1), st.text())
def test_any_text_makes_a_page_whose_tags_are_balanced(name, text):
    article = Article(id=name, text=text, title=text, source=name, language=name)
    parsed = Parsed(results_page([ACCRA.model_copy(update={"article": article}), NOTHING]))

    assert parsed.open == []
    assert len(parsed.attribute("id")) == len(set(parsed.attribute("id")))
