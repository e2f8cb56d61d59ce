"""Rows fit the tables that they are for, and nothing of an extraction is missing in them."""

import json

import pytest

from ictdiplo import ArticleError, write_tables
from ictdiplo.article import Article
from ictdiplo.gather.run import Failure
from ictdiplo.publish.tables.intake import TablesReport, entries
from ictdiplo.publish.tables.layout import OVERVIEW, TABLES
from ictdiplo.publish.tables.overview import overview_of
from ictdiplo.publish.tables.rows import extent, rows_of
from ictdiplo.records import When

TYPES = {"text": str, "integer": int, "real": float, "boolean": bool, "date": object}
COLUMNS = {table.name: [column.name for column in table.columns] for table in (*TABLES, OVERVIEW)}


@pytest.fixture
def placed(outcomes):
    report = TablesReport()
    return [
        row for entry in entries(outcomes, report) for row in (*rows_of(entry), *overview_of(entry))
    ]


def rows(placed, table):
    return [row for name, row in placed if name == table]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_row_has_the_columns_of_its_table_in_their_order(placed, table):
    assert rows(placed, table)
    assert {tuple(row) for row in rows(placed, table)} == {tuple(COLUMNS[table])}


@pytest.mark.parametrize("table", [*TABLES, OVERVIEW], ids=lambda table: table.name)
def test_a_cell_is_of_its_columns_type_or_null(placed, table):
    for row in rows(placed, table.name):
        for column in table.columns:
            assert row[column.name] is None or isinstance(row[column.name], TYPES[column.type])


def test_a_table_refers_only_to_keys_of_those_above_it():
    above = {}
    for table in TABLES:
        keys = [column.name for column in table.columns if column.key]
        above[table.name] = keys
        for column in table.columns:
            assert column.references is None or len(above[column.references]) == 1


def test_every_column_says_what_it_holds_unless_its_name_does():
    wordless = {
        column.name
        for table in (*TABLES, OVERVIEW)
        for column in table.columns
        if not column.about and not column.references
    }
    assert wordless == {
        "record", "article", "place", "place_code", "occasion", "summary", "url", "source",
        "published", "language", "reader",
    }  # fmt: skip


def test_every_word_and_number_of_an_extraction_is_in_some_cell(full, placed):
    def leaves(value):
        if isinstance(value, dict):
            return {leaf for inner in value.values() for leaf in leaves(inner)}
        if isinstance(value, list):
            return {leaf for inner in value for leaf in leaves(inner)}
        return {value}

    cells = {str(cell) for _, row in placed for cell in row.values()}
    own_names = {record.id for record in (*full.meetings, *full.proposals, *full.mous)}
    said = {str(leaf) for leaf in leaves(json.loads(full.model_dump_json()))}
    assert said - cells - own_names == set()


def test_articles_of_the_same_id_are_told_apart(placed):
    assert [row["article"] for row in rows(placed, "articles")] == ["a1", "a3", "a1~2"]
    assert len({row["record"] for row in rows(placed, "records")}) == 10


def test_a_new_name_is_none_that_another_article_has(make):
    named = [make(article=Article(id=name, text="x")) for name in ("a~2", "a", "a", "a")]
    report = TablesReport()
    keys = [entry.key for entry in entries(named, report)]
    assert keys == ["a~2", "a", "a~3", "a~4"]
    assert sum(report.remarks.values()) == 2


def test_what_was_rejected_altogether_refers_to_no_record(placed):
    first, second = rows(placed, "rejected")[:2]
    assert (first["record"], first["said_of"]) == ("a1/mou-1", "mou-1")
    assert (second["record"], second["said_of"]) == (None, "meeting-9")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"meetings": ()}, "no meeting is called meeting-1.", id="no such meeting"),
        pytest.param({"mous": "twice"}, "several records are called mou-1", id="a name twice"),
    ],
)
def test_records_that_contradict_each_other_are_a_failure_of_their_article_alone(
    full, change, reason
):
    change = {
        name: (full.mous[0],) * 2 if value == "twice" else value for name, value in change.items()
    }
    report = TablesReport()
    first, second = entries([full.model_copy(update=change), full], report)
    assert reason in first.message
    assert second.found is full
    assert (report.articles, report.failures) == (1, [first])


def test_half_a_character_which_no_file_can_hold_is_a_failure_of_its_article_alone(make, tmp_path):
    name = "caf\udce9"  # what a file name in Latin-1 is to Python
    odd = make(article=Article(id=name, text="x"))
    outcomes = [Failure(name, ArticleError("It cannot be read.")), odd, make()]
    for path in ("out.jsonl", "out.csv", "out.sqlite", "tables"):
        report = write_tables(outcomes, tmp_path / path, format="csv" if path == "tables" else None)
        assert report.articles == 1
        assert [failure.article for failure in report.failures] == ["caf\\udce9"] * 2
        assert "half a character" in report.failures[1].message


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        (None, (None, None)),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02~", ("2024-02-01", "2024-02-29")),
        ("2025-11-17/2025-11-28", ("2025-11-17", "2025-11-28")),
        ("2016/..", ("2016-01-01", None)),
        ("../2016", (None, "2016-12-31")),
        ("2023-02-30", (None, None)),
    ],
)
def test_a_date_reaches_from_its_first_day_to_its_last(edtf, days):
    found = extent(When(text="then", edtf=edtf, rule="as written"))
    assert tuple(day and str(day) for day in found) == days


def test_a_report_reads_as_a_sentence(outcomes):
    report = TablesReport()
    list(entries(outcomes, report))
    assert str(report) == (
        "3 articles, 4 meetings, 2 proposals, 4 memoranda; 1 failure.\n"
        "Articles with the id of another, renamed with ~ and a number: 1."
    )
