"""Articles out of files: text, HTML, JSON, JSON Lines, CSV, feeds; and pages off the web.

One article that cannot be read never costs another: an error is yielded in its place.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from .article import Article, article_fields, decoded
from .errors import ArticleError, ArticleTooLong, SettingsError
from .web.addresses import is_web_address, shown_address

MOST_BYTES = 20_000_000
"""More than a page of the longest article has with all its markup."""

_KEYS = ("id", "title", "url", "source", "published")
_JSON = re.compile(rb"\s*(?:\[\s*)?\{")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE)

# What people try, and what would only look like text.
_OTHER_KINDS = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".epub"}

Outcome = Article | ArticleError


def read_articles(
    path: str | Path,
    *,
    published: date | str | None = None,
    text_column: str = "text",
    intranet: bool = False,
) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, and an error in the place of each that cannot be read.

    `path` is a file, `-` for the standard input, an http or https address, which is fetched as
    `Article.from_url` says, or a directory, whose files with these suffixes are read in the order
    of their names. By its suffix a file holds

    - `.txt`: text for `Article.from_text`, in any encoding;
    - `.html`, `.htm`: a page, for `Article.from_html`;
    - `.json`: an object with `text` and, if known, `id`, `title`, `url`, `source`, `published`, or
      a list of such objects; other keys are ignored;
    - `.jsonl`, `.ndjson`: such an object on each line, in UTF-8;
    - `.csv`, `.tsv`: a table in UTF-8 with these keys as the names of its columns, the text in the
      column that `text_column` names;
    - `.rss`, `.atom`, `.xml`: a feed, of which each entry is an article (extra `feeds`).

    A named file with another suffix is read as text. The standard input is JSON or JSON Lines if it
    begins as an object or a list of objects does, HTML if it begins as a page does, else text.
    `published` wins over what the file says. The id of an article that has a file to itself is the
    file's stem, unless the file gives one.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read()
        yield from _read(_guessed_suffix(data), _Input(BytesIO(data), "standard input", published))
    elif is_web_address(str(path)):
        yield _fetched(str(path), published, intranet=intranet)
    elif Path(path).is_dir():
        yield from _read_directory(Path(path), published, text_column)
    else:
        yield from _read_file(Path(path), published, text_column)


def name_of(path: str | Path) -> str:
    """Return what to call an article that could not be read: a file's stem, or a page's address."""
    return shown_address(str(path)) if is_web_address(str(path)) else Path(path).stem


def _fetched(url: str, published: date | str | None, *, intranet: bool) -> Outcome:
    source = _Input(BytesIO(), name_of(url), published)
    return source.attempt(partial(Article.from_url, url, published=published, intranet=intranet))


def _read_directory(
    path: Path, published: date | str | None, text_column: str
) -> Iterator[Outcome]:
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _READERS)
    if not files:
        yield ArticleError(f"{path}: the directory has no {', '.join(_READERS)} file in it.")
    for file in files:
        yield from _read_file(file, published, text_column)


def _read_file(path: Path, published: date | str | None, text_column: str) -> Iterator[Outcome]:
    if path.suffix.lower() in _OTHER_KINDS:
        yield ArticleError(f"{path}: {path.suffix} is not read; save it as .txt, .html or .jsonl.")
        return
    try:
        with path.open("rb") as file:
            source = _Input(file, str(path), published, path.stem, text_column)
            yield from _read(path.suffix, source)
    except FileNotFoundError:
        yield ArticleError(f"{path}: there is no such file.")
    except (OSError, ValueError) as error:
        yield ArticleError(f"{path}: the file cannot be opened ({error}).")


class _Input(NamedTuple):
    """Something to read articles from, and what to call it in errors."""

    file: IO[bytes]
    name: str
    published: date | str | None
    stem: str | None = None
    text_column: str = "text"

    def attempt(self, build: Callable[[], Article], where: str = "") -> Outcome:
        """Build an article, or the error that names the place."""
        try:
            return build()
        except ArticleError as error:
            return _placed(type(error), f"{self.name}{where}", error.message)
        except SettingsError as error:
            return _placed(ArticleError, f"{self.name}{where}", error.message)

    def whole(self) -> bytes:
        """Return all bytes; refuse what is larger than any article."""
        data = self.file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ArticleTooLong(f"One article has at most {MOST_BYTES:,} bytes.")
        return data


def _placed(kind: type[ArticleError], place: str, message: str) -> ArticleError:
    """Return an error that says where the article should have been."""
    error = kind(f"{place}: {message}")
    error.place = place
    return error


def _read(suffix: str, source: _Input) -> Iterator[Outcome]:
    return _READERS.get(suffix.lower(), _read_text)(source)


def _read_text(source: _Input) -> Iterator[Outcome]:
    yield source.attempt(partial(_text_article, source))


def _text_article(source: _Input) -> Article:
    text, doubts = decoded(source.whole())
    given = {"published": source.published}
    return Article(**article_fields(text, given, default_id=source.stem, doubts=doubts))


def _read_html(source: _Input) -> Iterator[Outcome]:
    yield source.attempt(
        lambda: Article.from_html(source.whole(), id=source.stem, published=source.published)
    )


def _read_json(source: _Input) -> Iterator[Outcome]:
    try:
        records = json.loads(source.file.read())
    except (ValueError, RecursionError) as error:
        yield ArticleError(f"{source.name}: this is not JSON ({error}).")
        return
    if not isinstance(records, list):
        yield source.attempt(partial(article_of, records, source.published, source.stem))
        return
    for number, record in enumerate(records, start=1):
        build = partial(article_of, record, source.published)
        yield source.attempt(build, f", article {number}")


def _read_json_lines(source: _Input) -> Iterator[Outcome]:
    for number, line in enumerate(source.file, start=1):
        if line.strip():
            yield source.attempt(partial(_from_line, line, source.published), f", line {number}")


def _read_table(source: _Input) -> Iterator[Outcome]:
    from .tabular import read_rows

    yield from _records(source, read_rows(source.file, source.text_column), "row")


def _read_feed(source: _Input) -> Iterator[Outcome]:
    from .feeds import read_entries

    yield from _records(source, read_entries(source.file.read()), "entry")


def _records(source: _Input, records: Iterator[dict[str, str]], name: str) -> Iterator[Outcome]:
    """Yield an article for each, and an error for the rest of the file where it is not in form."""
    try:
        for number, record in enumerate(records, start=1):
            build = partial(article_of, record, source.published)
            yield source.attempt(build, f", {name} {number}")
    except ArticleError as error:
        yield _placed(type(error), source.name, error.message)


def _from_line(line: bytes, published: date | str | None) -> Article:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ArticleError(f"this is not JSON ({error.msg}, character {error.pos + 1}).") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"this is not JSON ({error}).") from error
    return article_of(record, published)


def article_of(
    record: Any, published: date | str | None = None, stem: str | None = None
) -> Article:
    """Build an article from an object with `text` and what else is known of it.

    Raises:
        ArticleError: there is no text in it, or a value is no string.
        SettingsError: `published` is no date.
    """
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ArticleError("this is no object with the article's `text` in it.")
    given = {key: record[key] for key in _KEYS if record.get(key) is not None}
    given["id"] = str(given.get("id", ""))
    for key, value in given.items():
        if not isinstance(value, str):
            raise ArticleError(f"`{key}` must be a string.")
    given["published"] = published or given.get("published")
    return Article(**article_fields(record["text"], given, default_id=stem))


def _guessed_suffix(data: bytes) -> str:
    if _JSON.match(data):
        return ".json" if _is_json(data) else ".jsonl"
    return ".html" if _HTML.match(data) else ".txt"


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


_READERS: dict[str, Callable[[_Input], Iterator[Outcome]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".csv": _read_table,
    ".tsv": _read_table,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".xml": _read_feed,
}
