"""The commands that show results."""

import json
import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from ictdiplo.cli import app
from ictdiplo.publish.wording import records_in
from ictdiplo.review.server import Desk, Said
from samples import ACCRA, NOTHING, PERSIAN


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
    more = tmp_path / "more.jsonl"
    more.write_text(NOTHING.model_dump_json(), encoding="utf-8")
    done = run("page", found, more, "-o", tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    assert "ICT diplomacy in 3 articles" in html
    assert "<bdi>bad</bdi>: No text." in html


def test_a_page_is_made_of_the_folder_of_a_run(run, tmp_path, articles):
    run(
        "run",
        articles / "28-cambodia-timor-leste-short.txt",
        "--output",
        tmp_path / "run",
        "--model",
        "offline",
    )
    done = run("page", tmp_path / "run", "-o", tmp_path / "page.html")

    assert done.exit_code == 0, done.output
    assert "28-cambodia-timor-leste-short" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_line_that_is_no_extraction_is_named_on_the_page_and_beside_it(run, tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_text(f'{ACCRA.model_dump_json()}\n{{"meetings": []}}\n', encoding="utf-8")
    done = run("page", path, "-o", tmp_path / "page.html")

    assert done.exit_code == 2
    assert "odd.jsonl, line 2: this is no extraction" in done.output
    assert "line 2: this is no extraction" in (tmp_path / "page.html").read_text(encoding="utf-8")


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


def test_a_review_is_served_until_it_is_interrupted(found, tmp_path):
    command = [sys.executable, "-c", "from ictdiplo.cli import app; app()"]
    arguments = ["review", str(found), "--decisions", str(tmp_path / "decided.jsonl")]
    with subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, text=True) as review:
        address = re.search(r"http://127\.0\.0\.1:\d+/\S+/", review.stderr.readline())[0]
        with urlopen(address, timeout=10) as answer:
            page = answer.read().decode()
        review.send_signal(signal.SIGINT)
        assert review.wait(timeout=10) == 0

    assert 'id="accra-cable/mou-1"' in page


def test_gold_of_decisions_that_are_not_there_is_refused(run, found, tmp_path):
    done = run("gold", found, "--decisions", tmp_path / "absent", "-o", tmp_path / "gold")

    assert done.exit_code == 1
    assert "absent: there is no such file; `ictdiplo review` writes it." in done.output
    assert not (tmp_path / "gold").exists()


def test_gold_is_made_of_what_is_complete_and_the_rest_is_named(run, found, tmp_path):
    decided = tmp_path / "decided.jsonl"
    desk = Desk([ACCRA, PERSIAN], decided)
    for record in records_in(ACCRA):
        desk.decide(Said(article="accra-cable", record=record.id, verdict="accepted"))
    desk.decide(Said(article="accra-cable", verdict="complete"))
    desk.decide(Said(article="fa-1", record="mou-1", verdict="rejected"))
    done = run("gold", found, "--decisions", decided, "-o", tmp_path / "gold")

    assert done.exit_code == 0, done.output
    assert "fa-1: left out, 1 record(s) undecided." in done.output
    assert "1 article(s) written" in done.output
    assert {path.name for path in (tmp_path / "gold").iterdir()} == {
        "accra-cable.json", "accra-cable.txt",
    }  # fmt: skip


def test_a_run_is_measured_by_its_own_review(run, found, tmp_path):
    decided = tmp_path / "decided.jsonl"
    desk = Desk([ACCRA, PERSIAN], decided)
    first, *others = records_in(ACCRA)
    desk.decide(Said(article="accra-cable", record=first.id, verdict="rejected"))
    for record in others:
        desk.decide(Said(article="accra-cable", record=record.id, verdict="accepted"))
    desk.decide(Said(article="accra-cable", verdict="complete"))
    of_review = ("--predicted", found, "--decisions", decided, "--no-baseline")
    done = run("evaluate", *of_review, "--format", "json", "--errors")

    assert done.exit_code == 2, done.output  # one article was not read
    measured = json.loads(done.stdout)["predicted"]
    kinds = [measured[kind] for kind in ("meetings", "proposals", "mous")]
    assert sum(kind["gold"] for kind in kinds) == len(others)
    assert sum(kind["found"] for kind in kinds) == len(others) + 1
    assert sum(kind["paired"] for kind in kinds) == len(others)
    assert "fa-1: left out, 2 record(s) undecided." in done.output


@pytest.mark.parametrize("given", [(), ("--gold", "gold", "--decisions", __file__)])
def test_gold_is_a_folder_or_a_review_and_not_both(run, given):
    done = run("evaluate", *given)

    assert done.exit_code == 1
    assert "Give --gold, or --predicted and the --decisions of its review." in done.output
