"""By what records are found: type, party, topic, status and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..measure.likeness import days
from ..records import Meeting, MoU, Party, Proposal, When
from .shown import NAMES, ShownArticle, ShownRecord
from .wording import Record, spaced

EVER = (date.min, date.max)
"""The days of an interval of which neither end is known."""


class Choice(NamedTuple):
    """A value to choose, what it is called, and how many records have it."""

    value: str
    label: str
    records: int


class Facets(NamedTuple):
    """What one record is found by; it goes into the page as JSON."""

    anchor: str
    type: str
    parties: tuple[str, ...]
    """Country codes, and the names of what is no country."""
    topics: tuple[str, ...]
    status: str
    first: str | None
    """The first day it may mean: its own, else that of its meeting, else of publication."""
    last: str | None


def facets_of(articles: Iterable[ShownArticle]) -> Iterator[tuple[str, list[Facets]]]:
    """Yield each article's anchor, and its records' facets, in the order of the page."""
    for article in articles:
        yield article.anchor, [_facets(record, article) for record in article.records]


def choices(articles: Sequence[ShownArticle]) -> dict[str, list[Choice]]:
    """Return what there is to choose of each facet; parties by name, the others by frequency."""
    records = [shown for article in articles for shown in article.records]
    topics = Counter(topic for one in records for topic in topics_of(one.record))
    statuses = Counter(status_of(one.record) for one in records)
    types = Counter(one.type for one in records)
    return {
        "type": [Choice(value, name, types[value]) for value, name in NAMES.items()],
        "party": _parties([one.record for one in records]),
        "topic": [Choice(topic, spaced(topic), n) for topic, n in topics.most_common()],
        "status": [Choice(status, spaced(status), n) for status, n in statuses.most_common()],
    }


def parties(record: Record) -> tuple[Party, ...]:
    """Return all sides of a record."""
    if isinstance(record, Proposal):
        return (*record.proposer_party, *record.addressees)
    return record.parties


def parties_of(record: Record) -> dict[str, str]:
    """Return the sides' names, each once, by a country's code or else by the name."""
    return {party.code or party.name: party.name for party in parties(record)}


def topics_of(record: Record) -> tuple[str, ...]:
    """Return the headings that a record was filed under, each once."""
    return tuple(dict.fromkeys(topic.topic for topic in record.topics))


def status_of(record: Record) -> str:
    """Return how far a record got; of a proposal, what sort it is."""
    return record.kind if isinstance(record, Proposal) else record.status


def span(when: When | None) -> tuple[date, date] | None:
    """Return the first and the last day that a date may mean; an open end is as far as days go.

    None where no date is known, or there is no such day.
    """
    if when is None or when.edtf is None:
        return None
    first, _, last = when.edtf.partition("/")
    if any(end not in {"", ".."} and days(end) is None for end in (first, last)):
        return None
    opening, closing = days(first), days(last or first)
    ends = opening.first if opening else EVER[0], closing.last if closing else EVER[1]
    return ends if ends[0] <= ends[1] else None


def _facets(shown: ShownRecord, article: ShownArticle) -> Facets:
    first, last = _days(shown.record, article) or (None, None)
    return Facets(
        anchor=shown.anchor,
        type=shown.type,
        parties=tuple(parties_of(shown.record)),
        topics=topics_of(shown.record),
        status=status_of(shown.record),
        first=str(first) if first else None,
        last=str(last) if last else None,
    )


def _days(record: Record, article: ShownArticle) -> tuple[date, date] | None:
    own = span(record.due if isinstance(record, Proposal) else record.date)
    published = article.found.article.published
    meeting = None if isinstance(record, Meeting) else _meeting_of(record, article)
    return (
        own
        or (span(meeting.date) if meeting else None)
        or ((published, published) if published else None)
    )


def _meeting_of(record: Proposal | MoU, article: ShownArticle) -> Meeting | None:
    return next((one for one in article.found.meetings if one.id == record.meeting), None)


def _parties(records: Sequence[Record]) -> list[Choice]:
    counts: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for record in records:
        for key, name in parties_of(record).items():
            counts[key] += 1
            names.setdefault(key, Counter())[name] += 1
    found = [Choice(key, names[key].most_common(1)[0][0], count) for key, count in counts.items()]
    return sorted(found, key=lambda choice: choice.label.casefold())
