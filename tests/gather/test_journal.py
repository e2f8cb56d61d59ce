"""The journal knows what is done, whatever its process died of, and is one run's at a time."""

import os
import signal
import subprocess
import sys
from io import FileIO
from pathlib import Path

import pytest

from ictdiplo import read_results
from ictdiplo.article import Article
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import EmptyArticle, InvalidAnswer, RunError
from ictdiplo.extraction import extract
from ictdiplo.gather.journal import Journal, content_sha256
from ictdiplo.gather.lines import line_of
from ictdiplo.gather.run import Failure
from ictdiplo.read.identity import settings_sha256
from ictdiplo.read.model import Model
from ictdiplo.read.offline import OfflineReader
from ictdiplo.records import Provenance, Usage

ARTICLE = Article.from_text("The ministers of Kenya and Ghana met in Accra on Monday.", id="a")
OTHER = Article.from_text("The ministers of Peru and Chile met in Lima on Friday.", id="b")
OFFLINE = settings_sha256(OfflineReader())


def found(article):
    return extract(article, model="offline")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run" / "results.jsonl"


def test_what_was_appended_is_done_at_once_and_in_the_next_run(path):
    with Journal(path) as journal:
        assert not journal.has(ARTICLE, OFFLINE)
        journal.append(found(ARTICLE))
        assert journal.has(ARTICLE, OFFLINE)
    with Journal(path) as journal:
        assert journal.has(ARTICLE, OFFLINE)
        assert not journal.has(OTHER, OFFLINE)


def test_a_line_is_on_the_disk_before_the_next_article(path):
    with Journal(path) as journal:
        journal.append(found(ARTICLE))
        assert list(read_results(path)) == [found(ARTICLE)]


@pytest.mark.parametrize(
    "change",
    [{"text": ARTICLE.text + "!"}, {"published": "2025-11-24"}, {"title": "Talks"}],
    ids=str,
)
def test_a_changed_article_is_not_done(path, change):
    changed = Article.model_validate(ARTICLE.model_dump() | change)
    with Journal(path) as journal:
        journal.append(found(ARTICLE))
        assert not journal.has(changed, OFFLINE)
        assert journal.has_otherwise(changed, OFFLINE)


def test_a_failed_article_is_not_done(path):
    with Journal(path) as journal:
        journal.append(Failure("a", InvalidAnswer("x")))
        assert not journal.has(ARTICLE, OFFLINE)
        assert not journal.has_otherwise(ARTICLE, OFFLINE)


class OtherReader:
    def read(self, article, check):
        return Reading(Draft(), Provenance(reader="other", version="0"), Usage())


@pytest.mark.parametrize(
    "reader",
    [
        OtherReader(),
        Model("openai/gpt-5-mini"),
        Model("openai/gpt-5-mini", temperature=0),
        Model("openai/gpt-5-mini", second_look=True),
        Model("openai/gpt-5-mini", part_size=5_000),
        Model("openai/gpt-5-mini", mode="json"),
        Model("m", base_url="http://localhost:1/v1"),
    ],
    ids=repr,
)
def test_an_article_read_in_another_way_is_not_done(path, reader):
    with Journal(path) as journal:
        journal.append(found(ARTICLE))
        assert journal.has_otherwise(ARTICLE, settings_sha256(reader))


@pytest.mark.parametrize("other", [{"api_key": "sk-x"}, {"timeout": 1}, {"attempts": 1}], ids=str)
def test_what_shapes_no_records_makes_no_other_reader(other):
    model = Model("openai/gpt-5-mini", **other)
    assert settings_sha256(model) == settings_sha256(Model("openai/gpt-5-mini"))


def test_the_content_is_all_but_the_name_and_the_warnings():
    renamed = ARTICLE.model_copy(update={"id": "z", "warnings": ("odd",)})
    assert content_sha256(renamed) == content_sha256(ARTICLE)


