"""What a folder of results says of how it came about: versions, reader, counts, cost; no secret."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..draft import Reader
from ..errors import RunError
from ..read.identity import settings_sha256
from ..read.model import OFFLINE, Model
from ..read.offline import OfflineReader
from ..read.prompt import prompt_sha256
from ..read.report import schema_sha256
from ..read.versions import version
from ..web.addresses import is_web_address, shown_address
from .counts import Counts

PACKAGES = ("ictdiplo", "instructor", "openai", "pydantic")
# Settings of a model that a reader of its results asks for; the key is none of them.
SETTINGS = ("mode", "temperature", "max_tokens", "part_size", "reasks", "second_look", "prices")


def _now() -> datetime:
    return datetime.now(UTC)


class Manifest:
    """A file of JSON with an entry for each run into the folder, the last one being this.

    An entry whose `ended` is null belongs to a run that is going on, or was killed.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = _now) -> None:
        self.path = path
        self._clock = clock
        self._earlier = _entries(path)
        self._entry: dict[str, Any] = {}

    def begin(self, reader: Reader, inputs: Iterable[str], selection: Mapping[str, Any]) -> None:
        """Write down what is about to happen."""
        self._entry = {
            "started": self._time(),
            "ended": None,
            "end": None,
            "versions": {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
            "reader": _described(reader),
            "inputs": [shown_address(i) if is_web_address(i) else i for i in inputs],
            "selection": {name: value for name, value in selection.items() if value},
        }
        self.note(Counts())

    def note(self, counts: Counts) -> None:
        """Write down how far it has come.

        Raises:
            RunError: the disk is full or gone.
        """
        self._entry |= {"counts": asdict(counts)}
        _replace(self.path, {"runs": [*self._earlier, self._entry]})

    def end(self, counts: Counts, how: str) -> None:
        """Write down how it ended: complete, interrupted, or stopped and why."""
        self._entry |= {"ended": self._time(), "end": how}
        self.note(counts)

    def _time(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _described(reader: Reader) -> dict[str, Any]:
    name = OFFLINE if isinstance(reader, OfflineReader) else type(reader).__name__
    described: dict[str, Any] = {"name": name, "settings_sha256": settings_sha256(reader)}
    if isinstance(reader, Model):
        described |= {
            "name": reader.served_name,
            "endpoint": reader.endpoint,
            "prompt_sha256": prompt_sha256(),
            "schema_sha256": schema_sha256(),
            "settings": {name: getattr(reader, name) for name in SETTINGS},
        }
    return described


def _entries(path: Path) -> list[Any]:
    """Return the entries of earlier runs; a file that is none of ours is none."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["runs"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return entries if isinstance(entries, list) else []


def _replace(path: Path, content: object) -> None:
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise RunError(f"{path} cannot be written ({error.strerror}).") from error
    finally:
        draft.unlink(missing_ok=True)
