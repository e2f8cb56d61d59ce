"""The commands that put many articles together: `merge`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import ArticleError
from .shell import Tally, destination

if TYPE_CHECKING:
    from .gather.run import Outcome
    from .records import Extraction

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
    gold: Annotated[
        Path | None, typer.Option(help="Groups of reports that are one, to measure the merging.")
    ] = None,
) -> None:
    """Put together what many articles report: each event and text once, with all its sources.

    Example: ictdiplo merge found.jsonl -o ledger.json
    """
    from .gather.merging import merge as put_together
    from .measure.merges import evaluate_merges
    from .publish.merges import write_merge_scores

    tally = Tally(debug=context.obj)
    ledger = put_together(_read(results, tally))
    with destination(output) as stream:
        if gold:
            write_merge_scores(evaluate_merges(ledger, gold), stream)
        else:
            typer.echo(ledger.model_dump_json(indent=2), file=stream)
    raise typer.Exit(tally.exit_code)


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
