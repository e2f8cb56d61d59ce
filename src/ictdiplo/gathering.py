"""The commands that put many articles together: `merge`, `ledger`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from .errors import ArticleError, SettingsError
from .shell import Tally, destination

if TYPE_CHECKING:
    from .gather.run import Outcome
    from .records import Extraction


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
    list[Path], typer.Argument(help="What extract --format jsonl wrote; - is standard input.")
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

    tally = Tally(debug=context.obj)
    merged = put_together(_read(results, tally))
    with destination(output) as stream:
        if gold:
            write_merge_scores(evaluate_merges(merged, gold), stream)
        elif form is MergeFormat.text:
            write_ledger(merged, stream)
        else:
            typer.echo(merged.model_dump_json(indent=2), file=stream)
    raise typer.Exit(tally.exit_code)


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

    tally = Tally(debug=context.obj)
    merged = put_together(_read(results, tally))
    found = commitments(merged, between=between or (), topic=_heading(topic))
    if waiting:
        found = tuple(one for one in found if one.state in WAITING)
    write = {"text": write_text, "jsonl": write_json_lines, "csv": write_csv}[form]
    with destination(output) as stream:
        write(found, stream)
    raise typer.Exit(tally.exit_code)


def _heading(topic: str | None) -> str | None:
    """Return a heading of the taxonomy however it is typed; refuse what is none."""
    from .records import TopicName

    wanted = None if topic is None else re.sub(r"[\s-]+", "_", topic.strip().lower())
    if wanted is not None and wanted not in get_args(TopicName):
        raise SettingsError(
            f"--topic {topic} is no heading; one of {', '.join(get_args(TopicName))}."
        )
    return wanted


def _read(results: Iterable[Path], tally: Tally) -> Iterator[Extraction]:
    """Yield the extractions; articles that could not be read are reported, and left out."""
    from .records import Extraction

    for outcome in tally.counted(_outcomes(results)):
        if isinstance(outcome, Extraction):
            yield outcome


def _outcomes(results: Iterable[Path]) -> Iterator[Outcome]:
    from pydantic import ValidationError

    from .gather.run import Failure
    from .records import Extraction

    for path in results:
        with nullcontext(sys.stdin.buffer) if path == Path("-") else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                where = f"{path}, line {number}"
                try:
                    if line.strip():
                        yield Extraction.model_validate_json(line)
                except ValidationError:
                    message = f"{where}: this is no extraction; the article may not have been read."
                    yield Failure(where, ArticleError(message))
