"""An evaluation says which records are right, missed and invented, and what it could not score."""

import json

import pytest
from pydantic import ValidationError

import ictdiplo
from ictdiplo import Evaluation, EvaluationError
from ictdiplo.errors import EmptyArticle
from ictdiplo.gather.run import Failure

TEXT = (
    "Ada Oduya of Kenya met Kofi Baah of Ghana in Accra on Monday. "
    "Oduya proposed a joint laboratory. The two signed a memorandum on spectrum."
)
MEETING = {
    "parties": ["KEN", "GHA"],
    "participants": ["Ada Oduya", "Kofi Baah"],
    "date": "2025-11-24",
    "location": "Accra",
    "status": "held",
    "evidence": "Ada Oduya of Kenya met Kofi Baah of Ghana",
}
PROPOSAL = {
    "proposer_party": "KEN",
    "kind": "proposal",
    "evidence": "Oduya proposed a joint laboratory",
}
MOU = {"parties": ["KEN", "GHA"], "status": "signed", "evidence": "signed a memorandum on spectrum"}
ALL = {"meetings": [MEETING], "proposals": [PROPOSAL], "mous": [MOU]}


def line(name, **records):
    return json.dumps({"article": {"id": name}, "meetings": [], **records})


def failure(name):
    return json.dumps(
        {"article": {"id": name}, "error": {"type": "BadKey", "message": "Set a key."}}
    )


@pytest.fixture
def evaluate(write_gold, tmp_path):
    """Hold lines of a run against gold for the articles `a`, `b` and `c`, which all say the same."""

    def call(*lines, gold=ALL):
        folder = write_gold(dict.fromkeys("abc", TEXT), a=gold, b=gold, c=gold)
        (tmp_path / "found.jsonl").write_text("\n".join(lines))
        return ictdiplo.evaluate(folder, tmp_path / "found.jsonl")

    return call


def test_what_is_right_missed_and_invented_is_shown_with_its_quotes(evaluate):
    other = MEETING | {"parties": ["NGA"], "participants": [], "evidence": "in Accra on Monday"}
    found = evaluate(line("a", meetings=[other], mous=[MOU | {"status": "agreed"}]))
    judged = found.articles[0]

    assert judged.article == "a"
    assert [one.quotes for one in judged.meetings.missed] == [(MEETING["evidence"],)]
    assert [one.quotes for one in judged.meetings.invented] == [("in Accra on Monday",)]
    assert [one.quotes for one in judged.proposals.missed] == [(PROPOSAL["evidence"],)]
    (pair,) = judged.mous.paired
    assert (pair.gold.status, pair.found.status) == ("signed", "agreed")
    assert pair.fields == {"status": 0, "date": 1, "parties": 1}


def test_counts_and_shares_are_those_of_all_articles_together(evaluate):
    found = evaluate(line("a", **ALL), line("b", mous=[MOU, PROPOSAL]))

    assert (found.mous.gold, found.mous.found, found.mous.paired) == (3, 3, 2)
    assert (found.mous.precision, found.mous.recall) == (2 / 3, 2 / 3)
    assert (found.meetings.precision, found.meetings.recall, found.meetings.f1) == (1, 1 / 3, 0.5)
    assert found.detection_f1 == pytest.approx((1 / 2 + 1 / 2 + 2 / 3) / 3)


def test_a_record_that_quotes_nothing_of_the_article_is_invented(evaluate):
    found = evaluate(line("a", meetings=[MEETING | {"evidence": "words of another article"}]))
    assert (found.meetings.found, found.meetings.paired) == (1, 0)


def test_half_a_date_is_half_right(evaluate):
    found = evaluate(line("a", meetings=[MEETING | {"date": {"edtf": "2025-11"}}]))
    assert found.meetings.fields["date"] == 0.5


def test_fields_outside_the_headline_are_scored_where_the_gold_has_them(evaluate):
    gold = ALL | {
        "meetings": [MEETING | {"format": "in_person", "topics": ["roaming", "5G"]}],
        "proposals": [PROPOSAL | {"addressee_party": "GHA"}],
    }
    said = {
        "meetings": [MEETING | {"format": "phone", "topics": [{"text": "mobile roaming"}]}],
        "proposals": [PROPOSAL | {"addressees": [{"name": "Ghana", "code": "GHA"}]}],
        "mous": [MOU | {"instrument": "contract"}],
    }
    with_fields, without = evaluate(line("a", **said), gold=gold), evaluate(line("a", **said))
    assert with_fields.meetings.more_fields == {"format": 0, "topics": pytest.approx(2 / 3)}
    assert with_fields.proposals.more_fields == {"addressees": 1}
    assert with_fields.mous.more_fields == without.meetings.more_fields == {}
    assert with_fields.headline == without.headline


