"""CSV is strict, and no spreadsheet computes anything of it."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ictdiplo import write_tables
from ictdiplo.publish.tables.delimited import guarded

GOLDEN = Path(__file__).parent / "golden"
FORMULA_SIGNS = "=+-@＝＋－＠\t\r\n"
hostile = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from(f"{FORMULA_SIGNS}'\";, \x00\ufeff"))
)


HOSTILE = [
    '=HYPERLINK("http://x.example";"more")',
    "+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r\n=1",
    "＝cmd|' /C calc'!A0",
    " \u200b=1",
    "'=1",
    "a\t=b\r\nc",
    '"quoted", and; more',
    "harmless",
]


def unguarded(cell):
    """Take the apostrophe away, if it is the guard's."""
    return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) == cell else cell


def read(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("name", ["overview", "quotes", "persons", "failures"])
def test_it_writes_what_the_golden_file_shows(name, outcomes, tmp_path):
    write_tables(outcomes, tmp_path, format="csv")
    write_tables(outcomes, tmp_path / "overview.csv")
    assert (tmp_path / f"{name}.csv").read_bytes() == (GOLDEN / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", ["hostile.csv", "hostile.tsv"])
def test_hostile_titles_are_written_as_the_golden_file_shows(name, make_titled, tmp_path):
    write_tables(map(make_titled, HOSTILE), tmp_path / name)
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


def test_a_folder_gets_a_file_for_each_table_and_what_else_is_there_stays(outcomes, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "notes.txt").write_text("mine")
    write_tables(outcomes, tmp_path / "tables", format="csv")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == [
        "articles.csv", "failures.csv", "meetings.csv", "mous.csv", "notes.txt", "overlooked.csv",
        "parties.csv", "persons.csv", "proposals.csv", "quotes.csv", "records.csv", "rejected.csv",
        "rules.csv", "topics.csv", "warnings.csv",
    ]  # fmt: skip


def test_rows_lead_to_each_other(outcomes, tmp_path):
    write_tables(outcomes, tmp_path / "new" / "tables", format="csv")
    articles, records, quotes = (
        {row[key] for row in read(tmp_path / "new" / "tables" / f"{name}.csv")}
        for name, key in (("articles", "article"), ("records", "record"), ("quotes", "record"))
    )
    assert {record.partition("/")[0] for record in records} < articles
    assert quotes == records


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "＝1+1", "＋1", "－1", "＠x",
        " =1", "\ufeff=1", "\u200b=1", "'=1", "''@x", "\u00a0-1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text, make_titled, tmp_path):
    write_tables([make_titled(text)], tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[0]["title"] == f"'{text}"
    write_tables([make_titled(text)], tmp_path / "out.csv", guard=False)
    assert read(tmp_path / "out.csv")[0]["title"] == text


@pytest.mark.parametrize("text", ["a=b", "'tis", "5G", "2025-11", "«x»", "e-mail", "(=1)", "'", ""])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == text


@given(hostile)
def test_the_guard_can_be_taken_away_again(text):
    cell = guarded(text)
    assert unguarded(cell) == text
    assert cell[:1] not in set(FORMULA_SIGNS)


@given(hostile)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_strict_reader_gets_every_text_back(make_titled, tmp_path, text):
    write_tables([make_titled(text)], tmp_path / "out.csv")
    (row,) = read(tmp_path / "out.csv")
    assert unguarded(row["title"]) == text


def test_excel_knows_the_encoding_by_a_mark_if_it_is_wanted(full, tmp_path):
    write_tables([full], tmp_path / "plain.csv")
    write_tables([full], tmp_path / "marked.csv", bom=True)
    plain, marked = (tmp_path / name for name in ("plain.csv", "marked.csv"))
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    assert read(marked, "utf-8-sig") == read(plain)


def test_duckdb_reads_it_in_its_strict_mode(outcomes, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="an extra; make test-all installs it")
    write_tables(outcomes, tmp_path / "out.csv")
    with duckdb.connect() as database:
        table = f"read_csv('{tmp_path / 'out.csv'}', strict_mode = true)"
        counts = "count(*), count(*) FILTER (refers_back), min(first_day)"
        found = database.sql(f"SELECT {counts} FROM {table}").fetchall()
    assert found == [(len(read(tmp_path / "out.csv")), 2, date(2024, 1, 1))]
