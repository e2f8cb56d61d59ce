"""Several articles' records in one stream, and a file that is never half written."""

import contextlib
import io
import json
import os
from pathlib import Path

import pytest

from ictdiplo.article import Article
from ictdiplo.errors import EmptyArticle, SettingsError
from ictdiplo.gather.run import Failure
from ictdiplo.publish.output import replacing, write_json, write_json_lines, write_table
from ictdiplo.records import Extraction, Provenance, Usage


def found(name):
    return Extraction(
        article=Article(id=name, text="Text “ا”.\u2028", title=name.upper()),
        provenance=Provenance(reader="offline", version="0"),
        usage=Usage(),
    )


FAILED = Failure("empty", EmptyArticle("There is no text in it."))


def written(write, *outcomes):
    stream = io.StringIO()
    write(outcomes, stream)
    return stream.getvalue()


def as_json(name, indent=None):
    """The record as JSON; a line end of Unicode is escaped, since many programs end a line at it."""
    return found(name).model_dump_json(indent=indent).replace("\u2028", "\\u2028")


def test_one_article_is_one_json_object():
    assert written(write_json, found("a")) == as_json("a", indent=2) + "\n"


FAILURE = {
    "article": {"id": "empty"},
    "error": {"type": "EmptyArticle", "message": "There is no text in it."},
}


def test_several_articles_are_a_json_list_and_failures_are_in_it():
    several = json.loads(written(write_json, found("a"), FAILED, found("b")))
    first, last = (found(name).model_dump(mode="json") for name in "ab")
    assert several == [first, FAILURE, last]


def test_without_an_article_the_json_list_is_empty():
    assert json.loads(written(write_json)) == []


def test_if_the_only_article_failed_then_its_failure_is_the_object():
    assert json.loads(written(write_json, FAILED)) == FAILURE


def test_json_lines_have_one_line_an_article_and_failures_are_lines_too():
    first, second, last = written(write_json_lines, found("a"), FAILED, found("b")).splitlines()
    assert first == as_json("a")
    assert json.loads(second) == FAILURE
    assert last == as_json("b")


def test_a_line_is_written_as_soon_as_its_article_is_read():
    stream = io.StringIO()

    def outcomes():
        yield found("a")
        assert stream.getvalue().endswith("\n")
        yield found("b")

    write_json_lines(outcomes(), stream)
    assert stream.getvalue().count("\n") == 2


def test_the_words_of_a_strangers_error_are_kept_back():
    line = written(write_json_lines, Failure("a", LookupError("secret")))
    assert "secret" not in line
    assert json.loads(line)["error"]["type"] == "LookupError"


def test_a_table_shows_the_articles_that_were_read():
    shown = written(write_table, found("a"), FAILED, found("b"))
    assert [line for line in shown.splitlines() if line in {"A", "B"}] == ["A", "B"]


def test_a_file_takes_its_place_only_when_it_is_whole(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    with replacing(path) as stream:
        stream.write("نو")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text(encoding="utf-8") == "نو"
    assert list(tmp_path.iterdir()) == [path]


def test_if_an_error_ends_it_then_the_old_file_stays_and_no_draft_is_left(tmp_path):
    path = tmp_path / "out.json"
    path.write_text("old")
    with contextlib.suppress(KeyboardInterrupt), replacing(path) as stream:
        stream.write("new")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_is_said_before_anything_is_read(tmp_path):
    with pytest.raises(SettingsError, match="missing"), replacing(tmp_path / "missing" / "out"):
        pytest.fail("the file cannot be open")


@pytest.mark.skipif(os.name != "posix", reason="needs a device file")
def test_a_device_is_written_to_and_never_replaced():
    with replacing(Path(os.devnull)) as stream:
        stream.write("text")
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
def test_a_pipe_is_opened_once_so_that_its_reader_gets_all(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with replacing(tmp_path / "pipe") as stream:
        stream.write("text")
    assert os.read(reader, 100) == b"text"
    os.close(reader)


def test_a_folder_in_the_place_of_the_file_is_an_error_and_stays(tmp_path):
    (tmp_path / "out").mkdir()
    with pytest.raises(SettingsError, match="cannot be written"), replacing(tmp_path / "out"):
        pytest.fail("the file cannot be open")
    assert (tmp_path / "out").is_dir()


@pytest.mark.skipif(os.name != "posix", reason="links need rights on other systems")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with replacing(tmp_path / "link") as stream:
        stream.write("text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "text"
