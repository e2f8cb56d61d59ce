"""What all threads that ask the same model share."""

from __future__ import annotations

import time
from typing import NamedTuple, Self

from .breaker import Breaker
from .limiter import Limiter


class Traffic(NamedTuple):
    """Turns at an endpoint, and a stop to requests that it refuses."""

    limiter: Limiter
    breaker: Breaker

    @classmethod
    def unshared(cls) -> Self:
        """Return traffic of which nobody else takes notice."""
        return cls(Limiter(time.monotonic, time.sleep), Breaker(time.monotonic))
