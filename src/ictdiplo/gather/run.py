"""Many articles to their records: several at a time, and no failure stops the others."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple, TypeAlias

from ..article import Article
from ..draft import Reader
from ..errors import (
    ArticleError,
    CacheError,
    IctdiploError,
    PromptError,
    RunError,
    SettingsError,
)
from ..extraction import choose_reader, extract_article, no_article
from ..read.breaker import FATAL
from ..read.gguf import is_gguf
from ..read.model import Model
from ..records import Extraction, Usage
from ..relevance import Triage

# Articles that a model behind a network reads at the same time: enough to hide its waits, few enough
# not to be turned away by small servers.
WORKERS = 8


class Failure(NamedTuple):
    """An article that was not read, and why."""

    article: str
    """Its id; of one that could not be opened, the place where it should be."""
    error: Exception

    @property
    def message(self) -> str:
        """The error's text; a stranger's is kept back, because it may quote the article."""
        if isinstance(self.error, IctdiploError):
            return self.error.message
        return f"an unexpected {type(self.error).__name__}; --debug shows where; please report it."

    @property
    def usage(self) -> Usage:
        """What the attempts cost all the same."""
        spent = getattr(self.error, "usage", None)
        return spent if isinstance(spent, Usage) else Usage(cost=0.0)

    def __str__(self) -> str:
        # What is wrong with an article's file is told by the name of the file, and the line.
        if isinstance(self.error, ArticleError | RunError):
            return self.message
        return f"{self.article}: {self.message}"


Outcome: TypeAlias = Extraction | Failure
_Future: TypeAlias = Future[Outcome | None]


def extract_many(
    articles: Iterable[Article | ArticleError | str],
    *,
    model: Model | Reader | str | None = None,
    concurrency: int | None = None,
) -> Iterator[Outcome]:
    """Read many articles, several at a time; yield what came of each as soon as it is there.

    One article's failure is a `Failure` in its place, and the others are read all the same. After a
    bad key, an empty account or an unknown model, which every other article would meet too, nothing
    more is sent; what is under way is still yielded. `articles` may be endless: no more of them are
    taken than are needed to keep everything busy.

    Args:
        articles: such as `read_articles` yields; its errors become failures.
        model: as for `extract`.
        concurrency: how many are read at the same time; None means 8 for a model behind a network,
            and 1 for what computes on this machine.

    Raises:
        SettingsError: the model or the concurrency makes no sense.
        CacheError, PromptError: no article could be read with this reader.
    """
    reader = choose_reader(model)
    workers = workers_for(reader) if concurrency is None else concurrency
    if workers < 1:
        raise SettingsError("concurrency must be at least 1.")
    return read_each(map(prepared, articles), reader, workers)


def read_each(
    articles: Iterable[Article | Failure],
    reader: Reader,
    workers: int,
    stop: threading.Event | None = None,
    note: Callable[[Outcome], None] = lambda _: None,
) -> Iterator[Outcome]:
    """Read up to `workers` articles at a time; yield what came of each as soon as it is there.

    A `Failure` among the articles is passed on. After a refusal (see `is_refusal`), or once `stop`
    is set, nothing more is sent; what is under way is finished, and the rest is left out.
    `note` is told of each outcome before its thread begins another article, so that it can set
    `stop` in time.

    Raises:
        SettingsError, CacheError, PromptError: no article could be read with this reader.
    """
    attempts = _Attempts(reader, stop or threading.Event(), note)
    return _read(articles, attempts, workers, _AsDone())


def read_in_order(
    articles: Iterable[Article | Failure], reader: Reader, workers: int
) -> Iterator[Outcome]:
    """Do what `read_each` does, but yield in the order of `articles`."""
    return _read(articles, _Attempts(reader, threading.Event()), workers, _InOrder())


def triage_each(articles: Iterable[Article | Failure]) -> Iterator[Triage | Failure]:
    """Tell of each article whether it is worth reading by a model, in the order of `articles`."""
    from ..read.triage import assess

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
    return isinstance(error, FATAL)


def workers_for(reader: Reader | None) -> int:
    """Return how many articles are read at the same time.

    What computes on this machine reads one by one: more at once would wait for each other until
    their deadlines.
    """
    if is_gguf(getattr(reader, "name", "")):
        return 1
    if isinstance(reader, Model):
        return WORKERS

    from ..read.offline import OfflineReader

    return 1 if reader is None or isinstance(reader, OfflineReader) else WORKERS


def prepared(article: Article | ArticleError | Failure | str) -> Article | Failure:
    """Return an article, or the failure that stands in its place."""
    match article:
        case Article() | Failure():
            return article
        case ArticleError():
            return Failure(article.place, article)
        case str():
            try:
                return Article.from_text(article)
            except ArticleError as error:
                return Failure("a text", error)
    return Failure("no article", no_article(article))


class _InOrder:
    """Articles under way, to be taken in the order in which they were begun."""

    def __init__(self) -> None:
        self._futures: deque[_Future] = deque()

    def add(self, future: _Future) -> None:
        self._futures.append(future)

    def is_ready(self) -> bool:
        return self._futures[0].done()

    def take(self) -> Outcome | None:
        return self._futures.popleft().result()


class _AsDone:
    """Articles under way, to be taken in the order in which they end."""

    def __init__(self) -> None:
        self._done: SimpleQueue[_Future] = SimpleQueue()

    def add(self, future: _Future) -> None:
        future.add_done_callback(self._done.put)

    def is_ready(self) -> bool:
        return not self._done.empty()

    def take(self) -> Outcome | None:
        return self._done.get().result()


def _read(
    articles: Iterable[Article | Failure],
    attempts: _Attempts,
    workers: int,
    under_way: _InOrder | _AsDone,
) -> Iterator[Outcome]:
    number = 0
    with ThreadPoolExecutor(workers) as pool:
        try:
            for article in articles:
                if attempts.stop.is_set():
                    break
                under_way.add(pool.submit(attempts.make, article))
                number += 1
                # Twice as many as there are workers, so that one slow article idles none of them.
                while number and (number >= 2 * workers or under_way.is_ready()):
                    number -= 1
                    yield from _present(under_way.take())
            for _ in range(number):
                yield from _present(under_way.take())
        finally:
            attempts.stop.set()


class _Attempts(NamedTuple):
    """Attempts at reading, which end once it was told to stop."""

    reader: Reader
    stop: threading.Event
    note: Callable[[Outcome], None] = lambda _: None

    def make(self, article: Article | Failure) -> Outcome | None:
        if isinstance(article, Article) and self.stop.is_set():
            return None
        outcome = self._outcome(article)
        self.note(outcome)
        return outcome

    def _outcome(self, article: Article | Failure) -> Outcome:
        if isinstance(article, Failure):
            return article
        try:
            return extract_article(article, self.reader)
        except (SettingsError, CacheError, PromptError):
            self.stop.set()
            raise
        except Exception as error:  # noqa: BLE001 - not even a bug in one article may stop the others
            if is_refusal(error):
                self.stop.set()
            return Failure(article.id, error)


def _present(outcome: Outcome | None) -> Iterator[Outcome]:
    if outcome is not None:
        yield outcome
