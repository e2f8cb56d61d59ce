"""HTML pages: the article, its title, its date, and nothing that no reader sees."""

import json
import sys
from datetime import date

import pytest

from ictdiplo.article import Article
from ictdiplo.errors import ArticleError, EmptyArticle
from ictdiplo.page import read_page

DAY = date(2025, 11, 24)
HEADLINE = "Norland and Ruvia to lay a cable"
BODY = """
<p>OSTRA, Nov. 24 &ndash; The communications ministers of Norland and Ruvia met in Ostra on Monday
and agreed that a cable between the two countries should be laid before the end of the decade.</p>
<p>Minister Lina Moss said after the talks that her ministry would send a draft memorandum to the
other side within a month, and that engineers from both sides would look at the route in spring.</p>
<p>Her counterpart, Teo Brandt, called the project overdue. The two will meet again next year.</p>
"""


def page(body=BODY, head="", above="", below="", language="en-GB"):
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
    <html lang="{language}"><head><title>{HEADLINE} - The Norland Times</title>
    <meta property="og:site_name" content="The Norland Times">{head}</head>
    <body><nav><a href="/">Home</a> <a href="/politics">Politics</a></nav>
    <article>{above}<h1>{HEADLINE}</h1>{below}{body}</article>
    <aside><h3>Related</h3><p>2021-01-01</p></aside><footer>All rights reserved</footer></body></html>"""


def linked(**facts):
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


def test_a_page_gives_its_article_and_what_it_says_of_it():
    head = '<link rel="canonical" href="https://times.example/politics/cable">'
    found = read_page(page(head=head))

    assert found.title == HEADLINE
    assert found.source == "The Norland Times"
    assert found.url == "https://times.example/politics/cable"
    assert found.language == "en-GB"
    assert found.dates == []
    assert found.text.startswith(f"{HEADLINE}\n\nOSTRA, Nov. 24 – The communications ministers")
    assert found.text.endswith("The two will meet again next year.")
    assert found.text.count(HEADLINE) == 1


def test_a_headline_that_the_article_lacks_is_put_on_top():
    found = Article.from_html(page().replace(f"<h1>{HEADLINE}</h1>", ""))

    assert found.text.startswith(f"{HEADLINE}\n\nOSTRA")


def test_the_address_it_came_from_wins_over_its_own():
    head = '<link rel="canonical" href="https://times.example/politics/cable">'

    assert read_page(page(head=head), "https://mirror.example/1").url == "https://mirror.example/1"


ISO = "2025-11-24T09:00:00+01:00"
OLD = "2021-05-05"
DATED = {
    "JSON-LD": page(
        head=linked(**{"@type": "NewsArticle", "datePublished": ISO, "dateModified": OLD})
    ),
    "JSON-LD in a graph": page(
        head=linked(
            **{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "datePublished": ISO}]}
        )
    ),
    "JSON-LD in a list": page(
        head=linked().replace("{}", f'[{{"@type": "Report", "datePublished": "{ISO}"}}]')
    ),
    "JSON-LD of the article before that of the page": page(
        head=linked(**{"@type": "WebPage", "datePublished": OLD})
        + linked(**{"@type": "Article", "datePublished": ISO})
    ),
    "JSON-LD that is broken, then meta": page(
        head='<script type="application/ld+json">{"a":</script><meta name="date" content="2025-11-24">'
    ),
    "JSON-LD before meta": page(
        head=f'<meta property="article:published_time" content="{OLD}">'
        + linked(**{"@type": "NewsArticle", "datePublished": ISO})
    ),
    "meta": page(head=f'<meta property="article:published_time" content="{ISO}">'),
    "meta, the surest first": page(
        head=f'<meta name="date" content="{OLD}"><meta property="article:published_time" content="{ISO}">'
    ),
    "meta in words": page(head='<meta name="pubdate" content="Mon, 24 Nov 2025 09:00:00 GMT">'),
    "meta, Jalali": page(head='<meta name="pubdate" content="1404-09-03">'),
    "meta before visible": page(
        head=f'<meta name="date" content="{ISO}">', below="<p>5 May 2021</p>"
    ),
    "time, marked": page(below=f'<time itemprop="datePublished" datetime="{ISO}">today</time>'),
    "time near the headline": page(below=f'<div><time datetime="{ISO}">2 hours ago</time></div>'),
    "time behind that of an update": page(
        below=f'<div class="x">Updated <time datetime="{OLD}">then</time></div>'
        f'<div><time datetime="{ISO}">today</time></div>'
    ),
    "visible below": page(below="<div>By Jane Doe<br>24 November 2025</div>"),
    "visible above": page(above="<p><b>Published:</b> <span>24 November 2025</span></p>"),
    "visible in neighbouring elements": page(
        below="<div><span>By X</span><span>24 November 2025</span><span>Updated:</span><span>5 May 2026</span></div>"
    ),
    "visible, Jalali": page(below="<div>دوشنبه ۳ آذر ۱۴۰۴ - ۱۲:۳۰</div>"),
    "visible before the address": page(
        below="<p>24 November 2025</p>",
        head='<link rel="canonical" href="https://x.example/2021/05/05/a">',
    ),
    "address": page(head='<link rel="canonical" href="https://x.example/2025/11/24/cable">'),
}
UNDATED = {
    "modified only": page(
        head=linked(**{"@type": "NewsArticle", "dateModified": ISO})
        + f'<meta property="article:modified_time" content="{ISO}">',
        below=f'<div>Updated: <time datetime="{ISO}">24 November 2025</time></div>',
    ),
    "a day inside a sentence": page(body=BODY.replace("on Monday", "on <b>24 November 2025</b>")),
    "a number in the address": page(
        head='<link rel="canonical" href="https://x.example/20251124">'
    ),
    "an address with no such day": page(
        head='<link rel="canonical" href="https://x.example/2025/13/44/a">'
    ),
    "a script": page(below="<script>24 November 2025</script>"),
    "a hidden line": page(below="<p hidden>24 November 2025</p>"),
    "JSON-LD of another kind of value": page(
        head=linked(**{"@type": "NewsArticle", "datePublished": None})
    ),
}


@pytest.mark.parametrize("html", DATED.values(), ids=DATED)
def test_the_date_of_publication_is_found(html):
    assert read_page(html).dates == [DAY]


@pytest.mark.parametrize("html", UNDATED.values(), ids=UNDATED)
def test_no_other_date_is_taken_for_it(html):
    assert read_page(html).dates == []


def test_if_the_page_shows_two_dates_then_it_gives_both():
    found = read_page(
        page(above="<p>Tuesday, 25 November 2025</p>", below="<p>24 November 2025</p>")
    )

    assert found.dates == [date(2025, 11, 25), DAY]


@pytest.mark.parametrize(
    "html", ["", "   ", "<!-- nothing -->", "<html></html>", "<html><body><p> </p></body></html>"]
)
def test_an_empty_page_has_no_article(html):
    with pytest.raises(EmptyArticle):
        read_page(html)


@pytest.mark.parametrize("missing", ["trafilatura", "lxml"])
def test_without_the_extra_the_error_says_what_to_install(missing, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(ArticleError, match=r"pip install 'ictdiplo\[html\]'"):
        read_page(page())


@pytest.mark.parametrize("joiner", ["\u200c", "&zwnj;", "&#8204;", "&#x200C;"])
def test_the_joiners_of_persian_words_stay(joiner):
    words = "گفت‌وگوی وزیران در عشق‌آباد"
    told = f"{words} دو ساعت طول کشید و پس از آن بیانیه‌ای مشترک منتشر شد که ده بند دارد."
    page = f"<html><head><title>{words}</title></head><body><article><h1>{words}</h1><p>{told}</p></article></body></html>"
    article = Article.from_html(page.replace("\u200c", joiner))

    assert told in article.text
    assert article.title == words
