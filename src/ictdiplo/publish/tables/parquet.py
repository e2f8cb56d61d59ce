"""Parquet: one table in a file, or each in a file of a folder; DuckDB writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from ...errors import SettingsError, TableError
from ...gather.run import Failure
from ..output import drafted
from .delimited import files_of
from .intake import Entry
from .layout import OVERVIEW, Row, Table
from .overview import overview_of
from .rows import rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROW_GROUP = 4_096
"""Rows that DuckDB holds in memory until they are written: few, since texts are among them."""
PORTION = 1_000_000
"""Bytes of a waiting file: DuckDB takes memory for much of a file at a time."""
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
        TableError: a row is too long.
    """
    with _duckdb() as database, TemporaryDirectory() as folder, ExitStack() as drafts:
        targets = {
            table: drafts.enter_context(drafted(file)) for table, file in files_of(path, ".parquet")
        }
        waiting = {table.name: _Waiting(Path(folder, table.name)) for table in targets}
        for rows in waiting.values():
            drafts.callback(rows.close)
        _put_down(entries, waiting)
        for table, target in targets.items():
            _convert(database, table, waiting[table.name].files, target)


class _Waiting:
    """The rows of a table until all are there, in files of a limited size."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._number = 0
        self._file = self._next()

    def add(self, row: Row) -> None:
        """Put a row down."""
        self._file.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")
        if self._file.tell() > PORTION:
            self.close()
            self._file = self._next()

    def close(self) -> None:
        """Write what was put down to its end."""
        self._file.close()

    @property
    def files(self) -> list[str]:
        """The files, in order; no more rows can be added."""
        self.close()
        return [str(file) for file in sorted(self._folder.iterdir())]

    def _next(self) -> TextIO:
        self._number += 1
        return (self._folder / f"{self._number:09}.jsonl").open("w", encoding="utf-8")


def _put_down(entries: Iterable[Entry | Failure], waiting: Mapping[str, _Waiting]) -> None:
    rows = overview_of if OVERVIEW.name in waiting else rows_of
    for entry in entries:
        for table, row in rows(entry):
            waiting[table].add(row)


def _convert(database: DuckDBPyConnection, table: Table, sources: list[str], target: Path) -> None:
    import duckdb

    columns = {column.name: _TYPES[column.type] for column in table.columns}
    rows = database.read_json(sources, columns=columns, format="newline_delimited")
    try:
        rows.write_parquet(str(target), compression="zstd", row_group_size=ROW_GROUP)
    except duckdb.Error as error:  # whose message may quote an article
        raise TableError(
            f"DuckDB cannot write the table {table.name} ({type(error).__name__}); its rows may have "
            "16 MB each. Write CSV or SQLite."
        ) from error


def _duckdb() -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise SettingsError(
            "For Parquet install the extra: pip install 'ictdiplo[parquet]'."
        ) from error
    # All that is needed is built in, nothing is fetched; each thread would need memory of its own.
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": 1})
