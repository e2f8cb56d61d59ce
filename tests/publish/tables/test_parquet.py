"""Parquet is what DuckDB and others read: typed columns, nulls, and no text changed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ictdiplo import SettingsError, TableError, write_tables
from ictdiplo.publish.tables.layout import OVERVIEW, TABLES

duckdb = pytest.importorskip("duckdb", reason="an extra; make test-all installs it")
TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
}  # fmt: skip


@pytest.fixture
def database():
    with duckdb.connect() as database:
        yield database


def test_a_file_holds_a_row_for_each_record(outcomes, tmp_path, database):
    write_tables(outcomes, tmp_path / "out.parquet")
    table = database.read_parquet(str(tmp_path / "out.parquet"))
    wanted = [(column.name, TYPES[column.type]) for column in OVERVIEW.columns]
    assert list(zip(table.columns, map(str, table.types), strict=True)) == wanted
    assert table.aggregate("count(*), min(first_day)").fetchall() == [(10, date(2024, 1, 1))]


def test_a_folder_holds_every_table_also_those_without_a_row(full, tmp_path, database):
    write_tables([full], tmp_path / "tables", format="parquet")
    for table in TABLES:
        read = database.read_parquet(str(tmp_path / "tables" / f"{table.name}.parquet"))
        assert read.columns == [column.name for column in table.columns]
    (mou,) = database.sql(
        f"SELECT quote FROM '{tmp_path}/tables/mous.parquet' JOIN '{tmp_path}/tables/quotes.parquet' "
        "ON mou = record WHERE refers_back"
    ).fetchall()
    assert mou == ("signed a memorandum on spectrum, in force since 2024",)


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=30))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10
)
def test_any_texts_come_back(make_titled, tmp_path, database, texts):
    write_tables(map(make_titled, texts), tmp_path / "out.parquet")
    titles = database.read_parquet(str(tmp_path / "out.parquet")).project("title").fetchall()
    assert [title for (title,) in titles] == texts


def test_rows_of_several_portions_come_in_their_order(make_titled, tmp_path, database, monkeypatch):
    monkeypatch.setattr("ictdiplo.publish.tables.parquet.PORTION", 1)
    wanted = [f"title {number}" for number in range(12)]
    write_tables(map(make_titled, wanted), tmp_path / "out.parquet")
    titles = database.read_parquet(str(tmp_path / "out.parquet")).project("title").fetchall()
    assert [title for (title,) in titles] == wanted


def test_if_the_records_break_off_nothing_is_left_behind(full, tmp_path):
    def break_off():
        yield full
        raise LookupError

    with pytest.raises(LookupError):
        write_tables(break_off(), tmp_path / "out.parquet")
    assert not [*tmp_path.glob("*.parquet")]


def test_where_nothing_can_be_written_it_is_said(full, tmp_path):
    with pytest.raises(SettingsError, match="cannot be written"):
        write_tables([full], tmp_path / "missing" / "out.parquet")


def test_a_row_too_long_for_duckdb_is_an_error_that_does_not_quote_it(make_titled, tmp_path):
    with pytest.raises(TableError, match="cannot write the table overview") as raised:
        write_tables([make_titled("secret " * 3_000_000)], tmp_path / "out.parquet")
    assert "secret" not in raised.value.message
    assert list(tmp_path.iterdir()) == []
