"""What answers in the place of an endpoint, so that nothing is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from .modes import Mode


class Deputy(NamedTuple):
    """What answers in the place of an endpoint."""

    answer: Callable[[str], Callable[..., Any]]
    """Returns what answers the question with a key, in the shape of openai's `create`."""
    mode: Mode
    """The mode that is asked in."""


_deputy: ContextVar[Deputy | None] = ContextVar("deputy", default=None)


@contextmanager
def answered_by(deputy: Deputy) -> Iterator[None]:
    """Let nothing be sent meanwhile, and the deputy answer."""
    token = _deputy.set(deputy)
    try:
        yield
    finally:
        _deputy.reset(token)


def acting_deputy() -> Deputy | None:
    """Return what answers in the place of the endpoint, if something does."""
    return _deputy.get()
