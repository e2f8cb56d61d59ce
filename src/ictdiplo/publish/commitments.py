"""The ledger of commitments: as a person reads it, as JSON Lines, as a table.

By sides and topic, in order of time: who did what, in the words of the first source, with the addresses
of all, and what was heard of it since.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from ..gather.commitments import Commitment
from .console import Line, console_on, print_line
from .ledger import source_line

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
    yield Line(_counted(found), 0, "bold")
    for sides, theirs in _grouped(found, lambda one: " – ".join(one.names)):
        yield Line("")
        yield Line(sides or "Sides not named", 0, "bold cyan")
        for topic, these in _grouped(theirs, _topic):
            yield Line(topic, 2, "bold")
            for one in these:
                yield from _commitment(one, known)


def _grouped(
    found: Iterable[Commitment], name: Callable[[Commitment], str]
) -> list[tuple[str, list[Commitment]]]:
    """Return groups by name, those of no topic last; in each, the order stays."""
    groups: dict[str, list[Commitment]] = defaultdict(list)
    for one in found:
        groups[name(one)].append(one)
    return sorted(groups.items(), key=lambda group: (group[0] == NO_TOPIC, group[0]))


def _topic(one: Commitment) -> str:
    return one.topics[0].replace("_", " ") if one.topics else NO_TOPIC


def _commitment(one: Commitment, known: Mapping[str, Commitment]) -> Iterator[Line]:
    also = f" (also {', '.join(one.topics[1:]).replace('_', ' ')})" if one.topics[1:] else ""
    yield Line(f"{_when(one)}  {_act(one)}{also}")
    yield from (Line(f"“{quote.quote}”", 6, "italic") for quote in one.quotes)
    yield from (Line(source_line(source), 6) for source in one.sources)
    yield from (Line(f"→ {said}", 6) for said in _since(one, known))


def _counted(found: Sequence[Commitment]) -> str:
    if not found:
        return "No commitment is reported."
    without = sum(1 for one in found if one.state in WAITING)
    late = sum(1 for one in found if one.state == "overdue")
    overdue = f", {late} of them overdue" if late else ""
    number = f"{len(found)} commitment{'s' * (len(found) != 1)}"
    return f"{number}; of {without} nothing later is reported{overdue}."


def _when(one: Commitment) -> str:
    if one.date:
        return one.date
    return f"reported {one.reported}" if one.reported else "date not known"


def _act(one: Commitment) -> str:
    named = one.instrument not in {None, "other"}
    what = str(one.instrument).replace("_", " ") if named else "text"
    if one.subject:
        what = f"{what} “{one.subject}”"
    by = ", ".join(one.by) or "somebody"
    if one.persons:
        by = f"{by} ({', '.join(one.persons)})"
    return ACTS[one.act].format(what=what, by=by, to=", ".join(one.to) or "nobody named")


def _since(one: Commitment, known: Mapping[str, Commitment]) -> Iterator[str]:
    """Say what was heard of it since."""
    if one.state in {"accepted", "declined"}:
        yield one.state
    for name in one.evidence:
        later = known.get(name)
        yield f"{_act(later)}, {_when(later)}" if later else name
    for name in one.urged:
        urging = known.get(name)
        yield f"urged, {_when(urging)}" if urging else name
    if one.candidates:
        yield f"only recalled; it can be {', or '.join(_named(c, known) for c in one.candidates)}"
    if one.state == "overdue":
        yield f"was due {one.due}; no later report"
    if one.state == "open":
        yield "no later report"


def _named(text: str, known: Mapping[str, Commitment]) -> str:
    """Name a text by its last stage that is listed."""
    stages = [one for one in known.values() if one.text == text and one.act != "urged"]
    return f"{_act(stages[-1])}, {_when(stages[-1])}" if stages else text


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
