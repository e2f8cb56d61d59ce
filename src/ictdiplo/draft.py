"""What a reader is asked for: words that stand in the article, few enums, one summary sentence.

Nothing here is worked out. Dates are phrases, countries are names, and no offset is asked for:
the library finds the words and computes the rest.

The descriptions are part of what a model is told, so they are written to it.
The models are small and flat because breadth is what breaks models, closed because an answer
with fields of its own was not read, and bounded so that a flood cannot get through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .article import Article
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
        description="Verbatim quotes, at most 25 words each, that report this record.",
    ),
]
Names = Annotated[list[Words], Field(max_length=MOST_NAMES)]


class Said(BaseModel):
    """The base of what a reader says: closed, frozen, and silent about its input in errors."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True
    )


class DraftPerson(Said):
    """Someone who acts, in the article's words."""

    name: Words | None = None
    """The name as written, without title; leave out if the article gives none."""
    role: Words | None = None
    """The office or title as written, such as “Algerian counterpart”."""
    party: Words | None = None
    """Country, organisation or company the person acts for, as written somewhere in the article."""


Persons = Annotated[list[DraftPerson], Field(max_length=MOST_NAMES)]


class DraftMeeting(Said):
    """One specific encounter between named officials or bodies."""

    evidence: Evidence
    parties: Names = []
    """Every side, as written: country, capital standing for its government, organisation, company."""
    participants: Persons = []
    """Everyone who met or will meet."""
    status: MeetingStatus
    """Cancelled also where it was postponed with no new date."""
    format: MeetingFormat = "unstated"
    """How they met."""
    when: Words | None = None
    """The words that date the meeting itself, as written; never a date of your own."""
    place: Words | None = None
    """City, else country, where it is held, as written; nothing for virtual meetings."""
    occasion: Words | None = None
    """The conference, summit or visit at which it took place, as written."""
    occasion_when: Words | None = None
    """If `when` is missing: the words that date the occasion."""
    topics: Names = []
    """Subjects discussed, as written."""
    summary: Summary = ""
    """One plain sentence of your own, in the article's language."""


class DraftProposal(Said):
    """One concrete suggestion, offer, request or expression of readiness."""

    evidence: Evidence
    proposers: Persons = []
    """Who puts it forward."""
    proposer_parties: Names = []
    """The sides that they speak for, as written."""
    addressees: Names = []
    """The sides it is put to, as written."""
    kind: ProposalKind
    """Readiness where only willingness, interest or hope is expressed."""
    topics: Names = []
    """Subjects, as written."""
    due: Words | None = None
    """The words that say by when, as written."""
    response: Response = "open"
    """What the other side made of it; open unless the article says."""
    summary: Summary = ""
    """One plain sentence of your own, in the article's language."""


class DraftMoU(Said):
    """One memorandum, agreement, programme or action plan."""

    evidence: Evidence
    parties: Names = []
    """Every side bound by it, as written."""
    signatories: Persons = []
    """Who signed or is to sign."""
    title: Words | None = None
    """Its title or subject, as written."""
    instrument: Instrument = "memorandum"
    """What sort of text it is."""
    status: MoUStatus
    """The latest stage that the article reports."""
    when: Words | None = None
    """The words that date that stage, as written."""
    expected: Words | None = None
    """The words that say when its next stage is expected, as written."""
    refers_back: bool = False
    """True if it is an older text that the article only mentions again."""
    topics: Names = []
    """Subjects, as written."""


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
            for name in type(said).model_fields:
                if name not in OWN_WORDS:
                    yield from verbatim(getattr(said, name), f"{path}.{name}".lstrip("."))


@dataclass(frozen=True)
class Reading:
    """What a reader made of an article, and how it came about."""

    draft: Draft
    provenance: Provenance
    usage: Usage
    warnings: tuple[str, ...] = ()
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which rules found a record, by its id (“meeting-1” is the first of the draft's meetings)."""


Check = Callable[[Draft], list[str]]
"""Names what is wrong with a draft, one line each, so that a model can be asked again."""


class Reader(Protocol):
    """Anything that reads an article: a model, a fake one, or the built-in reader."""

    def read(self, article: Article, check: Check) -> Reading:
        """Say what the article reports, in its own words."""
        ...
