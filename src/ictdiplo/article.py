"""A news article as it came in: its text, cleaned, and what its source says about it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator

from .described import Described
from .errors import ArticleError, ArticleTooLong, EmptyArticle, SettingsError
from .language.furniture import is_furniture
from .language.headline import with_headline
from .language.identify import identify_language
from .language.plain_text import clean, decode
from .language.publication import find_publication_dates, parse_publication_date

MOST_CHARACTERS = 1_000_000
"""More text than any article has: a book, or a site glued together."""
UNKNOWN = "unknown"
# Where the HTML standard has a page declare its charset, with room for pages that are late.
FARTHEST_CHARSET = 4_096
# An error repeats no more than this of what it refuses.
LONGEST_ECHO = 60

_HEADER_LINE = re.compile(r"(published|title|url|source|id):[ \t]*(.*)")
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})([-_].*)?", re.IGNORECASE)
_SEVERAL_DATES = "The page shows several dates"
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


class Article(Described, BaseModel):
    """A news article; build one with `from_text` or `from_html`, or many with `read_articles`."""

    # Errors of pydantic would quote the text otherwise.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str
    """The given id, the file's stem, or the first 16 hex digits of the SHA-256 of the text."""
    text: str
    """The cleaned text; every offset refers to it, in code points."""
    title: str | None = None
    """The headline, where the source gives it apart from the text."""
    url: str | None = None
    """Where the article was published; http or https."""
    source: str | None = None
    """Who published it: a newspaper, an agency, a site."""
    published: date | None = None
    """The day of publication; null if nobody says."""
    language: str | None = None
    """ISO 639-1 code: the page's own word, else told by the commonest words; null if unsure."""
    warnings: tuple[str, ...] = ()
    """What was odd about the input, in sentences."""

    @field_validator("published", mode="before")
    @classmethod
    def _read_published(cls, said: object) -> date | None:
        return _publication_date(said)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002  # the field's name
        title: str | None = None,
        url: str | None = None,
        source: str | None = None,
        published: date | str | None = None,
    ) -> Self:
        """Clean `text`, and read a header off its top if it has one.

        A header is made of lines `published:`, `title:`, `url:`, `source:` and `id:` in any order,
        with an empty line behind the last; it is no part of the article's text.
        What an argument says wins over the header, and the header over the page, whose own date is
        only looked for if neither gives one. `published` is a date, a string such as `2025-11-24`
        or `24 November 2025`, or `"unknown"`, which also keeps the page from being asked.

        Raises:
            EmptyArticle: there is no text, or only menus and notices.
            ArticleTooLong: there are more than `MOST_CHARACTERS` characters.
            SettingsError: `published` is no full date.
        """
        given = {"id": id, "title": title, "url": url, "source": source, "published": published}
        return cls(**article_fields(text, given))

    @classmethod
    def from_html(
        cls,
        html: str | bytes,
        *,
        id: str | None = None,  # noqa: A002  # the field's name
        url: str | None = None,
        published: date | str | None = None,
        charset: str | None = None,
    ) -> Self:
        """Find the article on a page; needs the package's extra `html`.

        The page gives its title, site, language and address, and its date: from JSON-LD, `<meta>`,
        `<time>`, a line around the headline, or the address, whichever comes first. `charset` is
        what came with the page, as in HTTP; it wins over what the page says of itself.

        Raises:
            ArticleError: the extra is not installed, or the bytes are no text.
            EmptyArticle: there is no article on the page.
            ArticleTooLong, SettingsError: as for `from_text`.
        """
        from .page import read_page  # its packages are an extra

        markup, doubts = (
            (html, []) if isinstance(html, str) else decoded(html, charset or _charset(html))
        )
        markup, unseen = clean(markup)
        page = read_page(markup, url)
        day, more_doubts = (published, []) if published else _one_of(page.dates)
        given = {**page._asdict(), "id": id, "published": day or UNKNOWN}
        doubts = [*doubts, *_unseen_doubts(unseen), *more_doubts]
        return cls(**article_fields(page.text, given, doubts=doubts))

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        id: str | None = None,  # noqa: A002  # the field's name
        published: date | str | None = None,
        intranet: bool = False,
    ) -> Self:
        """Fetch an article from an http or https address; a page needs the package's extra `html`.

        The site's robots.txt is asked first. At most `web.pages.MOST_REDIRECTS` redirects are
        followed, `web.pages.MOST_SECONDS` waited and `web.exchange.MOST_BYTES` read, unpacked; no
        cookies are kept and no proxy is used. Addresses of loopback and private networks are only
        fetched if `intranet` says so, those of link-local and other special ones never. The
        article's `url` is the one behind the last redirect.

        Raises:
            AddressRefused, RobotsRefused, PageUnavailable: as each of them says.
            EmptyArticle, ArticleTooLong, ArticleError, SettingsError: as for `from_html`.
        """
        from .web.pages import fetch_page  # and with it http.client and ssl

        page = fetch_page(url, intranet=intranet)
        given: dict[str, Any] = {"id": id, "url": page.url, "published": published}
        if page.kind == "html":
            return cls.from_html(page.data, charset=page.charset, **given)
        text, doubts = decoded(page.data, page.charset)
        return cls(**article_fields(text, given, doubts=doubts))

    def published_on(self, published: date | str) -> Self:
        """Return the same article with another publication date, or with none for `"unknown"`.

        Raises:
            SettingsError: `published` is no full date.
        """
        still_true = tuple(said for said in self.warnings if not said.startswith(_SEVERAL_DATES))
        day = _publication_date(published)
        return self.model_copy(update={"published": day, "warnings": still_true})


