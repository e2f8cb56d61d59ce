"""The tables that records are laid out in: their columns, types, keys and references."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeAlias

Type = Literal["text", "integer", "real", "boolean", "date"]
Cell: TypeAlias = str | int | float | bool | date | None
Row: TypeAlias = dict[str, Cell]


class Column(NamedTuple):
    """One column."""

    name: str
    type: Type
    key: bool = False
    """Whether it is the table's primary key."""
    references: str | None = None
    """The table whose key it holds."""
    about: str = ""


class Table(NamedTuple):
    """One table."""

    name: str
    about: str
    columns: tuple[Column, ...]


def _table(described: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in described["columns"])
    return Table(described["name"], described["about"], columns)


_LAYOUT = json.loads((files("ictdiplo") / "data" / "tables.json").read_text(encoding="utf-8"))

TABLES: tuple[Table, ...] = tuple(map(_table, _LAYOUT["tables"]))
"""Tables without repetition; each stands below those that it references."""
OVERVIEW: Table = _table(_LAYOUT["overview"])
"""One row for each record, with lists joined."""
