"""Records of gold files and of extractions, in the one form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
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
    addressees: tuple[str, ...] | None = None
    """Codes or names of the sides a proposal is put to. This and what follows is null where nobody
    wrote it down, as older gold does not."""
    topics: tuple[str, ...] | None = None
    """Words for what it is about."""
    signatories: tuple[str, ...] | None = None
    """Names, or offices, of those who sign a memorandum."""
    instrument: str | None = None
    """What sort of text a memorandum is."""
    format: str | None = None
    """How those who meet do so."""


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
    return Compared(quotes=quotes, **_OWN[kind](record))


def _meeting(record: Mapping[str, Any]) -> dict[str, Any]:
    return _dated(record) | {
        "participants": _persons(record.get("participants")),
        "location": _either(record.get("place") or record.get("location"), "name", "role"),
        "format": _said(record.get("format")),
        "topics": _if_there(_topics, record, "topics"),
    }


def _proposal(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "proposer_party": _sides(record.get("proposer_party")),
        "kind": _said(record.get("kind")),
        "addressees": _if_there(_sides, record, "addressees", "addressee_party"),
        "topics": _if_there(_topics, record, "topics"),
    }


def _mou(record: Mapping[str, Any]) -> dict[str, Any]:
    return _dated(record) | {
        "instrument": _said(record.get("instrument")),
        "signatories": _if_there(_persons, record, "signatories"),
    }


def _dated(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "parties": _sides(record.get("parties")),
        "date": _either(record.get("date"), "edtf") or None,
        "status": _said(record.get("status")),
    }


_OWN: dict[Kind, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "meetings": _meeting,
    "proposals": _proposal,
    "mous": _mou,
}


def _if_there(
    read: Callable[[Any], tuple[str, ...]], record: Mapping[str, Any], *names: str
) -> tuple[str, ...] | None:
    """Read the first of the fields that the record has; None where it has none of them."""
    return next((read(record[name]) for name in names if name in record), None)


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


def _persons(value: Any) -> tuple[str, ...]:
    return tuple(_either(one, "name", "role") for one in _listed(value))


def _topics(value: Any) -> tuple[str, ...]:
    return tuple(_either(one, "text", "topic") for one in _listed(value))


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
