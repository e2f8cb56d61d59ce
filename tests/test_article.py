"""An article: its text, its header, and its date."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from ictdiplo.article import MOST_CHARACTERS, Article
from ictdiplo.errors import ArticleError, ArticleTooLong, EmptyArticle, SettingsError

TEXT = "The ministers of Norland and Ruvia met in Ostra on Monday to talk about a cable."
DAY = date(2025, 11, 24)


def test_a_text_is_an_article():
    article = Article.from_text(f"\n  {TEXT}\n")

    assert article == Article(id="c03dc4f3d74c0c8b", text=TEXT, language="en")


def test_every_field_is_described():
    schema = Article.model_json_schema()

    assert all(field.get("description") for field in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_an_article_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        Article.from_text(TEXT).text = ""


def test_an_article_comes_back_from_its_json_form():
    article = Article.from_text(
        TEXT + "\0", published=DAY, title="Cable", url="https://x.example/a"
    )

    assert Article.model_validate_json(article.model_dump_json()) == article


# -- Header ----------------------------------------------------------------------------------------


def test_a_header_is_read_and_is_no_part_of_the_text():
    article = Article.from_text(
        "source: Norland News\npublished: 2025-11-24\nid: n-1\nurl: https://x.example/a\n"
        f"title:  A  cable \n \n{TEXT}"
    )

    assert article == Article(
        id="n-1",
        text=TEXT,
        title="A cable",
        url="https://x.example/a",
        source="Norland News",
        published=DAY,
        language="en",
    )


NO_HEADERS = {
    "an unknown key": f"author: Jane\npublished: 2021-05-05\n\n{TEXT}",
    "no empty line": f"title: A cable\n{TEXT}",
    "further down": f"{TEXT}\n\ntitle: A cable\n\n{TEXT}",
    "a page's own label": f"Title: A cable\n\n{TEXT}",
    "nothing behind it": f"title: {TEXT}",
}


@pytest.mark.parametrize("text", NO_HEADERS.values(), ids=NO_HEADERS)
def test_what_is_no_header_stays_in_the_text(text):
    article = Article.from_text(text)

    assert article.text == text
    assert article.title is None


def test_arguments_win_over_the_header():
    article = Article.from_text(
        f"published: 2021-05-05\nid: old\ntitle: Old\nsource: Old\nurl: https://old.example\n\n{TEXT}",
        id="new",
        title="New",
        source="New",
        url="https://new.example",
        published="24 November 2025",
    )

    assert (article.id, article.title, article.source) == ("new", "New", "New")
    assert (article.url, article.published) == ("https://new.example", DAY)


def test_empty_values_are_none():
    article = Article.from_text(
        f"title:\nsource:\nurl:\nid:\npublished:\n\n{TEXT}", title="", url=""
    )

    assert article == Article.from_text(TEXT)


# -- Publication date ------------------------------------------------------------------------------

SHOWN = f"A cable to Ruvia\n\n5 May 2021\n\n{TEXT}"
SOURCES = {
    "argument": (f"published: 2021-05-06\n\n{SHOWN}", DAY, DAY),
    "argument that says unknown": (f"published: 2021-05-06\n\n{SHOWN}", "unknown", None),
    "header": (f"published: 24 November 2025\n\n{SHOWN}", None, DAY),
    "header that says unknown": (f"published: Unknown\n\n{SHOWN}", None, None),
    "page": (SHOWN, None, date(2021, 5, 5)),
    "nobody": (TEXT, None, None),
}


@pytest.mark.parametrize("text, argument, expected", SOURCES.values(), ids=SOURCES)
def test_the_argument_wins_over_the_header_and_that_over_the_page(text, argument, expected):
    assert Article.from_text(text, published=argument).published == expected


def test_if_the_page_shows_two_dates_then_neither_is_taken_and_both_are_named():
    article = Article.from_text(f"5 May 2021\n\n{SHOWN.replace('2021', '2022')}")

    assert article.published is None
    assert article.warnings == (
        "The page shows several dates (2021-05-05 and 2022-05-05); give its own as `published`.",
    )


@pytest.mark.parametrize(
    "said",
    [
        DAY,
        datetime(2025, 11, 24, 23, 59, tzinfo=UTC),
        "2025-11-24",
        "۳ آذر ۱۴۰۴",
        " Nov. 24, 2025 ",
    ],
    ids=str,
)
def test_a_date_may_be_given_in_several_ways(said):
    assert Article.from_text(TEXT, published=said).published == DAY
    assert Article(id="x", text=TEXT, published=said).published == DAY
    assert Article.from_text(TEXT).published_on(said).published == DAY


@pytest.mark.parametrize(
    "said", ["November 2025", "03/04/2025", "yesterday", "2025-02-30", 1763942400], ids=str
)
@pytest.mark.parametrize(
    "build",
    [
        lambda said: Article.from_text(TEXT, published=said),
        lambda said: Article.from_text(f"published: {said}\n\n{TEXT}"),
        lambda said: Article(id="x", text=TEXT, published=said),
        lambda said: Article.from_text(TEXT).published_on(said),
    ],
    ids=["argument", "header", "field", "afterwards"],
)
def test_what_is_no_date_is_refused_with_an_example(build, said):
    with pytest.raises(SettingsError, match="is no publication date; write it as 2025-11-24"):
        build(said)


def test_a_date_given_afterwards_ends_the_doubt():
    article = Article.from_text(f"5 May 2021\n\n{SHOWN.replace('2021', '2022')}\0")

    assert len(article.warnings) == 2
    assert article.published_on(DAY).warnings == article.warnings[:1]


def test_the_date_can_be_taken_back():
    assert Article.from_text(SHOWN).published_on("unknown").published is None


# -- Text, address, language -----------------------------------------------------------------------


def test_what_nobody_sees_is_taken_out_and_counted_once():
    article = Article.from_text(
        f"title: A\u202e cable\n\n{TEXT[:5]}\0\u200b{TEXT[5:]}\U000e0041\r\nMore."
    )

    assert article.text == f"{TEXT}\nMore."
    assert article.title == "A cable"
    assert article.warnings == (
        "4 character(s) that no reader sees (controls, directions, tags) were taken out.",
    )


def test_the_joiners_of_persian_stay():
    text = "وزیران می\u200cگویند که این خط تا پایان سال ساخته خواهد شد."

    assert Article.from_text(text).text == text


@pytest.mark.parametrize(
    "url", ["ftp://x.example", "javascript:alert(1)", "x.example", "https://", "https://a b"]
)
def test_an_address_that_is_none_is_left_out_with_a_warning(url):
    article = Article.from_text(TEXT, url=url)

    assert article.url is None
    assert article.warnings == ("The address was left out because it is neither http nor https.",)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\0\u200b", "Date archive", "published: 2025-11-24\n\nLeave a comment"]
)
def test_without_an_article_there_is_an_error(text):
    with pytest.raises(EmptyArticle):
        Article.from_text(text)


def test_a_book_is_refused_with_the_limit_and_its_length():
    assert (
        len(Article.from_text("A word or " * (MOST_CHARACTERS // 10)).text) == MOST_CHARACTERS - 1
    )
    with pytest.raises(
        ArticleTooLong, match="1,000,001 characters and an article at most 1,000,000"
    ):
        Article.from_text("x" * (MOST_CHARACTERS + 1))


# -- HTML ------------------------------------------------------------------------------------------

HTML = f"""<html lang="%s"><head><meta charset="%s"><title>A cable to Ruvia</title>
<link rel="canonical" href="https://x.example/a"><meta property="og:site_name" content="The Times">
<meta name="date" content="2021-05-05"></head><body><article><h1>A cable to Ruvia</h1>
<p>{TEXT} They spoke for two hours — and agreed that more should be said in spring.</p>
<p>Both sides will send engineers to look at the route, Minister Lina Moss told the press.</p>
</article></body></html>"""


def test_a_page_is_an_article():
    article = Article.from_html(HTML % ("en-GB", "utf-8"), id="a")

    assert article.text.startswith(
        f"A cable to Ruvia\n\n{TEXT} They spoke for two hours — and agreed"
    )
    assert (article.id, article.title, article.source) == ("a", "A cable to Ruvia", "The Times")
    assert (article.url, article.published) == ("https://x.example/a", date(2021, 5, 5))
    assert (article.language, article.warnings) == ("en", ())


@pytest.mark.parametrize("said, expected", [(DAY, DAY), ("2025-11-24", DAY), ("unknown", None)])
def test_a_given_date_wins_over_the_page(said, expected):
    assert Article.from_html(HTML % ("en", "utf-8"), published=said).published == expected


def test_a_page_that_shows_two_dates_has_none_and_says_so():
    html = HTML.replace('name="date"', 'name="x"').replace(
        "<p>", "<p>5 May 2021</p><p>6 May 2021</p><p>", 1
    )
    article = Article.from_html(html % ("en", "utf-8"))

    assert article.published is None
    assert "several dates" in article.warnings[0]


@pytest.mark.parametrize("declared, language", [("", "en"), ("x-default", "en"), ("FA_IR", "fa")])
def test_the_page_names_its_language_else_its_words_tell(declared, language):
    assert Article.from_html(HTML % (declared, "utf-8")).language == language


def test_a_page_is_read_in_the_charset_that_it_declares():
    data = (HTML % ("en", "windows-1252")).encode("cp1252")

    assert "hours — and" in Article.from_html(data).text
    assert Article.from_html(data).warnings == ()


def test_a_page_without_a_charset_is_guessed_with_a_warning():
    article = Article.from_html((HTML % ("en", "")).encode("cp1252"))

    assert "hours — and" in article.text
    assert article.warnings == (
        "The encoding is not stated; the text was read as cp1252, which is a guess.",
    )


def test_unseen_characters_of_a_page_are_counted():
    article = Article.from_html((HTML % ("en", "utf-8")).replace("Lina", "Li\u202ena"))

    assert "Lina Moss" in article.text
    assert article.warnings[0].startswith("1 character(s)")


def test_a_page_of_bytes_that_are_no_text_is_refused():
    with pytest.raises(ArticleError, match="Save it as UTF-8"):
        Article.from_html(b"\0\1\2" * 100)


def test_a_headline_given_apart_is_part_of_the_text_once():
    """A side may be named in the headline alone, and every word must stand in the text."""
    body = "The ministers met in Accra on Monday and spoke about spectrum for an hour."
    apart = Article.from_text(body, title="Kenya and Ghana talk")
    twice = Article.from_text(f"Kenya and Ghana talk\n\n{body}", title="Kenya and Ghana talk")

    assert apart.text == twice.text == f"Kenya and Ghana talk\n\n{body}"
