"""An HTML page to what its reader sees: the article's text, its title, and the page's own date.

trafilatura finds the article, but it keeps much that no reader sees, where instructions to a model
can hide; so that is taken out first. What counts as hidden is in `data/hidden_elements.json`. Of
style sheets only the page's own are followed, and of these the plainest rules.

The publication date is looked for in this order, and the date of an update is never taken for it:
JSON-LD `datePublished`, `<meta>`, `<time>`, the lines around the headline, the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from html import unescape
from typing import Any, NamedTuple

from .errors import ArticleError, EmptyArticle
from .hidden import drop_hidden
from .language.folding import fold
from .language.publication import find_publication_dates, parse_publication_date

# `name`, `property` or `itemprop` of a <meta> that gives the publication date, the surest first.
PUBLISHED_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "dc.date",
    "date",
)
# A date line stands below the headline, or is one of the few lines right above it.
LINES_ABOVE_HEADLINE = 3

_BLOCKS = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
]
_ARTICLE = re.compile(r"Article|Posting|Report")
_UPDATE = re.compile(r"updat|modif")
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d([/-])[01]?\d\2[0-3]?\d)(?!\d)")
# trafilatura drops the joiners that Persian and Indic words are spelt with, as it does all that is not
# printed. Letters of dead scripts, which no page of news holds, stand in for them meanwhile.
_JOINERS = {"\u200c": "\N{UGARITIC LETTER THANNA}", "\u200d": "\N{UGARITIC LETTER GHAIN}"}
_HIDE_JOINERS = str.maketrans(_JOINERS)
_WRITTEN_JOINER = re.compile("&(?:zwn?j|#820[45]|#x200[cd]);", re.IGNORECASE)
_SHOW_JOINERS = str.maketrans({letter: joiner for joiner, letter in _JOINERS.items()})
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")


class Page(NamedTuple):
    """What a page gives; None where it does not."""

    text: str
    title: str | None
    url: str | None
    source: str | None
    dates: list[date]
    """The publication date; more than one where the page does not tell which of them it is."""
    language: str | None


def read_page(html: str, url: str | None = None) -> Page:
    """Find the article of a page and what the page says about it; `url` is where it came from.

    Raises:
        ArticleError: trafilatura is not installed.
        EmptyArticle: there is no article on the page.
    """
    extract, tree = _parsed(_without_joiners(html))
    linked = list(_linked_data(tree))
    drop_hidden(tree)
    found = extract(deepcopy(tree), with_metadata=True, include_comments=False)
    if found is None or not found.text:
        raise EmptyArticle("There is no article on this page.")
    url = url or found.url
    return Page(
        text=_shown("\n\n".join(line for line in found.text.split("\n") if line.strip())),
        title=found.title and _shown(found.title),
        url=url,
        source=found.sitename and _shown(found.sitename),
        dates=_dates(tree, linked, found.title or "", url or ""),
        language=tree.get("lang"),
    )


def _without_joiners(html: str) -> str:
    written = _WRITTEN_JOINER.sub(lambda entity: unescape(entity[0]), html)
    return written.translate(_HIDE_JOINERS)


def _shown(text: str) -> str:
    return str(text).translate(_SHOW_JOINERS)


def lines_of(fragment: str) -> str:
    """Return what a reader sees of a piece of HTML, with an empty line between its blocks.

    Raises:
        ArticleError: the extra `html` is not installed.
    """
    _, tree = _parsed(f"<html><body>{fragment}</body></html>")
    drop_hidden(tree)
    return "\n\n".join(" ".join(line.split()) for line in _lines(tree))


def _parsed(html: str) -> tuple[Any, Any]:
    """Return trafilatura's extraction, and the page as a tree without comments."""
    try:
        from lxml import etree  # an extra
        from lxml import html as lxml_html  # an extra
        from trafilatura import bare_extraction  # an extra, and slow to import
    except ImportError as error:
        raise ArticleError(
            "HTML is read with packages that are not installed: `pip install 'ictdiplo[html]'`."
        ) from error
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = _XML_DECLARATION.sub("", html).encode()
        return bare_extraction, lxml_html.document_fromstring(page, parser=parser)
    except etree.ParserError as error:
        raise EmptyArticle("There is nothing on this page.") from error


def _dates(tree: Any, linked: list[dict[str, Any]], title: str, url: str) -> list[date]:
    steps = (_linked_dates(linked), _meta_dates(tree), _time_dates(tree))
    for said in (words for step in steps for words in step):
        if day := parse_publication_date(said):
            return [day]
    return find_publication_dates(_around_headline(tree, title)) or [
        day
        for match in _DAY_IN_ADDRESS.findall(url)
        if (day := parse_publication_date(match[0].replace("/", "-")))
    ]


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            yield from _nodes(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the things that the page is about, and not those it links to."""
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(data.get(key))


def _linked_dates(linked: list[dict[str, Any]]) -> Iterator[str]:
    for is_article in (True, False):
        for node in linked:
            if bool(_ARTICLE.search(str(node.get("@type")))) is is_article:
                yield str(node.get("datePublished", ""))


def _meta_dates(tree: Any) -> Iterator[str]:
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            said.setdefault(meta.get(attribute, "").lower(), meta.get("content", ""))
    yield from (said[name] for name in PUBLISHED_NAMES if name in said)


def _time_dates(tree: Any) -> Iterator[str]:
    """Yield what `<time>` gives: marked as the publication anywhere, else next to the headline."""
    yield from tree.xpath('//time[@pubdate or @itemprop="datePublished"]/@datetime')
    for time in tree.xpath("(//h1)[1]/following::time[@datetime][position() <= 2]"):
        around = f"{time.attrib} {time.getparent().text_content()[:200]}".lower()
        if not _UPDATE.search(around):
            yield time.get("datetime")


def _around_headline(tree: Any, title: str) -> str:
    """Return the lines of the page from just above its headline."""
    lines = _lines(tree)
    headlines = {fold(heading.text_content()) for heading in tree.iter("h1")} | {fold(title)}
    places = (number for number, line in enumerate(lines) if fold(line) in headlines)
    return "\n".join(lines[max(0, next(places, 0) - LINES_ABOVE_HEADLINE) :])


def _lines(tree: Any) -> list[str]:
    """Return the page's lines; neighbouring elements of one line have a wide gap between them."""
    for element in tree.xpath("//body//*"):
        text, tail = _squeezed(element.text), _squeezed(element.tail)
        if element.tag in {"script", "style"}:
            element.text = ""
        elif element.tag in _BLOCKS:
            element.text, element.tail = f"\n{text}", f"\n{tail}"
        else:
            element.text, element.tail = text, tail if tail.strip() else "  "
    return [line for line in tree.text_content().split("\n") if line.strip()]


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
