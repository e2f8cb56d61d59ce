"""In a notebook's frame the page works, and what is in it stays there."""

from samples import ACCRA, HOSTILE


def test_the_page_works_in_its_frame(show):
    page = show(f"<title>n</title>{ACCRA._repr_html_()}{ACCRA.mous[0]._repr_html_()}")
    frame = page.frame_locator("iframe >> nth=0")
    frame.locator("mark.proposal").hover()

    assert frame.locator(".record.lit").count() == 1
    frame.locator("mark.proposal").click()
    frame.locator(".record.proposal:target").wait_for()
    assert page.frame_locator("iframe >> nth=1").locator(".record.mou").is_visible()


def test_a_hostile_article_stays_text_in_its_frame(show):
    page = show(f"<title>n</title>{HOSTILE._repr_html_()}{HOSTILE.meetings[0]._repr_html_()}")

    assert page.locator("iframe").count() == 2
    assert page.frame_locator("iframe >> nth=0").locator("img").count() == 0
