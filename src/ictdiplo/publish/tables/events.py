"""Records as PLOVER events, by a table of rules that users may replace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from ...errors import SettingsError
from ...records import Meeting, MoU, Party, Person, Proposal, TopicName, Value, When
from .intake import Entry, Record, TablesReport, records_of
from .rows import TYPES

_REMOTE = {"phone", "virtual"}
_A_PAIR = 2

Condition = dict[str, tuple[str | bool, ...]]


class Rule(Value):
    """How a record that fits `when` is coded."""

    when: Condition
    """Properties of a record, with the values that each may have."""
    event: str | None
    """The event type; null leaves such records out."""
    mode: tuple[str, ...] = ()
    quad_code: Literal[1, 2, 3, 4] | None = None
    event_scale: float | None = None
    cameo: str | None = None
    direction: Literal["together", "visit", "addressed", "first"] = "together"
    """Who acts on whom."""
    why: str = ""
    """What the manual says of it."""


class Auxiliary(Value):
    """A context that is added where a record fits `when`."""

    when: Condition
    context: str


class Contexts(Value):
    """The contexts of all events, and those that go by topic."""

    always: tuple[str, ...]
    topics: dict[TopicName, tuple[str, ...]]


class Actors(Value):
    """How sides are coded."""

    codes: dict[str, str]
    """Codes that differ from ISO 3166-1 alpha-3."""
    sectors: dict[str, str]
    """By the kind of side."""
    names: dict[str, str]
    """Codes of bodies that act for no country."""


class Codebook(Value):
    """How records are coded as events: `ictdiplo/data/plover.json`, or a user's own."""

    codebook: str = Field(min_length=1)
    """Its name, by which data are cited."""
    about: str
    sources: tuple[str, ...]
    events: tuple[Rule, ...]
    """The first rule that fits a record holds."""
    auxiliary: tuple[Auxiliary, ...]
    contexts: Contexts
    actors: Actors


class Actor(NamedTuple):
    """A side of an event, and who acts for it."""

    party: Party
    persons: tuple[Person, ...]
    code: str | None
    """Of its country, or UNO, EUR or IGO for bodies that the codebook lists."""
    sector: str | None


class Event(NamedTuple):
    """One record, coded."""

    key: str
    record: Record
    coding: Rule
    """The codebook's rule that fits."""
    contexts: tuple[str, ...]
    when: When | None
    """The record's date, or of a proposal that of the meeting at which it was made."""
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]


def read_codebook(path: str | Path | None = None) -> Codebook:
    """Return the codebook that ships here, with what a JSON file puts in the place of its parts.

    Raises:
        SettingsError: the file is no object of such parts, or has no name of its own as `codebook`.
    """
    text = (files("ictdiplo") / "data" / "plover.json").read_text(encoding="utf-8")
    shipped = json.loads(text)
    try:
        own = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
        book = Codebook.model_validate({**shipped, **own})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise SettingsError(f"{path}: this is no codebook ({field}: {first['msg']}).") from error
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(f"{path}: the codebook cannot be read ({error}).") from error
    if path and book.codebook == shipped["codebook"]:
        raise SettingsError(f"{path}: give it a `codebook` name of its own, to cite data by.")
    return book


def events_of(entry: Entry, codebook: Codebook, report: TablesReport) -> Iterator[Event]:
    """Yield the event of each record that the codebook has one for; count the others."""
    meetings = {meeting.id: meeting for meeting in entry.found.meetings}
    for record in records_of(entry.found):
        told = {**record.model_dump(mode="json"), "type": TYPES[type(record)]}
        if isinstance(record, Meeting):
            told["setting"] = _setting(record)
        coding = next((rule for rule in codebook.events if _fits(rule, told)), None)
        if not coding or not coding.event or not sides_of(record):
            report.remarks[f"Records left out, since no event or side fits ({told['type']})"] += 1
            continue
        when = _date(record, meetings)
        if not when or not when.edtf:
            report.remarks["Events without a date, since the article tells none"] += 1
        actors, recipients = _directed(coding.direction, record)
        yield Event(
            entry.record_key(record.id),
            record,
            coding,
            tuple(_contexts(record, told, codebook)),
            when,
            tuple(_actor(party, record, codebook) for party in actors),
            tuple(_actor(party, record, codebook) for party in recipients),
        )


def persons_of(record: Record) -> tuple[Person, ...]:
    """Return who takes part in what a record reports."""
    match record:
        case Meeting():
            return record.participants
        case Proposal():
            return record.proposers
        case MoU():
            return record.signatories


def sides_of(record: Record) -> tuple[Party, ...]:
    """Return the sides that meet, propose or are bound."""
    return record.proposer_party if isinstance(record, Proposal) else record.parties


def _fits(rule: Rule | Auxiliary, told: Mapping[str, Any]) -> bool:
    return all(told.get(name) in values for name, values in rule.when.items())


def _setting(meeting: Meeting) -> str:
    """Tell in whose country it was; places without a code tell nothing."""
    codes = [party.code for party in meeting.parties]
    place = meeting.place.code if meeting.place else None
    if meeting.format in _REMOTE:
        return "remote"
    if len(codes) > _A_PAIR:
        return "multilateral"
    if not place or len(codes) < _A_PAIR or codes[0] == codes[1]:
        return "unstated"
    if place in codes:
        return "visit"
    return "third_party" if all(codes) else "unstated"


def _directed(direction: str, record: Record) -> tuple[Iterable[Party], Iterable[Party]]:
    """Return who acts, and who is acted upon."""
    sides = sides_of(record)
    match direction:
        case "visit" if isinstance(record, Meeting) and record.place:
            host = record.place.code
            return (
                [side for side in sides if side.code != host],
                [side for side in sides if side.code == host],
            )
        case "addressed" if isinstance(record, Proposal):
            return sides, record.addressees
        case "first":
            return sides[:1], sides[1:]
        case _:
            return sides, ()


def _date(record: Record, meetings: Mapping[str, Meeting]) -> When | None:
    if not isinstance(record, Proposal):
        return record.date
    return meetings[record.meeting].date if record.meeting else None


def _contexts(record: Record, told: Mapping[str, Any], codebook: Codebook) -> Iterator[str]:
    contexts = codebook.contexts
    by_topic = [contexts.topics.get(topic.topic, ()) for topic in record.topics]
    yield from dict.fromkeys([*contexts.always, *(name for some in by_topic for name in some)])
    yield from (rule.context for rule in codebook.auxiliary if _fits(rule, told))


def _actor(party: Party, record: Record, codebook: Codebook) -> Actor:
    actors = codebook.actors
    code = party.code or actors.names.get(party.name)
    persons = (
        person
        for person in persons_of(record)
        if person.party and (person.party.name, person.party.code) == (party.name, party.code)
    )
    return Actor(
        party,
        tuple(persons),
        actors.codes.get(code, code) if code else None,
        actors.sectors.get(party.kind),
    )
