"""The commands that show results: `page`, `plot`; and those of a review: `review`, `gold`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .errors import SettingsError
from .shell import SOME_FAILED, destination, say

if TYPE_CHECKING:
    from .gather.run import Failure, Outcome
    from .records import Extraction


class Kind(StrEnum):
    """The figures."""

    timeline = "timeline"
    network = "network"
    matrix = "matrix"
    board = "board"


Results = Annotated[
    list[Path],
    typer.Argument(
        metavar="RESULTS...", help="Folders of run, or what extract --format jsonl wrote."
    ),
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

    outcomes = _outcomes(results)
    html = results_page(outcomes)
    if not can_draw():
        say("Dates and meetings are tables; with ictdiplo[plot] installed they are drawn, too.")
    with destination(output) as stream:
        stream.write(html)
    _end(outcomes)


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

    outcomes = _outcomes(results)
    overview = overview_of(show_articles(_extractions(outcomes)))
    drawing = figure(kind.value, overview, to_web)
    match output.suffix.lower():
        case ".svg":
            drawn = svg(drawing).encode()
        case ".png":
            drawn = png(drawing)
        case _:
            raise SettingsError(f"{output}: a figure is written as .svg or .png.")
    with replacing(output) as stream:
        stream.buffer.write(drawn)
    _end(outcomes)


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
    from .review.server import Desk, serve

    desk = Desk(_extractions(_outcomes(results)), decisions)
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
    from .review.decisions import read_decisions
    from .review.gold import write_gold

    if not decisions.exists():
        raise SettingsError(f"{decisions}: there is no such file; `ictdiplo review` writes it.")
    outcomes = _outcomes(results)
    found = _extractions(outcomes)
    left_out = write_gold(found, read_decisions(decisions), output)
    for reviewed in left_out:
        say(reviewed.why_left_out())
    say(f"{len(found) - len(left_out)} article(s) written to {output}.")
    _end(outcomes)


def _extractions(outcomes: Iterable[Outcome]) -> list[Extraction]:
    from .records import Extraction

    return [outcome for outcome in outcomes if isinstance(outcome, Extraction)]


def _outcomes(results: Iterable[Path]) -> list[Outcome]:
    """Read all results; say which lines are none, since nothing shows where they would belong."""
    from .gather.lines import read_results

    outcomes = list(read_results(*results))
    for failure in _broken(outcomes):
        say(failure.message)
    return outcomes


def _broken(outcomes: Iterable[Outcome]) -> list[Failure]:
    from .errors import RunError
    from .gather.run import Failure

    failures = (each for each in outcomes if isinstance(each, Failure))
    return [failure for failure in failures if isinstance(failure.error, RunError)]


def _end(outcomes: Iterable[Outcome]) -> None:
    """End with the code that tells of lines that are no results."""
    if _broken(outcomes):
        raise typer.Exit(SOME_FAILED)
