"""What is refused again and again for the same reason is not sent any more."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_time import FakeTime
from ictdiplo.errors import (
    BadCertificate,
    BadKey,
    ContextOverflow,
    ModelError,
    ModelUnavailable,
    QuotaExhausted,
    UnknownModel,
)
from ictdiplo.read.breaker import REFUSALS, REST, Breaker

THREADS = 32


@pytest.fixture
def time():
    return FakeTime()


@pytest.fixture
def breaker(time):
    return Breaker(time.clock)


class Requests:
    """Requests through a breaker, counted."""

    def __init__(self, breaker):
        self.breaker, self.sent = breaker, 0

    def end_in(self, error=None):
        """Send one; return what it ended in."""
        try:
            with self.breaker.watch():
                self.sent += 1
                if error:
                    raise error
        except ModelError as caught:
            return caught
        return None


@pytest.fixture
def requests(breaker):
    return Requests(breaker)


@pytest.mark.parametrize("kind", [BadCertificate, BadKey, QuotaExhausted, UnknownModel])
def test_after_as_many_identical_refusals_nothing_is_sent(requests, kind):
    ends = [requests.end_in(kind("No.")) for _ in range(10_000)]

    assert requests.sent == REFUSALS
    assert {type(end) for end in ends} == {kind}
    assert str(ends[0]) == "No."
    assert str(ends[-1]) == "No. It was not asked again."


def test_each_thread_gets_an_error_of_its_own(requests):
    ends = [requests.end_in(BadKey("No.")) for _ in range(REFUSALS + 2)]

    assert ends[-1] == ends[-2]
    assert ends[-1] is not ends[-2]


def test_refusals_for_different_reasons_are_counted_anew(requests):
    for _ in range(5):
        requests.end_in(BadKey("No."))
        requests.end_in(QuotaExhausted("Nothing left."))

    assert requests.sent == 10


def test_an_answer_in_between_shows_that_all_is_well(requests):
    for _ in range(5):
        requests.end_in(BadKey("No."))
        requests.end_in(BadKey("No."))
        requests.end_in()

    assert requests.sent == 15


@pytest.mark.parametrize(
    "error", [ModelUnavailable("Down."), ContextOverflow("Too long.")], ids=str
)
def test_what_is_no_refusal_of_the_model_never_stops_it(requests, error):
    ends = [requests.end_in(error) for _ in range(10)]

    assert ends == [error] * 10
    assert requests.sent == 10


def test_trouble_in_between_does_not_hide_that_the_key_is_bad(requests):
    for _ in range(REFUSALS):
        requests.end_in(BadKey("No."))
        requests.end_in(ModelUnavailable("Down."))

    assert requests.sent == 2 * REFUSALS - 1


def test_after_a_rest_one_request_finds_out_and_the_others_still_wait(requests, time):
    for _ in range(REFUSALS):
        requests.end_in(BadKey("No."))
    time.now += REST - 1
    requests.end_in(BadKey("No."))
    assert requests.sent == REFUSALS
    time.now += 1
    for _ in range(5):
        requests.end_in(BadKey("No."))

    assert requests.sent == REFUSALS + 1


def test_while_one_request_finds_out_the_others_wait_for_it(requests, breaker, time):
    for _ in range(REFUSALS):
        requests.end_in(BadKey("No."))
    time.now += REST
    with breaker.watch():
        end = requests.end_in(BadKey("No."))

    assert str(end) == "No. It was not asked again."
    assert requests.sent == REFUSALS


def test_once_it_answers_again_all_are_let_through(requests, time):
    for _ in range(REFUSALS):
        requests.end_in(QuotaExhausted("Nothing left."))
    time.now += REST
    ends = [requests.end_in() for _ in range(5)]

    assert ends == [None] * 5
    assert requests.sent == REFUSALS + 5


def test_what_is_under_way_is_finished_and_nothing_else_is_begun(breaker):
    together, sent = threading.Barrier(THREADS, timeout=30), []

    def first(number):
        def ask():
            with breaker.watch():
                sent.append(number)
                together.wait()
                raise BadKey("No.")

        with pytest.raises(BadKey):
            ask()

    def later(number):
        with pytest.raises(BadKey, match="not asked again"), breaker.watch():
            sent.append(number)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(first, range(THREADS)))
        list(pool.map(later, range(10 * THREADS)))

    assert len(sent) == THREADS
