"""The command that puts records into tables."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shell import SOME_FAILED, say

if TYPE_CHECKING:
    from .gather.run import Outcome


class TablesFormat(StrEnum):
    """How tables are written."""

    jsonl = "jsonl"
    csv = "csv"
    excel = "excel"
    parquet = "parquet"
    sqlite = "sqlite"
    plover = "plover"
    polecat = "polecat"
    ftm = "ftm"
    jsonld = "jsonld"


def tables(  # noqa: PLR0913 - a parameter is an option
    context: typer.Context,
    results: Annotated[
        list[Path],
        typer.Argument(
            help="Folders of run, what extract --format jsonl wrote, databases that tables wrote."
        ),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="File or folder to write; its suffix tells the format."
        ),
    ],
    form: Annotated[
        TablesFormat | None, typer.Option("--format", help="If the suffix does not tell it.")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Let Excel know that CSV is UTF-8.")] = False,
    guard: Annotated[
        bool,
        typer.Option("--guard/--no-guard", help="Let no spreadsheet take a text for a formula."),
    ] = True,
    codebook: Annotated[
        Path | None, typer.Option(help="JSON file in the place of parts of the PLOVER codebook.")
    ] = None,
) -> None:
    """Put records into tables that other programs load.

    Example: ictdiplo tables found.jsonl -o found.sqlite
    """
    from .publish.tables.formats import write_tables

    report = write_tables(
        _outcomes(results),
        output,
        format=form.value if form else None,
        bom=bom,
        guard=guard,
        codebook=codebook,
    )
    for failure in report.failures:
        say(str(failure), failure.error, debug=context.obj)
    say(f"{output}: {report}")
    raise typer.Exit(SOME_FAILED if report.failures else 0)


def _outcomes(files: list[Path]) -> Iterator[Outcome]:
    from .gather.lines import read_results
    from .publish.tables.database import read_database

    databases = [file for file in files if file.suffix.lower() in {".sqlite", ".sqlite3", ".db"}]
    written = [file for file in files if file not in databases]
    if written:
        yield from read_results(*written)
    for file in databases:
        yield from read_database(file)
