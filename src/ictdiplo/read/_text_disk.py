"""diskcache without its dangers: text in, text out.

diskcache unpickles what it finds in its directory, its JSONDisk included (CVE-2025-69872); it opens
and deletes files that a row names, and sets whatever attribute a row of its settings names.
Here a row is text and nothing else, and the settings are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import diskcache
from diskcache.core import DEFAULT_SETTINGS, ENOVAL, METADATA, MODE_RAW, UNKNOWN

SETTINGS = {
    "eviction_policy": "none",  # an answer was paid for; by default 1 GB evicts in silence
    "size_limit": 2**40,
    "cull_limit": 0,
    "statistics": 0,  # counting hits would turn every read into a write
}


class TextDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache ships no types
    """Keys and values are text, always inside the database; nothing is pickled and no file opened."""

    def put(self, key: str) -> tuple[str, bool]:
        """Return the key as it is stored, and that it is no pickle."""
        return _text(key), True

    def get(self, key: object, raw: object) -> str:
        """Return a stored key; ValueError if it is a pickle or no text."""
        return _text(key) if raw else _refuse()

    def store(
        self,
        value: str,
        read: bool,  # noqa: FBT001 - diskcache's signature
        key: object = UNKNOWN,  # noqa: ARG002 - the same
    ) -> tuple[int, int, None, str]:
        """Return the value as it is stored: no size, mode or file of its own."""
        return (0, MODE_RAW, None, _text(value)) if not read else _refuse()

    def fetch(self, mode: object, filename: object, value: object, read: object) -> str:
        """Return a stored value; ValueError if it is a pickle, a file or no text."""
        return _refuse() if mode != MODE_RAW or filename is not None or read else _text(value)

    def remove(self, file_path: object) -> None:
        """Leave the file alone: no row of ours has one."""


class TextCache(diskcache.Cache):  # type: ignore[misc]  # diskcache ships no types
    """A diskcache of text, with its own settings whatever the database says."""

    def __init__(self, directory: str, timeout: float) -> None:
        try:
            super().__init__(directory, timeout=timeout, disk=TextDisk, **SETTINGS)
        except BaseException:
            # A connection left open would, when it goes, delete the log of the next database.
            self.close()
            raise

    def reset(self, key: str, value: Any = ENOVAL, update: bool = True) -> Any:  # noqa: FBT001, FBT002 - diskcache's signature
        """Set only what is a setting; a planted row could name the directory, or a method."""
        if key not in DEFAULT_SETTINGS and key not in METADATA:
            _refuse()
        return super().reset(key, value, update)

    def rows(self) -> int:
        """Return how many rows there are; `count` is a setting of diskcache."""
        return int(self._sql("SELECT COUNT(*) FROM Cache").fetchone()[0])

    def drop_before(self, moment: float | None) -> int:
        """Delete the rows stored before `moment` (seconds since 1970), or all; return how many."""
        delete = "DELETE FROM Cache WHERE ?1 IS NULL OR store_time < ?1"
        with self._transact() as (sql, _):
            return int(sql(delete, (moment,)).rowcount)

    @contextmanager
    def _transact(self, retry: bool = False, filename: None = None) -> Iterator[Any]:  # noqa: FBT001, FBT002 - diskcache's signature
        """Turn diskcache's own Timeout, which it raises for full disks too, into the built-in one."""
        try:
            with super()._transact(retry, filename) as transaction:
                yield transaction
        except diskcache.Timeout:
            raise TimeoutError from None


def _text(value: object) -> str:
    return value if isinstance(value, str) else _refuse()


def _refuse() -> NoReturn:
    raise ValueError("not a row of text")
