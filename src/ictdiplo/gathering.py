"""The commands that put many articles together: `merge`, `ledger`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from .errors import SettingsError
from .shell import SOME_FAILED, destination, say

if TYPE_CHECKING:
    from .gather.run import Outcome
    from .review.decisions import Verdict


# What may have been decided on a record.
_TOLD: tuple[Verdict, ...] = ("accepted", "corrected", "rejected", "added")


class LedgerFormat(StrEnum):
    """How commitments are printed."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


class MergeFormat(StrEnum):
    """How a ledger is printed."""

    json = "json"
    text = "text"


Results = Annotated[
    list[Path],
    typer.Argument(help="Folders that run wrote, or JSON Lines of extract; - is standard input."),
]

Decisions = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="What review decided: rejected records leave, corrected and added ones count.",
    ),
]


def merge(
    context: typer.Context,
    results: Results,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; - is standard output.")
    ] = None,
    form: Annotated[
        MergeFormat, typer.Option("--format", help="json is for programs, text for reading.")
    ] = MergeFormat.json,
    decisions: Decisions = None,
    gold: Annotated[
        Path | None, typer.Option(help="Groups of reports that are one, to measure the merging.")
    ] = None,
) -> None:
    """Put together what many articles report: each event and text once, with all its sources.

    Example: ictdiplo merge found.jsonl -o ledger.json
    """
    from .gather.merging import merge as put_together
    from .measure.merges import evaluate_merges
    from .publish.ledger import write_ledger
    from .publish.merges import write_merge_scores

    merged = put_together(_reviewed(_outcomes(results, debug=context.obj), decisions))
    with destination(output) as stream:
        if gold:
            write_merge_scores(evaluate_merges(merged, gold), stream)
        elif form is MergeFormat.text:
            write_ledger(merged, stream)
        else:
            typer.echo(merged.model_dump_json(indent=2), file=stream)
    raise typer.Exit(SOME_FAILED if merged.unread else 0)


def ledger(  # noqa: PLR0913 - a parameter is an option
    context: typer.Context,
    results: Results,
    *,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="CODE CODE", help="Only what concerns both: IRN RUS, or IRN ITU."),
    ] = None,
    topic: Annotated[
        str | None, typer.Option(help="Only what is about this heading, such as fibre or space.")
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only that of which nothing later is reported.")
    ] = False,
    form: Annotated[
        LedgerFormat | None,
        typer.Option(
            "--format",
            help="text and html are for reading, the others for programs; else the file's suffix"
            " tells, or it is text.",
        ),
    ] = None,
    decisions: Decisions = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; - is standard output.")
    ] = None,
) -> None:
    """Say who promised what to whom, in order of time, and what was heard of it since.

    Example: ictdiplo ledger found.jsonl --between IRN RUS --topic fibre --output promises.html
    """
    from .gather.commitments import commitments
    from .gather.merging import merge as put_together
    from .publish.commitments import WAITING, write_csv, write_json_lines, write_text
    from .publish.ledger_page import ledger_page

    merged = put_together(_reviewed(_outcomes(results, debug=context.obj), decisions))
    found = commitments(merged, between=between or (), topic=_heading(topic))
    if waiting:
        found = tuple(one for one in found if one.state in WAITING)
    write = {"text": write_text, "jsonl": write_json_lines, "csv": write_csv}
    name = form.value if form else _suffix(output)
    with destination(output) as stream:
        if name == "html":
            stream.write(ledger_page(found, merged.unread))
        else:
            write.get(name, write_text)(found, stream)
    raise typer.Exit(SOME_FAILED if merged.unread else 0)


def _suffix(output: Path | None) -> str:
    return output.suffix.lower().removeprefix(".") if output else ""


def _heading(topic: str | None) -> str | None:
    """Return a heading of the taxonomy however it is typed; refuse what is none."""
    from .records import TopicName

    wanted = None if topic is None else re.sub(r"[\s-]+", "_", topic.strip().lower())
    if wanted is not None and wanted not in get_args(TopicName):
        raise SettingsError(
            f"--topic {topic} is no heading; one of {', '.join(get_args(TopicName))}."
        )
    return wanted


def _outcomes(results: Sequence[Path], *, debug: bool) -> Iterator[Outcome]:
    """Yield what is in the results, and report what could not be read."""
    from .gather.run import Failure

    for outcome in _lines_of(results):
        if isinstance(outcome, Failure):
            say(str(outcome), outcome.error, debug=debug)
        yield outcome


def _reviewed(outcomes: Iterable[Outcome], path: Path | None) -> Iterable[Outcome]:
    """Apply a review's decisions, and say what they came to and which had no effect."""
    if path is None:
        return outcomes
    from .review.decisions import read_decisions
    from .review.gold import apply_review

    done = apply_review(outcomes, read_decisions(path))
    counts = Counter(one.verdict for one in done.applied)
    told = [f"{counts[verdict]} {verdict}" for verdict in _TOLD if counts[verdict]]
    said = ", ".join([*told, f"{done.undecided} not decided on"])
    say(f"{path}: of the records, {said}.")
    for one in done.strays:
        about = f"{one.article}/{one.record}" if one.record else one.article
        say(f"{about}: {one.verdict}, but not in these results as it was reviewed; no effect.")
    return done.outcomes


def _lines_of(results: Sequence[Path]) -> Iterator[Outcome]:
    from .gather.lines import outcome_of, read_results

    files = [path for path in results if path != Path("-")]
    if files:
        yield from read_results(*files)
    if len(files) < len(results):
        for number, line in enumerate(sys.stdin.buffer, start=1):
            yield outcome_of(line, f"standard input, line {number}")
