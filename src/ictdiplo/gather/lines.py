"""Outcomes as lines of JSON, and back: what a run writes, and what comes after it reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple, Self

from pydantic import ValidationError

from ..errors import IctdiploError, ModelError, RunError
from ..records import Extraction, Usage
from .index import Index
from .run import Failure, Outcome

RESULTS = "results*.jsonl"
"""The files of a run's folder that hold results; several where it was done in shards."""

# Both kinds of line begin with the article's id, so that it is found without reading the rest.
_ID = re.compile(rb'\s*\{\s*"article"\s*:\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*")')
# JSON leaves these as they are in strings, and many programs end a line at them.
_LINE_ENDS = str.maketrans({char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"})


class Line(NamedTuple):
    """One line of a file, and where it begins."""

    number: int
    offset: int
    content: bytes

    @property
    def key(self) -> bytes:
        """What the lines of one article have in common, in 16 bytes; a broken line is alone."""
        found = _ID.match(self.content)
        return digest(json.loads(found[1])) if found else digest(self.content.decode("latin-1"))


def read_results(path: str | Path, *more: str | Path) -> Iterator[Outcome]:
    """Yield what came of each article, from the folders or files that runs wrote.

    Each `path` is the folder of `ictdiplo run`, or a file of JSON Lines such as `ictdiplo extract
    --format jsonl` writes. Several are read as one, as the shards of a run are. An article is known
    by its id and its text: of its lines the last one counts, and two articles that share an id are
    both yielded. A failure has an id alone: in its file it takes the place of what stands above it
    under that id, and it gives way to what stands below. What a run that is going on, or was
    killed, has not written to the end, is left out. A line that is no result is a `Failure` with a
    `RunError`. The files are gone through twice and line by line, so that they may be larger than
    the memory; what cannot be gone through twice, such as a pipe, is copied to a temporary file.

    Raises:
        RunError: there is no such file, or no result in the folder.
    """
    places = [file for place in (path, *more) for file in _files(Path(place))]
    with ExitStack() as stack:
        files = [stack.enter_context(_opened(place)) for place in places]
        last = stack.enter_context(_Last())
        for number, file in enumerate(files):
            for line in _lines_in(file):
                last.note(number, line)
        for number, (place, file) in enumerate(zip(places, files, strict=True)):
            for line in _lines_in(file):
                if last.counts(number, line):
                    yield outcome_of(line.content, f"{place}, line {line.number}")


def whole_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file that were written to their end.

    Raises:
        RunError: the file cannot be read.
    """
    with _opened(path) as file:
        yield from _lines_in(file)


class _Last:
    """Which lines of several files count: the last of each article."""

    def __init__(self) -> None:
        self._places = Index()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._places.close()

    def note(self, file: int, line: Line) -> None:
        """Take a line for the last one of its article, until another one is."""
        place = file << 48 | line.offset
        name, text = _told(line)
        self._places[digest("any", name)] = place
        if text is None:
            self._places[digest("failure", name, str(file))] = place
        else:
            self._places[digest("read", name, text)] = place

    def counts(self, file: int, line: Line) -> bool:
        """Tell whether no other line takes its place."""
        place = file << 48 | line.offset
        name, text = _told(line)
        if text is None:
            return self._places.get(digest("any", name)) == place
        failed = self._places.get(digest("failure", name, str(file)))
        is_last = self._places.get(digest("read", name, text)) == place
        return is_last and not (isinstance(failed, int) and failed > place)


def _told(line: Line) -> tuple[str, str | None]:
    """Return an article's id, and its text if it was read; a line that is no result is alone."""
    try:
        found: Any = json.loads(line.content)
        name, text = found["article"]["id"], None if "error" in found else found["article"]["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return line.content.decode("latin-1"), None
    return str(name), None if text is None else str(text)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that can be gone through more than once.

    Raises:
        RunError: the file cannot be read.
    """
    try:
        with ExitStack() as stack:
            file: BinaryIO = stack.enter_context(path.open("rb"))
            if not file.seekable():
                pipe, file = file, stack.enter_context(TemporaryFile())
                copyfileobj(pipe, file)
            yield file
    except OSError as error:
        raise RunError(f"{path}: this cannot be read ({error.strerror}).") from error


def _lines_in(file: BinaryIO) -> Iterator[Line]:
    """Yield the lines that were written to their end, from the first one on."""
    offset = file.seek(0)
    for number, content in enumerate(file, start=1):
        if content.strip() and (content.endswith(b"\n") or _is_json(content)):
            yield Line(number, offset, content)
        offset += len(content)


def line_of(outcome: Outcome, indent: int | None = None) -> str:
    """Return the outcome as JSON; of a failure the kind and the reason, and what it cost."""
    if isinstance(outcome, Extraction):
        return outcome.model_dump_json(indent=indent).translate(_LINE_ENDS)
    error = {"type": type(outcome.error).__name__, "message": outcome.message}
    failure: dict[str, Any] = {"article": {"id": outcome.article}, "error": error}
    if getattr(outcome.error, "usage", None):
        failure["usage"] = outcome.usage.model_dump(mode="json")
    return json.dumps(failure, indent=indent, ensure_ascii=False).translate(_LINE_ENDS)


def outcome_of(line: bytes, where: str) -> Outcome:
    """Return what a line says; one that says nothing of the kind is a failure at `where`."""
    try:
        found: Any = json.loads(line)
        if "error" in found:
            return _failure(found)
        return Extraction.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(map(str, first["loc"]))
        reason = f"this is no extraction ({field}: {first['type']})"
    except (ValueError, RecursionError):
        reason = "this is not JSON"
    except (KeyError, TypeError):
        reason = "this is neither an extraction nor a failure"
    return Failure(where, RunError(f"{where}: {reason}."))


def digest(*words: str) -> bytes:
    """Hash words into 16 bytes, few enough to hold those of a million articles in memory."""
    return blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _failure(found: Any) -> Failure:
    """Return a failure as it was before it was written; of a stranger's error the type is lost."""
    kinds = {kind.__name__: kind for kind in _below(IctdiploError)}
    error = kinds.get(found["error"]["type"], IctdiploError)(found["error"]["message"])
    if isinstance(error, ModelError) and "usage" in found:
        error.usage = Usage.model_validate(found["usage"])
    return Failure(found["article"]["id"], error)


def _below(kind: type[IctdiploError]) -> Iterator[type[IctdiploError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _below(narrower)


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob(RESULTS))
    if not files:
        raise RunError(f"{path}: there is no {RESULTS} in this folder.")
    return files


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
