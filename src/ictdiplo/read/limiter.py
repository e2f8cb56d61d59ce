"""How many requests an endpoint is sent at the same time, by all threads of this process.

As many as there are threads, until it says that this is too much. Then half of them, and one more
for every round of answers: additive increase and multiplicative decrease, by which the senders on
the Internet share a line (Chiu and Jain 1989, RFC 5681). As long as the endpoint asks to be left
alone, nothing is sent at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import TIMEOUT_MAX, Condition

from ..errors import DeadlineExceeded, ModelUnavailable, RateLimited

# Seconds. However long an endpoint asks to be left alone, one request then finds out.
LONGEST_PAUSE = 60.0


class Limiter:
    """Turns at an endpoint; `clock` tells seconds and `sleep` lets them pass."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._change = Condition()
        self.limit = math.inf
        self.in_flight = 0
        self.resume_at = -math.inf
        self._cuts = 0
        self._answers = 0

    @contextmanager
    def turn(self, until: float) -> Iterator[None]:
        """Wait for a turn, and learn from how it ends.

        Raises:
            DeadlineExceeded: there was no turn before the clock said `until`.
            RateLimited: there will be none, since the endpoint is to be left alone until then.
        """
        cuts = self._begin(until)
        try:
            yield
        except ModelUnavailable as error:
            self._slow_down(error, cuts)
            raise
        else:
            self._speed_up(cuts)
        finally:
            self._end()

    def _begin(self, until: float) -> int:
        """Return how often the limit was cut before this turn."""
        rested_until = -math.inf
        while True:
            with self._change:
                left = min(until - self._clock(), TIMEOUT_MAX)
                if not self._change.wait_for(lambda: self.in_flight < self.limit, left):
                    raise DeadlineExceeded("The time for this article was up before its turn.")
                resume_at, now = self.resume_at, max(self._clock(), rested_until)
                if resume_at <= now:
                    self.in_flight += 1
                    return self._cuts
            if resume_at >= until:
                raise RateLimited(
                    "Too many requests; this one was not sent. Try again later, or raise `deadline`.",
                    resume_at - now,
                )
            self._sleep(resume_at - now)
            rested_until = resume_at

    def _slow_down(self, error: ModelUnavailable, cuts: int) -> None:
        with self._change:
            # What was under way at the last cut says nothing about the new limit.
            if isinstance(error, RateLimited) and cuts == self._cuts:
                self.limit = max(1, self.in_flight // 2)
                self._cuts += 1
                self._answers = 0
            if error.retry_after is not None:
                pause = min(error.retry_after, LONGEST_PAUSE)
                self.resume_at = max(self.resume_at, self._clock() + pause)

    def _speed_up(self, cuts: int) -> None:
        with self._change:
            self._answers += cuts == self._cuts
            if self._answers >= self.limit:
                self.limit += 1
                self._answers = 0

    def _end(self) -> None:
        with self._change:
            self.in_flight -= 1
            self._change.notify_all()
