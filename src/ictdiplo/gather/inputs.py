"""Articles out of whatever a run is given: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from ..article import Article
from ..errors import ArticleError
from ..files import name_of, read_articles
from ..tabular import count_rows
from ..web.addresses import is_web_address
from .run import Failure

# What each article of such a file has once: close enough for telling how long a run will take.
_SIGNS = {
    ".json": rb'"text"\s*:',
    **dict.fromkeys((".rss", ".atom", ".xml"), rb"<(?:item|entry)[\s>]"),
}


class Inputs(NamedTuple):
    """What a run is given to read."""

    given: Sequence[str]
    """What `read_articles` takes, or patterns such as `news/**/*.txt`, whose files come in the
    order of their names."""
    published: date | str | None = None
    """The publication date of all of them, which wins over their own."""
    text_column: str = "text"
    """The column of a table that holds the texts."""
    intranet: bool = False
    """Fetch from private and loopback addresses, too."""

    @property
    def names(self) -> list[str]:
        """What was given, of an address without its query, in which there may be a secret."""
        return [name_of(each) if is_web_address(each) else each for each in self.given]

    @property
    def pages(self) -> list[str]:
        """The addresses among them, each of which is fetched."""
        return [each for each in self.given if is_web_address(each)]

    def without_pages(self) -> Self:
        """Return what is read without a request."""
        return self._replace(given=[each for each in self.given if not is_web_address(each)])

    def articles(self) -> Iterator[Article | Failure]:
        """Yield the articles, and a failure in the place of each that cannot be read.

        Raises:
            SettingsError: `published` is no date.
        """
        for path in self._paths():
            for article in read_articles(
                path, text_column=self.text_column, intranet=self.intranet
            ):
                if isinstance(article, ArticleError):
                    yield Failure(article.place or path, article)
                else:
                    yield article.published_on(self.published) if self.published else article

    def expected(self) -> int | None:
        """Tell about how many articles there are, without reading them; None if nobody can know."""
        paths = list(self._paths())
        return None if "-" in paths else sum(map(_number, map(Path, paths)))

    def _paths(self) -> Iterator[str]:
        for given in self.given:
            # Path.glob takes no absolute patterns.
            is_one = is_web_address(given) or Path(given).exists()
            found = [] if is_one else sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - see above
            yield from found or [given]


def _number(path: Path) -> int:
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            return sum(_number(file) for file in path.iterdir() if file.is_file())
        if suffix in _SIGNS:
            return len(re.findall(_SIGNS[suffix], path.read_bytes()))
        if suffix not in {".csv", ".tsv", ".jsonl", ".ndjson"}:
            return 1
        with path.open("rb") as file:
            return count_rows(file) if suffix in {".csv", ".tsv"} else sum(map(bool, file))
    except (OSError, ValueError):
        return 1
