"""The commands that show results: `page`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import IctdiploError, SettingsError
from .shell import destination

if TYPE_CHECKING:
    from .gather.run import Outcome

Results = Annotated[
    list[Path], typer.Argument(metavar="RESULTS...", help="What extract --format jsonl wrote.")
]


def page(
    results: Results,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
) -> None:
    """Show articles with their evidence marked, and the records, on one page that loads nothing.

    Example: ictdiplo page found.jsonl --output found.html
    """
    from .publish.results_page import results_page

    html = results_page(_read(results))
    with destination(output) as stream:
        stream.write(html)


def _read(files: Iterable[Path]) -> Iterator[Outcome]:
    for file in files:
        # Split at line feeds alone: a string in JSON may hold the other ends of lines.
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip():
                yield _outcome(line, f"{file}, line {number}")


def _outcome(line: str, where: str) -> Outcome:
    from .gather.run import Failure
    from .records import Extraction

    try:
        found = json.loads(line)
        if isinstance(found, dict) and "error" in found:
            message = IctdiploError(str(found["error"]["message"]))
            return Failure(str(found["article"]["id"]), message)
        return Extraction.model_validate(found)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SettingsError(
            f"{where}: this is no extraction; write it with ictdiplo extract --format jsonl."
        ) from error
