"""`ictdiplo evaluate` sets a run beside the offline reader, and says what it could not score."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import ictdiplo
from ictdiplo.cli import app
from ictdiplo.measure.report import Report

FAILED = {"article": {"id": "28-cambodia-timor-leste-short"}, "error": {"message": "No\x1b[31m."}}


@pytest.fixture
def run(monkeypatch, gold, articles):
    """Call the command on the gold of the example articles."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def call(*arguments):
        given = ["evaluate", "--gold", gold, "--articles", articles, *arguments]
        return CliRunner().invoke(app, [str(argument) for argument in given])

    return call


@pytest.fixture
def worse_file(run_file):
    """The offline reader's run, had it failed on one article and found nothing in another."""
    lines = run_file.read_text(encoding="utf-8").splitlines()
    lost = [json.loads(line) | {"meetings": [], "mous": []} for line in lines[:1]]
    kept = [line for line in lines[1:] if FAILED["article"]["id"] not in line]
    run_file.write_text("\n".join([*map(json.dumps, [*lost, FAILED]), *kept]), encoding="utf-8")
    return run_file


def test_without_a_run_the_offline_reader_is_evaluated(run, gold, articles, extractions):
    result = run("--format", "json")
    report = Report.model_validate_json(result.stdout)
    assert result.exit_code == 0
    assert report == Report(baseline=ictdiplo.evaluate(gold, extractions, articles))


def test_a_run_is_set_beside_the_offline_reader(run, gold, articles, worse_file):
    report = Report.model_validate_json(run("--predicted", worse_file, "--format", "json").stdout)
    assert report.predicted == ictdiplo.evaluate(gold, worse_file, articles)
    assert report.comparison == report.predicted.compare(report.baseline)
    assert report.comparison.headline.value < 0


def test_a_run_is_compared_with_another_one_and_the_offline_reader_stands_beside_both(
    run, gold, run_file, tmp_path
):
    other = tmp_path / "other.jsonl"
    other.write_text("".join(run_file.read_text(encoding="utf-8").splitlines(keepends=True)[:2]))
    result = run("--predicted", run_file, "--against", other, "--format", "json")
    report = Report.model_validate_json(result.stdout)

    assert report.comparison == report.predicted.compare(report.against)
    assert report.comparison.headline.value > 0
    assert list(report.evaluations()) == ["predicted", "against", "offline"]


def test_there_is_nothing_to_compare_another_run_with(run, run_file):
    result = run("--against", run_file)
    assert result.exit_code == 1
    assert "nothing to evaluate" in result.stderr


def test_the_baseline_can_be_left_out(run, run_file):
    result = run("--predicted", run_file, "--no-baseline", "--format", "json")
    report = Report.model_validate_json(result.stdout)
    assert report.predicted
    assert (report.baseline, report.comparison) == (None, None)


def test_a_folder_in_the_form_of_gold_is_a_run_too(run, gold):
    report = json.loads(run("--predicted", gold, "--format", "json").stdout)
    assert report["predicted"]["headline"] == 1


def test_the_table_has_both_runs_and_their_difference(run, worse_file):
    result = run("--predicted", worse_file)
    rows = [line.split() for line in result.stdout.splitlines()]
    assert [row[0] for row in rows[2:8]] == [
        *("Meetings", "offline", "Proposals", "offline", "Memoranda", "offline")
    ]
    assert [row[0] for row in rows if row].count("difference") == 2
    assert max(map(len, result.stdout.splitlines())) < 80
    assert "missed" not in result.stdout


def test_errors_are_listed_on_request_with_the_words_that_report_them(run, worse_file):
    shown = run("--predicted", worse_file, "--errors").stdout
    assert "missed meeting: IRN, TKM · 2025-05-22 · held · Tehran" in shown
    assert "“ICT minister Sattar Hashemi met Chakyev Mammethan Berdimyradovich”" in shown
    assert "memorandum, parties" in shown


def test_an_article_that_failed_is_told_and_the_code_is_2(run, worse_file):
    result = run("--predicted", worse_file)
    assert result.exit_code == 2
    assert "predicted: 1 article(s) could not be read" in result.stdout
    assert FAILED["article"]["id"] in result.stdout
    assert "\x1b" not in result.stdout


def test_an_article_that_the_offline_reader_cannot_read_is_told_too(run, write_gold):
    folder = write_gold(
        {"a": "  \n", "b": "The ministers of Kenya and Ghana met in Accra on Monday."}
    )
    result = CliRunner().invoke(app, ["evaluate", "--gold", str(folder)])
    assert result.exit_code == 2
    assert "offline: 1 article(s) could not be read and count as empty: a" in result.stdout


def test_a_header_that_names_the_article_otherwise_does_not_hide_it(write_gold):
    text = "id: other\n\nThe ministers of Kenya and Ghana met in Accra on 3 March 2025."
    folder = write_gold({"a": text})
    result = CliRunner().invoke(app, ["evaluate", "--gold", str(folder), "--format", "json"])
    assert json.loads(result.stdout)["baseline"]["meetings"]["found"] == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--no-baseline"], "nothing to evaluate", id="nothing"),
        pytest.param(["--gold", "nowhere"], "nowhere: there is no such folder", id="gold"),
        pytest.param(["--articles", "nowhere"], "nowhere: there is no such folder", id="articles"),
        pytest.param(["--predicted", "nowhere"], "nowhere: there is no such file", id="predicted"),
        pytest.param(["--articles", "."], "its article is missing", id="no article"),
        pytest.param(["--format", "xml"], "xml", id="format"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line_and_the_code_is_1(
    run, arguments, complaint, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert complaint in result.stderr
    assert result.stdout == ""


def test_an_article_that_is_predicted_twice_is_told(run, run_file):
    run_file.write_text(run_file.read_text(encoding="utf-8") * 2, encoding="utf-8")
    result = run("--predicted", run_file)
    assert result.exit_code == 1
    assert result.stderr.endswith("is predicted twice; keep one of the two.\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
@pytest.mark.parametrize("form", ["table", "json"])
def test_if_the_reader_of_the_pipe_leaves_then_nothing_is_said(gold, form):
    reading, writing = os.pipe()
    os.close(reading)
    command = ["evaluate", "--gold", gold, "--articles", gold.parents[2] / "examples" / "articles"]
    done = subprocess.run(
        [sys.executable, "-m", "ictdiplo", *command, "--format", form],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
