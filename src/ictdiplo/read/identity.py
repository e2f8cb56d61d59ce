"""What tells one way of reading from another: two hashes that are equal, or not."""

from __future__ import annotations

from ..draft import Reader
from .batched import BatchReader
from .cache import cache_key
from .model import Model
from .prompt import prompt_sha256
from .report import schema_sha256
from .versions import version


def settings_sha256(reader: Reader) -> str:
    """Hash the reader and all its settings that shape an article's records; never the key.

    How long is waited, and how often it is tried, shapes no records. The library's version does:
    what is worked out from the same answers differs from one to the next. A batch of a model's
    answers is as good as the model. A reader of another's making is known by its class alone.
    """
    reader = reader.model if isinstance(reader, BatchReader) else reader
    kind = type(reader)
    settings = (
        {"prompt": prompt_sha256(), "schema": schema_sha256(), **reader.shaping()}
        if isinstance(reader, Model)
        else {}
    )
    return cache_key(
        reader=f"{kind.__module__}.{kind.__qualname__}",
        version=version("ictdiplo"),
        **settings,
    )
