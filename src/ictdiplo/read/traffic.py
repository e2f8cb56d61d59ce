"""What all threads of this process that ask the same model share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import NamedTuple, Self

from .breaker import Breaker
from .limiter import Limiter


class Traffic(NamedTuple):
    """The way to one model."""

    limiter: Limiter
    """Of its endpoint."""
    breaker: Breaker
    """Of the model and the key that it is asked with."""

    @classmethod
    def unshared(cls) -> Self:
        """Return traffic of which nobody else takes notice."""
        return cls(Limiter(time.monotonic, time.sleep), Breaker(time.monotonic))


def shared(
    address: str,
    name: str,
    key: str,
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Traffic:
    """Return what others that ask at an address, for this model and with this key, have, too."""
    return Traffic(
        _limiters.setdefault(address, Limiter(clock, sleep)),
        # By a hash, which gives no key away.
        _breakers.setdefault(hash((address, name, key)), Breaker(clock)),
    )


def forget() -> None:
    """Begin anew: a child process has none of its parent's threads, and a test no other's past."""
    _limiters.clear()
    _breakers.clear()


_limiters: dict[str, Limiter] = {}
_breakers: dict[int, Breaker] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
