"""What a person reads in a terminal: a block for each record, made to be read aloud.

Everything is wrapped and nothing cut off, so that it reads as well in a pipe or a mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..records import (
    Extraction,
    Meeting,
    MoU,
    Overlooked,
    Party,
    Person,
    Proposal,
    Provenance,
    Quote,
    Rejected,
    Topic,
    When,
)

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = {"in_person": "in person", "virtual": "by video", "phone": "by phone", "unstated": ""}
LOOKS = {"meeting": "meeting", "proposal": "proposal", "mou": "memorandum or agreement"}
# Control characters can drive a terminal; bidi overrides and isolates let a line read other than
# it is written. The plain marks U+200E and U+200F stay: right-to-left text needs them.
UNSAFE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NARROWEST = 20  # columns; below that, wrapping would only shred the words


class Line(NamedTuple):
    """One line before it is wrapped."""

    text: str
    indent: int = 4
    style: str = ""


def print_extraction(found: Extraction, console: Console) -> None:
    """Print an article's records, what was rejected, and the warnings; a blank line ends it."""
    for line in _lines(found):
        print_line(line, console)


def console_on(stream: TextIO) -> Console:
    """Return a console that lets a `BrokenPipeError` out; rich would end the program by itself."""
    from rich.console import Console

    class LeavingConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return LeavingConsole(file=stream)


def print_line(line: Line, console: Console) -> None:
    """Wrap to the console's width; what follows the first line stands two columns deeper."""
    from rich.text import Text

    text = Text(plain(line.text), style=line.style)
    width = max(console.width - line.indent - 2, NARROWEST)
    for number, part in enumerate(text.wrap(console, width)):
        part.rstrip()
        margin = line.indent + 2 * bool(number)
        # Without soft_wrap rich pads and crops; a Text is never searched for markup.
        console.print(Text(" " * margin * bool(part)) + part, soft_wrap=True)


def plain(text: str) -> str:
    """Return text on one line, without what could drive a terminal."""
    return " ".join(UNSAFE.sub("", text).split())


def _lines(found: Extraction) -> Iterator[Line]:
    article = found.article
    published = f"published {article.published}" if article.published else "no publication date"
    yield Line(article.title or article.id, 0, "bold")
    facts = [article.id if article.title else "", published, _reader(found.provenance)]
    yield Line(_listed(facts), 0)
    if not (found.meetings or found.proposals or found.mous):
        yield from _section("Nothing found: no meeting, no proposal, no memorandum.", [[]])
    yield from _section("Meetings", map(_meeting, found.meetings))
    yield from _section("Proposals", map(_proposal, found.proposals))
    yield from _section("Memoranda and agreements", map(_mou, found.mous))
    yield from _list("Not borne out by the article", map(_rejected, found.rejected))
    yield from _list("Looks like a record, and is in none", map(_overlooked, found.overlooked))
    yield from _list("Warnings", found.warnings)
    yield Line("")


def _section(heading: str, blocks: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Yield the heading and the blocks with space between; nothing where there is no block."""
    for number, block in enumerate(blocks):
        yield Line("")
        if number == 0:
            yield Line(heading, 0, "bold cyan")
        yield from block


def _list(heading: str, items: Iterable[str]) -> Iterator[Line]:
    lines = [Line(item, 2) for item in items]
    return _section(heading, [lines] if lines else [])


def _meeting(meeting: Meeting) -> Iterator[Line]:
    how = " ".join([meeting.status, FORMATS[meeting.format]]).rstrip()
    place = meeting.place.name if meeting.place else ""
    yield _headline(meeting.id, _sides(meeting.parties), how, _date(meeting.date), place)
    yield from _said(meeting.summary)
    yield from _labelled("Who", _persons(meeting.participants))
    yield from _labelled("Occasion", meeting.occasion)
    yield from _labelled("When", _when(meeting.date))
    yield from _labelled("About", _topics(meeting.topics))
    yield from _quotes(meeting.evidence)


def _proposal(proposal: Proposal) -> Iterator[Line]:
    sides = " to ".join(
        side for side in (_sides(proposal.proposer_party), _sides(proposal.addressees)) if side
    )
    response = "" if proposal.response == "open" else proposal.response
    yield _headline(proposal.id, sides, proposal.kind, response)
    yield from _said(proposal.summary)
    yield from _labelled("By", _persons(proposal.proposers))
    yield from _labelled("Due", _when(proposal.due))
    yield from _labelled("About", _topics(proposal.topics))
    yield from _labelled("Made at", proposal.meeting)
    yield from _quotes(proposal.evidence)


def _mou(mou: MoU) -> Iterator[Line]:
    older = "an older text" if mou.refers_back else ""
    instrument = mou.instrument.replace("_", " ")
    status = mou.status.replace("_", " ")
    yield _headline(mou.id, _sides(mou.parties), instrument, status, _date(mou.date), older)
    yield from _labelled("Title", mou.title)
    yield from _labelled("Signatories", _persons(mou.signatories))
    yield from _labelled("When", _when(mou.date))
    yield from _labelled("Expected", _when(mou.expected))
    yield from _labelled("About", _topics(mou.topics))
    yield from _labelled("Belongs to", mou.meeting)
    yield from _quotes(mou.evidence)


def _rejected(rejected: Rejected) -> str:
    field = rejected.field.replace("_", " ")
    return f"{rejected.record}, {field}: “{rejected.value}” – {rejected.reason}"


def _overlooked(overlooked: Overlooked) -> str:
    return f"{LOOKS[overlooked.kind]}: “{overlooked.quote.quote}” ({overlooked.rule})"


def _headline(record: str, sides: str, *facts: str) -> Line:
    return Line(f"{_listed([sides or 'sides not named', *facts])} [{record}]", 2, "bold")


def _labelled(label: str, text: str | None) -> Iterator[Line]:
    if text:
        yield Line(f"{label}: {text}")


def _said(summary: str | None) -> Iterator[Line]:
    if summary:
        yield Line(summary)


def _quotes(quotes: Iterable[Quote]) -> Iterator[Line]:
    for quote in quotes:
        yield Line(f"“{quote.quote}”", style="italic")


def _listed(facts: Iterable[str]) -> str:
    return " · ".join(fact for fact in facts if fact)


def _sides(parties: Iterable[Party]) -> str:
    return " – ".join(party.name for party in parties)


def _persons(persons: Iterable[Person]) -> str:
    return "; ".join(map(_person, persons))


def _person(person: Person) -> str:
    who = ", ".join(part for part in (person.name, person.role) if part)
    return f"{who} ({person.party.name})" if person.party else who


def _date(when: When | None) -> str:
    return (when.edtf or "") if when else ""


def _when(when: When | None) -> str:
    """Say what was worked out, from which words and how, or why nothing was."""
    if when is None:
        return ""
    return f"{when.edtf or 'not known'}, from “{when.text}” ({when.rule})"


def _topics(topics: Iterable[Topic]) -> str:
    """Name each heading once, with all the words that were filed under it."""
    words: dict[str, list[str]] = {}
    for topic in topics:
        words.setdefault(topic.topic.replace("_", " "), []).append(f"“{topic.text}”")
    return "; ".join(f"{heading} ({', '.join(said)})" for heading, said in words.items())


def _reader(provenance: Provenance) -> str:
    if provenance.reader == "offline":
        return "read offline"
    return f"read by {provenance.reader}" + (", from the cache" if provenance.cached else "")
