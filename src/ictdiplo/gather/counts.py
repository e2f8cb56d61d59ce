"""How many articles fared how in a run, and what that cost; and the limits it must keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ..draft import Reader
from ..errors import SettingsError
from ..read.cost import price
from ..read.model import Model
from ..records import Extraction, Usage
from .run import Failure, Outcome, is_refusal

Number = TypeVar("Number", int, float)


@dataclass
class Counts:
    """How a run goes: articles by how they fared, tokens and US dollars."""

    read: int = 0
    """Read in this run, from the cache or not."""
    cached: int = 0
    """Those of them for which nothing was sent."""
    failed: int = 0
    skipped: int = 0
    """Read by an earlier run, unchanged since."""
    changed: int = 0
    """Read by an earlier run, and to be read again: the text or the way of reading has changed."""
    repeated: int = 0
    """In the input more than once, the same to the letter; read once."""
    left_out: int = 0
    """Not worth a model's money, as triage says."""
    input_tokens: int | None = 0
    """Null once an endpoint did not say."""
    output_tokens: int | None = 0
    cost: float | None = 0.0
    """US dollars; null once a price is unknown."""
    models: dict[str, int] = field(default_factory=dict)
    """How many articles each model read, by the name that the endpoint reported."""

    @property
    def tokens(self) -> int | None:
        """Tokens read and written; null once an endpoint did not say."""
        return _sum(self.input_tokens, self.output_tokens)

    @property
    def settled(self) -> int:
        """Articles that nothing more will be done about in this run."""
        return self.read + self.failed + self.skipped + self.left_out + self.repeated

    def add(self, outcome: Outcome) -> None:
        """Count an article and what it cost, failed attempts too."""
        if isinstance(outcome, Extraction):
            self.read += 1
            self.cached += outcome.provenance.cached
            if model := outcome.provenance.model_reported:
                self.models[model] = self.models.get(model, 0) + 1
        else:
            self.failed += 1
        self.pay(outcome.usage)

    def pay(self, usage: Usage) -> None:
        """Add tokens and dollars; what is unknown of one is unknown of all."""
        self.input_tokens = _sum(self.input_tokens, usage.input_tokens)
        self.output_tokens = _sum(self.output_tokens, usage.output_tokens)
        self.cost = _sum(self.cost, usage.cost)


@dataclass(frozen=True)
class Limits:
    """What a run may spend, and how many failures it puts up with; None is no limit.

    A limit is noticed when it is reached; what is under way then is finished and paid for.

    Raises:
        SettingsError: a limit makes no sense.
    """

    cost: float | None = None
    """US dollars."""
    tokens: int | None = None
    errors: int | None = None

    def __post_init__(self) -> None:
        if any(limit is not None and limit <= 0 for limit in (self.cost, self.tokens, self.errors)):
            raise SettingsError("A limit must be more than 0.")

    def check(self, reader: Reader | None) -> None:
        """Refuse a limit that could not be kept.

        Raises:
            SettingsError: the price of the model is not known.
        """
        known = not isinstance(reader, Model) or price(reader, 1, 1) is not None
        if self.cost is not None and not known:
            raise SettingsError(
                "The price of this model is not known: give it with --set prices=READ,WRITTEN, "
                "in US dollars a million tokens, or limit the tokens instead."
            )

    def reached(self, counts: Counts, outcome: Outcome) -> str | None:
        """Say why nothing more may be sent after `outcome`; None if more may."""
        if isinstance(outcome, Failure) and is_refusal(outcome.error):
            return "the endpoint would refuse every other article for the same reason"
        return next(self._reached(counts), None)

    def _reached(self, counts: Counts) -> Iterator[str]:
        if self.errors is not None and counts.failed >= self.errors:
            yield f"{counts.failed} article(s) have failed"
        if self.tokens is not None and (counts.tokens is None or counts.tokens >= self.tokens):
            yield (
                "the endpoint does not say how many tokens it takes"
                if counts.tokens is None
                else f"{counts.tokens:,} tokens are used up"
            )
        if self.cost is not None and (counts.cost is None or counts.cost >= self.cost):
            yield (
                "what it costs is not known"
                if counts.cost is None
                else f"${counts.cost:.2f} are spent"
            )


def _sum(total: Number | None, more: Number | None) -> Number | None:
    return None if total is None or more is None else total + more
