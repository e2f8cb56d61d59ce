"""An article's records as rows of plain values, in tables that refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeAlias

from ...gather.run import Failure
from ...measure.likeness import days
from ...records import Meeting, MoU, Party, Person, Proposal, When
from .intake import Entry, Record, records_of
from .layout import Row

Placed: TypeAlias = tuple[str, Row]
"""The name of a table, and a row of it."""

TYPES = {Meeting: "meeting", Proposal: "proposal", MoU: "mou"}


def rows_of(entry: Entry | Failure) -> Iterator[Placed]:
    """Yield the rows of one article, each below those that it refers to."""
    if isinstance(entry, Failure):
        yield "failures", _failure(entry)
        return
    found = entry.found
    kinds: tuple[tuple[Record, ...], ...] = (found.meetings, found.proposals, found.mous)
    yield "articles", _article(entry)
    for records in kinds:
        for number, record in enumerate(records, start=1):
            yield from _record(entry, record, number)
    yield from _remainder(entry)


def extent(when: When | None) -> tuple[date | None, date | None]:
    """Return the first and the last day that a date may mean; null for an end that is open."""
    opening, _, closing = (when.edtf if when and when.edtf else "").partition("/")
    first, last = days(opening), days(closing or opening)
    return first.first if first else None, last.last if last else None


def _article(entry: Entry) -> Row:
    article, provenance, usage = entry.found.article, entry.found.provenance, entry.found.usage
    return {
        "article": entry.key,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published,
        "language": article.language,
        "reader": provenance.reader,
        "model_reported": provenance.model_reported,
        "endpoint": provenance.endpoint,
        "mode": provenance.mode,
        "prompt_sha256": provenance.prompt_sha256,
        "schema_sha256": provenance.schema_sha256,
        "version": provenance.version,
        "cached": provenance.cached,
        "attempts": provenance.attempts,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
        "seconds": usage.seconds,
        "text": article.text,
    }


def _record(entry: Entry, record: Record, number: int) -> Iterator[Placed]:
    key, kind = entry.record_key(record.id), TYPES[type(record)]
    yield "records", {"record": key, "article": entry.key, "type": kind, "number": number}
    match record:
        case Meeting():
            yield "meetings", _meeting(entry, record)
        case Proposal():
            yield "proposals", _proposal(entry, record)
        case MoU():
            yield "mous", _mou(entry, record)
    yield from _lists(key, record)


def _meeting(entry: Entry, meeting: Meeting) -> Row:
    return {
        "meeting": entry.record_key(meeting.id),
        "article": entry.key,
        "status": meeting.status,
        "format": meeting.format,
        **_date("date", meeting.date),
        "place": meeting.place.name if meeting.place else None,
        "place_code": meeting.place.code if meeting.place else None,
        "occasion": meeting.occasion,
        "summary": meeting.summary,
    }


def _proposal(entry: Entry, proposal: Proposal) -> Row:
    return {
        "proposal": entry.record_key(proposal.id),
        "article": entry.key,
        "meeting": entry.record_key(proposal.meeting) if proposal.meeting else None,
        "kind": proposal.kind,
        "response": proposal.response,
        **_date("due", proposal.due),
        "summary": proposal.summary,
    }


def _mou(entry: Entry, mou: MoU) -> Row:
    return {
        "mou": entry.record_key(mou.id),
        "article": entry.key,
        "meeting": entry.record_key(mou.meeting) if mou.meeting else None,
        "title": mou.title,
        "instrument": mou.instrument,
        "status": mou.status,
        "refers_back": mou.refers_back,
        **_date("date", mou.date),
        **_date("expected", mou.expected),
    }


def _date(name: str, when: When | None) -> Row:
    first, last = extent(when)
    start = "" if name == "date" else f"{name}_"
    return {
        name: when.edtf if when else None,
        f"{start}first_day": first,
        f"{start}last_day": last,
        f"{name}_words": when.text if when else None,
        f"{name}_rule": when.rule if when else None,
    }


def _lists(key: str, record: Record) -> Iterator[Placed]:
    match record:
        case Meeting():
            yield from _each("parties", key, record.parties, _party, role="party")
            yield from _each("persons", key, record.participants, _person, role="participant")
        case Proposal():
            yield from _each("parties", key, record.proposer_party, _party, role="proposer")
            yield from _each("parties", key, record.addressees, _party, role="addressee")
            yield from _each("persons", key, record.proposers, _person, role="proposer")
        case MoU():
            yield from _each("parties", key, record.parties, _party, role="party")
            yield from _each("persons", key, record.signatories, _person, role="signatory")
    yield from _each("topics", key, record.topics, lambda it: {"topic": it.topic, "words": it.text})
    yield from _each("quotes", key, record.evidence, lambda it: it.model_dump())
    for rule in record.rules:
        yield "rules", {"record": key, "rule": rule}


def _each(
    table: str, key: str, items: Iterable[Any], row: Callable[[Any], Row], **same: str
) -> Iterator[Placed]:
    for number, item in enumerate(items, start=1):
        yield table, {"record": key, **same, "number": number, **row(item)}


def _party(party: Party) -> Row:
    return {"name": party.name, "code": party.code, "kind": party.kind, "words": party.text}


def _person(person: Person) -> Row:
    party = person.party
    return {
        "name": person.name,
        "office": person.role,
        "party": party.name if party else None,
        "party_code": party.code if party else None,
        "party_kind": party.kind if party else None,
        "party_words": party.text if party else None,
    }


def _remainder(entry: Entry) -> Iterator[Placed]:
    """Yield what belongs to the article, and to none of its records."""
    found, same = entry.found, {"article": entry.key}
    listed = {record.id for record in records_of(found)}
    for said in found.rejected:
        record = entry.record_key(said.record) if said.record in listed else None
        value = {"field": said.field, "value": said.value, "reason": said.reason}
        yield "rejected", {**same, "record": record, "said_of": said.record, **value}
    for missed in found.overlooked:
        rest = {"type": missed.kind, "rule": missed.rule, **missed.quote.model_dump()}
        yield "overlooked", {**same, **rest}
    for concerns, warnings in {"input": found.article.warnings, "records": found.warnings}.items():
        for warning in warnings:
            yield "warnings", {**same, "concerns": concerns, "warning": warning}


def _failure(failure: Failure) -> Row:
    usage = failure.usage
    return {
        "article": failure.article,
        "error": type(failure.error).__name__,
        "message": failure.message,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": usage.cost,
        "seconds": usage.seconds,
    }
