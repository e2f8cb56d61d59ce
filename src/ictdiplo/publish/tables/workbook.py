"""Excel: the overview and each table as a sheet; strings stay strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SettingsError, TableError
from ...gather.run import Failure
from ..output import drafted
from .intake import Entry, TablesReport
from .layout import OVERVIEW, TABLES, Cell, Table
from .overview import overview_of
from .rows import rows_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# Microsoft, “Excel specifications and limits”; characters are counted in UTF-16.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
FIRST_YEAR = 1900  # Excel's calendar begins here; older days are written in words
WIDTHS = {"text": 24, "integer": 9, "real": 9, "boolean": 9, "date": 11}  # in characters
# A file's own time would make it differ from run to run.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no time zones


def write_workbook(entries: Iterable[Entry | Failure], path: Path, report: TablesReport) -> None:
    """Write a workbook with the overview in front and a sheet for each table; needs the extra `excel`.

    A text longer than a cell can be is cut, and counted in the report's remarks.

    Raises:
        SettingsError: the extra is not installed.
        TableError: a table has more rows than a sheet can have.
    """
    with drafted(path) as draft, _workbook(draft) as book:
        sheets = {table.name: _Sheet(book, table, report) for table in (OVERVIEW, *TABLES)}
        for entry in entries:
            for table, row in chain(overview_of(entry), rows_of(entry)):
                sheets[table].write(list(row.values()))
        for sheet in sheets.values():
            sheet.finish()


@contextmanager
def _workbook(draft: Path) -> Iterator[Workbook]:
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise SettingsError(
            "For Excel install the extra: pip install 'ictdiplo[excel]'."
        ) from error
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with closing(Workbook(draft, options)) as book:
        book.set_properties({"created": CREATED})
        yield book


class _Sheet:
    """One table's sheet."""

    def __init__(self, book: Workbook, table: Table, report: TablesReport) -> None:
        self._name = table.name
        self._report = report
        self._sheet: Any = book.add_worksheet(table.name)
        self._last = 0
        self._columns = len(table.columns)
        self._sheet.freeze_panes(1, 1)
        bold = book.add_format({"bold": True})
        for number, column in enumerate(table.columns):
            self._sheet.set_column(number, number, WIDTHS[column.type])
            self._sheet.write_string(0, number, column.name, bold)

    def write(self, cells: list[Cell]) -> None:
        self._last += 1
        if self._last >= MOST_ROWS:
            raise TableError(
                f"The table {self._name} has more rows than the {MOST_ROWS:,} of an Excel sheet; "
                "write it as CSV, Parquet or SQLite."
            )
        for number, cell in enumerate(cells):
            self._write_cell(number, cell)

    def finish(self) -> None:
        self._sheet.autofilter(0, 0, self._last, self._columns - 1)

    def _write_cell(self, column: int, cell: Cell) -> None:
        match cell:
            case None:
                pass
            case bool():
                self._sheet.write_boolean(self._last, column, cell)
            case int() | float():
                self._sheet.write_number(self._last, column, cell)
            case date() if cell.year >= FIRST_YEAR:
                self._sheet.write_datetime(self._last, column, cell)
            case _:
                self._sheet.write_string(self._last, column, self._fitting(str(cell)))

    def _fitting(self, text: str) -> str:
        fitting = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
        if fitting != text:
            said = f"Cells of the sheet {self._name} cut at {MOST_CHARACTERS:,} characters"
            self._report.remarks[said] += 1
        return fitting
