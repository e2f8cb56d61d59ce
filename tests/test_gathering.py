"""The commands that put articles together: what they print, and how they end."""

import csv
import io
import itertools
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ictdiplo
from ictdiplo.cli import app
from ictdiplo.review.decisions import Decision, hash_of

GOLD = Path(__file__).parents[1] / "examples" / "gold" / "merges" / "dev"
FOUND = GOLD / "extractions.jsonl"


@pytest.fixture
def run():
    """Runs a command in this process."""

    def call(*arguments, **options):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)

    return call


def merged():
    return ictdiplo.merge(ictdiplo.read_results(FOUND))


def test_merge_prints_a_ledger_that_reads_back(run):
    done = run("merge", FOUND)
    assert done.exit_code == 0, done.stderr
    assert ictdiplo.Ledger.model_validate_json(done.stdout) == merged()


def test_several_files_are_one_ledger_in_any_order(run, tmp_path):
    lines = FOUND.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    parts[0].write_text("".join(lines[::2]), encoding="utf-8")
    parts[1].write_text("".join(lines[1::2]), encoding="utf-8")
    assert run("merge", *parts).stdout == run("merge", *reversed(parts)).stdout
    assert run("merge", *parts).stdout == run("merge", FOUND).stdout


def test_merge_reads_standard_input_and_writes_a_file(run, tmp_path):
    out = tmp_path / "ledger.json"
    done = run("merge", "-", "-o", out, input=FOUND.read_bytes())
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert ictdiplo.Ledger.model_validate_json(out.read_text(encoding="utf-8")) == merged()


def test_a_ledger_can_be_read_in_a_terminal(run):
    done = run("merge", FOUND, "--format", "text")
    assert done.stdout.startswith("17 articles · ")


def test_merge_measures_itself_against_gold(run):
    done = run("merge", FOUND, "--gold", GOLD / "events.json")
    figures = dict(line.split(maxsplit=1) for line in done.stdout.splitlines()[1:5])
    assert set(figures) == {"all", "meetings", "proposals", "mous"}
    assert figures["meetings"].split()[-2:] == ["1.000", "1.000"]


def test_an_article_that_was_not_read_is_said_and_listed_and_the_code_is_2(run, tmp_path):
    failure = {"article": {"id": "b"}, "error": {"type": "BadKey", "message": "no key"}}
    results = tmp_path / "found.jsonl"
    results.write_text(f"{FOUND.read_text(encoding='utf-8')}{json.dumps(failure)}\n[]\n", "utf-8")
    done = run("merge", results)
    ledger = ictdiplo.Ledger.model_validate_json(done.stdout)
    assert done.exit_code == 2
    assert "b: no key" in done.stderr
    assert f"\n{results}, line 19: this is no extraction" in done.stderr
    assert ledger.unread == (f"{results}, line 19", "b")
    assert ledger.meetings == merged().meetings
    assert "Not read, and so not in it:" in run("merge", results, "--format", "text").stdout


