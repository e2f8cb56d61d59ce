"""The commands that measure readers, or look at them: `evaluate`, `probe`, `doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from .errors import SettingsError
from .shell import (
    SOME_FAILED,
    BaseURL,
    CacheDirectory,
    ModelName,
    ModeName,
    MoreSettings,
    choose,
    destination,
    introduce,
    say,
)


class ReportFormat(StrEnum):
    """How figures are printed."""

    table = "table"
    json = "json"


GoldFolder = Annotated[Path, typer.Option(metavar="DIR", help="Folder of <name>.json.")]
ArticleFolder = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of <name>.txt, if not beside them.")
]


def evaluate(  # noqa: PLR0913 - a parameter is an option
    *,
    gold: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of <name>.json.")] = None,
    articles: ArticleFolder = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="A review of --predicted, which is the gold where no --gold is given.",
        ),
    ] = None,
    predicted: Annotated[
        Path | None, typer.Option(help="What extract --format jsonl wrote, or a folder like gold.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="Another run, to say how much better --predicted is.")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline/--no-baseline", help="Let the offline reader read, too.")
    ] = True,
    errors: Annotated[
        bool, typer.Option("--errors", help="List each error; json always does.")
    ] = False,
    form: Annotated[ReportFormat, typer.Option("--format")] = ReportFormat.table,
    html: Annotated[
        Path | None, typer.Option(help="Page to write: gold beside what was found.")
    ] = None,
) -> None:
    """Measure a run, or the offline reader, against gold.

    Example: ictdiplo evaluate --gold gold --articles news --predicted found.jsonl
    """
    from .measure.report import report_on
    from .publish.evaluation_page import evaluation_page
    from .publish.scores import write_report

    with _gold(gold, decisions, predicted) as folder:
        report = report_on(folder, articles, predicted, against=against, with_baseline=baseline)
    if html:
        with destination(html) as page:
            page.write(evaluation_page(report))
    with destination(None) as stream:
        if form is ReportFormat.json:
            typer.echo(report.model_dump_json(indent=2), file=stream)
        else:
            write_report(report, stream, with_errors=errors)
    raise typer.Exit(SOME_FAILED if report.has_failures() else 0)


@contextmanager
def _gold(gold: Path | None, decisions: Path | None, predicted: Path | None) -> Iterator[Path]:
    """Return the folder of gold, made of a review where that is given in its place."""
    if gold and not decisions:
        yield gold
        return
    if gold or not (decisions and predicted):
        raise SettingsError("Give --gold, or --predicted and the --decisions of its review.")

    from .gather.lines import read_results
    from .records import Extraction
    from .review.decisions import read_decisions
    from .review.gold import write_gold

    found = [each for each in read_results(predicted) if isinstance(each, Extraction)]
    with TemporaryDirectory() as folder:
        for reviewed in write_gold(found, read_decisions(decisions), folder):
            say(reviewed.why_left_out())
        yield Path(folder)


def probe(  # noqa: PLR0913 - a parameter is an option
    *,
    gold: GoldFolder,
    articles: ArticleFolder = None,
    model: ModelName = None,
    base_url: BaseURL = None,
    mode: ModeName = None,
    settings: MoreSettings = None,
    form: Annotated[ReportFormat, typer.Option("--format")] = ReportFormat.table,
) -> None:
    """Change articles of which gold is known, and tell whether a reader notices.

    Example: ictdiplo probe --gold gold --articles news --model offline
    """
    from .gather.run import workers_for
    from .measure.probing import probe as probe_reader
    from .publish.probes import write_probes
    from .read.offline import OfflineReader

    chosen = choose(model, settings, base_url=base_url, mode=mode)
    introduce(chosen)
    reader = chosen or OfflineReader()
    report = probe_reader(gold, model=reader, articles=articles, workers=workers_for(reader))
    with destination(None) as stream:
        if form is ReportFormat.json:
            typer.echo(report.model_dump_json(indent=2), file=stream)
        else:
            write_probes(report, stream)
    raise typer.Exit(SOME_FAILED if report.unread else 0)


def doctor(
    *,
    model: ModelName = None,
    base_url: BaseURL = None,
    settings: MoreSettings = None,
    directory: CacheDirectory = None,
    form: Annotated[ReportFormat, typer.Option("--format")] = ReportFormat.table,
) -> None:
    """Look at what is installed, and what an endpoint does with each way of asking.

    Example: ictdiplo doctor --model ollama/qwen3:8b
    """
    from .publish.diagnosis import write_diagnosis
    from .read.cache import Answers
    from .read.canary import examine

    chosen = choose(model, settings, base_url=base_url)
    found = examine(chosen) if chosen else None
    with destination(None) as stream:
        if form is ReportFormat.json:
            typer.echo(found.model_dump_json(indent=2) if found else "null", file=stream)
        else:
            with closing(Answers.open(directory)) as answers:
                write_diagnosis(chosen, found, answers.info(), stream)
    raise typer.Exit(SOME_FAILED if found and found.trouble else 0)
