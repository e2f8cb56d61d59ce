"""Outcomes as lines of JSON, and back: what a run writes, and what comes after it reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

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
    --format jsonl` writes. Several are read as one, as the shards of a run are. Of the lines of an
    article the last one counts; what a run that is going on, or was killed, has not written to the
    end, is left out. A line that is no result is a `Failure` with a `RunError`. The files are read
    twice and line by line, so that they may be larger than the memory.

    Raises:
        RunError: there is no such file, or no result in the folder.
    """
    files = [file for place in (path, *more) for file in _files(Path(place))]
    with Index() as last:
        for number, file in enumerate(files):
            for line in whole_lines(file):
                last[line.key] = _position(number, line)
        for number, file in enumerate(files):
            for line in whole_lines(file):
                if last.get(line.key) == _position(number, line):
                    yield outcome_of(line.content, f"{file}, line {line.number}")


def whole_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file that were written to their end.

    Raises:
        RunError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            offset = 0
            for number, content in enumerate(file, start=1):
                if content.strip() and (content.endswith(b"\n") or _is_json(content)):
                    yield Line(number, offset, content)
                offset += len(content)
    except OSError as error:
        raise RunError(f"{path}: this cannot be read ({error.strerror}).") from error


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


def _position(number: int, line: Line) -> int:
    """Return one number for a file's number and a line's place in it."""
    return number << 48 | line.offset


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
