"""Excel gets strings as strings, and is told what does not fit."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ictdiplo import TableError, write_tables
from ictdiplo.article import Article
from ictdiplo.publish.tables import workbook
from ictdiplo.publish.tables.layout import OVERVIEW, TABLES

pytest.importorskip("xlsxwriter", reason="an extra; make test installs it")


def rows(path, sheet="overview"):
    header, *rows = load_workbook(path)[sheet].iter_rows()
    return [dict(zip((cell.value for cell in header), row, strict=True)) for row in rows]


def test_there_is_a_sheet_for_each_table_with_the_overview_in_front(outcomes, tmp_path):
    write_tables(outcomes, tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [OVERVIEW.name, *(table.name for table in TABLES)]
    for table in (OVERVIEW, *TABLES):
        header = next(book[table.name].iter_rows(values_only=True))
        assert header == tuple(column.name for column in table.columns)
        assert book[table.name].auto_filter.ref


def test_numbers_dates_and_truths_are_what_they_are(full, tmp_path):
    write_tables([full], tmp_path / "out.xlsx")
    mou = rows(tmp_path / "out.xlsx", "mous")[0]
    assert mou["first_day"].value == datetime.fromisoformat("2024-01-01")
    assert mou["last_day"].value is None
    assert mou["refers_back"].value is True
    assert mou["date"].value == "2024~/.."
    assert rows(tmp_path / "out.xlsx", "quotes")[1]["start"].value == 36


@pytest.mark.parametrize(
    "text",
    ["=1+1", "{=1}", "https://x.example/", "mailto:a@b", "internal:Sheet!A1", "12", "_x0041_", "'x", "\t="],
)  # fmt: skip
def test_a_text_is_never_a_formula_a_link_or_a_number(make_titled, tmp_path, text):
    write_tables([make_titled(text)], tmp_path / "out.xlsx")
    cell = rows(tmp_path / "out.xlsx")[0]["title"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=30))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10
)
def test_any_texts_can_be_written_and_opened(make_titled, tmp_path, texts):
    write_tables(map(make_titled, texts), tmp_path / "out.xlsx")
    cells = [row["title"] for row in rows(tmp_path / "out.xlsx")]
    for text, cell in zip(texts, cells, strict=True):
        assert cell.data_type in {"s", "n"}  # n is what an empty cell has
        if text.isprintable():
            assert (cell.value or "") == text


@pytest.mark.parametrize("letter", ["a", "𝕒"])
def test_a_text_that_is_too_long_is_cut_and_it_is_said(make, tmp_path, letter):
    long = make(article=Article(id="long", text=letter * 40_000))
    report = write_tables([long], tmp_path / "out.xlsx")
    (row,) = rows(tmp_path / "out.xlsx", "articles")
    assert row["text"].value == letter * (32_767 // (1 if letter == "a" else 2))
    assert report.remarks == {"Cells of the sheet articles cut at 32,767 characters": 1}


def test_a_table_with_more_rows_than_a_sheet_is_an_error_and_the_old_file_stays(
    full, tmp_path, monkeypatch
):
    (tmp_path / "out.xlsx").write_text("old")
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(TableError, match="The table overview has more rows than the 5 of"):
        write_tables([full], tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_a_day_before_excels_calendar_is_written_in_words(make_titled, tmp_path):
    old = make_titled("x")
    article = Article(id="a", text="x", published=date(1865, 5, 17))
    write_tables([old.model_copy(update={"article": article})], tmp_path / "out.xlsx")
    assert rows(tmp_path / "out.xlsx")[0]["published"].value == "1865-05-17"


def test_the_same_records_give_the_same_bytes(outcomes, tmp_path):
    for name in ("one.xlsx", "other.xlsx"):
        write_tables(outcomes, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
