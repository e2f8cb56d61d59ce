"""Many articles are read in order, several at a time, and no failure stops the others."""

import threading

import pytest

from ictdiplo.article import Article
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import (
    ArticleError,
    BadKey,
    CacheError,
    ContextOverflow,
    InvalidAnswer,
    PromptError,
    QuotaExhausted,
    SettingsError,
    UnknownModel,
)
from ictdiplo.gather.run import Failure, is_refusal, read_in_order
from ictdiplo.records import Extraction, Provenance, Usage


class Scripted:
    """A reader that raises what it was told to, and keeps what it was asked."""

    def __init__(self, errors=(), before=lambda article: None):
        self.errors = dict(errors)
        self.before = before
        self.asked = []

    def read(self, article, check):
        self.asked.append(article.id)
        self.before(article)
        if article.id in self.errors:
            raise self.errors[article.id]
        return Reading(Draft(), Provenance(reader="scripted", version="0"), Usage())


def articles(count):
    return [Article(id=f"a{n}", text=f"Text {n}.") for n in range(count)]


def ids(outcomes):
    return [o.article if isinstance(o, Failure) else o.article.id for o in outcomes]


@pytest.mark.parametrize("workers", [1, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_what_comes_out_is_in_the_order_of_what_went_in(count, workers):
    assert ids(read_in_order(articles(count), Scripted(), workers)) == [
        f"a{n}" for n in range(count)
    ]


def test_as_many_are_read_at_a_time_as_there_are_workers():
    meeting_point = threading.Barrier(4, timeout=10)
    reader = Scripted(before=lambda _: meeting_point.wait())
    assert len(list(read_in_order(articles(8), reader, 4))) == 8


def test_a_slow_first_article_does_not_keep_the_other_workers_waiting():
    others = threading.Semaphore(0)

    def wait_for_the_others(article):
        if article.id != "a0":
            others.release()
        else:
            for _ in range(3):
                assert others.acquire(timeout=10)

    reader = Scripted(before=wait_for_the_others)
    assert ids(read_in_order(articles(6), reader, 2)) == [f"a{n}" for n in range(6)]


@pytest.mark.parametrize(
    "error", [InvalidAnswer("x"), ContextOverflow("x"), LookupError("a bug")], ids=repr
)
def test_if_one_article_fails_then_the_others_are_read_all_the_same(error):
    outcomes = list(read_in_order(articles(3), Scripted({"a1": error}), 1))
    assert [type(outcome) for outcome in outcomes] == [Extraction, Failure, Extraction]
    assert outcomes[1] == Failure("a1", error)


def test_an_article_that_could_not_be_opened_keeps_its_place():
    broken = Failure("broken", ArticleError("no text"))
    first, last = articles(2)
    assert ids(read_in_order([first, broken, last], Scripted(), 2)) == ["a0", "broken", "a1"]


@pytest.mark.parametrize("error", [BadKey("x"), QuotaExhausted("x"), UnknownModel("x")], ids=repr)
def test_after_a_refusal_nothing_more_is_sent(error):
    reader = Scripted({"a1": error})
    outcomes = list(read_in_order(articles(50), reader, 1))
    assert outcomes[-1] == Failure("a1", error)
    assert reader.asked == ["a0", "a1"]


def test_after_a_refusal_what_is_under_way_is_still_handed_out():
    both = threading.Barrier(2, timeout=10)
    first_two = {"a0", "a1"}
    reader = Scripted({"a0": BadKey("x")}, before=lambda one: one.id in first_two and both.wait())
    handed_out = ids(read_in_order(articles(50), reader, 2))
    assert handed_out[:2] == ["a0", "a1"]
    assert len(handed_out) < 50  # a few more may have been taken up at the same moment


@pytest.mark.parametrize("error", [SettingsError, CacheError, PromptError])
def test_what_no_article_can_get_past_ends_the_run(error):
    reader = Scripted({"a0": error("x")})
    with pytest.raises(error):
        list(read_in_order(articles(50), reader, 1))
    assert reader.asked == ["a0"]


def test_if_the_taker_leaves_then_nothing_more_is_sent():
    reader = Scripted()
    outcomes = read_in_order(articles(50), reader, 1)
    next(outcomes)
    outcomes.close()
    assert len(reader.asked) < 5


@pytest.mark.parametrize(
    ("error", "refused"),
    [(BadKey("x"), True), (ContextOverflow("x"), False), (InvalidAnswer("x"), False)],
    ids=repr,
)
def test_a_refusal_is_what_every_other_article_would_meet_too(error, refused):
    assert is_refusal(error) is refused
