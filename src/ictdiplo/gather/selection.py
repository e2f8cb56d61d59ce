"""Which articles of the input a run takes: shards, samples, each article under a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple, Self

from ..article import Article
from ..errors import SettingsError
from .counts import Counts
from .index import Index
from .journal import content_sha256
from .lines import digest
from .run import Failure

Candidate = Article | Failure


class Shard(NamedTuple):
    """One of several runs that share the work: number 1 to `total`."""

    number: int
    total: int

    @classmethod
    def parse(cls, said: str) -> Self:
        """Read what is written `2/8`.

        Raises:
            SettingsError: it is written otherwise, or there is no such shard.
        """
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", said.strip())
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise SettingsError(f"“{said}” is no shard; write 2/8 for the second of eight.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}-of-{self.total}"

    def takes(self, candidate: Candidate) -> bool:
        """Tell whether it is this shard's; each article is one shard's, by its id.

        So an article that has changed is read again where its old result is.
        """
        name = candidate.article if isinstance(candidate, Failure) else candidate.id
        return int(digest(name).hex()[:15], 16) % self.total == self.number - 1


class Sample(NamedTuple):
    """Some of the articles, drawn by their content: the same ones in each run."""

    share: float | None = None
    """From 0 to 1."""
    size: int | None = None

    @classmethod
    def parse(cls, said: str) -> Self:
        """Read what is written `5%` or `200`.

        Raises:
            SettingsError: it is written otherwise.
        """
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%|(\d+)", said.strip())
        if not found or not 0 < float(found[1] or found[2]) <= (100 if found[1] else float("inf")):
            raise SettingsError(f"“{said}” is no sample; write 5% for a share, 200 for a number.")
        return cls(share=float(found[1]) / 100) if found[1] else cls(size=int(found[2]))

    def draw(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield those with the lowest hashes; a number of them only after all have been seen."""
        if self.size is not None:
            yield from nsmallest(self.size, candidates, key=_draw)
        else:
            share = self.share or 0
            yield from (each for each in candidates if _draw(each) < share)


@dataclass(frozen=True)
class Selection:
    """Which articles are taken; the steps in this order.

    Raises:
        SettingsError: the limit makes no sense.
    """

    shard: Shard | None = None
    sample: Sample | None = None
    limit: int | None = None
    """Most articles to take, those that are done included; whoever calls `of` counts them."""

    def __post_init__(self) -> None:
        if self.limit is not None and self.limit < 1:
            raise SettingsError("The limit must be at least 1.")

    @property
    def is_whole(self) -> bool:
        """Whether all articles of the input are taken, in this run or in those of other shards."""
        return self.sample is None and self.limit is None

    def number_of(self, candidates: float) -> float:
        """Tell about how many are taken of so many."""
        number = candidates / self.shard.total if self.shard else candidates
        if self.sample:
            size, share = self.sample.size, self.sample.share
            number = min(number, size) if size else number * (share or 0)
        return min(number, self.limit) if self.limit else number

    def of(self, candidates: Iterable[Candidate], counts: Counts) -> Iterator[Candidate]:
        """Yield the articles that are taken, each once and under an id of its own."""
        chosen: Iterable[Candidate] = told_apart(candidates, counts)
        if self.shard:
            chosen = filter(self.shard.takes, chosen)
        if self.sample:
            chosen = self.sample.draw(chosen)
        return iter(chosen)


def told_apart(candidates: Iterable[Candidate], counts: Counts) -> Iterator[Candidate]:
    """Yield each article once; of those that share an id, the later ones get a longer one.

    Files of several folders are often named alike. What comes again under the same id and is the
    same to the letter is the same article; it is counted as repeated.
    """
    with Index() as seen:
        for candidate in candidates:
            if isinstance(candidate, Failure):
                yield candidate
                continue
            content = digest(content_sha256(candidate))
            article = candidate
            if seen.get(digest(article.id)) not in {None, content}:
                article = _renamed(article)
            if seen.get(digest(article.id)) is not None:
                counts.repeated += 1
                continue
            seen[digest(article.id)] = content
            yield article


def _renamed(article: Article) -> Article:
    name = f"{article.id}-{content_sha256(article)[:8]}"
    said = f"Another article has the id “{article.id}”; this one was given a longer one."
    return article.model_copy(update={"id": name, "warnings": (*article.warnings, said)})


def _hash(candidate: Candidate) -> str:
    """Hash the content; of what could not be opened, the place."""
    if isinstance(candidate, Failure):
        return digest(candidate.article).hex()
    return content_sha256(candidate)


def _draw(candidate: Candidate) -> float:
    """Return a number from 0 to below 1, the same for the same article, and not what shards go by."""
    return int(digest("sample", _hash(candidate)).hex()[:13], 16) / 16**13
