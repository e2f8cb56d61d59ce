"""The commands that show results: `page`, `plot`; and those of a review: `review`, `gold`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
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


Decisions = Annotated[
    Path, typer.Option(metavar="FILE", help="What is decided, a line each; it is only added to.")
]


def review(
    results: Results,
    *,
    decisions: Decisions,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
) -> None:
    """Accept, reject and correct records in a browser, on this machine alone.

    Example: ictdiplo review found.jsonl --decisions decided.jsonl
    """
    from .records import Extraction
    from .review.server import Desk, serve

    desk = Desk((one for one in _read(results) if isinstance(one, Extraction)), decisions)
    with serve(desk, port) as server, suppress(KeyboardInterrupt):
        say(f"Open {server.address} in a browser of this machine; Ctrl-C ends the review.")
        server.serve_forever()


def gold(
    results: Results,
    *,
    decisions: Decisions,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to fill.")],
) -> None:
    """Make gold of a review: of the articles in which all is decided, and nothing missing.

    Example: ictdiplo gold found.jsonl --decisions decided.jsonl --output gold
    """
    from .records import Extraction
    from .review.decisions import read_decisions
    from .review.gold import write_gold

    found = [one for one in _read(results) if isinstance(one, Extraction)]
    left_out = write_gold(found, read_decisions(decisions), output)
    for reviewed in left_out:
        article, undecided = reviewed.extraction.article.id, len(reviewed.undecided)
        why = f"{undecided} record(s) undecided" if undecided else "not said to be complete"
        say(f"{article}: left out, {why}.")
    say(f"{len(found) - len(left_out)} article(s) written to {output}.")


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
