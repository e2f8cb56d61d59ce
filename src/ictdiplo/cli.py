"""The command line: it parses, calls and prints; `shell` says how a command ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from .batching import batch
from .gathering import ledger, merge
from .measuring import doctor, evaluate, probe
from .running import run
from .shell import (
    Articles,
    BaseURL,
    CacheDirectory,
    Intranet,
    ModelName,
    ModeName,
    MoreSettings,
    PublicationDate,
    Shell,
    Tally,
    choose,
    destination,
    introduce,
    refuse_blanks,
)
from .showing import gold, page, plot, review
from .tabulating import tables

if TYPE_CHECKING:
    from .gather.run import Outcome

# Seconds.
UNITS = {"h": 3_600.0, "d": 86_400.0, "w": 604_800.0}


class Format(StrEnum):
    """How records are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


app = typer.Typer(
    cls=Shell,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help is quicker, and the same in a pipe
    pretty_exceptions_enable=False,  # they print local variables, and a key may be among them
    context_settings={"help_option_names": ["-h", "--help"]},
)
cache = typer.Typer(no_args_is_help=True, help="Look at the stored answers, or forget them.")
app.add_typer(cache, name="cache")
app.add_typer(batch, name="batch")
app.command()(evaluate)
app.command()(probe)
app.command()(doctor)
app.command()(run)
app.command()(merge)
app.command()(ledger)
app.command()(page)
app.command()(plot)
app.command()(review)
app.command()(gold)
app.command()(tables)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ictdiplo {version('ictdiplo')}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose.")] = False,
) -> None:
    """Turn news about ICT diplomacy into records that can be cited.

    Example: ictdiplo extract article.txt
    """
    context.obj = debug


@app.command()
def extract(  # noqa: PLR0913 - a parameter is an option
    context: typer.Context,
    files: Articles,
    *,
    model: ModelName = None,
    base_url: BaseURL = None,
    mode: ModeName = None,
    settings: MoreSettings = None,
    published: PublicationDate = None,
    form: Annotated[
        Format, typer.Option("--format", help="table is for reading, the others for programs.")
    ] = Format.table,
    output: Annotated[
        Path | None, typer.Option(help="File to write when all is done; - is standard output.")
    ] = None,
    intranet: Intranet = False,
    second_look: Annotated[
        bool, typer.Option("--second-look", help="Ask again about sentences that were left out.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use stored answers nor store new ones.")
    ] = False,
) -> None:
    """Find meetings, proposals and memoranda in articles.

    Example: ictdiplo extract --published 2025-11-24 --format jsonl news/*.txt
    """
    from .extraction import offline_reader
    from .gather.inputs import Inputs
    from .gather.run import read_in_order, workers_for

    refuse_blanks(published=published)
    cache, look = False if no_cache else None, second_look or None
    chosen = choose(model, settings, base_url=base_url, mode=mode, second_look=look, cache=cache)
    introduce(chosen)
    tally = Tally(debug=context.obj)
    articles = Inputs(files, published, intranet=intranet).articles()
    reader = chosen or offline_reader()
    outcomes = read_in_order(articles, reader, workers_for(reader))
    with destination(output) as stream:
        _write(form, tally.counted(outcomes), stream)
        if not tally.read:
            raise typer.Exit(tally.exit_code)  # and so leave an older output in its place
    raise typer.Exit(tally.exit_code)


@app.command()
def triage(
    context: typer.Context,
    files: Articles,
    *,
    intranet: Intranet = False,
    json_lines: Annotated[
        bool, typer.Option("--jsonl", help="JSON Lines, for programs, in the place of text.")
    ] = False,
) -> None:
    """Tell which articles are worth a model's money, a line an article; offline, and free.

    Example: ictdiplo triage news/*.txt
    """
    from .gather.inputs import Inputs
    from .gather.run import triage_each
    from .publish.output import write_triage

    tally = Tally(debug=context.obj)
    with destination(None) as stream:
        assessed = tally.counted(triage_each(Inputs(files, intranet=intranet).articles()))
        write_triage(assessed, stream, json_lines=json_lines)
    raise typer.Exit(tally.exit_code)


@app.command()
def schema(
    *,
    of_ledger: Annotated[
        bool, typer.Option("--ledger", help="That of what merge prints, in its place.")
    ] = False,
) -> None:
    """Print the JSON Schema of the records.

    Example: ictdiplo schema > extraction.schema.json
    """
    from .gather.ledger import Ledger
    from .records import Extraction

    form = (Ledger if of_ledger else Extraction).model_json_schema()
    typer.echo(json.dumps(form, indent=2, ensure_ascii=False))


@cache.command()
def info(directory: CacheDirectory = None) -> None:
    """Say how much is stored, and where.

    Example: ictdiplo cache info
    """
    from .read.cache import Answers

    with closing(Answers.open(directory)) as answers:
        found = answers.info()
    typer.echo(f"{found.entries} entries, {found.bytes / 1e6:.1f} MB, in {found.directory}")


def _seconds(age: str) -> float:
    """Read an age such as 30d."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([hdw]?)", age.strip().lower())
    if not found:
        raise typer.BadParameter("an age is a number with h, d or w behind it, such as 30d.")
    number, unit = found.groups()
    return float(number) * UNITS[unit or "d"]


@cache.command()
def clear(
    directory: CacheDirectory = None,
    older_than: Annotated[
        float | None,
        typer.Option(
            parser=_seconds,
            metavar="AGE",
            help="Keep what is younger: 30d, 12h, 2w; a number alone is days.",
        ),
    ] = None,
) -> None:
    """Forget stored answers.

    Example: ictdiplo cache clear --older-than 30d
    """
    from .read.cache import Answers

    with closing(Answers.open(directory)) as answers:
        forgotten = answers.clear(older_than)
    typer.echo(f"{forgotten} entries forgotten.")


def _write(form: Format, outcomes: Iterable[Outcome], stream: TextIO) -> None:
    from .publish.output import write_json, write_json_lines, write_table

    {
        Format.table: write_table,
        Format.json: write_json,
        Format.jsonl: write_json_lines,
    }[form](outcomes, stream)
