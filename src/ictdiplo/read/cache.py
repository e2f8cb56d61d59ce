"""Answers on disk, as text, so that none is paid for twice.

Failing to write or to read one never stops a run: an answer that cannot be stored is still an
answer, and a row that cannot be read is asked for again. What is never tolerated is a directory
that others may write to, because whoever writes there decides what the library reports.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from ..errors import CacheError, DeadlineExceeded

try:
    import fcntl
except ImportError:  # on Windows, which does not rename a file that another process uses
    fcntl = None  # type: ignore[assignment]  # so that it can be asked for

if TYPE_CHECKING:
    from ._text_disk import TextCache

log = logging.getLogger(__name__)

DATABASE = "cache.db"
# SQLite's companions of a database; they go where it goes, or they would be replayed into the next.
COMPANIONS = ("-wal", "-shm", "")
# Lies beside a database that turned out to be damaged while it was in use.
DAMAGED = f"{DATABASE}.damaged"
# Seconds to wait for another process that writes; a write of ours takes well under a millisecond.
LOCK_TIMEOUT = 10.0
# What broken rows, full disks, locks (TimeoutError is an OSError) and lone surrogates raise.
FAILURES = (sqlite3.Error, OSError, ValueError)
# SQLite's codes for a file that is damaged or no database at all.
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# Those that blame not the file but the circumstances; a database of something else raises others.
CIRCUMSTANCES = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


@dataclass(frozen=True)
class CacheInfo:
    """How much is stored, and where."""

    directory: Path
    entries: int
    bytes: int


class Answers:
    """Texts by key in one directory; several threads and processes may share it.

    Not for network file systems, whose locks SQLite cannot rely on.
    """

    def __init__(self, cache: TextCache | None, directory: Path) -> None:
        self._cache = cache
        self._directory = directory
        self._complained = False

    @classmethod
    def open(cls, directory: Path | None = None) -> Answers:
        """Open the answers in `directory` (None: the user's own), making it where it is missing.

        A database that is broken, or none of ours, is put aside and an empty one used. Where
        nothing can be stored at all, the answers are simply not kept. Both are logged once.

        Raises:
            CacheError: others may write to the directory.
        """
        directory = directory or default_directory()
        try:
            return cls(_open_or_replace(directory), directory)
        except FAILURES as error:
            log.warning("Answers are not kept: no cache in %s (%s).", directory, _reason(error))
            return cls(None, directory)

    def get(self, key: str) -> str | None:
        """Return the text stored under `key`; None if there is none, or none that can be read."""
        if self._cache is None:
            return None
        try:
            return self._cache.get(key)  # type: ignore[no-any-return]  # diskcache ships no types
        except FAILURES as error:
            self._complain("read", error)
            return None

    def put(self, key: str, value: str) -> None:
        """Store `value` under `key`; a failure is logged, the first time, and never raised."""
        if self._cache is None:
            return
        try:
            self._cache.set(key, value)
        except FAILURES as error:
            self._complain("kept", error)

    def clear(self, older_than: float | None = None) -> int:
        """Forget all answers, or those stored more than `older_than` seconds ago; return how many.

        Raises:
            CacheError: the database is in use by another process, or broken.
        """
        if self._cache is None:
            return 0
        try:
            return self._cache.drop_before(None if older_than is None else time.time() - older_than)
        except FAILURES as error:
            raise _unusable(self._directory, error) from error

    def info(self) -> CacheInfo:
        """Say where the answers are, how many there are, and what their database takes on disk.

        Raises:
            CacheError: the database is broken.
        """
        if self._cache is None:
            return CacheInfo(self._directory, 0, 0)
        try:
            entries = self._cache.rows()
            files = self._directory.glob(f"{DATABASE}*")
            return CacheInfo(self._directory, entries, sum(file.stat().st_size for file in files))
        except FAILURES as error:
            raise _unusable(self._directory, error) from error

    def close(self) -> None:
        """Close this thread's connection; another thread's goes with its thread."""
        if self._cache is not None:
            self._cache.close()

    def _complain(self, what: str, error: Exception) -> None:
        if _sqlite_code(error) in DAMAGE:
            with suppress(OSError):
                (self._directory / DAMAGED).touch()
        if not self._complained:
            self._complained = True
            log.warning(
                "An answer could not be %s in %s (%s).", what, self._directory, _reason(error)
            )


def default_directory() -> Path:
    """Return where this system keeps a user's caches."""
    from platformdirs import user_cache_path

    return user_cache_path("ictdiplo") / "answers"


def cache_key(**what_shapes_the_answer: object) -> str:
    """Return the SHA-256 of the canonical JSON of whatever shapes an answer.

    Raises:
        TypeError: a value has no JSON form.
    """
    canonical = json.dumps(
        what_shapes_the_answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    # Lone surrogates can come from broken input; they are hashed like anything else.
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


_locks: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
_guard = threading.Lock()


@contextmanager
def one_at_a_time(key: str, seconds: float = threading.TIMEOUT_MAX) -> Iterator[None]:
    """Let one thread at a time work on `key`, so that the others find its answer in the cache.

    Raises:
        DeadlineExceeded: another one worked on it for longer than these seconds.
    """
    with _guard:
        lock = _locks.setdefault(key, threading.Lock())
    if not lock.acquire(timeout=min(max(0, seconds), threading.TIMEOUT_MAX)):
        raise DeadlineExceeded("The time for this article was up before the same was answered.")
    try:
        yield
    finally:
        lock.release()


class _Damaged(Exception):
    """The database is broken, or none of ours."""


def _open_or_replace(directory: Path) -> TextCache:
    """Open the database; one that is damaged, or was marked so, is put aside first."""
    with suppress(_Damaged):
        return _open_sound(directory)
    with _alone_in(directory):
        with suppress(_Damaged):  # another process was quicker, and it would be its new one
            return _open_sound(directory)
        aside = _put_aside(directory)
        (directory / DAMAGED).unlink(missing_ok=True)
        log.warning("The cache was broken; it is now %s, and an empty one is used.", aside)
        return _open_sound(directory)


def _open_sound(directory: Path) -> TextCache:
    from ._text_disk import TextCache

    _make_private(directory)
    if (directory / DAMAGED).exists():
        raise _Damaged
    try:
        return TextCache(str(directory), LOCK_TIMEOUT)
    except (*FAILURES, TypeError, sqlite3.Warning) as error:  # what planted settings can raise
        if isinstance(error, OSError) or _sqlite_code(error) in CIRCUMSTANCES:
            raise
        raise _Damaged from error


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Keep other processes out meanwhile, where the system can lock a directory."""
    if fcntl is None:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # which unlocks it


def _make_private(directory: Path) -> None:
    """Make directory and database for their owner only; refuse what others may write to."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and directory.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CacheError(
            f"Others may write to {directory}, so the answers kept there cannot be trusted; "
            "delete it, or make it yours alone with chmod 700."
        )
    # SQLite gives its companion files the mode of the database.
    database = directory / DATABASE
    database.touch(mode=0o600)
    database.chmod(0o600)


def _put_aside(directory: Path) -> Path:
    """Rename the database to the first free `cache.db.corrupt-<n>`; return that."""
    number = 1
    while (aside := directory / f"{DATABASE}.corrupt-{number}").exists():
        number += 1
    for companion in COMPANIONS:
        file = directory / f"{DATABASE}{companion}"
        if file.exists():
            file.rename(f"{aside}{companion}")
    return aside


def _sqlite_code(error: Exception) -> int:
    """Return SQLite's primary code, which is the low byte; 0 where it is no error of SQLite."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _reason(error: Exception) -> str:
    """Name an error without its message, which may quote what was stored."""
    name = getattr(error, "sqlite_errorname", None) or getattr(error, "strerror", None)
    return name or type(error).__name__


def _unusable(directory: Path, error: Exception) -> CacheError:
    return CacheError(
        f"The cache in {directory} cannot be used ({_reason(error)}): wait until nothing else "
        "uses it, or delete the directory."
    )
