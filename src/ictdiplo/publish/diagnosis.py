"""What the doctor found, as a person reads it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TextIO

from ..read.cache import CacheInfo
from ..read.canary import Diagnosis
from ..read.model import Model
from .console import Line, console_on, print_line
from .scores import print_table

_PACKAGES = ("ictdiplo", "openai", "instructor", "pydantic", "diskcache")
# What an extra installs, by which its presence is told.
_EXTRAS = {"html": "trafilatura", "cost": "genai_prices", "local": "xllamacpp"}
# Tokens: the prompt and its schema, an article of 1,000 words, and an answer.
LEAST_CONTEXT = 8_000


def write_diagnosis(
    model: Model | None, found: Diagnosis | None, cache: CacheInfo, stream: TextIO
) -> None:
    """Write what is installed, what reads, and what the endpoint does with each way of asking."""
    console = console_on(stream)
    for line in (*_installed(), *_kept(cache), *_reader(model, found)):
        print_line(line, console)
    if found and found.modes:
        rows = ((mode, "", verdict) for mode, verdict in found.modes.items())
        print_line(Line(""), console)
        print_table([("Mode", "", "what came back"), *rows], console)
    if model and found and not found.trouble:
        for line in _advice(model, found):
            print_line(line, console)


def _installed() -> Iterator[Line]:
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    yield Line(f"Installed: Python {platform.python_version()}, {versions}.", 0)
    extras = (
        f"{name} ({'yes' if find_spec(module) else 'no'})" for name, module in _EXTRAS.items()
    )
    yield Line(f"Extras: {', '.join(extras)}.", 0)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _kept(cache: CacheInfo) -> Iterator[Line]:
    size = f"{cache.entries} answers, {cache.bytes / 1e6:.1f} MB"
    yield Line(f"Cache: {size}, in {cache.directory}", 0)


def _reader(model: Model | None, found: Diagnosis | None) -> Iterator[Line]:
    if model is None or found is None:
        yield Line("Reader: the built-in one; --model or OPENAI_API_KEY chooses a model.", 0)
        return
    yield Line(f"Reader: {model.served_name} at {found.endpoint}", 0)
    if found.trouble:
        yield Line(f"It cannot be examined: {found.trouble}", 0, "bold")
        return
    yield Line(f"Server: {found.server or 'it does not say which'}", 0)
    if found.serves and model.served_name not in found.serves:
        yield Line(f"It does not list this model, but: {', '.join(found.serves[:20])}", 0)
    told = f"{found.context} tokens" if found.context else "it does not say how many tokens"
    yield Line(f"Context: {told}", 0)
    if found.context and found.context < LEAST_CONTEXT:
        yield Line(
            f"That is little: prompt, an article and its answer need about {LEAST_CONTEXT}; raise "
            "the server's context, or lower `part_size`.",
            0,
            "bold",
        )


def _advice(model: Model, found: Diagnosis) -> Iterator[Line]:
    address = f" --base-url {model.base_url}" if model.base_url else ""
    yield Line(f"Use: --model {model.name}{address} --mode {found.best}", 0, "bold")
