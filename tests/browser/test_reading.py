"""An article and its records in a browser: light, jumps, keyboard, hostile text, accessibility."""

import pytest

from samples import ACCRA, ATTACK, HOSTILE, NOTHING, PERSIAN, many

SCHEMES = ["light", "dark"]
# Two records that nothing tells apart but their number.
ALIKE = ACCRA.model_copy(update={"meetings": 2 * ACCRA.meetings})
NARROW = {"width": 360, "height": 700}


def lit(page):
    return page.eval_on_selector_all(".record.lit", "all => all.map(one => one.id)")


def in_view(page, selector):
    return page.eval_on_selector(
        selector,
        "one => { const box = one.getBoundingClientRect();"
        " return box.bottom > 0 && box.top < innerHeight; }",
    )


def test_pointing_at_evidence_lights_its_record_and_all_its_quotes(visit):
    page = visit([ACCRA])
    page.hover("mark.proposal")

    assert lit(page) == ["accra-cable/proposal-1"]
    assert page.locator("mark.lit").count() == 1


def test_pointing_at_a_quote_of_a_record_lights_the_evidence(visit):
    page = visit([ACCRA])
    page.hover("[id='accra-cable/mou-1'] blockquote a")

    assert lit(page) == ["accra-cable/mou-1"]
    assert page.locator("mark.lit").all_text_contents() == [
        "the two signed",
        " a memorandum on the second cable",
    ]


def test_where_quotes_overlap_both_records_are_lit_and_both_colours_seen(visit):
    page = visit([ACCRA])
    both = page.locator("mark.meeting.mou")
    both.hover()

    assert both.text_content() == "the two signed"
    assert lit(page) == ["accra-cable/meeting-1", "accra-cable/mou-1"]
    colours = both.evaluate(
        "one => ['--ml', '--ul'].map(name => getComputedStyle(one).getPropertyValue(name))"
    )
    assert len({*colours}) == 2


def test_a_click_on_evidence_jumps_to_its_record_and_back(visit):
    page = visit([ACCRA], viewport=NARROW)
    page.click("mark.proposal")
    page.wait_for_function("location.hash === '#accra-cable/proposal-1'")
    assert in_view(page, "[id='accra-cable/proposal-1']")

    page.click("[id='accra-cable/proposal-1'] blockquote a")
    page.wait_for_function("location.hash === '#accra-cable/proposal-1/1'")
    assert in_view(page, "mark.proposal")


def test_the_records_stay_beside_a_long_text_and_the_lit_one_comes_into_view(visit):
    records = tuple(
        ACCRA.meetings[0].model_copy(update={"id": f"meeting-{number}"}) for number in range(1, 9)
    )
    found = ACCRA.model_copy(update={"meetings": records})
    page = visit([found], viewport={"width": 1280, "height": 600})
    page.hover("mark.proposal")
    assert in_view(page, "[id='accra-cable/proposal-1']")

    long = many(1)
    page = visit(long, "#article-0/mou-1/1", viewport={"width": 1280, "height": 600})
    page.wait_for_function("document.querySelector('.words').getBoundingClientRect().top < 0")
    assert in_view(page, "[id='article-0/mou-1']")


def test_all_can_be_reached_and_lit_by_the_keyboard(visit):
    page = visit([ACCRA])
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        if reached[-1] == "#accra-cable/proposal-1":
            break

    assert reached[0] == "#articles"
    assert reached[-1] == "#accra-cable/proposal-1"
    assert lit(page) == ["accra-cable/proposal-1"]
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'accra-cable/proposal-1'")


def test_a_link_to_a_quote_unfolds_its_article(visit):
    page = visit(many(8), "#article-3/mou-1/1")

    assert page.eval_on_selector("[id='article-3'] details", "one => one.open")
    assert in_view(page, "[id='article-3'] mark.mou")


def test_an_address_that_is_cut_within_a_letter_does_no_harm(visit):
    page = visit([ACCRA], "#%E0%A4%A")
    page.hover("mark.proposal")
    assert lit(page) == ["accra-cable/proposal-1"]


def test_without_its_script_the_page_can_be_read_and_its_links_work(visit):
    page = visit([ACCRA, PERSIAN], java_script_enabled=False)

    assert not page.locator("#find").is_visible()
    assert page.locator("mark.proposal").is_visible()
    page.click("[id='accra-cable/proposal-1'] blockquote a")
    assert page.url.endswith("#accra-cable/proposal-1/1")


def test_right_to_left_text_begins_at_the_right(visit):
    page = visit([PERSIAN])
    left, right = page.eval_on_selector(
        ".words p",
        "one => { const box = one.getBoundingClientRect(); return [box.left, box.right]; }",
    )
    first = page.eval_on_selector(".words mark", "one => one.getClientRects()[0].right")

    assert page.eval_on_selector(".words p", "one => getComputedStyle(one).direction") == "rtl"
    assert right - first < first - left


def test_markup_of_a_hostile_article_stays_text(visit):
    page = visit([HOSTILE, ACCRA])

    assert ATTACK in page.locator("mark").first.text_content()
    assert page.locator("img, b, .words script").count() == 0
    page.fill("input[name=words]", "<img src=")
    assert page.locator(".article:visible").count() == 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "found",
    [
        pytest.param([ACCRA], id="one"),
        pytest.param([PERSIAN], id="right to left"),
        pytest.param([ACCRA, PERSIAN, NOTHING], id="several"),
        pytest.param([HOSTILE], id="hostile"),
        pytest.param([ALIKE, ALIKE], id="alike"),
        pytest.param(many(40), id="many"),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_rule_of_accessibility_is_broken(visit, violations, found, scheme, width):
    page = visit(found, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert violations(page) == []
    page.hover(".record")
    assert violations(page) == []


def test_a_right_to_left_article_begins_at_the_right_and_its_records_stand_beside_it(visit):
    page = visit([PERSIAN])
    title, text, card = (
        page.eval_on_selector(
            selector,
            "one => { const box = one.getBoundingClientRect(); return [box.left, box.right]; }",
        )
        for selector in ("h1", ".words", ".record")
    )

    assert title[1] == text[1] > card[1]
    assert card[1] < text[0]


@pytest.mark.parametrize("width", [700, 1000, 1280])
def test_what_is_jumped_to_is_not_below_the_bar_of_filters(visit, width):
    page = visit(many(8), "#article-5/mou-1", viewport={"width": width, "height": 900})
    bar, card = (
        page.eval_on_selector(selector, "one => one.getBoundingClientRect()")
        for selector in (".find", "[id='article-5/mou-1']")
    )
    assert bar["bottom"] <= card["top"] < 900


def test_on_a_narrow_screen_tables_stand_in_for_what_is_drawn(visit):
    page = visit(many(8), viewport=NARROW)
    assert page.locator(".chart svg:visible").count() == 0
    assert page.locator(".chart .table td a:visible").count() > 8


def test_on_a_narrow_screen_nothing_is_cut_off(visit):
    page = visit([ACCRA, PERSIAN, HOSTILE], viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_printing_shows_all_texts_and_no_controls(visit):
    page = visit(many(8))
    page.emulate_media(media="print")

    assert page.locator("[id='article-5'] .words p").first.is_visible()
    assert not page.locator("#find").is_visible()
