"""A harvest writes each outcome down before it begins another article, and keeps what it cannot judge."""

import threading

import pytest

from ictdiplo import read_results
from ictdiplo.article import Article
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import RunError
from ictdiplo.gather.counts import Limits
from ictdiplo.gather.harvest import Folder, Harvest
from ictdiplo.gather.journal import Journal
from ictdiplo.gather.run import Failure
from ictdiplo.gather.selection import Shard
from ictdiplo.records import Provenance, Usage

ARTICLES = [Article(id=f"a{n}", text=f"Text {n}.") for n in range(40)]


class Scripted:
    """A reader that does something before each article."""

    def __init__(self, before=lambda article: None):
        self.before = before

    def read(self, article, check):
        self.before(article)
        usage = Usage(input_tokens=1, output_tokens=1, cost=1.0)
        return Reading(Draft(), Provenance(reader="scripted", version="0"), usage)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.jsonl"


def test_an_outcome_is_written_before_its_thread_begins_another_article(path):
    written = []

    def count_lines(article):
        written.append(path.read_text().count("\n"))

    with Journal(path) as journal:
        list(Harvest(journal, Scripted(count_lines)).bring_in(ARTICLES))
    assert written == [*range(40)]


def test_several_threads_write_each_article_once(path):
    meeting_point = threading.Barrier(8, timeout=10)
    with Journal(path) as journal:
        harvest = Harvest(journal, Scripted(lambda _: meeting_point.wait()), workers=8)
        outcomes = list(harvest.bring_in(ARTICLES))
    assert harvest.is_complete
    assert len(outcomes) == harvest.counts.read == 40
    assert sorted(o.article.id for o in read_results(path)) == sorted(a.id for a in ARTICLES)


def test_a_budget_is_overrun_by_what_is_under_way_at_most(path):
    both = threading.Barrier(4, timeout=10)
    with Journal(path) as journal:
        limits = Limits(cost=6.0)
        harvest = Harvest(journal, Scripted(lambda _: both.wait()), workers=4, limits=limits)
        list(harvest.bring_in(ARTICLES))
    assert harvest.counts.cost == 8
    assert not harvest.is_complete
    assert harvest.end.startswith("stopped: ")


def test_if_the_disk_is_full_then_nothing_more_is_begun(path, monkeypatch):
    asked = []
    with Journal(path) as journal:
        monkeypatch.setattr(journal, "append", lambda _: (_ for _ in ()).throw(RunError("full")))
        with pytest.raises(RunError):
            list(Harvest(journal, Scripted(asked.append)).bring_in(ARTICLES))
    assert len(asked) < 5


def test_what_triage_cannot_judge_is_read(path, monkeypatch):
    def broken(_):
        raise LookupError

    monkeypatch.setattr("ictdiplo.read.triage.assess", broken)
    with Journal(path) as journal:
        harvest = Harvest(journal, Scripted(), leave_out=lambda _: None)
        assert len(list(harvest.bring_in(ARTICLES))) == 40


def test_what_could_not_be_opened_is_passed_on(path):
    failure = Failure("a.txt", LookupError())
    with Journal(path) as journal:
        assert list(Harvest(journal, Scripted()).bring_in([failure])) == [failure]


def test_the_files_of_a_shard_have_names_of_their_own(tmp_path):
    folder = Folder(tmp_path, Shard(2, 8))
    names = [folder.results.name, folder.manifest.name, folder.left_out.name]
    assert names == ["results-2-of-8.jsonl", "manifest-2-of-8.json", "left-out-2-of-8.jsonl"]
