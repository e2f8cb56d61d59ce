"""The commands that put many articles together: `merge`, `ledger`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from .errors import SettingsError
from .shell import SOME_FAILED, destination, say

if TYPE_CHECKING:
    from .gather.run import Outcome


class LedgerFormat(StrEnum):
    """How commitments are printed."""

    text = "text"
    jsonl = "jsonl"
    csv = "csv"


class MergeFormat(StrEnum):
    """How a ledger is printed."""

    json = "json"
    text = "text"


Results = Annotated[
    list[Path],
    typer.Argument(help="Folders that run wrote, or JSON Lines of extract; - is standard input."),
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

    merged = put_together(_outcomes(results, debug=context.obj))
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
        LedgerFormat, typer.Option("--format", help="text is for reading, the others for programs.")
    ] = LedgerFormat.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; - is standard output.")
    ] = None,
) -> None:
    """Say who promised what to whom, in order of time, and what was heard of it since.

    Example: ictdiplo ledger found.jsonl --between IRN RUS --topic fibre
    """
    from .gather.commitments import commitments
    from .gather.merging import merge as put_together
    from .publish.commitments import WAITING, write_csv, write_json_lines, write_text

    merged = put_together(_outcomes(results, debug=context.obj))
    found = commitments(merged, between=between or (), topic=_heading(topic))
    if waiting:
        found = tuple(one for one in found if one.state in WAITING)
    write = {"text": write_text, "jsonl": write_json_lines, "csv": write_csv}[form]
    with destination(output) as stream:
        write(found, stream)
    raise typer.Exit(SOME_FAILED if merged.unread else 0)


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


def _lines_of(results: Sequence[Path]) -> Iterator[Outcome]:
    from .gather.lines import outcome_of, read_results

    files = [path for path in results if path != Path("-")]
    if files:
        yield from read_results(*files)
    if len(files) < len(results):
        for number, line in enumerate(sys.stdin.buffer, start=1):
            yield outcome_of(line, f"standard input, line {number}")
