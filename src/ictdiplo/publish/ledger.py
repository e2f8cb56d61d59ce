"""A ledger as a person reads it: each event once, who reports it in which words, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TextIO

from ..gather.ledger import (
    Figure,
    Ledger,
    Merged,
    MergedMeeting,
    MergedProposal,
    Side,
    Source,
    Stage,
    Thread,
    Told,
)
from .console import Line, console_on, print_line
from .wording import spaced


def write_ledger(ledger: Ledger, stream: TextIO) -> None:
    """Write meetings, proposals and texts in order of time."""
    console = console_on(stream)
    for line in ledger_lines(ledger):
        print_line(line, console)


def source_line(source: Source) -> str:
    """Return who reports it, when and where."""
    facts = (source.publisher or source.article, str(source.published or ""), source.url)
    return ", ".join(fact for fact in facts if fact)


def ledger_lines(ledger: Ledger) -> Iterator[Line]:
    """Yield what a person reads, line by line, for a terminal or a page."""
    counted = {
        "article": ledger.articles,
        "meeting": len(ledger.meetings),
        "proposal": len(ledger.proposals),
        "text": len(ledger.texts),
    }
    yield Line(" · ".join(f"{n} {what}{'s' * (n != 1)}" for what, n in counted.items()), 0, "bold")
    if ledger.unread:
        yield Line(f"Not read, and so not in it: {'; '.join(ledger.unread)}")
    yield from _section("Meetings", map(_meeting, ledger.meetings))
    yield from _section("Proposals", map(_proposal, ledger.proposals))
    yield from _section("Memoranda and other texts", map(_thread, ledger.texts))


def _section(heading: str, blocks: Iterable[Iterable[Line]]) -> Iterator[Line]:
    for number, block in enumerate(blocks):
        yield Line("")
        if number == 0:
            yield Line(heading, 0, "bold cyan")
        yield from block


def _meeting(meeting: MergedMeeting) -> Iterator[Line]:
    yield _headline(meeting, _sides(meeting.parties), meeting.status, meeting.date, meeting.place)
    yield from _labelled("Who", _figures(meeting.participants))
    yield from _labelled("Occasion", _or(meeting.occasion))
    yield from _labelled("About", _topics(meeting.topics))
    yield from _differing(meeting, date=meeting.date, place=meeting.place, status=meeting.status)
    yield from _differing(meeting, format=meeting.format)
    yield from _labelled("Proposed at it", ", ".join(meeting.proposals))
    yield from _labelled("Texts at it", ", ".join(meeting.texts))
    yield from _sources(meeting)


def _proposal(proposal: MergedProposal) -> Iterator[Line]:
    sides = (_sides(proposal.proposer_party), _sides(proposal.addressees))
    to = " to ".join(side for side in sides if side)
    yield _headline(proposal, to, proposal.strength, proposal.date, proposal.response)
    yield from _labelled("By", _figures(proposal.proposers))
    yield from _labelled("About", _topics(proposal.topics))
    yield from _labelled("Due", _or(proposal.due))
    yield from _differing(
        proposal, strength=proposal.strength, response=proposal.response, due=proposal.due
    )
    yield from _labelled("Made at", proposal.meeting)
    yield from _sources(proposal)


def _thread(thread: Thread) -> Iterator[Line]:
    yield _headline(thread, _sides(thread.parties), thread.instrument, thread.title)
    for stage in thread.stages:
        yield Line(_stage(stage, thread))
    yield from _labelled("Signatories", _figures(thread.signatories))
    yield from _labelled("About", _topics(thread.topics))
    signed = chain.from_iterable(stage.date for stage in thread.stages if stage.status == "signed")
    yield from _differing(thread, date=tuple(signed), instrument=thread.instrument)
    if thread.only_recalled:
        yield Line("Known only because it is recalled.")
    yield from _sources(thread)


def _headline(merged: Merged, sides: str, *fields: Sequence[Told]) -> Line:
    best = (spaced(told[0].value) for told in fields if told)
    return Line(f"{' · '.join([sides or 'sides not named', *best])} [{merged.id}]", 2, "bold")


def _stage(stage: Stage, thread: Thread) -> str:
    news = [source for source in stage.sources if source not in thread.recalled]
    recalled = len(stage.sources) - len(news)
    facts = [
        f"{spaced(stage.status)} {stage.date[0].value if stage.date else ''}".strip(),
        f"next expected {_or(stage.expected)}" if stage.expected else "",
        f"{len(news)} report{'s' * (len(news) != 1)}" if news else "",
        f"recalled {recalled} time{'s' * (recalled != 1)}" if recalled else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _differing(merged: Merged, **fields: Sequence[Told]) -> Iterator[Line]:
    """Show who says what of a field in which sources contradict each other."""
    for name, values in fields.items():
        if name in merged.disagreements:
            said = "; ".join(f"{told.value} ({', '.join(told.sources)})" for told in values)
            yield Line(f"Sources differ on the {name}: {said}", style="yellow")


def _labelled(label: str, text: str | None) -> Iterator[Line]:
    if text:
        yield Line(f"{label}: {text}")


def _sides(sides: Iterable[Side]) -> str:
    return " – ".join(side.name for side in sides)


def _figures(figures: Iterable[Figure]) -> str:
    return "; ".join(map(_figure, figures))


def _figure(figure: Figure) -> str:
    role = figure.roles[0].value if figure.roles else None
    who = ", ".join(part for part in (figure.name, role) if part)
    others = [told.value for told in figure.spellings if told.value != figure.name]
    side = f" ({figure.side})" if figure.side else ""
    return f"{who}{side}" + (f", also written {', '.join(others)}" if others else "")


def _topics(topics: Iterable[Told]) -> str:
    return "; ".join(
        spaced(told.value)
        + (f" ({', '.join(f'“{word}”' for word in told.words)})" if told.words else "")
        for told in topics
    )


def _or(values: Iterable[Told]) -> str:
    return ", or ".join(told.value for told in values)


def _sources(merged: Merged) -> Iterator[Line]:
    yield from _labelled("It can be", ", or ".join(merged.candidates))
    for source in merged.sources:
        yield Line(source_line(source), 4)
        yield from (Line(f"“{quote.quote}”", 6, "italic") for quote in source.quotes)
