"""What a reader is asked for: words that stand in the article, few enums, one summary sentence.

Nothing here is worked out. Dates are phrases, countries are names, and no offset is asked for:
the library finds the words and computes the rest.

The descriptions are part of what a model is told, so they are written to it.
The models are small and flat because breadth is what breaks models, closed because an answer
with fields of its own was not read, and bounded so that a flood cannot get through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .article import Article
from .described import Described
from .records import (
    Instrument,
    MeetingFormat,
    MeetingStatus,
    MoUStatus,
    ProposalKind,
    Provenance,
    Response,
    Usage,
)

# The bounds hold off floods. 600 characters are some 100 words, four times what a quote should
# have; llama.cpp's servers take bounds below 1500 without trouble.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
MOST_RECORDS = 50
MOST_NAMES = 30
MOST_QUOTES = 4
Evidence = Annotated[
    list[Sentence],
    Field(
        min_length=1,
        max_length=MOST_QUOTES,
        description="The words that report it.",
    ),
]
Names = Annotated[list[Words], Field(max_length=MOST_NAMES)]


class Said(Described, BaseModel):
    """The base of what a reader says: closed, frozen, and silent about its input in errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DraftPerson(Said):
    """Someone who acts, in the article's words."""

    name: Words | None = None
    """The name without title."""
    role: Words | None = None
    """The office or title."""
    party: Words | None = None
    """The side that the person acts for."""


Persons = Annotated[list[DraftPerson], Field(max_length=MOST_NAMES)]


class DraftMeeting(Said):
    """One specific encounter between named officials or bodies."""

    evidence: Evidence
    parties: Names = []
    """Every side."""
    participants: Persons = []
    """Everyone who met or will meet."""
    status: MeetingStatus
    """Whether it took place."""
    format: MeetingFormat = "unstated"
    """How they met."""
    when: Words | None = None
    """What dates the meeting itself."""
    counted_from: Words | None = None
    """The date that `when` counts from, if another one."""
    place: Words | None = None
    """City, else building or country; nothing for virtual meetings."""
    occasion: Words | None = None
    """The conference, session or visit on whose margins they met."""
    occasion_when: Words | None = None
    """What dates the occasion."""
    topics: Names = []
    """Subjects discussed."""
    summary: Summary = ""
    """Your own sentence."""


class DraftProposal(Said):
    """One concrete suggestion, offer, request or expression of readiness."""

    evidence: Evidence
    proposers: Persons = []
    """Who puts it forward."""
    proposer_parties: Names = []
    """The sides that they speak for."""
    addressees: Names = []
    """The sides it is put to."""
    kind: ProposalKind
    """How strong it is."""
    topics: Names = []
    """Subjects."""
    due: Words | None = None
    """By when it is wanted."""
    response: Response = "open"
    """What the other side made of it."""
    summary: Summary = ""
    """Your own sentence."""


class DraftMoU(Said):
    """One memorandum, agreement, programme or action plan."""

    evidence: Evidence
    parties: Names = []
    """Every side bound by it."""
    signatories: Persons = []
    """Who signed or is to sign."""
    title: Words | None = None
    """Its title or subject."""
    instrument: Instrument = "memorandum"
    """What sort of text it is."""
    status: MoUStatus
    """Its latest stage."""
    when: Words | None = None
    """What dates that stage."""
    counted_from: Words | None = None
    """The date that `when` counts from, if another one."""
    expected: Words | None = None
    """What dates the next stage."""
    refers_back: bool = False
    """True for an older text that is only mentioned again."""
    topics: Names = []
    """Subjects."""


class Draft(Said):
    """Everything the article reports; each list may be empty."""

    meetings: Annotated[list[DraftMeeting], Field(max_length=MOST_RECORDS)] = []
    proposals: Annotated[list[DraftProposal], Field(max_length=MOST_RECORDS)] = []
    mous: Annotated[list[DraftMoU], Field(max_length=MOST_RECORDS)] = []


# Fields whose strings are the reader's own; all others must stand in the article.
OWN_WORDS = frozenset({"summary", "status", "format", "kind", "response", "instrument"})


def verbatim(said: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, words) for every string in `said` that must stand in the article."""
    match said:
        case str():
            yield path, said
        case list():
            for index, item in enumerate(said):
                yield from verbatim(item, f"{path}[{index}]")
        case Said():
            for name in _copied(type(said)):
                value, place = getattr(said, name), f"{path}.{name}" if path else name
                if isinstance(value, str):  # most are, and no generator need be made for them
                    yield place, value
                elif value:
                    yield from verbatim(value, place)


@cache
def _copied(form: type[Said]) -> tuple[str, ...]:
    return tuple(name for name in form.model_fields if name not in OWN_WORDS)


@dataclass(frozen=True)
class Reading:
    """What a reader made of an article, and how it came about."""

    draft: Draft
    provenance: Provenance
    usage: Usage
    warnings: tuple[str, ...] = ()
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which rules found a record, by its id (“meeting-1” is the first of the draft's meetings)."""
    further: tuple[Draft, ...] = ()
    """What was made of further parts of the article, or of a second look at some of its sentences;
    what is in an earlier draft already is merged with it."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, in the order in which they were made."""
        return (self.draft, *self.further)

    def followed_by(self, other: Reading) -> Reading:
        """Add another reading of the same article by the same model, and what it cost."""
        requests = self.provenance.attempts + other.provenance.attempts
        cached = self.provenance.cached and other.provenance.cached
        counted = {"attempts": requests, "cached": cached}
        return replace(
            self,
            further=(*self.further, *other.drafts),
            provenance=self.provenance.model_copy(update=counted),
            usage=total(self.usage, other.usage),
            warnings=(*self.warnings, *other.warnings),
        )


def total(one: Usage, other: Usage) -> Usage:
    """Add up; what is unknown of one of the two is unknown of both."""
    pairs = ((name, getattr(one, name), getattr(other, name)) for name in Usage.model_fields)
    return Usage.model_validate({n: None if None in (a, b) else a + b for n, a, b in pairs})


Check = Callable[[Draft], list[str]]
"""Names what is wrong with a draft, one line each, so that a model can be asked again."""


class Reader(Protocol):
    """Anything that reads an article: a model, a fake one, or the built-in reader."""

    def read(self, article: Article, check: Check) -> Reading:
        """Say what the article reports, in its own words."""
        ...
