"""A review makes gold: of what was accepted, corrected and added, and only where all is decided."""

import json

import pytest

import ictdiplo
from ictdiplo.article import Article
from ictdiplo.errors import EmptyArticle, SettingsError
from ictdiplo.gather.run import Failure
from ictdiplo.publish.wording import records_in
from ictdiplo.review.decisions import Decision, hash_of
from ictdiplo.review.gold import apply_decisions, apply_review, gold_of, write_gold
from samples import ACCRA, NOTHING, PERSIAN, quoted

ENVOYS = quoted(ACCRA.article.text, "The envoys of both conferred.")


def decide(record, verdict="accepted", found=ACCRA, **more):
    text = hash_of(found.article)
    about = {"article": found.article.id, "text_sha256": text, "record": record}
    return Decision(**about, verdict=verdict, **more)


ALL = [decide(record.id) for record in records_in(ACCRA)]
COMPLETE = decide(None, "complete")


def after(*decisions):
    (reviewed,) = apply_decisions([ACCRA], decisions)
    return reviewed


def test_a_rejected_record_goes_to_the_rejected_with_its_words():
    found = after(decide("mou-1", "rejected")).extraction

    assert found.mous == ()
    assert found.rejected[-1].record == "mou-1"
    assert found.rejected[-1].value == ACCRA.mous[0].evidence[0].quote


def test_a_corrected_record_says_what_was_typed():
    found = after(decide("mou-1", "corrected", fields={"status": "drafted"})).extraction
    assert found.mous[0].status == "drafted"


def test_an_added_record_is_among_those_of_its_type():
    typed = {"parties": "KEN; GHA", "status": "held", "format": "unstated"}
    new = decide("meeting-added-1", "added", type="meeting", fields=typed, evidence=ENVOYS)

    assert [one.id for one in after(new).extraction.meetings] == ["meeting-1", "meeting-added-1"]


def test_what_nobody_decided_stays_and_is_named():
    reviewed = after(ALL[0])

    assert reviewed.extraction == ACCRA
    assert reviewed.undecided == ("proposal-1", "mou-1")
    assert not reviewed.complete


def test_a_review_is_complete_when_all_is_decided_and_nothing_said_to_be_missing():
    assert not after(*ALL).complete
    assert not after(*ALL[1:], COMPLETE).complete
    assert after(*ALL, COMPLETE).complete


def test_decisions_on_another_text_or_other_evidence_have_no_effect():
    moved = ACCRA.model_copy(
        update={"article": ACCRA.article.model_copy(update={"text": "Other."})}
    )
    (reviewed,) = apply_decisions([moved], [decide("mou-1", "rejected")])
    assert reviewed.extraction == moved

    other = decide("mou-1", "rejected", evidence=ENVOYS)
    assert after(other).undecided == ("meeting-1", "proposal-1", "mou-1")


def test_a_review_is_applied_to_results_and_says_what_became_of_each_decision():
    failure = Failure("bad", EmptyArticle("There is no text."))
    rejected, kept = decide("mou-1", "rejected"), decide("meeting-1")
    strays = [
        decide("mou-9", "rejected"),
        decide("proposal-1", "rejected", evidence=ENVOYS),
        decide("mou-1", "rejected", found=PERSIAN),
        kept.model_copy(update={"text_sha256": "0"}),
    ]
    done = apply_review([ACCRA, failure, NOTHING], [*strays, rejected, kept, COMPLETE])

    assert done.outcomes == (after(rejected).extraction, failure, NOTHING)
    assert {*map(id, done.applied)} == {*map(id, [rejected, kept, COMPLETE])}
    assert {*map(id, done.strays)} == {*map(id, strays)}
    assert done.undecided == 1


def test_the_last_decision_on_each_text_counts():
    other = ACCRA.model_copy(
        update={"article": ACCRA.article.model_copy(update={"text": f"{ACCRA.article.text} "})}
    )
    on_other = decide("mou-1", "accepted", found=other)
    done = apply_review([ACCRA, other], [decide("mou-1", "rejected"), on_other])

    assert [len(found.mous) for found in done.outcomes] == [0, 1]
    assert done.strays == ()


def test_a_reviewed_article_that_is_there_twice_is_refused():
    with pytest.raises(
        SettingsError, match="accra-cable was reviewed, and is in the results twice"
    ):
        apply_review([ACCRA, ACCRA], [ALL[0]])
    assert len(apply_review([ACCRA, NOTHING, NOTHING], [ALL[0]]).outcomes) == 3


def test_gold_is_in_the_form_that_evaluate_reads(tmp_path):
    left_out = write_gold([ACCRA, PERSIAN], [*ALL, COMPLETE], tmp_path / "gold")
    run = ictdiplo.evaluate(tmp_path / "gold", [ACCRA])

    assert [one.extraction.article.id for one in left_out] == ["fa-1"]
    assert sorted(path.name for path in (tmp_path / "gold").iterdir()) == [
        "accra-cable.json", "accra-cable.txt",
    ]  # fmt: skip
    assert (run.detection_f1, run.headline) == (1.0, 1.0)


def test_gold_tells_a_reader_that_was_wrong(tmp_path):
    wrong = decide("mou-1", "corrected", fields={"status": "drafted"})
    write_gold([ACCRA], [*ALL, wrong, COMPLETE], tmp_path)
    run = ictdiplo.evaluate(tmp_path, [ACCRA])

    assert run.detection_f1 == 1
    assert run.headline < 1


def test_the_article_of_gold_is_read_as_the_one_that_was_reviewed(tmp_path):
    write_gold([ACCRA, NOTHING], [*ALL, COMPLETE, decide(None, "complete", NOTHING)], tmp_path)
    again = {one.id: one for one in ictdiplo.read_articles(tmp_path) if isinstance(one, Article)}

    assert again["accra-cable"].text == ACCRA.article.text
    assert again["accra-cable"].published == ACCRA.article.published
    assert json.loads((tmp_path / "nothing.json").read_text())["meetings"] == []


def test_gold_has_the_fields_of_the_gold_set():
    gold = gold_of(ACCRA)

    assert gold["published"] == "2025-11-26"
    assert gold["meetings"][0]["location"] == "Accra"
    assert gold["proposals"][0]["addressee_party"] == "GHA"
    assert gold["mous"][0]["title_or_subject"] == "the second cable"


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "a\nb"])
def test_an_id_that_is_no_file_s_name_is_refused_before_anything_is_written(tmp_path, name):
    found = NOTHING.model_copy(update={"article": NOTHING.article.model_copy(update={"id": name})})
    with pytest.raises(SettingsError, match="name of a file"):
        write_gold(
            [ACCRA, found], [*ALL, COMPLETE, decide(None, "complete", found)], tmp_path / "gold"
        )
    assert not (tmp_path / "gold").exists()
