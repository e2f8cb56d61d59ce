"""The command `tables`: results in, a file that other programs load out, and what is to be told."""

import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner

from ictdiplo.cli import app

ARTICLE = "a01.txt"
TEXT = (
    "published: 2025-11-26\n\nThe ICT ministers of Kenya and Rwanda met in Nairobi on Monday. They "
    "signed a memorandum of understanding on the training of specialists from both countries.\n"
)


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a01.txt").write_text(TEXT)
    (tmp_path / "a02.txt").write_text("")
    run = ["extract", "--model", "offline", "--format", "jsonl", "--output", "found.jsonl"]
    CliRunner().invoke(app, [*run, "a01.txt", "a02.txt"])
    return tmp_path / "found.jsonl"


def invoke(*arguments):
    return CliRunner().invoke(app, ["tables", *map(str, arguments)])


def test_what_was_written_and_what_failed_is_told_and_the_exit_code_says_so(results):
    done = invoke("found.jsonl", "-o", "found.sqlite")
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "a02.txt: There is no text.",
        "found.sqlite: 1 article, 1 meeting, 0 proposals, 1 memorandum; 1 failure.",
    ]
    assert done.exit_code == 2
    with closing(sqlite3.connect("found.sqlite")) as database:
        assert database.execute("SELECT parties FROM mous_with_quotes").fetchall() == [
            ("Kenya; Rwanda",)
        ]
        assert database.execute("SELECT article FROM failures").fetchall() == [("a02.txt",)]


def test_a_database_is_read_again_to_the_same_lines(results):
    invoke("found.jsonl", "-o", "found.sqlite")
    assert invoke("found.sqlite", "-o", "again.jsonl").exit_code == 2
    assert results.with_name("again.jsonl").read_bytes() == results.read_bytes()


def test_the_folder_of_a_run_is_read_as_a_whole(results):
    (results.parent / "done").mkdir()
    results.rename(results.parent / "done" / "results.jsonl")
    done = invoke("done", "-o", "found.csv")
    assert "found.csv: 1 article, 1 meeting" in done.stderr


def test_without_failures_all_is_well(results):
    results.write_text(results.read_text(encoding="utf-8").split("\n")[0])
    assert invoke("found.jsonl", "-o", "out.csv", "--bom").exit_code == 0
    assert (results.with_name("out.csv")).read_bytes().startswith(b"\xef\xbb\xbfrecord,")


def test_several_results_go_into_one_folder_of_tables(results):
    other = results.read_text(encoding="utf-8").replace("Rwanda", "Uganda")
    results.with_name("other.jsonl").write_text(other, encoding="utf-8")
    files = ["found.jsonl", "found.jsonl", "other.jsonl"]
    invoke(*files, "-o", "tables", "--format", "csv", "--no-guard")
    articles = (results.parent / "tables" / "articles.csv").read_text(encoding="utf-8")
    names = [line.partition(",")[0] for line in articles.splitlines()]
    assert [name for name in names if name.startswith("a")] == ["article", "a01", "a01~2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["found.jsonl", "-o", "out.odt"], "no format goes by this name", id="suffix"),
        pytest.param(["missing.jsonl", "-o", "out.csv"], "missing.jsonl: ", id="no results"),
        pytest.param(["found.jsonl"], "--output", id="no output"),
        pytest.param(
            ["found.jsonl", "-o", "x.tsv", "--codebook", "no.json"], "no.json: ", id="codebook"
        ),
    ],
)
def test_what_makes_no_sense_ends_with_a_line_that_says_so(results, arguments, said):
    done = invoke(*arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert sorted(path.name for path in results.parent.iterdir()) == [
        "a01.txt",
        "a02.txt",
        "found.jsonl",
    ]
