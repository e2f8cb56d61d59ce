"""Versions of packages, read from the disk once: a quarter of a millisecond each time otherwise."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


@cache
def version(package: str) -> str:
    """Return the version of an installed package.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    return metadata.version(package)


@cache
def code_sha256() -> str:
    """Hash the version of this package, and the name, size and time of each of its files.

    A checkout that is worked on changes without its version; what is worked out changes with it.
    """
    files = sorted(_files(PACKAGE))
    return hashlib.sha256(repr((version("ictdiplo"), files)).encode()).hexdigest()


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield entry.path, entry.stat().st_size, entry.stat().st_mtime_ns
        elif entry.name != "__pycache__":  # which the first import writes
            yield from _files(entry.path)
