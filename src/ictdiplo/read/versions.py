"""Versions of packages, read from the disk once: a quarter of a millisecond each time otherwise."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# The wheel carries the prompts inside the package; an editable install finds them in the checkout.
CHECKED_OUT = PACKAGE.parents[1] / "prompts"


@cache
def version(package: str) -> str:
    """Return the version of an installed package.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    return metadata.version(package)


@cache
def code_sha256() -> str:
    """Hash the name, size and time of each of this package's files, and of the prompts.

    A checkout that is worked on changes without its version; what is worked out changes with it.
    """
    folders = (PACKAGE, *filter(Path.is_dir, [CHECKED_OUT]))
    files = sorted(file for folder in folders for file in _files(folder))
    return hashlib.sha256(repr(files).encode()).hexdigest()


def _files(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield entry.path, entry.stat().st_size, entry.stat().st_mtime_ns
        elif entry.name != "__pycache__":  # which the first import writes
            yield from _files(entry.path)
