"""The commands that measure readers, or look at them: `evaluate`, `probe`, `doctor`."""

from __future__ import annotations

from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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
    gold: GoldFolder,
    articles: ArticleFolder = None,
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

    report = report_on(gold, articles, predicted, against=against, with_baseline=baseline)
    if html:
        with destination(html) as page:
            page.write(evaluation_page(report))
    with destination(None) as stream:
        if form is ReportFormat.json:
            typer.echo(report.model_dump_json(indent=2), file=stream)
        else:
            write_report(report, stream, with_errors=errors)
    raise typer.Exit(SOME_FAILED if report.has_failures() else 0)


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
