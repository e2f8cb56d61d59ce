"""The ledger of commitments: as a person reads it, as JSON Lines, as a table.

By sides and topic, in order of time: who did what, in the words of the first source, with the addresses
of all, and what was heard of it since.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from ..gather.commitments import Commitment
from .console import Line, console_on, print_line
from .ledger import source_line
from .wording import spaced

ACTS = {
    "proposed": "{by} proposed to {to}",
    "ready": "{by} ready, towards {to}",
    "urged": "{by} urged {to} to carry out what was agreed",
    "text_proposed": "{what} wished for",
    "drafted": "{what} drafted",
    "negotiating": "{what} under negotiation",
    "agreed": "{what} agreed, not signed",
    "signed": "{what} signed",
    "in_force": "{what} in force",
    "implemented": "{what} reported as done",
    "expired": "{what} expired or replaced",
}
NO_TOPIC = "no topic named"
NO_SIDES = "Sides not named"
WAITING = frozenset({"open", "overdue"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "sides",
    "topics",
    "date",
    "reported",
    "act",
    "by",
    "to",
    "persons",
    "instrument",
    "subject",
    "due",
    "state",
    "evidence",
    "quote",
    "sources",
    "urls",
    "id",
)


class Since(NamedTuple):
    """What was heard of a commitment since."""

    text: str
    id: str | None = None
    """The commitment that tells of it."""


def write_text(found: Sequence[Commitment], stream: TextIO) -> None:
    """Write what a person reads."""
    console = console_on(stream)
    known = {one.id: one for one in found}
    for line in _lines(found, known):
        print_line(line, console)


def write_json_lines(found: Iterable[Commitment], stream: TextIO) -> None:
    """Write a commitment a line."""
    for one in found:
        print(one.model_dump_json(), file=stream)


def write_csv(found: Iterable[Commitment], stream: TextIO) -> None:
    """Write a commitment a row, several values of a field joined by “; ”.

    A cell that a spreadsheet would take for a formula has an apostrophe in front.
    """
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in found:
        table.writerow(map(_harmless, _row(one)))


def _lines(found: Sequence[Commitment], known: Mapping[str, Commitment]) -> Iterator[Line]:
    yield Line(counted(found), 0, "bold")
    for sides, theirs in grouped(found, sides_of):
        yield Line("")
        yield Line(sides, 0, "bold cyan")
        for topic, these in grouped(theirs, _topic):
            yield Line(topic, 2, "bold")
            for one in these:
                yield from _commitment(one, known)


def sides_of(one: Commitment) -> str:
    """Name all concerned."""
    return " – ".join(one.names) or NO_SIDES


def grouped(
    found: Iterable[Commitment], name: Callable[[Commitment], str]
) -> list[tuple[str, list[Commitment]]]:
    """Return groups by name, those of no topic or sides last; in each, the order stays."""
    groups: dict[str, list[Commitment]] = defaultdict(list)
    for one in found:
        groups[name(one)].append(one)
    return sorted(groups.items(), key=lambda group: (group[0] in {NO_TOPIC, NO_SIDES}, group[0]))


def _topic(one: Commitment) -> str:
    return spaced(one.topics[0]) if one.topics else NO_TOPIC


def _commitment(one: Commitment, known: Mapping[str, Commitment]) -> Iterator[Line]:
    also = f" (also {', '.join(map(spaced, one.topics[1:]))})" if one.topics[1:] else ""
    yield Line(f"{when(one)}  {told_act(one)}{also}")
    yield from (Line(f"“{quote.quote}”", 6, "italic") for quote in one.quotes)
    yield from (Line(source_line(source), 6) for source in one.sources)
    if one.state in {"accepted", "declined"}:
        yield Line(f"→ {one.state}", 6)
    yield from (Line(f"→ {said.text}", 6) for said in heard_since(one, known))
    if one.state == "overdue":
        yield Line(f"→ was due {one.due}; no later report", 6)
    if one.state == "open":
        yield Line("→ no later report", 6)


def counted(found: Sequence[Commitment]) -> str:
    """Say how many there are, and of how many nothing later is reported."""
    if not found:
        return "No commitment is reported."
    without = sum(1 for one in found if one.state in WAITING)
    late = sum(1 for one in found if one.state == "overdue")
    overdue = f", {late} of them overdue" if late else ""
    number = f"{len(found)} commitment{'s' * (len(found) != 1)}"
    return f"{number}; of {without} nothing later is reported{overdue}."


def when(one: Commitment) -> str:
    """Say when it was, or at least when it was reported."""
    if one.date:
        return one.date
    return f"reported {one.reported}" if one.reported else "date not known"


def told_act(one: Commitment) -> str:
    """Say who did what."""
    named = one.instrument not in {None, "other"}
    what = spaced(str(one.instrument)) if named else "text"
    if one.subject:
        what = f"{what} “{one.subject}”"
    by = ", ".join(one.by) or "somebody"
    if one.persons:
        by = f"{by} ({', '.join(one.persons)})"
    return ACTS[one.act].format(what=what, by=by, to=", ".join(one.to) or "nobody named")


def heard_since(one: Commitment, known: Mapping[str, Commitment]) -> Iterator[Since]:
    """Say what was heard of it since, apart from its state; `known` are the commitments that are listed, by id."""
    for name in one.evidence:
        later = known.get(name)
        yield Since(f"{told_act(later)}, {when(later)}" if later else name, name)
    for name in one.urged:
        urging = known.get(name)
        yield Since(f"urged, {when(urging)}" if urging else name, name)
    if one.candidates:
        candidates = ", or ".join(_named(each, known) for each in one.candidates)
        yield Since(f"only recalled; it can be {candidates}")


def _named(text: str, known: Mapping[str, Commitment]) -> str:
    """Name a text by its last stage that is listed."""
    stages = [one for one in known.values() if one.text == text and one.act != "urged"]
    return f"{told_act(stages[-1])}, {when(stages[-1])}" if stages else text


def _row(one: Commitment) -> Iterator[str]:
    joined = {
        "quote": "; ".join(quote.quote for quote in one.quotes),
        "sources": "; ".join(source.id for source in one.sources),
        "urls": "; ".join(dict.fromkeys(source.url for source in one.sources if source.url)),
    }
    for column in COLUMNS:
        value = joined[column] if column in joined else getattr(one, column)
        yield "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
