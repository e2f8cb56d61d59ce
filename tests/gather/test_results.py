"""Lines are read as what they were when they were written; an odd one costs no other."""

import pytest

from ictdiplo import TableError
from ictdiplo.article import Article
from ictdiplo.errors import IctdiploError, RateLimited
from ictdiplo.gather.results import failure_of, read_lines
from ictdiplo.gather.run import Failure
from ictdiplo.publish.output import write_json_lines
from ictdiplo.records import Extraction, Provenance, Usage

FOUND = Extraction(
    article=Article(id="a", text="Line\u2028separated."),
    provenance=Provenance(reader="offline", version="0"),
    usage=Usage(),
)
LIMITED = Failure("b", RateLimited("Too many requests."))


def test_extractions_and_failures_come_back_in_their_order(tmp_path):
    with (tmp_path / "found.jsonl").open("w", encoding="utf-8") as stream:
        write_json_lines([FOUND, LIMITED, FOUND], stream)
    assert list(read_lines(tmp_path / "found.jsonl")) == [FOUND, LIMITED, FOUND]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{", "this is not JSON.", id="no JSON"),
        pytest.param("[" * 100_000, "this is not JSON.", id="deep"),
        pytest.param("[1]", "this is no extraction", id="a list"),
        pytest.param("7", "this is neither an extraction nor a failure.", id="a number"),
        pytest.param('{"error": {}}', "this is neither an extraction", id="half a failure"),
        pytest.param(
            '{"article": {"id": "a"}}', "this is no extraction (article.text: Field", id="half"
        ),
    ],
)
def test_an_odd_line_is_a_failure_that_names_it(tmp_path, line, reason):
    path = tmp_path / "found.jsonl"
    path.write_text(f"{line}\n\n{FOUND.model_dump_json()}\n", encoding="utf-8")
    failure, found = read_lines(path)
    assert str(failure).startswith(f"{path}, line 1: {reason}")
    assert found == FOUND


def test_an_odd_line_is_not_repeated_since_it_may_be_an_articles_text(tmp_path):
    (tmp_path / "found.jsonl").write_text('{"article": "Secret words"}\n')
    (failure,) = read_lines(tmp_path / "found.jsonl")
    assert "Secret" not in failure.message


def test_a_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(TableError, match=r"found\.jsonl: the file cannot be opened"):
        list(read_lines(tmp_path / "found.jsonl"))


@pytest.mark.parametrize(
    ("name", "kind"), [("RateLimited", RateLimited), ("ZeroDivisionError", IctdiploError)]
)
def test_an_error_of_this_library_comes_back_as_its_own_type(name, kind):
    assert failure_of("a", name, "said") == Failure("a", kind("said"))
