"""Threads that share an endpoint slow down together, and recover together."""

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_time import FakeTime, SharedTime
from ictdiplo.errors import DeadlineExceeded, ModelUnavailable, RateLimited
from ictdiplo.read.limiter import LONGEST_PAUSE, Limiter

THREADS = 32
NEVER = math.inf


def limiter_of(time):
    return Limiter(time.clock, time.sleep)


@pytest.fixture
def time():
    return FakeTime()


@pytest.fixture
def limiter(time):
    return limiter_of(time)


def answer(limiter, times=1):
    for _ in range(times):
        with limiter.turn(NEVER):
            pass


def fail(limiter, error, at_once=1):
    """Let so many requests be under way at the same time, and end all in this error."""
    together = threading.Barrier(at_once, timeout=30)

    def ask():
        with limiter.turn(NEVER):
            together.wait()
            raise type(error)(error.message, error.retry_after)

    with ThreadPoolExecutor(at_once) as pool:
        asked = [pool.submit(ask) for _ in range(at_once)]
    assert [each.exception() for each in asked] == [error] * at_once


def most_at_once(limiter, generations):
    """Return how many of 32 threads ever had their turn at the same time, and let all have one.

    They wait for each other in generations of this size, so that fewer at once would never end.
    """
    together, seen = threading.Barrier(generations, timeout=30), []

    def go(_):
        with limiter.turn(NEVER):
            seen.append(limiter.in_flight)
            together.wait()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(go, range(THREADS)))
    assert len(seen) == THREADS
    return max(seen)


def test_as_long_as_nobody_complains_all_go_at_once(limiter):
    assert most_at_once(limiter, generations=THREADS) == THREADS


def test_however_many_are_turned_away_at_once_half_as_many_go_afterwards(limiter):
    fail(limiter, RateLimited("Slower."), at_once=THREADS)

    assert limiter.limit == THREADS // 2
    assert most_at_once(limiter, generations=THREADS // 2) == THREADS // 2


def test_each_round_of_refusals_halves_again_down_to_one(limiter):
    limits = []
    fail(limiter, RateLimited("Slower."), at_once=THREADS)
    for _ in range(6):
        limits.append(limiter.limit)
        fail(limiter, RateLimited("Slower."), at_once=limiter.limit)

    assert limits == [16, 8, 4, 2, 1, 1]


def test_each_round_of_answers_lets_one_more_in(limiter):
    fail(limiter, RateLimited("Slower."), at_once=8)
    limits = []
    for _ in range(4 + 5 + 6):
        answer(limiter)
        limits.append(limiter.limit)

    assert limits == [4] * 3 + [5] * 5 + [6] * 6 + [7]


def test_the_one_more_is_let_in_at_once(limiter):
    fail(limiter, RateLimited("Slower."))
    together = threading.Barrier(2, timeout=30)

    def go():
        with limiter.turn(NEVER):
            together.wait()

    with ThreadPoolExecutor(2) as pool:
        with limiter.turn(NEVER):
            waiting = [pool.submit(go) for _ in range(2)]
        assert [each.result(timeout=30) for each in waiting] == [None] * 2
    assert limiter.limit == 3


def test_an_answer_from_before_the_cut_does_not_count_as_recovery(limiter):
    turn = limiter.turn(NEVER)
    turn.__enter__()
    fail(limiter, RateLimited("Slower."))
    turn.__exit__(None, None, None)

    assert limiter.limit == 1
    answer(limiter)
    assert limiter.limit == 2


@pytest.mark.parametrize("error", [ModelUnavailable("Down."), DeadlineExceeded("Late.")], ids=str)
def test_other_trouble_neither_slows_down_nor_speeds_up(limiter, error):
    fail(limiter, RateLimited("Slower."), at_once=2)
    fail(limiter, error)

    assert limiter.limit == 1
    assert limiter.in_flight == 0


def test_a_stranger_of_an_error_gives_its_turn_back(limiter):
    with pytest.raises(ZeroDivisionError), limiter.turn(NEVER):
        raise ZeroDivisionError

    assert limiter.in_flight == 0


@given(
    st.lists(
        st.none()
        | st.builds(RateLimited, st.just("Slower."), st.none() | st.floats(0, 1e6))
        | st.builds(ModelUnavailable, st.just("Down."), st.none() | st.floats(0, 1e6))
    )
)
def test_whatever_happens_there_is_always_a_next_turn_and_none_is_lost(outcomes):
    time = FakeTime()
    limiter = limiter_of(time)
    for outcome in outcomes:
        before = limiter.limit
        with suppress(ModelUnavailable), limiter.turn(NEVER):
            if outcome:
                raise outcome
        assert limiter.limit >= 1
        assert limiter.limit <= before + 1
        assert limiter.in_flight == 0
    assert all(0 < pause < LONGEST_PAUSE + 0.001 for pause in time.slept)


# The endpoint is left alone as long as it asks


@pytest.mark.parametrize("error", [RateLimited("Slower.", 7.0), ModelUnavailable("Down.", 7.0)])
def test_everybody_waits_until_the_endpoint_wants_to_be_asked_again(error):
    time = SharedTime()
    limiter, begun = limiter_of(time), []
    fail(limiter, error)

    def go(_):
        with limiter.turn(NEVER):
            begun.append(time.now)

    with ThreadPoolExecutor(THREADS) as pool:
        done = [pool.submit(go, n) for n in range(THREADS)]
        if isinstance(error, RateLimited):
            limiter.limit = THREADS  # what is tested here is the pause
        time.wait_until_asleep(THREADS)
        time.pass_by(6.999)
        assert (begun, time.asleep) == ([], THREADS)
        time.pass_by(0.001)
        [each.result(timeout=30) for each in done]

    assert begun == [1007.0] * THREADS


@pytest.mark.parametrize("second, waited", [(10.0, 10.0), (1.0, 2.0)], ids=["longer", "shorter"])
def test_of_two_that_are_told_to_wait_the_longer_wait_counts(limiter, time, second, waited):
    slower = limiter.turn(NEVER)
    slower.__enter__()
    fail(limiter, RateLimited("Slower.", 7.0))
    time.now += 5
    slower.__exit__(RateLimited, RateLimited("Slower.", second), None)
    answer(limiter)

    assert time.slept == [waited]


def test_who_has_waited_already_does_not_wait_twice(limiter, time):
    fail(limiter, RateLimited("Slower.", 7.0))
    time.now += 7
    answer(limiter)

    assert time.slept == []


def test_nobody_waits_longer_than_a_minute_for_one_to_find_out(limiter, time):
    fail(limiter, RateLimited("Come back tomorrow.", 86_400.0))
    answer(limiter)

    assert time.slept == [LONGEST_PAUSE]


# Nobody waits past a deadline


def test_whose_deadline_comes_before_the_end_of_the_pause_is_told_so_at_once(limiter, time):
    fail(limiter, RateLimited("Slower.", 30.0))
    with pytest.raises(RateLimited) as caught, limiter.turn(time.now + 20):
        pytest.fail("it had a turn")

    assert caught.value.retry_after == 30
    assert time.slept == []


def test_whose_deadline_comes_before_a_turn_is_late(limiter, time):
    fail(limiter, RateLimited("Slower."))
    with (
        limiter.turn(NEVER),
        pytest.raises(DeadlineExceeded),
        limiter.turn(time.now + 0.01),
    ):
        pytest.fail("two had a turn")

    assert limiter.in_flight == 0