def test_a_field_that_the_gold_has_and_nobody_found_is_wrong(evaluate):
    gold = {"mous": [MOU | {"instrument": "memorandum", "signatories": ["Ada Oduya"]}]}
    found = evaluate(line("a", mous=[MOU]), gold=gold)
    assert found.mous.more_fields == {"instrument": 0, "signatories": 0}


def test_what_was_taken_for_what_is_counted(evaluate):
    lines = [
        line(name, mous=[MOU | {"status": status}])
        for name, status in zip("abc", ("signed", "agreed", "agreed"), strict=True)
    ]
    assert evaluate(*lines).confusions == {
        "meetings": {},
        "proposals": {},
        "mous": {"signed": {"agreed": 2, "signed": 1}},
    }


def test_if_there_is_nothing_to_find_and_nothing_is_found_then_all_is_right(evaluate):
    found = evaluate(*map(line, "abc"), gold={})
    assert (found.headline, found.detection_f1) == (1, 1)
    assert (found.headline_interval.low, found.headline_interval.high) == (1, 1)


def test_extractions_can_be_given_as_they_are(gold, articles, extractions, run_file):
    assert ictdiplo.evaluate(gold, iter(extractions), articles) == ictdiplo.evaluate(
        str(gold), str(run_file), str(articles)
    )


def test_an_evaluation_is_frozen_and_survives_json(evaluate):
    found = evaluate(line("a", **ALL), failure("b"))
    assert Evaluation.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValidationError):
        found.headline = 1.0


# What was not scored


def test_articles_that_failed_count_as_empty_and_are_named_with_the_reason(evaluate):
    found = evaluate(failure("a"), line("b", **ALL), failure("c"))
    assert found.failed == ("a", "c")
    assert found.meetings.recall == 1 / 3
    assert found.warnings == (
        "2 article(s) could not be read and count as empty: a (Set a key), c (Set a key).",
    )


def test_an_article_that_failed_first_and_was_read_later_was_read(evaluate):
    found = evaluate(failure("a"), line("a", **ALL), line("b"), line("c"))
    assert (found.failed, found.warnings) == ((), ())


def test_failures_can_be_among_extractions(gold, articles, extractions):
    failed = Failure(extractions[0].article.id, EmptyArticle("There is no text."))
    found = ictdiplo.evaluate(gold, [failed, *extractions[1:]], articles)
    assert found.failed == (failed.article,)
    assert "There is no text" in found.warnings[0]


def test_articles_without_a_prediction_and_without_gold_are_named(evaluate):
    found = evaluate(line("a"), line("x"))
    assert found.warnings == (
        "2 article(s) have no prediction and count as empty: b, c.",
        "1 article(s) were predicted and have no gold: not scored: x.",
    )


def test_of_many_articles_only_the_first_are_named(evaluate):
    found = evaluate(*map(line, "abcdefghij"))
    assert found.warnings == (
        "7 article(s) were predicted and have no gold: not scored: d, e, f, g, h and 2 more.",
    )


@pytest.mark.parametrize(
    ("name", "article"),
    [
        pytest.param("2025.11.24", "2025.11.24", id="a name with dots"),
        pytest.param("a", "news/a.txt", id="a path"),
    ],
)
def test_an_article_is_known_by_the_name_of_its_gold_or_by_a_path(
    write_gold, tmp_path, name, article
):
    folder = write_gold({name: TEXT}, **{name: ALL})
    (tmp_path / "found.jsonl").write_text(line(article, **ALL))
    assert ictdiplo.evaluate(folder, tmp_path / "found.jsonl").headline == 1


