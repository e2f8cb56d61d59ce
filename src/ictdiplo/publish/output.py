"""Records of many articles into a stream, and into a file that is never half written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..errors import SettingsError
from ..gather.lines import line_of
from ..gather.run import Failure, Outcome
from ..records import Extraction
from ..relevance import Triage
from .console import console_on, plain, print_extraction

# What tells that the disk took no more, and not that something else went wrong meanwhile.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def write_table(outcomes: Iterable[Outcome], stream: TextIO) -> None:
    """Write what a person reads, as soon as an article is read; failures are left out."""
    console = console_on(stream)
    for outcome in outcomes:
        if isinstance(outcome, Extraction):
            print_extraction(outcome, console)


def write_json(outcomes: Iterable[Outcome], stream: TextIO) -> None:
    """Write one article as one object, and several as a list; failures are objects, too."""
    found = [_json(outcome, indent=2) for outcome in outcomes]
    text = found[0] if len(found) == 1 else "[\n" + ",\n".join(found) + "\n]"
    print(text, file=stream, flush=True)  # so that a reader who has left is noticed here


def write_json_lines(outcomes: Iterable[Outcome], stream: TextIO) -> None:
    """Write a line an article as soon as it is read, failures too."""
    for outcome in outcomes:
        print(_json(outcome), file=stream, flush=True)


def write_triage(outcomes: Iterable[Triage | Failure], stream: TextIO, *, json_lines: bool) -> None:
    """Write a line an article as soon as it is assessed: score, verdict, id, reason.

    As JSON Lines, failures have a line, too.
    """
    for outcome in outcomes:
        if json_lines:
            print(_json(outcome), file=stream, flush=True)
        elif isinstance(outcome, Triage):
            print(_triage_line(outcome), file=stream, flush=True)


def _triage_line(triage: Triage) -> str:
    score = "   ?" if triage.score is None else f"{triage.score:.2f}"
    verdict = "read" if triage.relevant else "skip"
    return plain(f"{score}  {verdict}  {triage.article}  {triage.reason}")


def _json(outcome: Outcome | Triage, indent: int | None = None) -> str:
    if isinstance(outcome, Triage):
        return outcome.model_dump_json(indent=indent)
    return line_of(outcome, indent)


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a new file that takes the place of `path` at the end, unless an error ends it.

    What is written to it is written as it is, the same on every system.

    Raises:
        SettingsError: nothing can be written there.
    """
    with drafted(path) as draft, _opened(draft, path) as stream:
        yield stream


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Make an empty file that takes the place of `path` at the end, unless an error ends it.

    Raises:
        SettingsError: nothing can be written there, or not to the end.
    """
    path = path.resolve()
    try:
        with _draft_of(path) as draft:
            yield draft
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise SettingsError(
            f"{path} could not be written to its end: {error.strerror}. Make room, or name another "
            "place."
        ) from error


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    # Devices and pipes are written to, and opened only once; only a file can be replaced.
    if path.exists() and not (path.is_file() or path.is_dir()):
        yield path
        return
    draft = path if path.is_dir() else path.with_name(f".{path.name}.{os.getpid()}")
    _opened(draft, path).close()
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _opened(draft: Path, path: Path) -> TextIO:
    try:
        return draft.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error