def article_fields(
    text: str,
    given: Mapping[str, Any],
    *,
    default_id: str | None = None,
    doubts: Sequence[str] = (),
) -> dict[str, Any]:
    """Work out what `Article` holds from what is `given`, a header, and the text, in this order.

    Raises:
        EmptyArticle, ArticleTooLong, SettingsError: as `Article.from_text` says.
    """
    text, unseen = clean(text)
    header, text = _split_header(text)
    _check(text)
    given = {key: value for key, value in given.items() if value}
    said = {key: _tidy(value) for key, value in {**header, **given}.items()}
    text = with_headline(said.get("title"), text)
    url, url_doubts = _address(said.get("url"))
    published, date_doubts = _published(said.get("published"), text)
    return {
        "id": said.get("id") or default_id or hashlib.sha256(text.encode()).hexdigest()[:16],
        "text": text,
        "title": said.get("title") or None,
        "url": url,
        "source": said.get("source") or None,
        "published": published,
        "language": _language_code(said.get("language")) or identify_language(text),
        "warnings": (*doubts, *_unseen_doubts(unseen), *url_doubts, *date_doubts),
    }


def _tidy(value: Any) -> Any:
    """Put a string on one line without characters that nobody sees; leave other values alone."""
    return " ".join(clean(value)[0].split()) if isinstance(value, str) else value


def _split_header(text: str) -> tuple[dict[str, str], str]:
    """Return the header's values, and the text behind it; no values if there is no header."""
    header, *rest = re.split(r"\n[ \t]*\n", text.strip(), maxsplit=1)
    lines = [_HEADER_LINE.fullmatch(line) for line in header.split("\n")]
    if all(lines) and rest:
        return {line[1]: line[2] for line in lines if line}, rest[0].strip()
    return {}, text.strip()


def _check(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise ArticleTooLong(
            f"The text has {len(text):,} characters and an article at most {MOST_CHARACTERS:,}; "
            "give its articles one by one."
        )
    if not text:
        raise EmptyArticle("There is no text.")
    if is_furniture(text):
        raise EmptyArticle("There is no article in the text, only a menu, a notice or a few words.")


def _published(said: object, text: str) -> tuple[date | None, list[str]]:
    """Read what was said, else ask the page."""
    return (_publication_date(said), []) if said else _one_of(find_publication_dates(text))


def _one_of(days: Sequence[date]) -> tuple[date | None, list[str]]:
    if not days[1:]:
        return (days[0] if days else None), []
    listed = " and ".join(map(str, days))
    return None, [f"{_SEVERAL_DATES} ({listed}); give its own as `published`."]


def _publication_date(said: object) -> date | None:
    match said:
        case datetime():
            return said.date()
        case date() | None:
            return said
        case str() if said.strip().lower() == UNKNOWN:
            return None
        case str() if day := parse_publication_date(said):
            return day
    raise SettingsError(
        f"“{str(said)[:LONGEST_ECHO]}” is no publication date; write it as 2025-11-24 or 24 November 2025, "
        "or write “unknown”."
    )


def _address(url: Any) -> tuple[str | None, list[str]]:
    if not url or _ADDRESS.fullmatch(url):
        return url or None, []
    return None, ["The address was left out because it is neither http nor https."]


def _unseen_doubts(count: int) -> list[str]:
    if not count:
        return []
    return [
        f"{count} character(s) that no reader sees (controls, directions, tags) were taken out."
    ]


def _language_code(said: str | None) -> str | None:
    code = _LANGUAGE.fullmatch((said or "").strip())
    return code[1].lower() if code else None


def _charset(html: bytes) -> str | None:
    declared = _META_CHARSET.search(html[:FARTHEST_CHARSET])
    return declared[1].decode() if declared else None


def decoded(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """Return the text of `data`, and a warning if its encoding is a guess.

    Raises:
        ArticleError: the bytes are no text.
    """
    try:
        text, guess = decode(data, declared)
    except ValueError as error:
        raise ArticleError(f"This cannot be read: {error}. Save it as UTF-8.") from error
    doubt = f"The encoding is not stated; the text was read as {guess}, which is a guess."
    return text, [doubt] if guess else []
