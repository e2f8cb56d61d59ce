"""An evaluation as one page: the figures, and gold beside prediction, article by article.

The page is one file, loads nothing, runs no script and stays readable with its style taken away.
Whatever files and articles say is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ..measure.compared import KINDS, Kind
from ..measure.evaluation import Judged
from ..measure.pairing import Pair
from ..measure.report import Report
from .scores import LABELS, ONE, Row, facts, shown, tables
from .templating import render_page, source

# How a record fared, and what a reader of the page calls that.
SORTS = (
    ("wrong", "wrong field"),
    ("missed", "missed"),
    ("invented", "invented"),
    ("right", "right"),
)


def evaluation_page(report: Report) -> str:
    """Return the HTML of a report; where there are two runs, the records are those of the first."""
    runs = report.evaluations()
    name, run = next(iter(runs.items()))
    *more, overall = tables(report)
    articles = [_article(judged) for judged in run.articles]
    style = source("evaluation.css")
    return render_page(
        "evaluation.html.jinja",
        style=style,
        labels=LABELS,
        tables=[_table(*rows) for rows in (overall, *more)],
        warnings=[f"{each}: {warning}" for each, one in runs.items() for warning in one.warnings],
        run="the offline reader" if name == "offline" else "the run",
        sorts=SORTS,
        totals=Counter(record["sort"] for article in articles for record in article["records"]),
        articles=articles,
    )


def _table(head: Row, *rows: Row) -> dict[str, Any]:
    return {"title": head[0] or "Records", "head": ["", *head[1:]], "rows": rows}


def _article(judged: Judged) -> dict[str, Any]:
    records = [record for kind in KINDS for record in _records(judged, kind)]
    sorts = Counter(record["sort"] for record in records)
    told = ", ".join(f"{sorts[sort]} {label}" for sort, label in SORTS if sorts[sort])
    wrong = len(records) > sorts["right"]
    return {"name": judged.article, "told": told or "nothing", "open": wrong, "records": records}


def _records(judged: Judged, kind: Kind) -> Iterator[dict[str, Any]]:
    matching = getattr(judged, kind)
    for pair in matching.paired:
        yield _pair(pair, kind)
    for sort in ("missed", "invented"):
        for record in getattr(matching, sort):
            fields = [{"name": _label(name), "said": shown(record, name)} for name in facts(kind)]
            yield _record(sort, kind, record.quotes, fields)


def _pair(pair: Pair, kind: Kind) -> dict[str, Any]:
    fields = [
        {
            "name": _label(name),
            "gold": shown(pair.gold, name),
            "found": shown(pair.found, name),
            "alike": f"{value:.2f}",
            "off": value < 1,
        }
        for name, value in {**pair.fields, **pair.more_fields}.items()
    ]
    sort = "right" if min(pair.fields.values()) == 1 else "wrong"
    return _record(sort, kind, dict.fromkeys((*pair.gold.quotes, *pair.found.quotes)), fields)


def _record(
    sort: str, kind: Kind, quotes: Iterable[str], fields: list[dict[str, Any]]
) -> dict[str, Any]:
    title = f"{ONE[kind].capitalize()}: {dict(SORTS)[sort]}"
    return {"sort": sort, "title": title, "quotes": [*quotes], "fields": fields}


def _label(name: str) -> str:
    return name.replace("_", " ")
