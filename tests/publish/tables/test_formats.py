"""A file's name tells its format; what makes no sense is refused, and nothing is half written."""

import builtins
import json
import weakref

import pytest

from ictdiplo import SettingsError, to_frames, write_tables
from ictdiplo.article import Article
from ictdiplo.gather.lines import read_results

EVERY = [
    "out.jsonl", "out.csv", "out.xlsx", "out.sqlite", "out.plover.jsonl", "out.tsv", "out.ftm.json",
    "out.jsonld",
]  # fmt: skip


def test_json_lines_hold_the_extractions_and_the_failures_as_they_were(outcomes, tmp_path):
    first, second, failed, _ = outcomes  # the last one has the id of the first
    write_tables([first, second, failed], tmp_path / "out.jsonl")
    assert list(read_results(tmp_path / "out.jsonl")) == [first, second, failed]


@pytest.mark.parametrize("name", EVERY)
def test_extractions_are_taken_one_at_a_time_and_let_go(name, make, tmp_path):
    """If a writer kept them, then its memory would grow with their number."""
    alive = weakref.WeakSet()
    most = 0

    def produce():
        nonlocal most
        for number in range(5):
            found = make(article=Article(id=f"{number}", text="x"))
            alive.add(found)
            most = max(most, len(alive))
            yield found
            del found

    assert write_tables(produce(), tmp_path / name).articles == 5
    assert most <= 2


@pytest.mark.parametrize("name", EVERY)
def test_failures_are_counted_in_every_format(name, outcomes, failed, tmp_path):
    assert write_tables(outcomes, tmp_path / name).failures == [failed]


@pytest.mark.parametrize("name", EVERY)
def test_if_an_error_ends_it_then_what_was_there_stays(name, full, tmp_path):
    def broken():
        yield full
        raise KeyboardInterrupt

    (tmp_path / name).write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_tables(broken(), tmp_path / name)
    assert (tmp_path / name).read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", EVERY)
def test_where_nothing_can_be_written_it_is_said(name, full, tmp_path):
    with pytest.raises(SettingsError, match="cannot be written"):
        write_tables([full], tmp_path / "missing" / name)


@pytest.mark.parametrize(
    ("name", "form", "begins"),
    [
        ("OUT.CSV", None, "record,"),
        ("out.plover.jsonl", None, '{"id"'),
        ("out.jsonl", None, '{"article"'),
        ("out.jsonl", "ftm", '{"id": "ictdiplo-'),
        ("out.txt", "polecat", "Event ID\t"),
    ],
)
def test_the_format_is_named_or_told_by_the_suffix(name, form, begins, full, tmp_path):
    write_tables([full], tmp_path / name, format=form)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(("name", "form"), [("out.odt", None), ("out", None), ("out.csv", "word")])
def test_a_format_that_is_not_known_is_refused_with_those_that_are(name, form, full, tmp_path):
    with pytest.raises(SettingsError, match="choose jsonl, csv, excel, parquet, sqlite"):
        write_tables([full], tmp_path / name, format=form)


@pytest.mark.parametrize(
    ("package", "extra", "write"),
    [
        ("xlsxwriter", "excel", lambda full, path: write_tables([full], path / "out.xlsx")),
        ("duckdb", "parquet", lambda full, path: write_tables([full], path / "out.parquet")),
        ("pandas", "pandas", lambda full, path: to_frames([full])),
    ],
)
def test_an_extra_that_is_missing_is_named(package, extra, write, full, tmp_path, monkeypatch):
    found = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingsError, match=rf"pip install 'ictdiplo\[{extra}\]'"):
        write(full, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_empty_where_nothing_was_lost(full, tmp_path):
    report = write_tables([full], tmp_path / "out.sqlite")
    assert (report.failures, dict(report.remarks)) == ([], {})
    assert json.loads(json.dumps(str(report))) == "1 article, 2 meetings, 1 proposal, 2 memoranda."
