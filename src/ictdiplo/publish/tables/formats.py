"""The formats that records are written in, and which of them a file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from ...errors import SettingsError
from ...gather.run import Failure, Outcome
from ..output import replacing, write_json_lines
from .database import write_database
from .delimited import write_csv
from .events import Codebook, read_codebook
from .follow_the_money import write_follow_the_money
from .intake import Entry, TablesReport, entries
from .json_ld import write_json_ld
from .parquet import write_parquet
from .plover import write_plover
from .polecat import write_polecat
from .workbook import write_workbook

FormatName = Literal[
    "jsonl", "csv", "excel", "parquet", "sqlite", "plover", "polecat", "ftm", "jsonld"
]
_Entries: TypeAlias = Iterable[Entry | Failure]


class _Options(NamedTuple):
    """What `write_tables` was told."""

    report: TablesReport
    bom: bool
    guard: bool
    codebook: Codebook


def write_tables(
    extractions: Iterable[Outcome],
    path: str | Path,
    *,
    format: FormatName | None = None,  # noqa: A002 - what everybody calls it
    bom: bool = False,
    guard: bool = True,
    codebook: str | Path | None = None,
) -> TablesReport:
    """Write extractions, one at a time, in a format that other programs load.

    `format` is, or the suffix of `path` tells,

    - `jsonl` (`.jsonl`, `.ndjson`): the extractions themselves, a line each; nothing is left out;
    - `csv` (`.csv`): one row for each record, or, where `path` is a folder or has no suffix, a file
      for each table in it; `bom` lets Excel know that it is UTF-8; `guard` puts an apostrophe in
      front of what a spreadsheet would take for a formula;
    - `excel` (`.xlsx`): a sheet with a row for each record, and one for each table; needs the extra
      `excel`; texts longer than a cell can be are cut, and the report says so;
    - `parquet` (`.parquet`): a file or a folder as for `csv`; needs the extra `parquet`;
    - `sqlite` (`.sqlite`, `.sqlite3`, `.db`): a database with all tables, references and views, from
      which the extractions can be read again;
    - `plover` (`.plover.jsonl`): PLOVER events, a line each, by `codebook`, a JSON file that replaces
      parts of `ictdiplo/data/plover.json`;
    - `polecat` (`.tsv`): the same events in the columns of POLECAT; `guard` as for `csv`;
    - `ftm` (`.ftm.json`, `.ftm.jsonl`): entities of FollowTheMoney, a line each;
    - `jsonld` (`.jsonld`): JSON-LD in the terms of schema.org.

    The tables and their columns are those of `ictdiplo/data/tables.json`. Whatever was at `path` is
    replaced when all is written, and stays as it was if an error ends it. Returned is how much was
    written, and what was not, or not as it was: failures among `extractions` above all.

    Raises:
        SettingsError: the format or the codebook makes no sense, the format's extra is not installed,
            or nothing can be written there.
        TableError: a table is too long for the format.
    """
    path = Path(path)
    name = format or _by_suffix(path)
    if name not in _WRITERS:
        raise SettingsError(f"“{name}” is no format; choose {', '.join(_WRITERS)}.")
    options = _Options(TablesReport(), bom, guard, read_codebook(codebook))
    _WRITERS[name](entries(extractions, options.report), path, options)
    return options.report


def _by_suffix(path: Path) -> FormatName:
    for suffix, name in _SUFFIXES.items():
        if path.name.lower().endswith(suffix):
            return name
    raise SettingsError(
        f"{path}: no format goes by this name; choose {', '.join(_WRITERS)}, or a suffix of "
        f"{', '.join(_SUFFIXES)}."
    )


def _write_json_lines(entries: _Entries, path: Path, _: _Options) -> None:
    with replacing(path) as stream:
        write_json_lines((e.found if isinstance(e, Entry) else e for e in entries), stream)


_WRITERS: dict[str, Callable[[_Entries, Path, _Options], None]] = {
    "jsonl": _write_json_lines,
    "csv": lambda entries, path, it: write_csv(entries, path, bom=it.bom, guard=it.guard),
    "excel": lambda entries, path, it: write_workbook(entries, path, it.report),
    "parquet": lambda entries, path, _: write_parquet(entries, path),
    "sqlite": lambda entries, path, _: write_database(entries, path),
    "plover": lambda entries, path, it: write_plover(entries, path, it.codebook, it.report),
    "polecat": lambda entries, path, it: write_polecat(
        entries, path, it.codebook, it.report, guard=it.guard
    ),
    "ftm": lambda entries, path, _: write_follow_the_money(entries, path),
    "jsonld": lambda entries, path, _: write_json_ld(entries, path),
}
# Those that another one ends with stand above it.
_SUFFIXES: dict[str, FormatName] = {
    ".plover.jsonl": "plover",
    ".ftm.jsonl": "ftm",
    ".ftm.json": "ftm",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".xlsx": "excel",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".tsv": "polecat",
    ".jsonld": "jsonld",
}
