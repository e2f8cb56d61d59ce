"""SQLite: the tables with their references, views over them, and the way back to extractions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from importlib.resources import files
from pathlib import Path

from ...errors import TableError
from ...gather.lines import line_of, outcome_of
from ...gather.run import Failure, Outcome
from ..output import drafted
from .intake import Entry
from .layout import TABLES, Cell, Column, Table
from .rows import rows_of

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "real": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}
# Each outcome as it was, but for the article's text, which `articles` has; a failure has no article.
_LOSSLESS = """
CREATE TABLE outcomes (
    number INTEGER PRIMARY KEY,
    article TEXT REFERENCES articles,
    json TEXT NOT NULL
);
CREATE INDEX outcomes_article ON outcomes (article);
"""


def write_database(entries: Iterable[Entry | Failure], path: Path) -> None:
    """Write all tables, views over them, and each extraction in JSON, into a new database.

    Raises:
        SettingsError: nothing can be written there.
    """
    with drafted(path) as draft, closing(_connected(draft)) as database:
        database.executescript(_schema())
        for entry in entries:
            for table, row in rows_of(entry):
                database.execute(_INSERTS[table], [_stored(cell) for cell in row.values()])
            database.execute("INSERT INTO outcomes (article, json) VALUES (?, ?)", _kept(entry))
        database.commit()


def read_database(path: Path) -> Iterator[Outcome]:
    """Yield what `write_database` was given, in the same order.

    Raises:
        TableError: this is no such database.
    """
    if not path.is_file():
        raise TableError(f"{path}: there is no such file.")
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        try:
            for text, kept in database.execute(
                "SELECT text, json FROM outcomes LEFT JOIN articles USING (article) ORDER BY number"
            ):
                found = json.loads(kept)
                if text is not None:
                    found["article"]["text"] = text
                yield outcome_of(json.dumps(found).encode(), str(path))
        except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
            raise TableError(
                f"{path}: this is no database that ictdiplo tables wrote ({type(error).__name__})."
            ) from error


def _kept(entry: Entry | Failure) -> tuple[str | None, str]:
    if isinstance(entry, Failure):
        return None, line_of(entry)
    return entry.key, entry.found.model_dump_json(exclude={"article": {"text"}})


def _connected(draft: Path) -> sqlite3.Connection:
    database = sqlite3.connect(draft)
    # The draft is thrown away if anything goes wrong, so nothing needs to be undone.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    database.execute("PRAGMA foreign_keys = ON")
    return database


def _schema() -> str:
    views = (files("ictdiplo") / "data" / "views.sql").read_text(encoding="utf-8")
    return "".join(map(_created, TABLES)) + _LOSSLESS + views


def _created(table: Table) -> str:
    """Return the statements that make a table, with an index on each reference that needs one."""
    columns = ",\n    ".join(map(_column, table.columns))
    indices = "".join(
        f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name});\n"
        for column in table.columns
        if column.references and not column.key
    )
    return f"CREATE TABLE {table.name} (\n    {columns}\n);\n{indices}"


def _column(column: Column) -> str:
    key = " PRIMARY KEY NOT NULL" if column.key else ""
    references = f" REFERENCES {column.references}" if column.references else ""
    # `end` is a keyword.
    return f'"{column.name}" {_TYPES[column.type]}{key}{references}'


def _stored(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def _insertion(table: Table) -> str:
    marks = ", ".join("?" * len(table.columns))
    return " ".join(("INSERT INTO", table.name, "VALUES", f"({marks})"))


_INSERTS = {table.name: _insertion(table) for table in TABLES}