@pytest.mark.parametrize("kept", range(0, 1_200, 97))
def test_killed_at_any_byte_only_the_unfinished_article_is_read_again(path, kept):
    whole = line_of(found(ARTICLE)) + "\n"
    path.parent.mkdir()
    path.write_text(whole + line_of(found(OTHER))[:kept])
    with Journal(path) as journal:
        assert journal.has(ARTICLE, OFFLINE)
        assert not journal.has(OTHER, OFFLINE)
        journal.append(found(OTHER))
    assert path.read_text() == whole + line_of(found(OTHER)) + "\n"


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"article": {"id": "a"}}'])
def test_a_line_that_is_no_result_is_named_and_nothing_is_touched(path, line):
    path.parent.mkdir()
    path.write_text(before := f"{line_of(found(ARTICLE))}\n{line}\n{line_of(found(OTHER))}\n")
    with pytest.raises(RunError, match="line 2"):
        Journal(path)
    assert path.read_text() == before


def test_what_was_read_before_a_change_does_not_count_any_more(path):
    changed = found(ARTICLE.model_copy(update={"text": "Another text."}))
    with Journal(path) as journal:
        for outcome in [found(ARTICLE), found(OTHER), changed]:
            journal.append(outcome)
        assert list(read_results(path)) == [found(OTHER), changed]
        journal.compact()
    assert path.read_text().splitlines() == [line_of(found(OTHER)), line_of(changed)]


def test_compacting_leaves_the_last_line_of_each_article(path):
    late = found(ARTICLE.published_on("2025-11-24"))
    with Journal(path) as journal:
        for outcome in [found(ARTICLE), Failure("b", InvalidAnswer("x")), late, found(OTHER)]:
            journal.append(outcome)
        journal.compact()
        assert path.read_text().splitlines() == [line_of(late), line_of(found(OTHER))]
        assert journal.has(OTHER, OFFLINE)
        journal.append(late)  # and it goes on
    assert len(path.read_text().splitlines()) == 3
    assert [file.name for file in path.parent.iterdir() if file.suffix != ".lock"] == [path.name]


def test_compacting_drops_failures_that_are_void(path):
    with Journal(path) as journal:
        journal.append(Failure("gone.txt", EmptyArticle("x")))
        journal.append(Failure("b", InvalidAnswer("x")))
        journal.compact(lambda failure: failure.article == "gone.txt")
        assert len(journal) == 1
    assert [failure.article for failure in read_results(path)] == ["b"]


def test_if_compacting_fails_then_nothing_is_lost(path, monkeypatch):
    with Journal(path) as journal:
        journal.append(found(ARTICLE))
        journal.append(found(ARTICLE))

        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(RunError, match="No space left"):
            journal.compact()
        journal.append(found(OTHER))
    assert len(path.read_text().splitlines()) == 3
    assert [file.name for file in path.parent.iterdir() if file.suffix != ".lock"] == [path.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_is_told(path, monkeypatch):
    with Journal(path) as journal:
        journal._file.close()
        journal._file = FileIO("/dev/full", "a")
        with pytest.raises(RunError, match="No space left"):
            journal.append(found(ARTICLE))


class Short(FileIO):
    """A file on a disk that has room for so many bytes more."""

    room = 100

    def write(self, data):
        fits = data[: self.room]
        self.room -= len(fits)
        return super().write(fits)


def test_of_a_line_that_did_not_fit_nothing_is_left(path):
    with Journal(path) as journal:
        journal.append(found(ARTICLE))
        journal._file.close()
        journal._file = Short(path, "a")
        with pytest.raises(RunError, match="disk may be full"):
            journal.append(found(OTHER))
        journal._file.room = 100_000
        journal.append(found(OTHER))
    assert list(read_results(path)) == [found(ARTICLE), found(OTHER)]


def test_the_second_of_two_runs_is_refused(path):
    with Journal(path), pytest.raises(RunError, match="Another run"):
        Journal(path)
    Journal(path).close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "run").write_text("a file")
    with pytest.raises(RunError, match="cannot be written"):
        Journal(tmp_path / "run" / "results.jsonl")


HOLDER = """
import sys
from pathlib import Path
from ictdiplo.gather.journal import Journal
with Journal(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_the_lock_of_a_run_that_was_killed_is_gone_with_it(path):
    command = [sys.executable, "-c", HOLDER, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"holds\n"
        with pytest.raises(RunError, match="Another run"):
            Journal(path)
        holder.send_signal(signal.SIGKILL)
    Journal(path).close()
