"""What a person reads in a terminal: a block for each record, made to be read aloud.

Everything is wrapped and nothing cut off, so that it reads as well in a pipe or a mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..records import Extraction, Overlooked, Proposal, Rejected
from .wording import NO_SIDES, Record, day, facts, listed, reader, remark, sides, states, summary

if TYPE_CHECKING:
    from rich.console import Console

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
    known = [article.id if article.title else "", published, reader(found.provenance)]
    yield Line(listed(known), 0)
    if not (found.meetings or found.proposals or found.mous):
        yield from _section("Nothing found: no meeting, no proposal, no memorandum.", [[]])
    yield from _section("Meetings", map(_record, found.meetings))
    yield from _section("Proposals", map(_record, found.proposals))
    yield from _section("Memoranda and agreements", map(_record, found.mous))
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


def _record(record: Record) -> Iterator[Line]:
    # By when something proposed is due is a fact among others, and no headline.
    dated = "" if isinstance(record, Proposal) else day(record)
    headline = listed([sides(record) or NO_SIDES, *states(record), dated, remark(record)])
    yield Line(f"{headline} [{record.id}]", 2, "bold")
    if said := summary(record):
        yield Line(said)
    for fact in facts(record):
        yield Line(f"{fact.label}: {fact.text}")
    for quote in record.evidence:
        yield Line(f"“{quote.quote}”", style="italic")


def _rejected(rejected: Rejected) -> str:
    field = rejected.field.replace("_", " ")
    return f"{rejected.record}, {field}: “{rejected.value}” – {rejected.reason}"


def _overlooked(overlooked: Overlooked) -> str:
    return f"{LOOKS[overlooked.kind]}: “{overlooked.quote.quote}” ({overlooked.rule})"
