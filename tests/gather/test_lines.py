"""What a run wrote is read back: the last line of an article, of one file or of several."""

import json
import os
import threading

import pytest

from ictdiplo import read_results
from ictdiplo.article import Article
from ictdiplo.errors import ContextOverflow, EmptyArticle, IctdiploError, RunError
from ictdiplo.extraction import extract
from ictdiplo.gather.lines import line_of
from ictdiplo.gather.run import Failure
from ictdiplo.records import Extraction, Usage


def found(name, text="The ministers of Kenya and Ghana met in Accra on Monday about spectrum."):
    return extract(Article.from_text(text, id=name), model="offline")


def write(path, *outcomes, end="\n"):
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(line_of(outcome) + "\n" for outcome in outcomes)[:-1] + end)
    return path


def ids(outcomes):
    return [o.article if isinstance(o, Failure) else o.article.id for o in outcomes]


def test_an_extraction_comes_back_as_it_was(tmp_path):
    path = write(tmp_path / "results.jsonl", found("a"))
    assert list(read_results(path)) == [found("a")]


@pytest.mark.parametrize(
    "error", [EmptyArticle("Nothing in it."), ContextOverflow("Too “long”.")], ids=repr
)
def test_a_failure_comes_back_with_its_type(tmp_path, error):
    path = write(tmp_path / "results.jsonl", Failure("a", error))
    assert list(read_results(path)) == [Failure("a", error)]


def test_what_a_failure_cost_comes_back(tmp_path):
    error = ContextOverflow("Too long.")
    error.usage = Usage(input_tokens=7, output_tokens=None, cost=0.5)
    (failure,) = read_results(write(tmp_path / "results.jsonl", Failure("a", error)))
    assert failure.usage == error.usage


def test_of_a_strangers_error_only_the_kind_is_written(tmp_path):
    path = write(tmp_path / "results.jsonl", Failure("a", LookupError("words of the article")))
    (failure,) = read_results(path)
    assert "words" not in path.read_text()
    assert isinstance(failure.error, IctdiploError)
    assert "LookupError" in failure.message


OTHER_TEXT = "The ministers of Peru and Chile met in Lima on Monday about spectrum."


def test_the_last_line_of_an_article_counts(tmp_path):
    late = found("a").model_copy(update={"warnings": ("read again",)})
    early = [found("a"), found("b"), Failure("c", EmptyArticle("x"))]
    path = write(tmp_path / "results.jsonl", *early, late, found("c"))
    assert list(read_results(path)) == [found("b"), late, found("c")]


def test_two_articles_that_share_an_id_are_both_there(tmp_path):
    one, other = found("a"), found("a", OTHER_TEXT)
    both = write(tmp_path / "both.jsonl", one, other)
    assert list(read_results(both)) == [one, other]
    files = write(tmp_path / "one.jsonl", one), write(tmp_path / "other.jsonl", other, one)
    assert list(read_results(*files)) == [other, one]


def test_a_failure_takes_the_place_of_what_stands_above_it_in_its_file_alone(tmp_path):
    failure = Failure("a", EmptyArticle("x"))
    above = write(tmp_path / "above.jsonl", found("a"), failure)
    elsewhere = write(tmp_path / "elsewhere.jsonl", found("a", OTHER_TEXT))
    assert list(read_results(above)) == [failure]
    assert list(read_results(elsewhere, above)) == [found("a", OTHER_TEXT), failure]
    assert list(read_results(above, elsewhere)) == [found("a", OTHER_TEXT)]


def test_shards_are_read_as_one_from_their_folder_or_by_their_names(tmp_path):
    one = write(tmp_path / "run" / "results-1-of-2.jsonl", found("a"), found("b"))
    two = write(tmp_path / "run" / "results-2-of-2.jsonl", found("c"), found("a"))
    assert ids(read_results(tmp_path / "run")) == ["b", "c", "a"]
    assert ids(read_results(two, one)) == ["c", "a", "b"]


def test_results_that_are_replaced_meanwhile_are_read_as_they_were(tmp_path):
    path = write(tmp_path / "results.jsonl", found("a"), found("b"), found("c"))
    outcomes = read_results(path)
    assert next(outcomes) == found("a")
    write(tmp_path / "draft", found("c")).replace(path)
    assert ids(outcomes) == ["b", "c"]


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX's")
def test_a_pipe_is_read_like_a_file(tmp_path):
    os.mkfifo(pipe := tmp_path / "pipe")
    lines = write(tmp_path / "results.jsonl", found("a"), found("b"), found("a")).read_text()
    writer = threading.Thread(target=pipe.write_text, args=(lines,))
    writer.start()
    assert ids(read_results(pipe)) == ["b", "a"]
    writer.join()


@pytest.mark.parametrize("cut", [1, 20, 400])
def test_a_line_without_its_end_is_left_out(tmp_path, cut):
    path = write(tmp_path / "results.jsonl", found("a"))
    with path.open("a") as file:
        file.write(line_of(found("b"))[:cut])
    assert ids(read_results(path)) == ["a"]


def test_a_last_line_that_is_whole_needs_no_line_feed(tmp_path):
    assert ids(read_results(write(tmp_path / "results.jsonl", found("a"), end=""))) == ["a"]


@pytest.mark.parametrize(
    "line, reason",
    [
        ("{", "not JSON"),
        ("[]", "no extraction"),
        ('{"error": {}}', "neither an extraction nor a failure"),
        ('{"article": {"id": "a", "text": "secret"}, "x": "secret"}', "no extraction"),
    ],
)
def test_a_line_that_is_no_result_is_a_failure_that_names_it(tmp_path, line, reason):
    path = tmp_path / "results.jsonl"
    path.write_text(f"\n{line}\n{line_of(found('b'))}\n")
    failure, other = read_results(path)
    assert failure.article == f"{path}, line 2"
    assert isinstance(failure.error, RunError)
    assert reason in failure.message
    assert "secret" not in failure.message
    assert other == found("b")


def test_the_id_may_hold_whatever_a_string_may(tmp_path):
    odd = 'a"}, "\\ ü'
    path = write(tmp_path / "results.jsonl", found(odd), Failure(odd, EmptyArticle("x")))
    (failure,) = read_results(path)
    assert failure.article == odd


def test_a_line_spelt_in_another_way_is_of_the_same_article(tmp_path):
    path = tmp_path / "results.jsonl"
    spread = json.dumps(json.loads(line_of(found("a"))), ensure_ascii=True, indent=None)
    path.write_text(f"{spread}\n{line_of(found('a'))}\n")
    assert ids(read_results(path)) == ["a"]


def test_where_nothing_is_to_be_read_it_is_said(tmp_path):
    with pytest.raises(RunError, match=r"no results\*\.jsonl"):
        list(read_results(tmp_path))
    with pytest.raises(RunError, match="No such file"):
        list(read_results(tmp_path / "results.jsonl"))


def test_blank_lines_are_nothing(tmp_path):
    path = tmp_path / "results.jsonl"
    path.write_text(f"\n{line_of(found('a'))}\n\n")
    assert [isinstance(one, Extraction) for one in read_results(path)] == [True]
