"""How well reports are put together, measured on the merges' gold set."""

import runpy
from pathlib import Path

import pytest

import ictdiplo
from ictdiplo.measure.merges import evaluate_merges

GOLD = Path(__file__).parents[2] / "examples" / "gold" / "merges"
PARTS = ["dev", "held"]


def extractions(part):
    lines = (GOLD / part / "extractions.jsonl").read_text(encoding="utf-8").splitlines()
    return [ictdiplo.Extraction.model_validate_json(line) for line in lines]


@pytest.mark.parametrize("part", PARTS)
def test_reports_are_put_together_as_well_as_promised(part):
    scores = evaluate_merges(ictdiplo.merge(extractions(part)), GOLD / part / "events.json")
    assert scores.all.precision >= 0.95
    assert scores.all.recall >= 0.85


@pytest.mark.parametrize("part", PARTS)
def test_the_extractions_are_what_the_drafts_resolve_to(part):
    build = runpy.run_path(str(GOLD / "build.py"))
    fields = ("meetings", "proposals", "mous", "rejected")
    made = [found.model_dump(mode="json") for found in build["extractions"](GOLD / part)]
    kept = [found.model_dump(mode="json") for found in extractions(part)]
    assert [{field: one[field] for field in fields} for one in made] == [
        {field: one[field] for field in fields} for one in kept
    ], "run python examples/gold/merges/build.py"


@pytest.mark.parametrize("part", PARTS)
def test_no_word_of_the_drafts_is_missing_from_the_articles(part):
    assert [found.rejected for found in extractions(part) if found.rejected] == []


def test_what_was_merged_wrongly_and_what_was_missed_is_named():
    ledger = ictdiplo.merge(extractions("dev"))
    together = [source.id for source in ledger.meetings[0].sources]
    alone = next(each.sources[0].id for each in ledger.meetings if len(each.sources) == 1)
    scores = evaluate_merges(ledger, {"meetings": [[together[0], alone]]})

    assert tuple(sorted((together[0], alone))) in scores.meetings.missed
    assert tuple(sorted(together)) in scores.meetings.wrong
    assert scores.mous.recall is None
    assert scores.meetings.precision == 0


def test_gold_for_articles_that_were_not_read_is_an_error():
    with pytest.raises(ictdiplo.EvaluationError, match="a1/meeting-1"):
        evaluate_merges(ictdiplo.Ledger(articles=0), {"meetings": [["a1/meeting-1", "b"]]})


@pytest.mark.parametrize(
    ("text", "reason"), [("{", "not JSON"), ("[]", "no object"), ('{"mous": [1]}', "no object")]
)
def test_gold_that_is_not_in_form_is_an_error(tmp_path, text, reason):
    path = tmp_path / "gold.json"
    path.write_text(text)
    with pytest.raises(ictdiplo.EvaluationError, match=reason):
        evaluate_merges(ictdiplo.Ledger(articles=0), path)


def test_gold_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ictdiplo.EvaluationError, match="cannot be read"):
        evaluate_merges(ictdiplo.Ledger(articles=0), tmp_path / "none.json")
