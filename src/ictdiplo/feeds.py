"""Entries out of an RSS or Atom feed: each the article that it carries, or a summary of one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from .errors import ArticleError
from .language.publication import parse_publication_date
from .page import lines_of


def read_entries(feed: bytes) -> Iterator[dict[str, str]]:
    """Yield the text and what the feed says of it, under the keys of `read_articles`.

    The text is an entry's content, else its summary, without markup. Nothing is fetched: what
    stands only behind the entry's link is not read.

    Raises:
        ArticleError: the extra `feeds` is not installed, or this is no feed.
    """
    try:
        import feedparser  # an extra
    except ImportError as error:
        raise ArticleError(
            "feeds are read with a package that is not installed: `pip install 'ictdiplo[feeds]'`."
        ) from error
    # A stream, since of a string it would ask whether it is an address. Markup is taken out here.
    found = feedparser.parse(BytesIO(feed), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version") and not found.entries:
        raise ArticleError("this is no RSS or Atom feed.")
    for entry in found.entries:
        yield _record(entry, found.feed.get("title", ""))


def _record(entry: Any, source: str) -> dict[str, str]:
    published = str(entry.get("published") or "")
    said = {
        "id": entry.get("id"),
        "title": entry.get("title") and lines_of(entry["title"]),
        "url": entry.get("link"),
        "source": source and lines_of(source),
        # Left to the page's own words where it is written in a way that nobody knows.
        "published": published if published and parse_publication_date(published) else None,
    }
    contents = [content["value"] for content in entry.get("content", [])]
    text = max([*contents, entry.get("summary", "")], key=len)
    return {"text": lines_of(text)} | {key: str(value) for key, value in said.items() if value}
