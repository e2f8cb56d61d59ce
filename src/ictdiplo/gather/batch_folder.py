"""What a folder remembers of its batches, so that any of them can be resumed or collected.

batch.json              which model was asked how, and what became of each batch
batch.articles.jsonl    the articles that were asked about
batch-1.requests.jsonl  what was uploaded for the first batch
batch-1.output.jsonl    what came back, and
batch-1.errors.jsonl    what went wrong with single requests
results.jsonl           the records, as `ictdiplo run` writes and goes on with them
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from ..article import Article
from ..errors import RunError
from ..read.modes import Mode
from ..records import Value
from .lines import digest, whole_lines

# Most that OpenAI takes in one file, by its reference of batches; Azure's are the same.
MOST_REQUESTS = 50_000
MOST_BYTES = 200_000_000
ENDED = frozenset({"completed", "expired", "cancelled", "failed"})

Part = Literal["requests", "output", "errors"]


class Batch(Value):
    """One batch, as the provider told of it last."""

    number: int
    """Which of the folder's batches it is, from 1."""
    token: str
    """What it is found again by, should its id be lost."""
    requests: int
    """How many requests are in it."""
    id: str | None = None
    """The provider's name for it; null where it was not sent yet."""
    status: str = "not sent"
    """validating, in_progress, finalizing, completed, expired, cancelling, cancelled or failed."""
    completed: int = 0
    """Requests that were answered."""
    failed: int = 0
    """Requests that were not."""
    reason: str | None = None
    """Why all of it failed, in the provider's code; null where it did not."""
    output_file_id: str | None = None
    """The provider's file of answers."""
    error_file_id: str | None = None
    """The provider's file of errors."""
    collected: bool = False
    """True once its answers are among the results."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED


class Docket(Value):
    """Which model was asked how, and the batches."""

    endpoint: str
    """Where the batches are."""
    mode: Mode
    """How the answers' form was asked for."""
    settings: dict[str, Any]
    """The settings of the model, without the key."""
    settings_sha256: str
    """A hash of those that shape the records."""
    batches: tuple[Batch, ...] = ()
    """In the order in which they were written."""


class BatchFolder(NamedTuple):
    """The files of a folder."""

    path: Path

    @property
    def results(self) -> Path:
        """The file of results."""
        return self.path / "results.jsonl"

    def part(self, batch: Batch, part: Part) -> Path:
        """Return the file of a batch."""
        return self.path / f"batch-{batch.number}.{part}.jsonl"

    def read_docket(self) -> Docket | None:
        """Return what is known; None if nothing was submitted from here.

        Raises:
            RunError: the file is not in form.
        """
        try:
            return Docket.model_validate_json(self._docket.read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, OSError) as error:
            raise RunError(f"{self._docket} cannot be read; restore it, or delete it.") from error

    def write_docket(self, docket: Docket) -> None:
        """Replace what is known, in one go."""
        draft = self._docket.with_name(f".{self._docket.name}.draft")
        with draft.open("w", encoding="utf-8") as file:
            file.write(docket.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._docket)

    def keys(self, batch: Batch) -> Iterator[str]:
        """Yield the keys of a batch's questions."""
        for line in whole_lines(self.part(batch, "requests")):
            yield json.loads(line.content)["custom_id"]

    def add_article(self, article: Article) -> None:
        """Keep an article for when its answers come; the last one under an id counts."""
        # Alike in form to a line of results, by whose means it is found again.
        line = f'{{"article":{article.model_dump_json()}}}\n'
        with self._articles.open("ab") as file:
            file.write(line.encode())

    def articles(self) -> Iterator[Article]:
        """Yield the articles that were asked about."""
        if not self._articles.exists():
            return
        last = {line.key: line.offset for line in whole_lines(self._articles)}
        for line in whole_lines(self._articles):
            if last[line.key] == line.offset:
                yield Article.model_validate(json.loads(line.content)["article"])

    def write_requests(
        self, first: int, questions: Iterable[tuple[str, Mapping[str, Any]]]
    ) -> Iterator[Batch]:
        """Write questions, as few files as the limits allow; yield the batch that each file makes."""
        pending = iter(_request_line(key, body) for key, body in questions)
        line = next(pending, None)
        number = first
        while line is not None:
            batch = Batch(number=number, token=os.urandom(16).hex(), requests=0)
            requests = size = 0
            with self.part(batch, "requests").open("wb") as file:
                while line and requests < MOST_REQUESTS and size + len(line) <= MOST_BYTES:
                    file.write(line)
                    requests, size = requests + 1, size + len(line)
                    line = next(pending, None)
                file.flush()
                os.fsync(file.fileno())
            yield batch.model_copy(update={"requests": requests})
            number += 1

    @property
    def _docket(self) -> Path:
        return self.path / "batch.json"

    @property
    def _articles(self) -> Path:
        return self.path / "batch.articles.jsonl"


class Lines:
    """The lines that came back, by key; they stay on disk."""

    def __init__(self, folder: BatchFolder, batches: Iterable[Batch]) -> None:
        self._places: dict[bytes, tuple[Path, int] | str] = {}
        for batch in batches:
            # What has no line of its own shares the fate of its batch.
            self._places |= {digest(key): batch.status for key in folder.keys(batch)}
            for part in ("output", "errors"):
                path = folder.part(batch, part)
                for line in whole_lines(path) if path.exists() else ():
                    with suppress(ValueError, KeyError, TypeError):  # no line of a batch
                        key = json.loads(line.content)["custom_id"]
                        self._places[digest(key)] = (path, line.offset)

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return the line under a key, or what its batch came to; None if no batch asked it."""
        place = self._places.get(digest(key))
        if place is None:
            return None
        if isinstance(place, str):
            return {"error": {"code": f"batch_{place}"}}
        path, offset = place
        with path.open("rb") as file:
            file.seek(offset)
            line: Mapping[str, Any] = json.loads(file.readline())
        return line


def _request_line(key: str, body: Mapping[str, Any]) -> bytes:
    line = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"
