"""How a record is told in words: a headline, and labelled facts, the same in a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ..records import Extraction, Meeting, MoU, Party, Person, Proposal, Provenance, Topic, When

Record: TypeAlias = Meeting | Proposal | MoU

NO_SIDES = "sides not named"
# Names of the schema that are no words by themselves.
WRITTEN = {"ai": "AI", "e_government": "e-government"}
FORMATS = {"in_person": "in person", "virtual": "by video", "phone": "by phone", "unstated": ""}


class Fact(NamedTuple):
    """What a record says of one thing."""

    label: str
    text: str
    is_record: bool = False
    """True where the text is the id of another record."""


def records_in(found: Extraction) -> Iterator[Record]:
    """Yield meetings, proposals and memoranda, in this order."""
    yield from found.meetings
    yield from found.proposals
    yield from found.mous


def sides(record: Record) -> str:
    """Say who is concerned, by usual names; empty if nobody is named."""
    if not isinstance(record, Proposal):
        return _sides(record.parties)
    ends = (_sides(record.proposer_party), _sides(record.addressees))
    return " to ".join(side for side in ends if side)


def states(record: Record) -> tuple[str, ...]:
    """Say what sort of record it is and how far it got, in few words each."""
    match record:
        case Meeting():
            return (" ".join([record.status, FORMATS[record.format]]).rstrip(),)
        case Proposal():
            response = "" if record.response == "open" else record.response
            return tuple(said for said in (record.kind, response) if said)
        case MoU():
            return (spaced(record.instrument), spaced(record.status))


def day(record: Record) -> str:
    """Return when a record was or will be, in EDTF; of a proposal, by when. Empty if not known."""
    when = record.due if isinstance(record, Proposal) else record.date
    return (when.edtf or "") if when else ""


def remark(record: Record) -> str:
    """Say where a meeting is held, or that a text is not this article's news; else nothing."""
    if isinstance(record, Meeting):
        return record.place.name if record.place else ""
    return "an older text" if isinstance(record, MoU) and record.refers_back else ""


def summary(record: Record) -> str | None:
    """Return the reader's own sentence, which only meetings and proposals have."""
    return None if isinstance(record, MoU) else record.summary


def facts(record: Record) -> Iterator[Fact]:
    """Yield what else is known, in the order in which a reader asks."""
    for label, text in _told(record).items():
        if text:
            yield Fact(label, text)
    if not isinstance(record, Meeting) and record.meeting:
        label = "Made at" if isinstance(record, Proposal) else "Belongs to"
        yield Fact(label, record.meeting, is_record=True)


def reader(provenance: Provenance) -> str:
    """Say what read an article."""
    if provenance.reader == "offline":
        return "read offline"
    return f"read by {provenance.reader}" + (", from the cache" if provenance.cached else "")


def listed(said: Iterable[str]) -> str:
    """Join what is not empty, as on the line of a headline."""
    return " · ".join(one for one in said if one)


def spaced(name: str) -> str:
    """Return a name of the schema as words."""
    return WRITTEN.get(name) or name.replace("_", " ")


def _told(record: Record) -> dict[str, str | None]:
    match record:
        case Meeting():
            return _meeting(record)
        case Proposal():
            return _proposal(record)
        case MoU():
            return _mou(record)


def _meeting(meeting: Meeting) -> dict[str, str | None]:
    return {
        "Who": _persons(meeting.participants),
        "Occasion": meeting.occasion,
        "When": _when(meeting.date),
        "About": _topics(meeting.topics),
    }


def _proposal(proposal: Proposal) -> dict[str, str | None]:
    return {
        "By": _persons(proposal.proposers),
        "Due": _when(proposal.due),
        "About": _topics(proposal.topics),
    }


def _mou(mou: MoU) -> dict[str, str | None]:
    return {
        "Title": mou.title,
        "Signatories": _persons(mou.signatories),
        "When": _when(mou.date),
        "Expected": _when(mou.expected),
        "About": _topics(mou.topics),
    }


def _sides(parties: Iterable[Party]) -> str:
    return " – ".join(party.name for party in parties)


def _persons(persons: Iterable[Person]) -> str:
    return "; ".join(map(_person, persons))


def _person(person: Person) -> str:
    who = ", ".join(part for part in (person.name, person.role) if part)
    return f"{who} ({person.party.name})" if person.party else who


def _when(when: When | None) -> str:
    """Say what was worked out, from which words and how, or why nothing was."""
    if when is None:
        return ""
    return f"{when.edtf or 'not known'}, from “{when.text}” ({when.rule})"


def _topics(topics: Iterable[Topic]) -> str:
    """Name each heading once, with all the words that were filed under it."""
    words: dict[str, list[str]] = {}
    for topic in topics:
        words.setdefault(spaced(topic.topic), []).append(f"“{topic.text}”")
    return "; ".join(f"{heading} ({', '.join(said)})" for heading, said in words.items())
