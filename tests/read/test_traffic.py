"""Thirty-two threads ask one endpoint: what each of them learns is known to all."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from fake_time import FakeTime, SharedTime
from ictdiplo import errors
from ictdiplo.article import Article
from ictdiplo.read import connection, endpoint
from ictdiplo.read.breaker import REFUSALS, REST
from ictdiplo.read.model import Model
from scripted_endpoint import ScriptedEndpoint, completion, fault

THREADS = 32
GOOD = completion(
    json.dumps({"meetings": [{"evidence": ["met"], "parties": ["Ghana"], "status": "held"}]})
)


def use(time, monkeypatch):
    monkeypatch.setattr(endpoint, "clock", time.clock)
    monkeypatch.setattr(endpoint, "sleep", time.sleep)
    return time


@pytest.fixture
def time(monkeypatch):
    return use(FakeTime(), monkeypatch)


def read(server, number=0, **settings):
    settings = {"name": "some-model", "mode": "json", "cache": False, "deadline": 9e9} | settings
    model = Model(**settings, base_url=server.base_url)
    article = Article.from_text(f"The ministers met in Accra on Monday, for the {number}th time.")
    return model.read(article, lambda _draft: [])


def read_all(server, **settings):
    """Read as many articles as there are threads; return what came of each."""

    def go(number):
        try:
            return read(server, number, **settings)
        except errors.ModelError as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(go, range(THREADS)))


def test_each_thread_has_attempts_of_its_own(time):
    asked, lock = Counter(), threading.Lock()

    def fail_twice(request):
        with lock:
            asked[str(request)] += 1
            return GOOD if asked[str(request)] > 2 else fault(500)

    with ScriptedEndpoint(*[fail_twice] * 3 * THREADS) as server:
        readings = read_all(server)

    assert [reading.provenance.attempts for reading in readings] == [3] * THREADS
    assert set(asked.values()) == {3}
    assert len(asked) == THREADS


def test_when_all_are_turned_away_all_wait_once_and_half_as_many_go_at_once(monkeypatch):
    time = use(SharedTime(), monkeypatch)
    busy, together, at_once = (
        fault(429, retry_after="5"),
        threading.Barrier(THREADS, timeout=30),
        [],
    )

    def look():
        if len(server.requests) <= THREADS:
            together.wait()  # so that all are under way when the first is turned away
        at_once.append(limiter.in_flight)

    with ScriptedEndpoint(*[busy] * THREADS, *[GOOD] * THREADS) as server:
        limiter = endpoint.traffic(server.base_url, "some-model", "none").limiter
        server.before_reply = look
        released = threading.Thread(target=lambda: release(time), daemon=True)
        released.start()
        readings = read_all(server)
        released.join(timeout=30)

    assert len(server.requests) == 2 * THREADS
    assert {reading.provenance.attempts for reading in readings} == {2}
    assert max(at_once[THREADS:]) <= THREADS // 2 + 1  # a first round of answers lets one more in


def release(time):
    time.wait_until_asleep(THREADS)
    time.pass_by(5)


def test_a_bad_key_is_found_out_by_three_articles_and_not_by_ten_thousand(time):
    with ScriptedEndpoint(*[fault(401)] * THREADS) as server:
        ends = []
        for number in range(THREADS):
            with pytest.raises(errors.BadKey) as caught:
                read(server, number)
            ends.append(str(caught.value))

    assert len(server.requests) == REFUSALS
    assert ends[-1].endswith("It was not asked again.")


def test_a_bad_key_found_out_by_all_threads_at_once_stops_all(time):
    together = threading.Barrier(THREADS, timeout=30)
    with ScriptedEndpoint(*[fault(401)] * THREADS) as server:
        server.before_reply = together.wait
        first, second = read_all(server), read_all(server)

    assert len(server.requests) == THREADS
    assert {type(end) for end in first + second} == {errors.BadKey}


@pytest.mark.parametrize("change", [{"api_key": "sk-another"}, {"name": "another"}], ids=str)
def test_another_key_or_model_is_asked_all_the_same(change, time):
    with ScriptedEndpoint(*[fault(401)] * REFUSALS, GOOD) as server:
        for _ in range(2 * REFUSALS):
            with pytest.raises(errors.BadKey):
                read(server)
        read(server, **change)

    assert len(server.requests) == REFUSALS + 1


def test_an_account_that_was_topped_up_is_noticed(time):
    empty = fault(429, "insufficient_quota")
    with ScriptedEndpoint(*[empty] * REFUSALS, GOOD, GOOD) as server:
        for _ in range(2 * REFUSALS):
            with pytest.raises(errors.QuotaExhausted):
                read(server)
        time.now += REST
        readings = [read(server), read(server)]

    assert [reading.provenance.attempts for reading in readings] == [1, 1]


def test_what_was_not_sent_is_no_attempt_and_costs_nothing(time):
    exchanges = []
    with ScriptedEndpoint(*[fault(401)] * REFUSALS) as server:
        shared = endpoint.traffic(server.base_url, "m", "k")
        create = connection.connect(server.base_url, "k").chat.completions.create
        for _ in range(REFUSALS + 1):
            bill = endpoint.Bill(until=time.now + 60)
            exchanges.append(endpoint.Exchange(create, bill, 5, 60, shared))
            with pytest.raises(errors.BadKey):
                exchanges[-1].send(model="m", messages=[])

    assert [exchange.bill.requests for exchange in exchanges] == [1] * REFUSALS + [0]


FORKING = """
import os
from ictdiplo.read import endpoint

before = endpoint.traffic("http://127.0.0.1:9/v1", "m", "k")
if child := os.fork():
    os.waitpid(child, 0)
print([one is other for one, other in zip(before, endpoint.traffic("http://127.0.0.1:9/v1", "m", "k"))])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_a_child_process_does_not_wait_for_the_threads_of_its_parent():
    done = subprocess.run(
        [sys.executable, "-c", FORKING], capture_output=True, check=True, text=True
    )

    assert done.stdout.splitlines() == ["[False, False]", "[True, True]"]
