"""What one article costs: requests, tokens, seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..records import Usage
from .modes import Mode


@dataclass
class Bill:
    """What one article has cost so far; requests that failed count too."""

    until: float
    requests: int = 0
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    seconds: float = 0.0
    model_reported: str | None = None
    mode: Mode | None = None

    def count(self, response: Any) -> None:
        """Add what a response says of itself; once one does not say, the sum is unknown."""
        usage, name = getattr(response, "usage", None), getattr(response, "model", None)
        self.model_reported = name if isinstance(name, str) else self.model_reported
        self.input_tokens = _sum(self.input_tokens, getattr(usage, "prompt_tokens", None))
        self.output_tokens = _sum(self.output_tokens, getattr(usage, "completion_tokens", None))

    def usage(self, cost: float | None) -> Usage:
        """Express it as a record; `cost` is in US dollars."""
        return Usage(
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cost=cost,
            seconds=round(self.seconds, 3),
        )


def _sum(total: int | None, more: object) -> int | None:
    return total + more if isinstance(total, int) and isinstance(more, int) else None
