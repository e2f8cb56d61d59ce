"""Data frames of pandas: the overview, and each table."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from ...errors import SettingsError
from ...gather.run import Outcome
from .intake import TablesReport, entries
from .layout import OVERVIEW, TABLES, Row, Table
from .overview import overview_of
from .rows import rows_of

if TYPE_CHECKING:
    from pandas import DataFrame

# Each has a value for what is not known; dates reach back beyond what nanoseconds can count.
_TYPES = {
    "text": "str",
    "integer": "Int64",
    "real": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def to_frames(extractions: Iterable[Outcome]) -> dict[str, DataFrame]:
    """Return the tables of `ictdiplo/data/tables.json` as data frames, by name.

    `overview` has a row for each record; in the others `record` and `article` lead from one to the
    next. Articles that were not read are in `failures`. Needs the extra `pandas`.

    Raises:
        SettingsError: the extra is not installed.
    """
    rows: dict[str, list[Row]] = {table.name: [] for table in (OVERVIEW, *TABLES)}
    for entry in entries(extractions, TablesReport()):
        for table, row in chain(overview_of(entry), rows_of(entry)):
            rows[table].append(row)
    return {table.name: _frame(table, rows[table.name]) for table in (OVERVIEW, *TABLES)}


def _frame(table: Table, rows: list[Row]) -> DataFrame:
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise SettingsError(
            "For data frames install the extra: pip install 'ictdiplo[pandas]'."
        ) from error
    columns = {column.name: _TYPES[column.type] for column in table.columns}
    return DataFrame(rows, columns=list(columns), dtype=object).astype(columns)
