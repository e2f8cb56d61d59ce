"""The commands that show results."""

import json
import sys

import pytest
from typer.testing import CliRunner

from ictdiplo.cli import app
from samples import ACCRA, PERSIAN


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, [str(part) for part in arguments])


@pytest.fixture
def found(tmp_path):
    """A file as `extract --format jsonl` writes it, one article unread."""
    failure = {"article": {"id": "bad"}, "error": {"type": "EmptyArticle", "message": "No text."}}
    lines = [ACCRA.model_dump_json(), json.dumps(failure), "", PERSIAN.model_dump_json()]
    path = tmp_path / "found.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_page_is_made_of_all_files_and_names_what_was_not_read(run, found, tmp_path):
    done = run("page", found, found, "-o", tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    assert "ICT diplomacy in 4 articles" in html
    assert "<bdi>bad</bdi>: No text." in html


@pytest.mark.parametrize(
    "line", ["no JSON", "[]", "3", '{"error": "x"}', '{"meetings": []}', "[" * 100_000]
)
def test_a_line_that_is_no_extraction_is_named_and_nothing_is_written(run, tmp_path, line):
    path = tmp_path / "odd.jsonl"
    path.write_text(f"{ACCRA.model_dump_json()}\n{line}\n", encoding="utf-8")
    done = run("page", path, "-o", tmp_path / "page.html")

    assert done.exit_code == 1
    assert "odd.jsonl, line 2: this is no extraction" in done.output
    assert not (tmp_path / "page.html").exists()


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    done = run("page", tmp_path / "absent.jsonl", "-o", tmp_path / "page.html")

    assert done.exit_code == 1
    assert "absent.jsonl" in done.output


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg "), ("a.PNG", b"\x89PNG")])
def test_a_figure_is_drawn_in_the_form_that_the_name_asks_for(run, found, tmp_path, name, begins):
    pytest.importorskip("vl_convert", reason="the extra plot is not installed")
    done = run("plot", found, "--kind", "board", "-o", tmp_path / name)

    assert done.exit_code == 0, done.output
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_another_form_is_refused(run, found, tmp_path):
    done = run("plot", found, "-o", tmp_path / "a.pdf")

    assert done.exit_code == 1
    assert "a figure is written as .svg or .png" in done.output


def test_without_the_extra_the_page_says_what_is_missing(run, found, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    done = run("page", found, "-o", tmp_path / "page.html")

    assert done.exit_code == 0
    assert "ictdiplo[plot]" in done.output