def test_the_folder_of_a_run_is_merged(run, tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    shutil.copy(FOUND, folder / "results.jsonl")
    assert run("merge", folder).stdout == run("merge", FOUND).stdout


def test_results_that_are_not_there_are_said_in_a_line_and_the_code_is_1(run, tmp_path):
    done = run("merge", tmp_path / "none.jsonl")
    assert done.exit_code == 1
    assert "none.jsonl" in done.stderr


def test_a_ledger_is_read_by_sides_and_topic(run):
    done = run("ledger", FOUND, "--between", "KEN", "ETH", "--topic", "post")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(
        "1 commitment; of 1 nothing later is reported.\n\nEthiopia – Kenya\n"
    )
    assert "“postal services” signed" in done.stdout


def test_the_name_of_the_file_tells_how_a_ledger_is_written(run, tmp_path):
    for name, begins in {
        "a.html": "<!DOCTYPE html>",
        "a.csv": "sides,",
        "a.JSONL": '{"id"',
        "a.txt": "17 commitments",
    }.items():
        done = run("ledger", FOUND, "-o", tmp_path / name)
        assert done.exit_code == 0, done.output
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    run("ledger", FOUND, "--format", "text", "-o", tmp_path / "b.html")
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("17 commitments")


def test_a_page_of_promises_has_only_those_asked_for(run, tmp_path):
    page = tmp_path / "page.html"
    run("ledger", FOUND, "--between", "KEN", "ETH", "--topic", "post", "--output", page)
    html = page.read_text(encoding="utf-8")
    assert html.count('<article class="record ') == 1
    assert "Ethiopia – Kenya" in html


@pytest.fixture
def reviewed(tmp_path):
    """Writes decisions on the memoranda and agreements of the results; returns the file."""
    verdicts = itertools.cycle(
        [("rejected", {}), ("corrected", {"status": "expired"}), ("accepted", {})]
    )
    lines = []
    for found in ictdiplo.read_results(FOUND):
        for mou in found.mous:
            verdict, fields = next(verdicts)
            decision = Decision(
                article=found.article.id, text_sha256=hash_of(found.article), record=mou.id,
                verdict=verdict, fields=fields, evidence=mou.evidence,
            )  # fmt: skip
            lines.append(f"{decision.model_dump_json()}\n")
    path = tmp_path / "decided.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_a_ledger_is_of_what_a_review_left(run, reviewed):
    done = run("merge", FOUND, "--decisions", reviewed)
    decided = ictdiplo.read_decisions(reviewed)
    ledger = ictdiplo.Ledger.model_validate_json(done.stdout)
    sources = {source.id for text in ledger.texts for source in text.sources}
    expired = {
        source
        for text in ledger.texts
        for stage in text.stages
        if stage.status == "expired"
        for source in stage.sources
    }
    by_verdict = {
        verdict: {f"{one.article}/{one.record}" for one in decided if one.verdict == verdict}
        for verdict in ("rejected", "corrected", "accepted")
    }

    assert done.exit_code == 0, done.stderr
    assert sources == by_verdict["corrected"] | by_verdict["accepted"]
    assert by_verdict["rejected"]
    assert by_verdict["corrected"] <= expired
    assert f"{len(by_verdict['rejected'])} rejected, " in done.stderr
    assert len(ictdiplo.merge(ictdiplo.read_results(FOUND)).meetings) == len(ledger.meetings)


def test_the_commitments_of_rejected_records_are_not_in_the_ledger(run, reviewed):
    before = run("ledger", FOUND, "--format", "jsonl").stdout.splitlines()
    done = run("ledger", FOUND, "--format", "jsonl", "--decisions", reviewed)
    rejected = {
        f"{one.article}/{one.record}"
        for one in ictdiplo.read_decisions(reviewed)
        if one.verdict == "rejected"
    }
    sources = {
        source["id"] for line in done.stdout.splitlines() for source in json.loads(line)["sources"]
    }

    assert before
    assert rejected.isdisjoint(sources)


def test_a_decision_on_something_else_is_said_to_have_no_effect(run, tmp_path):
    path = tmp_path / "decided.jsonl"
    stray = Decision(article="a1", text_sha256="0", record="mou-1", verdict="rejected")
    path.write_text(stray.model_dump_json(), encoding="utf-8")
    done = run("merge", FOUND, "--decisions", path)

    assert done.exit_code == 0
    assert "a1/mou-1: rejected, but not in these results" in done.stderr
    assert ictdiplo.Ledger.model_validate_json(done.stdout) == merged()


def test_decisions_that_are_not_there_are_refused(run, tmp_path):
    done = run("merge", FOUND, "--decisions", tmp_path / "absent.jsonl")
    assert done.exit_code == 1
    assert "absent.jsonl" in done.stderr.replace("\n", "")


@pytest.mark.parametrize("topic", ["e-government", "E Government", "e_government"])
def test_a_heading_may_be_typed_as_one_likes(run, topic):
    assert "Ecuador – Kazakhstan" in run("ledger", FOUND, "--topic", topic).stdout


def test_a_topic_that_is_no_heading_is_refused_with_those_that_are(run):
    done = run("ledger", FOUND, "--topic", "cables")
    assert done.exit_code == 1
    assert "fibre, mobile" in done.stderr


def test_waiting_leaves_out_what_was_followed(run):
    every = [
        json.loads(line) for line in run("ledger", FOUND, "--format", "jsonl").stdout.splitlines()
    ]
    waiting = run("ledger", FOUND, "--waiting", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in waiting] == [
        one["id"] for one in every if one["state"] in {"open", "overdue"}
    ]
    assert len(waiting) < len(every)


def test_a_ledger_as_csv_is_a_table_with_a_row_for_each(run, tmp_path):
    out = tmp_path / "ledger.csv"
    run("ledger", FOUND, "--format", "csv", "-o", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert len(rows) == len(ictdiplo.commitments(merged()))
    assert {row["act"] for row in rows} >= {"proposed", "signed", "urged"}


def test_the_schema_of_the_ledger_is_printed(run):
    printed = json.loads(run("schema", "--ledger").stdout)
    assert printed == ictdiplo.Ledger.model_json_schema()
