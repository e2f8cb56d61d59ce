"""Many articles to their records: several at a time, in order, and no failure stops the others."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, TypeAlias

from ..article import Article
from ..draft import Reader
from ..errors import (
    ArticleError,
    BadKey,
    CacheError,
    IctdiploError,
    PromptError,
    QuotaExhausted,
    SettingsError,
    UnknownModel,
)
from ..extraction import extract_article
from ..read.triage import Triage, assess
from ..records import Extraction


class Failure(NamedTuple):
    """An article that was not read, and why."""

    article: str
    """Its id."""
    error: Exception

    @property
    def message(self) -> str:
        """The error's text; a stranger's is kept back, because it may quote the article."""
        if isinstance(self.error, IctdiploError):
            return self.error.message
        return f"an unexpected {type(self.error).__name__}; --debug shows where; please report it."

    def __str__(self) -> str:
        # What is wrong with an article's file is told by the name of the file, and the line.
        if isinstance(self.error, ArticleError):
            return self.message
        return f"{self.article}: {self.message}"


Outcome: TypeAlias = Extraction | Failure


def read_in_order(
    articles: Iterable[Article | Failure], reader: Reader, workers: int
) -> Iterator[Outcome]:
    """Read up to `workers` articles at a time; yield what came of each, in the order of `articles`.

    A `Failure` among the articles is passed on in its place. After a refusal (see `is_refusal`)
    nothing more is sent; what is under way is finished, and the rest is left out.

    Raises:
        SettingsError, CacheError, PromptError: no article could be read with this reader.
    """
    stop = threading.Event()
    under_way: deque[Future[Outcome | None]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for article in articles:
                under_way.append(pool.submit(_attempt, article, reader, stop))
                # Twice as many as there are workers, so that one slow article idles none of them.
                if len(under_way) >= 2 * workers:
                    yield from _present(under_way.popleft().result())
                if stop.is_set():
                    break
            while under_way:
                yield from _present(under_way.popleft().result())
        finally:
            stop.set()


def triage_each(articles: Iterable[Article | Failure]) -> Iterator[Triage | Failure]:
    """Tell of each article whether it is worth reading by a model, in the order of `articles`."""
    for article in articles:
        if isinstance(article, Failure):
            yield article
            continue
        try:
            yield assess(article)
        except Exception as error:  # noqa: BLE001 - not even a bug in one article may stop the others
            yield Failure(article.id, error)


def is_refusal(error: Exception) -> bool:
    """Tell whether the endpoint would refuse every other article for the same reason."""
    return isinstance(error, BadKey | QuotaExhausted | UnknownModel)


def _attempt(article: Article | Failure, reader: Reader, stop: threading.Event) -> Outcome | None:
    if isinstance(article, Failure):
        return article
    if stop.is_set():
        return None
    try:
        return extract_article(article, reader)
    except (SettingsError, CacheError, PromptError):
        stop.set()
        raise
    except Exception as error:  # noqa: BLE001 - not even a bug in one article may stop the others
        if is_refusal(error):
            stop.set()
        return Failure(article.id, error)


def _present(outcome: Outcome | None) -> Iterator[Outcome]:
    if outcome is not None:
        yield outcome
