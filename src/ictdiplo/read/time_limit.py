"""A call that ends when its time is up, whatever it is waiting for.

A client's own timeouts hold for one read each, and a body that drips has many; looking up a name
has none. So the call runs in a thread, which is left behind when the time is up. The connection it
reads from is shut down, so that the thread ends as well.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import ContextVar, copy_context
from threading import TIMEOUT_MAX, Thread
from typing import Any, TypeVar

Anything = TypeVar("Anything")


def within(seconds: float, work: Callable[[], Anything]) -> Anything:
    """Return what `work` returns, or raise what it raises.

    Raises:
        TimeoutError: the time is up, and `work` is left behind.
    """
    call, outcome = _Call(), Future[Anything]()

    def run() -> None:
        _current.set(call)
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            outcome.set_exception(error)

    Thread(target=copy_context().run, args=(run,), daemon=True).start()
    try:
        return outcome.result(min(seconds, TIMEOUT_MAX))
    finally:
        if not outcome.done():  # late, or interrupted
            call.abandon()


def note_connection(response: Any) -> None:
    """Remember what a response of httpx comes from, before its body is read; for its event hooks."""
    stream = response.extensions.get("network_stream")  # a replayed one has none
    if stream and (call := _current.get(None)):
        call.come_from(stream.get_extra_info("socket"))


class _Call:
    """A call under way; each side says its own first, so that either finds the other's."""

    def __init__(self) -> None:
        self._connection: socket.socket | None = None
        self._abandoned = False

    def come_from(self, connection: socket.socket) -> None:
        self._connection = connection
        self._shut_down()

    def abandon(self) -> None:
        self._abandoned = True
        self._shut_down()

    def _shut_down(self) -> None:
        if self._abandoned and self._connection:
            with suppress(OSError):  # it is closed already
                self._connection.shutdown(socket.SHUT_RDWR)


_current: ContextVar[_Call] = ContextVar("call")
