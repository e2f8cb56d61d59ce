"""A stop to requests that are all refused for the same reason, for all threads of this process.

A wrong key, an empty account or an unknown model is the same for each of ten thousand articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from ..errors import BadCertificate, BadKey, ModelError, QuotaExhausted, UnknownModel

FATAL = (BadCertificate, BadKey, QuotaExhausted, UnknownModel)
# One could be a slip of the endpoint's; three of the same are none.
REFUSALS = 3
# Seconds after which one request finds out whether the account has been topped up.
REST = 60.0


class Breaker:
    """Refusals of one model with one key; `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._refusal: ModelError | None = None
        self._times = 0
        self._ask_at = 0.0

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Let a request through, and learn from how it ends.

        Raises:
            BadCertificate, BadKey, QuotaExhausted, UnknownModel: the last `REFUSALS` requests ended so, and this
                one was not sent.
        """
        self._check()
        try:
            yield
        except FATAL as error:
            self._count(error)
            raise
        else:
            self._forget()

    def _check(self) -> None:
        with self._lock:
            if self._refusal is None or self._times < REFUSALS:
                return
            if self._clock() < self._ask_at:
                raise type(self._refusal)(f"{self._refusal.message} It was not asked again.")
            self._ask_at = self._clock() + REST

    def _count(self, error: ModelError) -> None:
        with self._lock:
            self._times = self._times + 1 if error == self._refusal else 1
            self._refusal = type(error)(error.message)
            self._ask_at = self._clock() + REST

    def _forget(self) -> None:
        with self._lock:
            self._refusal, self._times = None, 0
