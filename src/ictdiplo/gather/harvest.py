"""Articles into a journal: done ones skipped, within limits, so that it can go on where it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Event, Lock
from typing import NamedTuple

from ..article import Article
from ..draft import Reader
from ..errors import ArticleError
from ..read.identity import settings_sha256
from ..relevance import Triage
from .counts import Counts, Limits
from .journal import Journal
from .run import Failure, Outcome, read_each, triage_each
from .selection import Candidate, Selection, Shard

COMPLETE, INTERRUPTED = "complete", "interrupted"


Engine = Callable[
    [Iterable[Candidate], Reader, int, Event, Callable[[Outcome], None]], Iterator[Outcome]
]
"""Reads articles, as `read_each` does."""


class Folder(NamedTuple):
    """Where a run's files lie; several shards may share a folder."""

    path: Path
    shard: Shard | None = None

    @property
    def results(self) -> Path:
        """The journal."""
        return self._file("results", ".jsonl")

    @property
    def manifest(self) -> Path:
        """How the results came about."""
        return self._file("manifest", ".json")

    @property
    def left_out(self) -> Path:
        """What the last run did not read, and why not."""
        return self._file("left-out", ".jsonl")

    def _file(self, stem: str, suffix: str) -> Path:
        return self.path / f"{stem}{f'-{self.shard}' if self.shard else ''}{suffix}"


@dataclass
class Harvest:
    """One run over articles: what is wanted of it, and how it goes."""

    journal: Journal
    reader: Reader
    workers: int = 1
    selection: Selection = field(default_factory=Selection)
    limits: Limits = field(default_factory=Limits)
    engine: Engine = read_each
    """What reads: this machine, or a cluster."""
    leave_out: Callable[[Triage], None] | None = None
    """Is told of each article that is not worth reading; None has all of them read."""
    stop: Event = field(default_factory=Event)
    """Once it is set, what is under way is finished, and nothing more is begun."""
    counts: Counts = field(default_factory=Counts)
    stopped: str | None = None
    """Why a limit, or the endpoint, put an end to it; None if neither did."""
    _failed: set[str] = field(default_factory=set)
    _begun: int = 0
    _noting: Lock = field(default_factory=Lock)
    _at_end: bool = False

    def bring_in(self, candidates: Iterable[Candidate]) -> Iterator[Outcome]:
        """Read what is due; yield each outcome once it is in the journal.

        A run that comes to the end of its articles leaves one line an article, and no failure of a
        file that can be opened by now, or is gone.

        Raises:
            RunError: the journal cannot be written.
            SettingsError, CacheError, PromptError: no article could be read with this reader.
        """
        due = self.due(candidates)
        yield from self.engine(due, self.reader, self.workers, self.stop, self._note)
        if self.is_complete:
            self.journal.compact(self._is_void)

    def due(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield what is selected, worth reading and not done; count the rest."""
        settings = settings_sha256(self.reader)
        selected = self.selection.of(candidates, self.counts)
        wanted = (each for each in selected if self._is_wanted(each, settings))
        for candidate in islice(wanted, self.selection.limit):
            if isinstance(candidate, Article):
                if self.journal.has(candidate, settings):
                    self.counts.skipped += 1
                    continue
                self.counts.changed += self.journal.has_otherwise(candidate, settings)
            self._begun += 1
            yield candidate
        self._at_end = True

    @property
    def is_complete(self) -> bool:
        """Whether there is an outcome of all that was due."""
        return self._at_end and self.counts.read + self.counts.failed == self._begun

    @property
    def end(self) -> str:
        """How it ended: complete, interrupted, or stopped and why."""
        if self.is_complete:
            return COMPLETE
        return f"stopped: {self.stopped}" if self.stopped else INTERRUPTED

    def _note(self, outcome: Outcome) -> None:
        """Write it down before its thread begins another article, which might be paid for twice."""
        with self._noting:
            self.journal.append(outcome)
            self.counts.add(outcome)
            if isinstance(outcome, Failure):
                self._failed.add(outcome.article)
            self.stopped = self.stopped or self.limits.reached(self.counts, outcome)
            if self.stopped:
                self.stop.set()

    def _is_wanted(self, candidate: Candidate, settings: str) -> bool:
        """Tell whether it is done, or worth reading; what no rule can judge is."""
        if not self.leave_out or isinstance(candidate, Failure):
            return True
        if self.journal.has(candidate, settings):
            return True
        (verdict,) = triage_each([candidate])
        if isinstance(verdict, Failure) or verdict.relevant:
            return True
        self.counts.left_out += 1
        self.leave_out(verdict)
        return False

    def _is_void(self, failure: Failure) -> bool:
        gone = isinstance(failure.error, ArticleError) and failure.article not in self._failed
        return gone and self.selection.is_whole
