"""The file of results, which is its own journal: it knows what is done, and survives being killed.

    with Journal(folder / "results.jsonl") as journal:
        if not journal.has(article, settings_sha256(reader)):
            journal.append(outcome)
        journal.compact()

One line an article, appended in one go as soon as it is there; where it is another than before, a
line between the two says so, or `read_results` would take two texts under one id for two articles.
The last line of an article counts, and `compact` drops the others. A process that is killed leaves
at most one line without its end, which the next one cuts off, and a lock that the system takes back
with the process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple, Self

from filelock import FileLock, Timeout

from ..article import Article
from ..errors import RunError
from ..read.cache import cache_key
from ..records import Extraction
from .index import Index
from .lines import Line, digest, line_of, outcome_of, whole_lines
from .run import Failure, Outcome

# All of an article that shapes its records or is written beside them, whatever name it goes by.
CONTENT = ("text", "title", "url", "source", "published", "language")
# Stands in the index for an article that failed.
FAILED = b""
OUTDATED = RunError("The article, or the way it is read, has changed; what follows counts.")


class Entry(NamedTuple):
    """What the index keeps of a line."""

    article: bytes
    """Digest of the article's id."""
    state: bytes
    """Digest of its content and of how it was read; `FAILED` where it was not."""


class Journal:
    """Results in one file, open to one run at a time; its folder is made where it is missing.

    Raises:
        RunError: another run writes to the file, it cannot be written, or a line is no result.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines = 0
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False)
        with self._own_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        self._index = Index()
        try:
            with self._own_errors():
                path.touch()
                os.truncate(path, self._read_index())
                self._file = FileIO(path, "a")
        except BaseException:
            self._lock.release()
            self._index.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Return how many articles there are, those that failed included."""
        return len(self._index)

    def has(self, article: Article, settings: str) -> bool:
        """Tell whether the article, as it is now, was read with these settings (`settings_sha256`)."""
        state = digest(content_sha256(article), settings)
        return self._index.get(digest(article.id)) == state

    def has_otherwise(self, article: Article, settings: str) -> bool:
        """Tell whether there is a result of it, but of another text or with other settings."""
        return bool(self._index.get(digest(article.id))) and not self.has(article, settings)

    def append(self, outcome: Outcome) -> None:
        """Write a line; once this returns, no end of this process can take it away.

        Raises:
            RunError: the disk is full or gone.
        """
        line = _encoded(outcome)
        entry = _entry(json.loads(line))
        older = self._index.get(entry.article)
        if isinstance(outcome, Extraction) and older not in {None, FAILED, entry.state}:
            self._write(_encoded(Failure(outcome.article.id, OUTDATED)) + line)
            self._lines += 1
        else:
            self._write(line)
        self._note(entry)

    def compact(self, is_void: Callable[[Failure], bool] = lambda _: False) -> None:
        """Leave one line an article, and none of void failures; all changes at once, or nothing.

        Raises:
            RunError: the disk is full or gone.
        """
        if self._lines == len(self._index) and not self._index.has_value(FAILED):
            return
        draft = self.path.with_name(f".{self.path.name}.draft")
        with self._own_errors():
            self._file.close()  # or some systems would not let it be replaced
            try:
                self._write_last_lines(draft, is_void)
                draft.replace(self.path)
            finally:
                draft.unlink(missing_ok=True)
                self._file = FileIO(self.path, "a")
        self._index.close()
        self._index, self._lines = Index(), 0
        self._read_index()

    def close(self) -> None:
        """Let other runs use the file."""
        self._file.close()
        self._index.close()
        self._lock.release()

    def _write(self, lines: bytes) -> None:
        with self._own_errors():
            written = self._file.write(lines)
            if written != len(lines):  # or the next line would go on where this one broke off
                self._file.truncate(self._file.tell() - written)
                raise RunError(f"{self.path} cannot be written; the disk may be full.")

    def _write_last_lines(self, draft: Path, is_void: Callable[[Failure], bool]) -> None:
        with Index() as last, draft.open("wb") as file:
            for line in whole_lines(self.path):
                last[line.key] = line.offset
            for line in whole_lines(self.path):
                if last.get(line.key) == line.offset and not self._is_void(line, is_void):
                    file.write(line.content)
            file.flush()
            os.fsync(file.fileno())

    def _is_void(self, line: Line, is_void: Callable[[Failure], bool]) -> bool:
        if self._index.get(line.key) != FAILED:
            return False
        outcome = outcome_of(line.content, "")
        return isinstance(outcome, Failure) and is_void(outcome)

    def _read_index(self) -> int:
        """Note what is done; return where the last line ends that was written to its end."""
        end = 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    self._note(_entry(json.loads(line)))
                except (ValueError, KeyError, TypeError, RecursionError) as error:
                    raise RunError(
                        f"{self.path}, line {number}: this is no result; take the line out, and "
                        "its article is read again."
                    ) from error
                end += len(line)
        return end

    def _note(self, entry: Entry) -> None:
        self._index[entry.article] = entry.state
        self._lines += 1

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        try:
            yield
        except Timeout as error:
            raise RunError(
                f"Another run writes to {self.path}; wait until it has ended, or choose another "
                "folder."
            ) from error
        except OSError as error:
            raise RunError(f"{self.path} cannot be written ({error.strerror}).") from error


def _encoded(outcome: Outcome) -> bytes:
    return line_of(outcome).encode("utf-8", "backslashreplace") + b"\n"


def content_sha256(article: Article) -> str:
    """Hash all of an article but its id and the warnings."""
    return _content_sha256(article.model_dump(mode="json"))


def _content_sha256(article: Mapping[str, Any]) -> str:
    return cache_key(**{name: article[name] for name in CONTENT})


def _entry(line: Any) -> Entry:
    article = digest(line["article"]["id"])
    if "error" in line:
        return Entry(article, FAILED)
    settings = line["provenance"].get("settings_sha256") or ""
    return Entry(article, digest(_content_sha256(line["article"]), settings))