# What is no gold, and no prediction


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        pytest.param([line("a"), line("b"), line("a")], "Article a is predicted twice", id="twice"),
        pytest.param([line("a"), line("x/a.txt")], "Article a is predicted twice", id="by path"),
        pytest.param([line("a"), "{"], "line 2: this is not JSON", id="JSON"),
        pytest.param(["[]"], "line 1: this is no object", id="object"),
        pytest.param(['{"meetings": []}'], "line 1: `article.id` is missing", id="no article"),
        pytest.param(
            ['{"article": "a", "meetings": []}'],
            "`article.id` is missing",
            id="article is a string",
        ),
        pytest.param(
            ['{"article": {"id": "a"}, "mous": []}'],
            "neither `meetings` nor an `error`",
            id="neither",
        ),
        pytest.param([line("a", mous={})], "", id="an empty object is no record"),
        pytest.param([line("a", mous=["x"])], "line 1: `mous` is no list of objects", id="strings"),
        pytest.param([line("a", mous="x")], "line 1: `mous` is no list of objects", id="string"),
    ],
)
def test_a_line_that_is_not_in_form_is_named(evaluate, lines, complaint):
    if not complaint:
        assert evaluate(*lines).mous.found == 0
        return
    with pytest.raises(EvaluationError) as caught:
        evaluate(*lines)
    assert complaint in caught.value.message


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        pytest.param(None, "there is no such folder", id="no folder"),
        pytest.param({"a.txt": "x"}, "no .json file in it", id="no gold"),
        pytest.param({"a.json": "{}"}, "its article is missing", id="no article"),
        pytest.param({"a.json": "{", "a.txt": "x"}, "this is not JSON", id="no JSON"),
        pytest.param({"a.json": "[]", "a.txt": "x"}, "this is no object", id="a list"),
        pytest.param({"a.json": "{}", "a.txt": b"\xff"}, "this is not UTF-8", id="other encoding"),
    ],
)
def test_gold_that_is_not_in_form_is_named(tmp_path, files, complaint):
    folder = tmp_path / "gold"
    if files is not None:
        folder.mkdir()
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(EvaluationError, match=complaint):
        ictdiplo.evaluate(folder, [])


def test_a_missing_folder_of_articles_or_file_of_predictions_is_named(write_gold, tmp_path):
    folder = write_gold({"a": TEXT})
    with pytest.raises(EvaluationError, match="nowhere: there is no such folder"):
        ictdiplo.evaluate(folder, [], tmp_path / "nowhere")
    with pytest.raises(EvaluationError, match="nowhere: there is no such file"):
        ictdiplo.evaluate(folder, tmp_path / "nowhere")


def test_odd_values_are_held_against_gold_as_what_they_are(evaluate):
    odd = {"parties": 5, "participants": "Ada Oduya", "date": 2025, "place": {}, "evidence": [None]}
    found = evaluate(line("a", meetings=[odd, {"status": "\ud800", "parties": [{}, None]}]))
    assert [one.parties for one in found.articles[0].meetings.invented] == [("5",), ()]
    assert found.model_dump_json()


# How sure it is


def test_the_interval_holds_the_figure_and_is_the_same_every_time(evaluate):
    lines = [
        line("a", **ALL),
        line("b", mous=[MOU | {"date": "2024"}]),
        line("c", meetings=[MEETING]),
    ]
    first, second = (evaluate(*lines) for _ in range(2))
    assert first == second
    for figure, bounds in [
        (first.headline, first.headline_interval),
        (first.detection_f1, first.detection_f1_interval),
    ]:
        assert 0 < bounds.low < figure < bounds.high <= 1


def test_the_interval_of_articles_that_fare_the_same_is_a_point(evaluate):
    found = evaluate(*(line(name, **ALL) for name in "abc"))
    assert (found.headline, found.headline_interval.low, found.headline_interval.high) == (1, 1, 1)


def test_the_interval_narrows_with_more_articles(write_gold):
    widths = []
    for size in (10, 100):
        names = [f"a{number}" for number in range(size)]
        folder = write_gold(dict.fromkeys(names, TEXT), **dict.fromkeys(names, ALL))
        # Every second article is read, and all of it is right.
        (folder / "found.jsonl").write_text("\n".join(line(name, **ALL) for name in names[::2]))
        bounds = ictdiplo.evaluate(folder, folder / "found.jsonl").detection_f1_interval
        widths.append(bounds.high - bounds.low)
    assert 0 < 2 * widths[1] < widths[0]


def test_a_run_compared_with_itself_is_no_better(gold, articles, extractions):
    run = ictdiplo.evaluate(gold, extractions, articles)
    for difference in (run.compare(run).detection_f1, run.compare(run).headline):
        assert (difference.value, difference.interval.low, difference.interval.high) == (0, 0, 0)


def test_a_comparison_is_the_difference_with_an_interval_of_paired_draws(evaluate):
    better = evaluate(line("a", **ALL), line("b", **ALL), line("c"))
    worse = evaluate(line("a", **ALL), line("b"), line("c"))
    ahead, behind = better.compare(worse).headline, worse.compare(better).headline

    assert ahead.value == pytest.approx(better.headline - worse.headline)
    # Each draw holds both against the same articles, so the better one is never behind.
    assert ahead.interval.low == 0
    assert behind.value == -ahead.value
    assert behind.interval.low == pytest.approx(-ahead.interval.high)


def test_runs_on_different_gold_cannot_be_compared(evaluate, gold, articles):
    with pytest.raises(EvaluationError, match="only if the gold is the same"):
        evaluate(line("a")).compare(ictdiplo.evaluate(gold, gold, articles))
