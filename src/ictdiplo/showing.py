"""The commands that show results: `page`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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


def _read(files: list[Path]) -> Iterator[Outcome]:
    from .errors import IctdiploError
    from .gather.run import Failure
    from .records import Extraction

    for file in files:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                found = json.loads(line)
                if "error" in found:
                    yield Failure(found["article"]["id"], IctdiploError(found["error"]["message"]))
                else:
                    yield Extraction.model_validate(found)
