"""Records as PLOVER events, by a table of rules that users may replace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ...errors import SettingsError
from ...records import Meeting, MoU, Party, Person, Proposal, When
from .intake import Entry, Record, TablesReport, records_of
from .rows import TYPES

Codebook: TypeAlias = Mapping[str, Any]
"""What `ictdiplo/data/plover.json` holds, or what a user puts in the place of some of it."""

_REMOTE = {"phone", "virtual"}
_A_PAIR = 2


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
    coding: Mapping[str, Any]
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
    shipped: dict[str, Any] = json.loads(text)
    if path is None:
        return shipped
    try:
        own = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: the codebook cannot be read ({error}).") from error
    if not isinstance(own, dict) or not set(own) <= set(shipped):
        raise SettingsError(f"{path}: a codebook is an object with some of {', '.join(shipped)}.")
    if own.get("codebook", shipped["codebook"]) == shipped["codebook"]:
        raise SettingsError(
            f"{path}: give it a name of its own as `codebook`; data are cited by it."
        )
    return {**shipped, **own}


def events_of(entry: Entry, codebook: Codebook, report: TablesReport) -> Iterator[Event]:
    """Yield the event of each record that the codebook has one for; count the others."""
    meetings = {meeting.id: meeting for meeting in entry.found.meetings}
    for record in records_of(entry.found):
        told = {**record.model_dump(mode="json"), "type": TYPES[type(record)]}
        if isinstance(record, Meeting):
            told["setting"] = _setting(record)
        coding = next((rule for rule in codebook["events"] if _fits(rule, told)), None)
        if not coding or not coding["event"] or not sides_of(record):
            report.remarks[f"Records left out, since no event or side fits ({told['type']})"] += 1
            continue
        when = _date(record, meetings)
        if not when or not when.edtf:
            report.remarks["Events without a date, since the article tells none"] += 1
        actors, recipients = _directed(coding["direction"], record)
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


def _fits(rule: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return all(told.get(name) in values for name, values in rule["when"].items())


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
    contexts = codebook["contexts"]
    by_topic = [contexts["topics"].get(topic.topic, []) for topic in record.topics]
    yield from dict.fromkeys([*contexts["always"], *(name for some in by_topic for name in some)])
    yield from (rule["context"] for rule in codebook["auxiliary"] if _fits(rule, told))


def _actor(party: Party, record: Record, codebook: Codebook) -> Actor:
    actors = codebook["actors"]
    code = party.code or actors["names"].get(party.name)
    persons = (
        person
        for person in persons_of(record)
        if person.party and (person.party.name, person.party.code) == (party.name, party.code)
    )
    return Actor(
        party,
        tuple(persons),
        actors["codes"].get(code, code),
        actors["sectors"].get(party.kind),
    )
