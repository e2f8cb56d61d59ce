"""A model's file: whether it is one, and which."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..errors import SettingsError

PREFIX = "gguf:"
MAGIC = b"GGUF"
MEGABYTE = 1 << 20


def is_gguf(name: str) -> bool:
    """Tell a file's name, such as `gguf:small.gguf`, from that of a model served elsewhere."""
    return name.startswith(PREFIX)


def without_folder(name: str) -> str:
    """Leave out where a file lies, which is nobody's business; any other name stays as it is."""
    return f"{PREFIX}{path_of(name).name}" if is_gguf(name) else name


def path_of(name: str) -> Path:
    """Return the file that a name such as `gguf:~/models/small.gguf` means."""
    return Path(name.removeprefix(PREFIX)).expanduser()


def complaints(name: str) -> Iterator[str]:
    """Say why a name means no model that could be started, if so."""
    path = path_of(name)
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                yield f"{path} is no GGUF file; llama.cpp reads no other."
    except OSError as error:
        yield f"{path} cannot be read ({error.strerror}); give a GGUF file as gguf:path/to/file.gguf."


def identity(name: str) -> str:
    """Tell a model's file from others, wherever it lies: by its name, its size and a hash.

    The hash is of the first and the last megabyte, where vocabulary and weights are: the whole of
    a large file would take longer than to read an article.

    Raises:
        SettingsError: the file is gone.
    """
    path = path_of(name)
    try:
        found = path.stat()
        return _identity(path, found.st_size, found.st_mtime_ns)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read any more ({error.strerror}).") from None


@lru_cache(maxsize=32)
def _identity(path: Path, size: int, _changed: int) -> str:
    with path.open("rb") as file:
        ends = file.read(MEGABYTE)
        file.seek(max(0, size - MEGABYTE))
        ends += file.read(MEGABYTE)
    return f"{path.name}-{size}-{hashlib.sha256(ends).hexdigest()[:16]}"
