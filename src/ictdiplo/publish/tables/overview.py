"""One row for each record, with what hangs on it joined into its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...gather.run import Failure
from ...records import Meeting, MoU, Party, Person, Proposal, When
from .intake import Entry, Record, records_of
from .layout import OVERVIEW, Row
from .rows import TYPES, Placed, extent

_EMPTY: Row = dict.fromkeys(column.name for column in OVERVIEW.columns)


def overview_of(entry: Entry | Failure) -> Iterator[Placed]:
    """Yield the row of each of an article's records; a failure has none."""
    if isinstance(entry, Failure):
        return
    article = entry.found.article
    source: Row = {
        "headline": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published,
        "language": article.language,
        "reader": entry.found.provenance.reader,
    }
    for record in records_of(entry.found):
        named: Row = {"record": entry.record_key(record.id), "article": entry.key}
        link = _link(entry, record)
        yield (
            OVERVIEW.name,
            {**_EMPTY, **named, **_shared(record), **_own(record), **link, **source},
        )


def joined(items: Iterable[str | None]) -> str | None:
    """Join the items, each once, by semicolons; null where there is none."""
    return "; ".join(dict.fromkeys(item for item in items if item)) or None


def _shared(record: Record) -> Row:
    return {
        "type": TYPES[type(record)],
        "topics": joined(topic.topic for topic in record.topics),
        "quotes": " | ".join(" ".join(quote.quote.split()) for quote in record.evidence),
    }


def _own(record: Record) -> Row:
    match record:
        case Meeting():
            place = record.place
            return {
                "kind": record.format,
                "status": record.status,
                **_date(record.date),
                **_sides("parties", "party_codes", record.parties),
                "persons": _persons(record.participants),
                "place": place.name if place else None,
                "place_code": place.code if place else None,
                "occasion": record.occasion,
                "summary": record.summary,
            }
        case Proposal():
            return {
                "kind": record.kind,
                "status": record.response,
                "expected": record.due.edtf if record.due else None,
                **_sides("parties", "party_codes", record.proposer_party),
                **_sides("addressees", "addressee_codes", record.addressees),
                "persons": _persons(record.proposers),
                "summary": record.summary,
            }
        case MoU():
            return {
                "kind": record.instrument,
                "status": record.status,
                **_date(record.date),
                "expected": record.expected.edtf if record.expected else None,
                **_sides("parties", "party_codes", record.parties),
                "persons": _persons(record.signatories),
                "title": record.title,
                "refers_back": record.refers_back,
            }


def _link(entry: Entry, record: Record) -> Row:
    meeting = None if isinstance(record, Meeting) else record.meeting
    return {"meeting": entry.record_key(meeting) if meeting else None}


def _date(when: When | None) -> Row:
    first, last = extent(when)
    return {"date": when.edtf if when else None, "first_day": first, "last_day": last}


def _sides(names: str, codes: str, parties: Iterable[Party]) -> Row:
    parties = tuple(parties)
    return {
        names: joined(party.name for party in parties),
        codes: joined(party.code for party in parties),
    }


def _persons(persons: Iterable[Person]) -> str | None:
    return joined(
        f"{person.name} ({person.role})"
        if person.name and person.role
        else person.name or person.role
        for person in persons
    )
