"""Figures stand in columns, errors beside the words, and nothing a file says drives the terminal."""

import io
import json

import pytest

import ictdiplo
from ictdiplo.measure.report import Report
from ictdiplo.publish.scores import write_report

TEXT = "Ada Oduya of Kenya met Kofi Baah in Accra. They signed a memorandum on spectrum."
GOLD = {
    "meetings": [
        {
            "parties": ["KEN", "GHA"],
            "participants": ["Ada Oduya", "Kofi Baah"],
            "date": "2025-11-24",
            "location": "Accra",
            "status": "held",
            "evidence": "Ada Oduya of Kenya met Kofi Baah",
        }
    ],
    "mous": [{"parties": "KEN;GHA", "status": "signed", "evidence": "a memorandum on spectrum"}],
}
HALF = {"meetings": [GOLD["meetings"][0] | {"date": "2025-11", "participants": ["Ada Oduya"]}]}
WILD = {"proposals": [{"proposer_party": "\x1b[31mX", "evidence": ["in Accra", "\u202ein Ghana"]}]}
TABLE = """\
1 article(s) with gold
                      gold  found  paired  precision  recall    F1  F1 x fields
Meetings   predicted     1      1       1       1.00    1.00  1.00         0.79
           offline       1      0       0       0.00    0.00  0.00         0.00
Proposals  predicted     0      0       0       1.00    1.00  1.00         1.00
           offline       0      1       0       0.00    0.00  0.00         0.00
Memoranda  predicted     1      0       0       0.00    0.00  0.00         0.00
           offline       1      0       0       0.00    0.00  0.00         0.00

Fields of the paired                  predicted  offline
Meetings              date                 0.50        –
                      status               1.00        –
                      location             1.00        –
                      participants         0.67        –
Proposals             proposer party          –        –
                      kind                    –        –
Memoranda             status                  –        –
                      date                    –        –
                      parties                 –        –

All types                            95 % interval
Detection F1  predicted    0.500    0.500 to 0.500
              offline      0.000    0.000 to 0.000
              difference  +0.500  +0.500 to +0.500
Headline      predicted    0.396    0.396 to 0.396
              offline      0.000    0.000 to 0.000
              difference  +0.396  +0.396 to +0.396

Headline: F1 times the mean accuracy of the fields, averaged over the types.
"""
ERRORS = """
a
  meeting, date 0.50: 2025-11, gold 2025-11-24
  meeting, participants 0.67: Ada Oduya, gold Ada Oduya, Kofi Baah
    “Ada Oduya of Kenya met Kofi Baah”
  missed memorandum: KEN, GHA · signed
    “a memorandum on spectrum”
"""


@pytest.fixture
def evaluate(tmp_path):
    def call(found, gold=GOLD):
        (tmp_path / "a.txt").write_text(TEXT)
        (tmp_path / "a.json").write_text(json.dumps(gold))
        line = {"article": {"id": "a"}, "meetings": [], **found}
        (tmp_path / "found.jsonl").write_text(json.dumps(line))
        return ictdiplo.evaluate(tmp_path, tmp_path / "found.jsonl")

    return call


def printed(report, **options):
    stream = io.StringIO()
    write_report(report, stream, **options)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def test_two_runs_stand_side_by_side_with_their_difference_and_the_errors_of_the_first(evaluate):
    run, baseline = evaluate(HALF), evaluate(WILD)
    report = Report(predicted=run, baseline=baseline, comparison=run.compare(baseline))
    assert printed(report, with_errors=False) == TABLE
    assert printed(report, with_errors=True) == TABLE + ERRORS


def test_fields_outside_the_headline_and_mistakes_are_shown_where_there_are_any(evaluate):
    gold = [GOLD["mous"][0] | {"signatories": ["Ada Oduya"]}]
    found = evaluate({"mous": [GOLD["mous"][0] | {"status": "agreed"}]}, GOLD | {"mous": gold})
    shown = printed(Report(baseline=found), with_errors=False)
    lines = [line.split() for line in shown.splitlines()]
    assert ["Memoranda", "signatories", "0.00"] in lines
    assert ["Memoranda", "signed,", "found", "agreed", "1"] in lines


def test_one_run_stands_alone(evaluate):
    shown = printed(Report(baseline=evaluate(GOLD)), with_errors=True)
    assert "difference" not in shown
    assert "predicted" not in shown
    assert "missed" not in shown


def test_what_a_file_says_cannot_drive_the_terminal(evaluate):
    shown = printed(Report(baseline=evaluate(WILD)), with_errors=True)
    assert "invented proposal: [31mX" in shown
    assert "“in Ghana”" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_narrow_terminal_cuts_no_column_off(evaluate, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    assert printed(Report(baseline=evaluate(HALF)), with_errors=False).count("F1 x fields\n") == 1
