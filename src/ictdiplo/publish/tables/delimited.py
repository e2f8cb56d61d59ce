"""CSV: one table in a file, or each in a file of a folder; guarded against spreadsheets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from ...errors import SettingsError
from ...gather.run import Failure
from ..output import replacing
from .intake import Entry
from .layout import OVERVIEW, TABLES, Cell, Row, Table
from .overview import overview_of
from .rows import rows_of

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, “CSV Injection”), also where white
# space that nobody sees stands before it. An apostrophe in front of that is guarded as well, so that
# what was guarded can be told from what was written: take one apostrophe away, and it is as it was.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b-\u200f]*[=+\-@＝＋－＠])")


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: with an apostrophe in front, if need be."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_csv(
    entries: Iterable[Entry | Failure], path: Path, *, bom: bool = False, guard: bool = True
) -> None:
    """Write the overview into a file, or each table into its own file of a folder.

    The form is that of RFC 4180 in UTF-8; null is an empty cell. `bom` puts a byte order mark in
    front, by which Excel knows UTF-8. `guard` lets no cell be taken for a formula.
    """
    with ExitStack() as files:
        sheets = {
            table.name: _Sheet(files.enter_context(replacing(file)), table, bom=bom, guard=guard)
            for table, file in files_of(path, ".csv")
        }
        rows = overview_of if OVERVIEW.name in sheets else rows_of
        for entry in entries:
            for table, row in rows(entry):
                sheets[table].write(row)


def files_of(path: Path, suffix: str) -> list[tuple[Table, Path]]:
    """Return the overview's file, or, if `path` is a folder or has no suffix, that of each table.

    Raises:
        SettingsError: the folder cannot be made.
    """
    if path.suffix and not path.is_dir():
        return [(OVERVIEW, path)]
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{path} cannot be made: {error.strerror}.") from error
    return [(table, path / f"{table.name}{suffix}") for table in TABLES]


class _Sheet:
    """One table's file."""

    def __init__(self, stream: TextIO, table: Table, *, bom: bool, guard: bool) -> None:
        self._guard = guard
        self._columns = [column.name for column in table.columns]
        self._writer = csv.writer(stream)
        stream.write(BOM if bom else "")
        self._writer.writerow(self._columns)

    def write(self, row: Row) -> None:
        self._writer.writerow([self._cell(row[column]) for column in self._columns])

    def _cell(self, cell: Cell) -> Cell:
        if isinstance(cell, bool):
            return str(cell).lower()
        return guarded(cell) if self._guard and isinstance(cell, str) else cell
