"""Records of gold files and of extractions, in the one form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from ..language.sentences import Span
from ..records import Value
from .likeness import bare

Kind = Literal["meetings", "proposals", "mous"]
KINDS: tuple[Kind, ...] = ("meetings", "proposals", "mous")

LONGEST_QUOTE = 60
"""Words: gold quotes have 25 at most, and a long sentence has as many as this. Whoever quotes more
has pointed at nothing."""
SHARED = 0.3
"""Part of the shorter of two quotes that both must have to be at the same place."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")


class Compared(Value):
    """A record as it is compared; what its type does not have is empty."""

    quotes: tuple[str, ...] = ()
    """The words that report it."""
    parties: tuple[str, ...] = ()
    """Codes or names of a meeting's or a memorandum's sides."""
    participants: tuple[str, ...] = ()
    """Names, or offices, of a meeting's participants."""
    proposer_party: tuple[str, ...] = ()
    """Codes or names of a proposal's sides."""
    date: str | None = None
    """Date of a meeting, or of a memorandum's status, in EDTF."""
    location: str = ""
    """Where a meeting is held."""
    status: str | None = None
    """Status of a meeting or a memorandum."""
    kind: str | None = None
    """A proposal, or the weaker readiness."""


class Wording:
    """An article's bare words, and where its sentences stand among them."""

    def __init__(self, text: str) -> None:
        self.words = bare(text)
        self.sentences = _sentences(text, self.words)

    def spans(self, quotes: Iterable[str]) -> list[Span]:
        """Return where the quotes stand; those that do not, or are too long, are left out."""
        return [span for quote in quotes if (span := self._span(quote))]

    def _span(self, quote: str) -> Span | None:
        words = bare(quote)
        if not words or len(words.split()) > LONGEST_QUOTE:
            return None
        start = self.words.find(words)
        return None if start < 0 else Span(start, start + len(words))

    def are_near(self, one: Span, other: Span) -> bool:
        """Tell whether two quotes have enough words in common, or begin in the same sentence."""
        shared = min(one.end, other.end) - max(one.start, other.start)
        if shared >= SHARED * min(one.end - one.start, other.end - other.start):
            return True
        return any(
            start <= one.start < end and start <= other.start < end for start, end in self.sentences
        )


def compared(record: Mapping[str, Any], kind: Kind) -> Compared:
    """Bring a record into this form: as a gold file has it, or as `Extraction` does in JSON."""
    quotes = tuple(_quote(one) for one in _listed(record.get("evidence")))
    if kind == "proposals":
        sides = _sides(record.get("proposer_party"))
        return Compared(quotes=quotes, proposer_party=sides, kind=_said(record.get("kind")))
    both = Compared(
        quotes=quotes,
        parties=_sides(record.get("parties")),
        date=_either(record.get("date"), "edtf") or None,
        status=_said(record.get("status")),
    )
    if kind == "mous":
        return both
    persons = (_either(one, "name", "role") for one in _listed(record.get("participants")))
    place = _either(record.get("place") or record.get("location"), "name", "role")
    return both.model_copy(update={"participants": tuple(persons), "location": place})


def _sentences(text: str, words: str) -> list[Span]:
    spans: list[Span] = []
    for sentence in map(bare, _SENTENCE_END.split(text)):
        start = words.find(sentence, spans[-1].end if spans else 0)
        if sentence and start >= 0:
            spans.append(Span(start, start + len(sentence)))
    return spans


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _sides(value: Any) -> tuple[str, ...]:
    several = value.split(";") if isinstance(value, str) else _listed(value)
    return tuple(side for one in several if (side := _either(one, "code", "name").strip()))


def _quote(value: Any) -> str:
    return _said(value.get("quote", "") if isinstance(value, dict) else value) or ""


def _either(value: Any, *keys: str) -> str:
    """Return a string, or the first of an object's `keys` that says something."""
    if isinstance(value, dict):
        value = next((value[key] for key in keys if value.get(key)), "")
    return _said(value or "") or ""


def _said(value: Any) -> str | None:
    """Return it as text; half a surrogate pair, which JSON can hold, would not print."""
    return None if value is None else str(value).encode(errors="replace").decode()
