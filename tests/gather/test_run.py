"""Many articles are read in order, several at a time, and no failure stops the others."""

import threading

import pytest

from ictdiplo.article import Article
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import (
    ArticleError,
    BadCertificate,
    BadKey,
    CacheError,
    ContextOverflow,
    EmptyArticle,
    InvalidAnswer,
    PromptError,
    QuotaExhausted,
    SettingsError,
    UnknownModel,
)
from ictdiplo.gather.run import Failure, extract_many, is_refusal, read_each, read_in_order
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


def test_whoever_is_done_first_comes_out_first():
    second_is_out = threading.Event()
    reader = Scripted(before=lambda one: one.id == "a0" and second_is_out.wait(10))
    outcomes = read_each(articles(2), reader, 2)
    assert ids([next(outcomes)]) == ["a1"]
    second_is_out.set()
    assert ids(outcomes) == ["a0"]


def test_no_more_is_taken_from_an_endless_input_than_keeps_the_workers_busy():
    taken = []

    def endless():
        while True:
            taken.append(Article(id=f"a{len(taken)}", text="Text."))
            yield taken[-1]

    outcomes = read_each(endless(), Scripted(), 3)
    for number in range(1, 50):
        next(outcomes)
        assert len(taken) <= number + 2 * 3
    outcomes.close()


def test_once_it_is_told_to_stop_it_finishes_what_is_under_way_and_hands_it_out():
    stop = threading.Event()
    reader = Scripted(before=lambda one: one.id == "a1" and stop.set())
    outcomes = read_each(articles(50), reader, 1, stop)
    assert ids(outcomes) == ["a0", "a1"]
    assert reader.asked == ["a0", "a1"]


def test_extract_many_takes_what_read_articles_yields_and_never_raises_for_one():
    broken = ArticleError("a.txt: no text")
    broken.place = "a.txt"
    missing = float("nan")  # what pandas has where a table has no text
    outcomes = extract_many(
        [broken, missing, "", "Text.", *articles(1)], model=Scripted({"a0": KeyError()})
    )
    by_id = {outcome[0]: outcome for outcome in outcomes if isinstance(outcome, Failure)}
    assert {name: type(failure.error) for name, failure in by_id.items()} == {
        "a.txt": ArticleError,
        "no article": ArticleError,
        "a text": EmptyArticle,
        "a0": KeyError,
    }


def test_extract_many_reads_as_many_at_a_time_as_it_is_told():
    meeting_point = threading.Barrier(12, timeout=10)
    reader = Scripted(before=lambda _: meeting_point.wait())
    assert len(list(extract_many(articles(24), model=reader, concurrency=12))) == 24


@pytest.mark.parametrize("concurrency", [0, -1])
def test_extract_many_refuses_what_makes_no_sense_before_it_takes_an_article(concurrency):
    with pytest.raises(SettingsError):
        extract_many(articles(1), model="offline", concurrency=concurrency)


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


@pytest.mark.parametrize(
    "error", [BadCertificate("x"), BadKey("x"), QuotaExhausted("x"), UnknownModel("x")], ids=repr
)
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
