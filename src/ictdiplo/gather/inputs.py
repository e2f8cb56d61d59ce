"""Articles out of whatever a run is given: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from ..article import Article
from ..errors import ArticleError
from ..files import read_articles
from .run import Failure


def read_inputs(
    inputs: Iterable[str], published: date | str | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles of all inputs, and a failure in the place of each that cannot be read.

    Args:
        inputs: what `read_articles` takes, or patterns such as `news/**/*.txt`, whose files come in
            the order of their names.
        published: the publication date of all of them, which wins over their own.

    Raises:
        SettingsError: `published` is no date.
    """
    for path in _paths(inputs):
        for article in read_articles(path):
            if isinstance(article, ArticleError):
                yield Failure(article.place or path, article)
            else:
                yield article.published_on(published) if published else article


def _paths(inputs: Iterable[str]) -> Iterator[str]:
    for given in inputs:
        # Path.glob takes no absolute patterns.
        found = [] if Path(given).exists() else sorted(glob.glob(given, recursive=True))  # noqa: PTH207 - see above
        yield from found or [given]
