"""The commands for batches, which cost half and take up to a day: `batch submit|status|collect`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .shell import (
    BaseURL,
    ModelName,
    ModeName,
    MoreSettings,
    PublicationDate,
    Tally,
    choose,
    introduce,
    refuse_blanks,
    say,
)

if TYPE_CHECKING:
    from .gather.batch_folder import Batch

batch = typer.Typer(
    no_args_is_help=True,
    help="Ask a model about many articles at half the price, within a day (OpenAI's Batch API).",
)
BatchDirectory = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder that was submitted from.")
]


@batch.command()
def submit(  # noqa: PLR0913 - a parameter is an option
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(help="What extract reads, or patterns such as 'news/**/*.txt'."),
    ],
    *,
    output: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for the results; it remembers the batches.")
    ],
    model: ModelName = None,
    base_url: BaseURL = None,
    mode: ModeName = None,
    settings: MoreSettings = None,
    published: PublicationDate = None,
) -> None:
    """Send what no stored answer tells and no batch is asked already.

    Example: ictdiplo batch submit --model openai/gpt-5-mini --output run news/*.txt
    """
    from .gather.batch import submit_batch
    from .gather.inputs import Inputs
    from .read.offline import OfflineReader

    refuse_blanks(published=published)
    chosen = choose(model, settings, base_url=base_url, mode=mode)
    introduce(chosen)
    articles = Inputs(inputs, published).articles()
    told = submit_batch(articles, output, model=chosen or OfflineReader())
    tally = Tally(debug=context.obj)
    for _ in tally.counted(told.failures):
        pass
    _write_batches(told.batches)
    say(
        f"{told.asked} article(s) are asked about, {told.under_way} were already, and {told.known} "
        f"need no asking. Later: ictdiplo batch collect {output}"
    )
    raise typer.Exit(tally.exit_code)


@batch.command()
def status(folder: BatchDirectory) -> None:
    """Say what has become of each batch.

    Example: ictdiplo batch status run
    """
    from .gather.batch import check_batch

    _write_batches(check_batch(folder))


@batch.command()
def collect(context: typer.Context, folder: BatchDirectory) -> None:
    """Add what has come to the results; collect again for the rest.

    Example: ictdiplo batch collect run
    """
    from .gather.batch import collect_batch, waiting_batches

    tally = Tally(debug=context.obj)
    for _ in tally.counted(collect_batch(folder)):
        pass
    say(f"{tally.read} article(s) read and {tally.failed} not: {folder / 'results.jsonl'}")
    if tally.failed:
        say("What was not read can be submitted again, or read by a live run.")
    if waiting := waiting_batches(folder):
        say(f"Not ended yet: {', '.join(f'batch {each.number}' for each in waiting)}.")
    raise typer.Exit(tally.exit_code)


def _write_batches(batches: Iterable[Batch]) -> None:
    for each in batches:
        counts = f"{each.completed} of {each.requests} answered, {each.failed} failed"
        reason = f" ({each.reason})" if each.reason else ""
        collected = ", collected" if each.collected else ""
        typer.echo(
            f"batch {each.number}  {each.id or '-'}  {each.status}{reason}{collected}  {counts}"
        )
