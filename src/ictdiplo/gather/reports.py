"""A record of one article as merging sees it: whose, when, and who; the record itself beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..article import Article
from ..language.folding import fold
from ..records import Extraction, Meeting, MoU, Party, Person, Proposal
from .spans import NEWS_DAYS, Span, after, before, span_of
from .subjects import Subject, of_proposal, of_text

Record = TypeVar("Record", Meeting, Proposal, MoU)
People = dict[str, tuple[str, ...]]
"""Names as written, by the side for which their bearers act."""

# From this stage on a text is told of because it exists, and not because it comes about.
_EXISTS = frozenset({"in_force", "implemented", "expired"})


@dataclass(frozen=True, eq=False)
class Report(Generic[Record]):
    """What one article says of one event or text."""

    id: str
    """The article's id and the record's: “a1/meeting-1”."""
    article: Article
    record: Record
    sides: frozenset[str]
    """Codes, else folded names, of those who met, are bound, or propose."""
    span: Span
    """When it may have happened; of a text, when it may have reached its stage."""
    people: People = field(default_factory=dict)
    looks_back: bool = False
    """True where the article only recalls it."""
    about: Subject = field(default_factory=Subject)
    """What a text or a proposal is about."""

    @property
    def source(self) -> str:
        """Return which article it is; one article reports one event once."""
        return self.id.rpartition("/")[0]


def side(party: Party) -> str:
    """Return what a side is known by: its code, else its name, folded."""
    return party.code or fold(party.name)


def distinct(extractions: Iterable[Extraction]) -> list[tuple[str, Extraction]]:
    """Return each article once, by a name of its own, in an order that is the same for any input.

    Of several readings of one article (the same id and text) the one with the most records counts.
    Different texts under one id are told apart by a hash behind the id.
    """
    readings: dict[tuple[str, str], list[Extraction]] = {}
    for found in extractions:
        readings.setdefault((found.article.id, found.article.text), []).append(found)
    texts: dict[str, set[str]] = {}
    for name, text in readings:
        texts.setdefault(name, set()).add(text)
    named = (
        (name if len(texts[name]) == 1 else f"{name}~{_hash(text)}", _fullest(several))
        for (name, text), several in readings.items()
    )
    return sorted(named, key=lambda pair: pair[0])


def meetings_of(articles: Iterable[tuple[str, Extraction]]) -> Iterator[Report[Meeting]]:
    """Yield each meeting of each article."""
    for name, found in articles:
        for record in found.meetings:
            yield Report(
                f"{name}/{record.id}",
                found.article,
                record,
                frozenset(map(side, record.parties)),
                _when_met(record, found.article),
                people(record.participants),
            )


def texts_of(articles: Iterable[tuple[str, Extraction]]) -> Iterator[Report[MoU]]:
    """Yield each memorandum of each article."""
    for name, found in articles:
        for record in found.mous:
            back = record.refers_back or record.status in _EXISTS
            news = before(found.article.published, None if back else NEWS_DAYS)
            yield Report(
                f"{name}/{record.id}",
                found.article,
                record,
                frozenset(map(side, record.parties)),
                span_of(record.date.edtf if record.date else None) or news,
                people(record.signatories),
                back,
                of_text(record),
            )


def proposals_of(articles: Iterable[tuple[str, Extraction]]) -> Iterator[Report[Proposal]]:
    """Yield each proposal of each article, dated by the meeting at which it was made."""
    for name, found in articles:
        dates = {meeting.id: _when_met(meeting, found.article) for meeting in found.meetings}
        for record in found.proposals:
            yield Report(
                f"{name}/{record.id}",
                found.article,
                record,
                frozenset(map(side, record.proposer_party)),
                dates.get(record.meeting or "") or before(found.article.published, NEWS_DAYS),
                people(record.proposers),
                about=of_proposal(record),
            )


def people(persons: Iterable[Person]) -> People:
    """Return the names of persons by side; those of no side, and those without name, are nobody."""
    named: dict[str, list[str]] = {}
    for person in persons:
        if person.name and person.party:
            named.setdefault(side(person.party), []).append(person.name)
    return {each: tuple(names) for each, names in named.items()}


def _when_met(meeting: Meeting, article: Article) -> Span:
    stated = span_of(meeting.date.edtf if meeting.date else None)
    if stated:
        return stated
    if meeting.status == "planned":
        return after(article.published)
    return before(article.published, NEWS_DAYS)


def _fullest(readings: list[Extraction]) -> Extraction:
    if len(readings) == 1:
        return readings[0]
    return max(
        readings,
        key=lambda found: (
            len(found.meetings) + len(found.proposals) + len(found.mous),
            found.model_dump_json(),
        ),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
