"""Figures in columns, and errors as sentences to look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from ..measure.compared import KINDS, Compared, Kind
from ..measure.evaluation import Difference, Evaluation, Judged
from ..measure.pairing import FIELDS, MORE_FIELDS, Pair
from ..measure.report import Report
from .console import Line, console_on, print_line

if TYPE_CHECKING:
    from rich.console import Console

Row = Sequence[str]

_KINDS: dict[Kind, str] = {"meetings": "Meetings", "proposals": "Proposals", "mous": "Memoranda"}
ONE: dict[Kind, str] = {"meetings": "meeting", "proposals": "proposal", "mous": "memorandum"}
_COLUMNS = ("gold", "found", "paired", "precision", "recall", "F1", "F1 x fields")
LABELS = 2
"""How many columns on the left of a table are labels; the rest are numbers."""


def write_report(report: Report, stream: TextIO, *, with_errors: bool) -> None:
    """Write the figures of one run or of two side by side, and the errors of the first."""
    console = console_on(stream)
    runs = report.evaluations()
    articles = next(iter(runs.values())).articles
    print_line(Line(f"{len(articles)} article(s) with gold", 0), console)
    for table in tables(report):
        print_table(table, console)
    for line in _notes(runs, with_errors=with_errors):
        print_line(line, console)


def tables(report: Report) -> Iterator[list[Row]]:
    """Yield the tables of a report, each with its head first; those without any row are left out."""
    runs = report.evaluations()
    every = (_scores(runs), _fields(runs), _more(runs), _mistaken(runs), _overall(report, runs))
    yield from (rows for table in every if len(rows := [*table]) > 1)


def print_table(rows: Iterable[Row], console: Console) -> None:
    """Align the columns, which are narrow enough for any page; a blank line ends the table."""
    from rich.text import Text

    rows = [*rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (
            cell.ljust(width) if at < LABELS else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        style = "" if number else "bold"
        console.print(Text("  ".join(cells).rstrip(), style=style), soft_wrap=True)
    console.print()


def _scores(runs: dict[str, Evaluation]) -> Iterator[Row]:
    yield "", "", *_COLUMNS
    for kind in KINDS:
        for at, (name, run) in enumerate(runs.items()):
            score = getattr(run, kind)
            counts = (str(number) for number in (score.gold, score.found, score.paired))
            shares = map(_share, (score.precision, score.recall, score.f1, score.f1_x_fields))
            yield _first(_KINDS[kind], at), name, *counts, *shares


def _fields(runs: dict[str, Evaluation]) -> Iterator[Row]:
    yield "Fields of the paired", "", *runs
    for kind in KINDS:
        scores = [getattr(run, kind).fields for run in runs.values()]
        yield from _accuracies(kind, FIELDS[kind], scores)


def _more(runs: dict[str, Evaluation]) -> Iterator[Row]:
    yield "Outside the headline", "", *runs
    for kind in KINDS:
        scores = [getattr(run, kind).more_fields for run in runs.values()]
        known = [field for field in MORE_FIELDS[kind] if any(field in one for one in scores)]
        yield from _accuracies(kind, known, scores)


def _accuracies(
    kind: Kind, fields: Sequence[str], scores: Sequence[Mapping[str, float]]
) -> Iterator[Row]:
    for at, field in enumerate(fields):
        accuracies = (_share(one.get(field)) for one in scores)
        yield _first(_KINDS[kind], at), field.replace("_", " "), *accuracies


def _mistaken(runs: dict[str, Evaluation]) -> Iterator[Row]:
    yield "Mistaken for another", "", *runs
    for kind in KINDS:
        confusions = [run.confusions[kind] for run in runs.values()]
        mistakes = {
            (gold, found): None
            for confusion in confusions
            for gold, row in confusion.items()
            for found in row
            if found != gold
        }
        for at, (gold, found) in enumerate(sorted(mistakes)):
            times = (str(one.get(gold, {}).get(found, 0)) for one in confusions)
            yield _first(_KINDS[kind], at), f"{gold}, found {found}", *times


def _overall(report: Report, runs: dict[str, Evaluation]) -> Iterator[Row]:
    yield "All types", "", "", "95 % interval"
    for label, figure in (("Detection F1", "detection_f1"), ("Headline", "headline")):
        for at, (name, run) in enumerate(runs.items()):
            bounds = getattr(run, f"{figure}_interval")
            value = f"{getattr(run, figure):.3f}"
            yield _first(label, at), name, value, f"{bounds.low:.3f} to {bounds.high:.3f}"
        if report.comparison:
            yield "", "difference", *_difference(getattr(report.comparison, figure))


def _difference(of: Difference) -> Row:
    return f"{of.value:+.3f}", f"{of.interval.low:+.3f} to {of.interval.high:+.3f}"


def _first(label: str, at: int) -> str:
    """Say it once, in the first of the rows that it is about."""
    return "" if at else label


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _notes(runs: dict[str, Evaluation], *, with_errors: bool) -> Iterator[Line]:
    yield Line("Headline: F1 times the mean accuracy of the fields, averaged over the types.", 0)
    for name, run in runs.items():
        for warning in run.warnings:
            yield Line(f"{name}: {warning}", 0)
    if with_errors:
        for judged in next(iter(runs.values())).articles:
            yield from _errors(judged)


def _errors(judged: Judged) -> Iterator[Line]:
    lines = [line for kind in KINDS for line in _errors_of(judged, kind)]
    if lines:
        yield from (Line(""), Line(judged.article, 0, "bold cyan"), *lines)


def _errors_of(judged: Judged, kind: Kind) -> Iterator[Line]:
    matching = getattr(judged, kind)
    for record in matching.missed:
        yield from _record("missed", record, kind)
    for record in matching.invented:
        yield from _record("invented", record, kind)
    for pair in matching.paired:
        yield from _wrong(pair, kind)


def _record(error: str, record: Compared, kind: Kind) -> Iterator[Line]:
    values = (shown(record, name) for name in facts(kind))
    said = " · ".join(value for value in values if value != _NOTHING)
    yield Line(f"{error} {ONE[kind]}: {said or _NOTHING}", 2, "bold")
    yield from _quotes(record)


def _wrong(pair: Pair, kind: Kind) -> Iterator[Line]:
    """Say what each field that is not all right should be."""
    wrong = [name for name, value in pair.fields.items() if value < 1]
    for name in wrong:
        gold, found = shown(pair.gold, name), shown(pair.found, name)
        field = name.replace("_", " ")
        yield Line(f"{ONE[kind]}, {field} {pair.fields[name]:.2f}: {found}, gold {gold}", 2, "bold")
    if wrong:
        yield from _quotes(pair.gold)


def _quotes(record: Compared) -> Iterator[Line]:
    for quote in record.quotes:
        yield Line(f"“{quote}”", style="italic")


_NOTHING = "nothing"


def facts(kind: Kind) -> list[str]:
    """Name the fields that tell one record from others: the sides, then what is scored."""
    fields = FIELDS[kind]
    return [*([] if kind == "proposals" else ["parties"]), *(f for f in fields if f != "parties")]


def shown(record: Compared, name: str) -> str:
    """Say what a field holds."""
    value = getattr(record, name)
    return (", ".join(value) if isinstance(value, tuple) else value) or _NOTHING
