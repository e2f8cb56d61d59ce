"""Versions of packages, read from the disk once: a quarter of a millisecond each time otherwise."""

from functools import cache
from importlib import metadata


@cache
def version(package: str) -> str:
    """Return the version of an installed package.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    return metadata.version(package)
