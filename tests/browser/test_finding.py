"""Filters in a browser: each narrows the records, their address can be kept, 500 articles are no burden."""

import pytest

from ictdiplo.publish.facets import parties_of, status_of, topics_of
from ictdiplo.publish.wording import records_in
from samples import ACCRA, NOTHING, PERSIAN, many

MANY = many(24)


def records(page):
    return page.eval_on_selector_all(
        ".article:not([hidden]) .record:not([hidden])", "all => all.map(one => one.id)"
    )


def those(found, keep):
    """Return the anchors of the records for which `keep` holds."""
    return [
        f"{one.article.id}/{record.id}"
        for one in found
        for record in records_in(one)
        if keep(record)
    ]


@pytest.mark.parametrize(
    ("name", "value", "keep"),
    [
        ("party", "CUB", lambda record: "CUB" in parties_of(record)),
        ("party", "ITU", lambda record: "ITU" in parties_of(record)),
        ("topic", "space", lambda record: "space" in topics_of(record)),
        ("status", "signed", lambda record: status_of(record) == "signed"),
    ],
)
def test_a_filter_leaves_the_records_that_are_so(visit, name, value, keep):
    page = visit(MANY)
    page.select_option(f"[name={name}]", value)

    assert records(page) == those(MANY, keep) != []
    shown = page.locator("output").text_content()
    assert shown.startswith(f"{len(records(page))} records in ")


def test_three_actions_tell_which_memoranda_with_cuba_were_signed_and_what_says_so(visit):
    page = visit(MANY)
    page.get_by_label("Country or body").select_option("CUB")
    page.get_by_label("Status").select_option("signed")

    wanted = those(MANY, lambda r: status_of(r) == "signed" and "CUB" in parties_of(r))
    assert records(page) == wanted != []
    quote = page.locator("blockquote:visible a").first
    quote.click()
    evidence = page.locator(".at:target + mark")
    evidence.wait_for()
    assert (
        quote.text_content() == f"“{evidence.text_content()}”" == "“They turned to a memorandum.”"
    )


def test_a_button_takes_all_filters_away(visit):
    page = visit(MANY)
    page.select_option("[name=type]", "mou")
    page.fill("[name=words]", "no such words")
    page.click("text=Show all")
    assert len(records(page)) == 2 * len(MANY)


def test_each_choice_tells_how_many_records_it_would_leave(visit):
    page = visit(MANY)
    page.select_option("[name=type]", "mou")
    page.select_option("[name=party]", "CUB")
    told = page.eval_on_selector_all(
        "[name=status] option:not([hidden])", "all => all.map(one => one.textContent)"
    )
    texts = those(MANY, lambda r: "instrument" in type(r).model_fields and "CUB" in parties_of(r))

    assert sum(int(one.split("(")[1][:-1]) for one in told[1:]) == len(texts)
    assert "held" not in "".join(told)


def test_a_mark_of_a_figure_leaves_the_records_it_stands_for(visit):
    page = visit(MANY)
    page.click(".matrix a >> nth=0")
    page.wait_for_function("location.hash.startsWith('#?party=')")

    label = page.eval_on_selector(".matrix a", "one => one.getAttribute('aria-label')")
    assert label.endswith(f": {len(records(page))} records")
    assert not page.eval_on_selector("#overview", "one => one.open")
    assert page.locator(".record:visible").first.is_visible()


def test_without_the_script_a_mark_of_a_figure_leads_to_a_list_of_its_records(visit):
    page = visit(MANY, java_script_enabled=False)
    cell = page.locator(".matrix a[href^='#?']").first
    number, place = cell.text_content(), cell.get_attribute("href")[1:]
    cell.click()

    there = page.locator(f"[id='{place}']")
    assert there.evaluate("one => one.matches(':target')")
    links = there.locator("+ ul a")
    assert links.count() == int(number) > 1
    links.first.click()
    assert page.locator(".record:target").count() == 1


def test_with_the_script_there_are_no_such_lists(visit):
    assert visit(MANY).locator(".lists").count() == 0


def test_on_a_telephone_the_filters_are_folded_and_say_how_many_are_chosen(visit):
    page = visit(MANY, viewport={"width": 390, "height": 844})
    assert not page.locator("[name=type]").is_visible()
    page.click("text=Filters")
    page.select_option("[name=type]", "mou")
    page.select_option("[name=party]", "CUB")
    page.click("text=Filters")

    assert page.locator(".more summary").text_content() == "Filters (2 chosen)"
    page.set_viewport_size({"width": 1280, "height": 844})
    page.locator("[name=type]").wait_for()
    assert not page.locator(".more summary").is_visible()


def test_days_leave_the_records_that_may_be_of_then(visit):
    page = visit(MANY)
    page.fill("[name=first]", "2020-02-01")
    page.fill("[name=last]", "2020-02-10")

    # Days of the time itself, the month, and the whole year.
    assert "article-6/meeting-1" not in records(page)
    assert {"article-9/mou-1", "article-10/mou-1", "article-20/mou-1"} <= {*records(page)}
    assert "article-12/mou-1" not in records(page)


def test_words_find_articles_however_they_are_typed(visit):
    page = visit([ACCRA, PERSIAN, NOTHING])
    page.fill("[name=words]", "GHANAIAN  laborátory")
    assert page.locator(".article:visible").count() == 1
    page.fill("[name=words]", "وزير تاجيكستاني")
    assert page.locator("[id='fa-1']").is_visible()
    page.fill("[name=words]", "no such words")
    assert page.locator("#no-match").is_visible()


def test_what_a_filter_shows_has_an_address(visit):
    page = visit(MANY)
    page.select_option("[name=party]", "CUB")
    page.fill("[name=words]", "delegations of")
    again = visit(MANY, page.evaluate("location.hash"))

    assert records(again) == records(page) != []
    assert again.input_value("[name=words]") == "delegations of"


def test_a_link_to_a_record_wins_over_the_filter_that_hides_it(visit):
    page = visit(MANY)
    page.select_option("[name=type]", "mou")
    page.evaluate("location.hash = '#article-2/meeting-1'")
    page.wait_for_selector("[id='article-2/meeting-1']:visible")

    assert page.input_value("[name=type]") == ""


def test_five_hundred_articles_open_are_searched_and_scrolled(visit):
    page = visit(many(500))
    page.fill("[name=words]", "peru 499th")
    assert page.locator(".article:visible").count() <= 1
    page.fill("[name=words]", "")
    page.evaluate("location.hash = '#article-499/mou-1'")
    page.wait_for_function(
        "document.getElementById('article-499/mou-1').getBoundingClientRect().top < innerHeight"
    )
    assert page.locator("[id='article-499/mou-1']").is_visible()
