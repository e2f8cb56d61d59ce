"""The same reader on a Ray cluster (extra `ray`): in actors, each with its client and its cache.

    extract_dataset(ray.data.read_parquet("news"), model="openai/gpt-5-mini").write_parquet("found")

Ray hands articles out in small portions, as fast as they are read. A portion whose actor or node is
lost is read again elsewhere; what had been answered by then is in the cache of its machine. Rows
arrive once, whichever way, and `ictdiplo run --engine ray` writes each into its journal when it
does.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from itertools import islice
from socket import create_connection
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

from ..article import Article
from ..draft import Reader
from ..errors import ArticleError, CacheError, PromptError, SettingsError
from ..extraction import choose_reader
from ..files import article_of
from ..read.model import Model
from ..read.offline import OfflineReader
from .lines import line_of, outcome_of
from .run import Failure, Outcome, read_in_order, workers_for

if TYPE_CHECKING:
    from ray.data import Dataset

# Articles that are on their way through the cluster, so that memory stays flat.
UNDER_WAY = 2_000
# Articles in a portion for each that an actor reads at the same time: one slow article then idles
# few threads, and a lost actor has little to do again.
PORTION = 4
# CPUs that an actor takes, so that some are left for what brings the articles.
CPUS = 0.5
# Seconds that a cluster has to take a connection.
PATIENCE = 10.0
_FATAL = (SettingsError, CacheError, PromptError)


class Shares(NamedTuple):
    """How the articles read at the same time are divided among actors."""

    actors: int
    each: int

    @classmethod
    def of(cls, reader: Reader, concurrency: int | None) -> Self:
        """Divide `concurrency` up, so that all actors together do not exceed it.

        A model behind a network has an actor on each node, and 8 articles in each if `concurrency`
        is None. What computes on the machine itself has an actor for each CPU but one.
        """
        import ray

        nodes = sum(node["Alive"] for node in ray.nodes())
        cpus = int(ray.cluster_resources().get("CPU", 1))
        most = max(1, cpus - 1) if isinstance(reader, OfflineReader) else nodes
        total = concurrency or most * workers_for(reader)
        actors = min(most, total)
        return cls(actors, total // actors)


def extract_dataset(
    dataset: Dataset, *, model: Model | Reader | str | None = None, concurrency: int | None = None
) -> Dataset:
    """Read the articles in the rows of a Ray dataset.

    Each row needs a `text`, and may have an `id`, `title`, `url`, `source` and `published`. What
    comes back has a row an article: `id`; `result`, the JSON of an `Extraction`, or of a failure as
    `ictdiplo run` writes it; and `error`, null or the failure's type. Nothing is read before it is
    consumed or written.

    Args:
        dataset: a dataset of Ray's, from files or a table of any size.
        model: as for `extract`; it is sent to all nodes, with its key.
        concurrency: how many articles are read at the same time in the whole cluster, shared out
            among the actors; None means 8 on each node for a model behind a network.

    Raises:
        SettingsError: the model or the concurrency makes no sense, or Ray is not installed.
    """
    _connect(None)
    if concurrency is not None and concurrency < 1:
        raise SettingsError("concurrency must be at least 1.")
    return _read(dataset, choose_reader(model), concurrency, _from_row)


@dataclass(frozen=True)
class RayEngine:
    """Reads articles on a cluster, as `read_each` does on this machine."""

    address: str | None = None
    """Where the cluster is; None means RAY_ADDRESS, else one on this machine for this run."""
    concurrency: int | None = None
    """As for `extract_dataset`."""

    def __call__(
        self,
        articles: Iterable[Article | Failure],
        reader: Reader,
        _workers: int,
        stop: Event,
        note: Callable[[Outcome], None],
    ) -> Iterator[Outcome]:
        """Yield what came of each article as soon as it arrives.

        After `stop` is set, no further row is waited for.

        Raises:
            SettingsError, CacheError, PromptError: no article could be read with this reader.
        """
        coming = iter(articles)
        with redirect_stdout(sys.stderr):  # on which Ray tells of lost workers
            while some := [*islice(coming, UNDER_WAY)]:
                _connect(self.address)
                for outcome in self._outcomes(some, reader):
                    note(outcome)
                    yield outcome
                    if stop.is_set():
                        return

    def _outcomes(self, some: Iterable[Article | Failure], reader: Reader) -> Iterator[Outcome]:
        import ray

        unread = [each for each in some if isinstance(each, Failure)]
        yield from unread
        rows = [{"article": each.model_dump_json()} for each in some if isinstance(each, Article)]
        if not rows:
            return
        portions = -(-len(rows) // (PORTION * Shares.of(reader, self.concurrency).each))
        dataset = ray.data.from_items(rows, override_num_blocks=portions)
        for row in _read(dataset, reader, self.concurrency, _from_json).iter_rows():
            outcome = outcome_of(row["result"].encode(), row["id"])
            if isinstance(outcome, Failure) and isinstance(outcome.error, _FATAL):
                raise outcome.error
            yield outcome


class _Actor:
    """A reader that stays, with its connections and its cache."""

    def __init__(
        self, reader: Reader, each: int, build: Callable[[Any], Article | Failure]
    ) -> None:
        self._reader = reader
        self._each = each
        self._build = build

    def __call__(self, table: Any) -> Any:
        import pyarrow as pa

        articles = [self._build(row) for row in table.to_pylist()]
        try:
            outcomes = [*read_in_order(articles, self._reader, self._each)]
        except _FATAL as error:
            outcomes = [Failure(_id_of(article), error) for article in articles]
        return pa.table(
            {
                "id": pa.array(map(_id_of, outcomes), pa.string()),
                "result": pa.array(map(line_of, outcomes), pa.string()),
                "error": pa.array(map(_error_of, outcomes), pa.string()),
            }
        )


def _read(
    dataset: Dataset,
    reader: Reader,
    concurrency: int | None,
    build: Callable[[Any], Article | Failure],
) -> Dataset:
    from ray.data import ActorPoolStrategy

    shares = Shares.of(reader, concurrency)
    return dataset.map_batches(
        _Actor,
        fn_constructor_args=(reader, shares.each, build),
        batch_size=PORTION * shares.each,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=shares.actors),
        num_cpus=CPUS,
    )


def _connect(address: str | None) -> None:
    """Join the cluster; start one on loopback where there is none."""
    address = address or os.environ.get("RAY_ADDRESS")
    # Ray would tell its makers of each cluster, and listen to the whole network.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Ray would keep some of what it tells until the end, and then print it among the results.
    os.environ.setdefault("RAY_DEDUP_LOGS", "0")
    if not address:
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise SettingsError("Ray is not installed: pip install 'ictdiplo[ray]'.") from error
    if not ray.is_initialized():
        if address and not _is_reached(address):
            raise SettingsError(f"There is no Ray cluster at {address}.")
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        try:
            ray.init(
                address or "local", **quiet | ({} if address else {"include_dashboard": False})
            )
        except (ConnectionError, ValueError) as error:
            raise SettingsError(f"There is no Ray cluster at {address}.") from error
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.WARNING)


def _is_reached(address: str) -> bool:
    """Tell whether something listens there; Ray itself would try for a quarter of an hour."""
    place = urlsplit(address if "://" in address else f"//{address}")
    try:
        if place.port is None:  # “auto”: Ray knows where
            return True
        with create_connection((place.hostname, place.port), PATIENCE):
            return True
    except (OSError, ValueError):
        return False


def _from_json(row: Any) -> Article:
    return Article.model_validate_json(row["article"])


def _from_row(row: Any) -> Article | Failure:
    """Build the article of a user's row."""
    try:
        return article_of({name: _plain(value) for name, value in row.items()})
    except (ArticleError, SettingsError) as error:
        return Failure(str(row.get("id") or "a row"), ArticleError(error.message))


def _plain(value: Any) -> Any:
    """Write a date as it is in JSON; Arrow and pandas have types of their own for it."""
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else value


def _id_of(one: Article | Outcome) -> str:
    if isinstance(one, Article):
        return one.id
    return one.article if isinstance(one, Failure) else one.article.id


def _error_of(outcome: Outcome) -> str | None:
    return type(outcome.error).__name__ if isinstance(outcome, Failure) else None
