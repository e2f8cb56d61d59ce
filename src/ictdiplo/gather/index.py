"""Values by name in a temporary file, so that memory does not grow with the number of articles."""

from __future__ import annotations

import sqlite3
from threading import Lock
from typing import Any, Self

from ..errors import RunError

Value = bytes | int

# Kibibytes of the file that are kept in memory: the indexes of some ten thousand articles.
KEPT = 1_024
_SET_UP = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -{KEPT};
    CREATE TABLE entries (name BLOB PRIMARY KEY, value) WITHOUT ROWID;
"""


class Index:
    """A mapping of digests to short values, which is gone once it is closed.

    All that is done with it raises a `RunError` where there is no room for a temporary file.
    """

    def __init__(self) -> None:
        # Without a name SQLite makes a file of its own, and deletes it.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._turn = Lock()
        self._database.executescript(_SET_UP)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        found: tuple[int] = self._ask("SELECT count(*) FROM entries")
        return found[0]

    def __setitem__(self, name: bytes, value: Value) -> None:
        self._ask("INSERT OR REPLACE INTO entries VALUES (?, ?)", name, value)

    def get(self, name: bytes) -> Value | None:
        """Return the value of a name; None if there is none."""
        found: tuple[Value] | None = self._ask("SELECT value FROM entries WHERE name = ?", name)
        return found[0] if found else None

    def has_value(self, value: Value) -> bool:
        """Tell whether a name has this value."""
        return self._ask("SELECT 1 FROM entries WHERE value = ? LIMIT 1", value) is not None

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def _ask(self, words: str, *values: Value) -> Any:
        """Return the first row."""
        try:
            with self._turn:
                return self._database.execute(words, values).fetchone()
        except sqlite3.Error as error:
            raise RunError(
                "There is no room for a temporary file; set TMPDIR to a folder that has some."
            ) from error
