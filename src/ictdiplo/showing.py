"""The commands that show results: `page`, `plot`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import IctdiploError, SettingsError
from .shell import destination, say

if TYPE_CHECKING:
    from .gather.run import Outcome


class Kind(StrEnum):
    """The figures."""

    timeline = "timeline"
    network = "network"
    matrix = "matrix"
    board = "board"


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
    from .publish.drawing import can_draw
    from .publish.results_page import results_page

    html = results_page(_read(results))
    if not can_draw():
        say("Dates and meetings are tables; with ictdiplo[plot] installed they are drawn, too.")
    with destination(output) as stream:
        stream.write(html)


def plot(
    results: Results,
    *,
    kind: Annotated[Kind, typer.Option(help="Which of the page's figures.")] = Kind.timeline,
    output: Annotated[Path, typer.Option("--output", "-o", help="SVG or PNG file to write.")],
) -> None:
    """Draw a figure for a paper; needs ictdiplo[plot].

    Example: ictdiplo plot found.jsonl --kind network --output network.svg
    """
    from .publish.drawing import png, svg
    from .publish.figures import figure, to_web
    from .publish.output import replacing
    from .publish.overview import overview_of
    from .publish.shown import show_articles
    from .records import Extraction

    found = [outcome for outcome in _read(results) if isinstance(outcome, Extraction)]
    drawing = figure(kind.value, overview_of(show_articles(found)), to_web)
    match output.suffix.lower():
        case ".svg":
            drawn = svg(drawing).encode()
        case ".png":
            drawn = png(drawing)
        case _:
            raise SettingsError(f"{output}: a figure is written as .svg or .png.")
    with replacing(output) as stream:
        stream.buffer.write(drawn)


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
