"""Parquet: one table in a file, or each in a file of a folder; DuckDB writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ...errors import SettingsError
from ...gather.run import Failure
from ..output import drafted
from .delimited import files_of
from .intake import Entry
from .layout import OVERVIEW, Table
from .overview import overview_of
from .rows import rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LONGEST_ROW = 64_000_000
"""Bytes; an article of a million characters fits, each in the longest form that JSON has."""
_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "real": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def write_parquet(entries: Iterable[Entry | Failure], path: Path) -> None:
    """Write the overview into a file, or each table into its own file of a folder.

    Needs the extra `parquet`. Rows wait in temporary files, not in memory.

    Raises:
        SettingsError: the extra is not installed, or nothing can be written there.
    """
    with _duckdb() as database, TemporaryDirectory() as folder:
        files = files_of(path, ".parquet")
        waiting = {table.name: Path(folder, f"{table.name}.jsonl") for table, _ in files}
        _put_down(entries, waiting)
        for table, file in files:
            with drafted(file) as draft:
                _convert(database, table, waiting[table.name], draft)


def _put_down(entries: Iterable[Entry | Failure], waiting: dict[str, Path]) -> None:
    rows = overview_of if OVERVIEW.name in waiting else rows_of
    with ExitStack() as files:
        streams = {
            name: files.enter_context(file.open("w", encoding="utf-8"))
            for name, file in waiting.items()
        }
        for entry in entries:
            for table, row in rows(entry):
                print(json.dumps(row, default=str), file=streams[table])


def _convert(database: DuckDBPyConnection, table: Table, source: Path, target: Path) -> None:
    columns = {column.name: _TYPES[column.type] for column in table.columns}
    rows = database.read_json(
        str(source),
        columns=columns,
        format="newline_delimited",
        maximum_object_size=LONGEST_ROW,
    )
    rows.write_parquet(str(target), compression="zstd")


def _duckdb() -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise SettingsError(
            "For Parquet install the extra: pip install 'ictdiplo[parquet]'."
        ) from error
    # All that is needed is built in; nothing is fetched.
    return duckdb.connect(config={"autoinstall_known_extensions": "false"})
