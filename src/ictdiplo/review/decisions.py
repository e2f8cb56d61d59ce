"""What a reviewer decided, one decision a line, in a file that is only ever added to.

The last decision on a record counts; the earlier ones stay in the file. Each carries what it is
about, so that it is never taken for a decision on something else that has the same name.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from ..article import Article
from ..errors import SettingsError
from ..publish.shown import RecordType
from ..records import Quote, Value

Verdict = Literal["accepted", "rejected", "corrected", "added", "complete"]


class Decision(Value):
    """One decision on a record, or on an article as a whole."""

    model_config = ConfigDict(str_max_length=10_000)

    article: str
    """The article's id."""
    text_sha256: str
    """Hash of the article's text, so that no decision outlives the text it was made on."""
    record: str | None = None
    """The record's id within the article; null where the article as a whole is meant."""
    verdict: Verdict
    """Accepted as it stands, rejected, corrected, added by the reviewer; or, of an article: complete,
    that is, nothing is missing."""
    type: RecordType | None = None
    """What sort of record was added."""
    fields: dict[str, str] = Field(default_factory=dict)
    """What the reviewer typed, where a record was corrected or added."""
    evidence: tuple[Quote, ...] = ()
    """The words that the record rests on."""
    withdrawn: bool = False
    """True where an earlier decision on the same is taken back."""
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    """When it was made."""


def hash_of(article: Article) -> str:
    """Return the hash by which a decision knows the text."""
    return hashlib.sha256(article.text.encode()).hexdigest()


def read_decisions(path: str | Path) -> list[Decision]:
    """Read a file of decisions; one that is not there yet has none.

    Raises:
        SettingsError: a line is no decision.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    return [_decision(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, str | None], Decision]:
    """Return the last decision on each record and article, without those taken back."""
    last = {(one.article, one.record): one for one in decisions}
    return {key: one for key, one in last.items() if not one.withdrawn}


class Journal:
    """A file of decisions that can be added to, by several threads."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = threading.Lock()

    def add(self, decision: Decision) -> None:
        """Write a decision; when this returns, it is on the disk."""
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(f"{decision.model_dump_json()}\n")
            file.flush()
            os.fsync(file.fileno())


def _decision(line: str, where: str) -> Decision:
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        raise SettingsError(f"{where}: this is no decision of a review.") from error
