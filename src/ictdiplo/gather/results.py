"""Outcomes out of the JSON Lines that they were written to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import IctdiploError, TableError
from ..records import Extraction
from .run import Failure, Outcome


def read_lines(path: Path) -> Iterator[Outcome]:
    """Yield the extraction or failure of each line; a line that is neither is a failure, too.

    Raises:
        TableError: there is no such file.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise TableError(f"{path}: the file cannot be opened ({error.strerror}).") from error
    with file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _outcome(line, f"{path}, line {number}")


def failure_of(article: str, error: str, message: str) -> Failure:
    """Return a failure as it was before it was written down; strange errors stay without a type."""
    kinds = {kind.__name__: kind for kind in _below(IctdiploError)}
    return Failure(article, kinds.get(error, IctdiploError)(message))


def _below(kind: type[IctdiploError]) -> Iterator[type[IctdiploError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _below(narrower)


def _outcome(line: bytes, where: str) -> Outcome:
    try:
        found: Any = json.loads(line)
        if "error" in found:
            error = found["error"]
            return failure_of(found["article"]["id"], error["type"], error["message"])
        return Extraction.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        reason = f"this is no extraction ({field}: {first['msg']})"
    except (ValueError, RecursionError):
        reason = "this is not JSON"
    except (KeyError, TypeError):
        reason = "this is neither an extraction nor a failure"
    return Failure(where, TableError(f"{reason}."))
