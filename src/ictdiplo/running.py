"""The command that reads many articles into a folder, and goes on where it ended: `run`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from .shell import (
    INTERRUPTED,
    REFUSED,
    BaseURL,
    Intranet,
    ModelName,
    ModeName,
    MoreSettings,
    Tally,
    choose,
    draining,
    introduce,
    refuse_blanks,
    say,
)

if TYPE_CHECKING:
    from .draft import Reader
    from .gather.counts import Limits
    from .gather.harvest import Engine as Reads
    from .gather.harvest import Folder, Harvest
    from .gather.inputs import Inputs
    from .gather.journal import Journal
    from .gather.selection import Selection
    from .read.model import Model
    from .relevance import Triage

    LeaveOut = Callable[[Triage], None]

# Seconds after which the manifest tells anew how far it has come.
NOTED = 30.0


class Engine(StrEnum):
    """What reads."""

    here = "here"
    ray = "ray"


Given = Annotated[
    list[str],
    typer.Argument(help="What extract reads, or patterns such as 'news/**/*.txt'."),
]
EngineName = Annotated[
    Engine, typer.Option(help="What reads: this machine, or a Ray cluster (extra ray).")
]
Address = Annotated[
    str | None,
    typer.Option(help="Where the Ray cluster is; without it RAY_ADDRESS, or one started here."),
]
Output = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="Folder of the results; made if missing.")
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date of all the articles.")
]
TextColumn = Annotated[
    str, typer.Option(metavar="NAME", help="Column of a table that holds the texts.")
]
Concurrency = Annotated[
    int | None, typer.Option(min=1, help="Articles read at the same time; 8 for a model.")
]
MaxCost = Annotated[float | None, typer.Option(metavar="USD", help="Stop once this is spent.")]
MaxTokens = Annotated[int | None, typer.Option(help="Stop once so many are used up.")]
MaxErrors = Annotated[int | None, typer.Option(help="Stop once so many articles have failed.")]
Limit = Annotated[int | None, typer.Option(help="Take the first so many articles only.")]
SampleOf = Annotated[
    str | None,
    typer.Option(metavar="N|N%", help="Take some, drawn by content: the same each time."),
]
ShardOf = Annotated[
    str | None, typer.Option(metavar="I/N", help="Take the I-th of N parts, for N machines.")
]
OnlyRelevant = Annotated[
    bool, typer.Option("--only-relevant", help="Leave out what triage finds nothing in.")
]
SecondLook = Annotated[
    bool, typer.Option("--second-look", help="Ask again about sentences that were left out.")
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say how much there is to read; send, fetch and write nothing."),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Neither use stored answers nor store new ones.")
]


def run(  # noqa: PLR0913 - a parameter is an option
    context: typer.Context,
    inputs: Given,
    *,
    output: Output,
    model: ModelName = None,
    base_url: BaseURL = None,
    mode: ModeName = None,
    settings: MoreSettings = None,
    published: Published = None,
    text_column: TextColumn = "text",
    intranet: Intranet = False,
    concurrency: Concurrency = None,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    max_errors: MaxErrors = None,
    limit: Limit = None,
    sample: SampleOf = None,
    shard: ShardOf = None,
    only_relevant: OnlyRelevant = False,
    second_look: SecondLook = False,
    no_cache: NoCache = False,
    dry_run: DryRun = False,
    engine: EngineName = Engine.here,
    address: Address = None,
) -> None:
    """Read many articles into a folder; run again, it goes on where it ended.

    Example: ictdiplo run news --output dataset --model openai/gpt-5-mini --max-cost 5
    """
    from .gather.counts import Limits
    from .gather.harvest import Folder, Harvest
    from .gather.inputs import Inputs
    from .gather.run import workers_for

    refuse_blanks(published=published, sample=sample, shard=shard)
    given, tally = Inputs(inputs, published, text_column, intranet), Tally(debug=context.obj)
    limits, selection = Limits(max_cost, max_tokens, max_errors), _selection(shard, sample, limit)
    kept = {"cache": False if no_cache else None, "second_look": second_look or None}
    reader = _reader(choose(model, settings, base_url=base_url, mode=mode, **kept), limits)
    workers, files = concurrency or workers_for(reader), Folder(output, selection.shard)
    with _opened(files, dry_run=dry_run, only_relevant=only_relevant) as (journal, leave_out):
        harvest = Harvest(journal, reader, workers, selection, limits, leave_out=leave_out)
        harvest.engine = _what_reads(engine, address, concurrency)
        if dry_run:
            _foresee(harvest, given, tally)
            raise typer.Exit(tally.exit_code)
        _bring_in(harvest, given, files.manifest, tally)
    raise typer.Exit(_exit_code(harvest, tally))


def _reader(model: Model | None, limits: Limits) -> Reader:
    from .read.offline import OfflineReader

    limits.check(model)
    introduce(model)
    return model or OfflineReader()


def _what_reads(engine: Engine, address: str | None, concurrency: int | None) -> Reads:
    if engine is Engine.ray:
        from .gather.ray import RayEngine

        return RayEngine(address, concurrency)
    from .gather.run import read_each

    return read_each


def _selection(shard: str | None, sample: str | None, limit: int | None) -> Selection:
    from .gather.selection import Sample, Selection, Shard

    part = Shard.parse(shard) if shard else None
    return Selection(part, Sample.parse(sample) if sample else None, limit)


@contextmanager
def _opened(
    files: Folder, *, dry_run: bool, only_relevant: bool
) -> Iterator[tuple[Journal, LeaveOut | None]]:
    """Open the results, and what is told of the articles not worth reading.

    A dry run writes to neither, nor makes a folder for them.
    """
    from .gather.journal import Journal

    with TemporaryDirectory() as nowhere, ExitStack() as stack:
        absent = dry_run and not files.results.exists()
        results = Path(nowhere) / "results.jsonl" if absent else files.results
        journal = stack.enter_context(Journal(results))
        if not only_relevant:
            yield journal, None
            return
        left_out = Path(os.devnull) if dry_run else files.left_out
        file = stack.enter_context(left_out.open("w", encoding="utf-8"))
        yield journal, lambda said: print(said.model_dump_json(), file=file, flush=True)


def _foresee(harvest: Harvest, inputs: Inputs, tally: Tally) -> None:
    """Say what there is to read, and what that would take; fetch no page to find out."""
    from .gather.run import Failure
    from .publish.progress import foresight
    from .read.estimate import estimate
    from .read.model import Model

    for candidate in tally.counted(harvest.due(inputs.without_pages().articles())):
        if not isinstance(candidate, Failure) and isinstance(harvest.reader, Model):
            harvest.counts.pay(estimate(harvest.reader, candidate))
    pages = len(inputs.pages)
    say(foresight(harvest.counts, due=tally.read, failed=tally.failed, pages=pages))


def _bring_in(harvest: Harvest, inputs: Inputs, manifest_file: Path, tally: Tally) -> None:
    """Read what is due, show how it goes, and keep the manifest up to date."""
    from .gather.manifest import Manifest
    from .publish.progress import Board, closing_lines

    begun = noted = time.monotonic()
    manifest = Manifest(manifest_file)
    manifest.begin(harvest.reader, inputs.names, asdict(harvest.selection))
    number, end = inputs.expected(), "broken off"
    about = None if number is None else harvest.selection.number_of(number)
    try:
        with Board(about) as board, draining(harvest.stop):
            for _ in tally.counted(harvest.bring_in(inputs.articles())):
                board.show(harvest.counts)
                if time.monotonic() - noted > NOTED:
                    noted = time.monotonic()
                    manifest.note(harvest.counts)
        end = harvest.end
    finally:
        manifest.end(harvest.counts, end)
    for line in closing_lines(harvest.counts, time.monotonic() - begun):
        say(line)
    say(_what_now(harvest))


def _what_now(harvest: Harvest) -> str:
    """Say where the results are, and what running again would do."""
    where = f"The results are in {harvest.journal.path}"
    if not harvest.is_complete:
        why = f"Stopped: {harvest.stopped}. " if harvest.stopped else ""
        return f"{why}{where}; the same command goes on from here."
    if harvest.counts.failed:
        return f"{where}; the same command tries those again that failed."
    return f"{where}."


def _exit_code(harvest: Harvest, tally: Tally) -> int:
    if harvest.is_complete or tally.refused:
        return tally.exit_code
    return REFUSED if harvest.stopped else INTERRUPTED
