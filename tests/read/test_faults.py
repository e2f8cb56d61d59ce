"""Every fault that an endpoint is known for: how often it is asked, how long is waited, what is said.

Real HTTP on loopback, and a clock that only waiting moves.
"""

import email.utils
import json
import math
import re
import socket
import types
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_time import FakeTime
from ictdiplo import errors
from ictdiplo.article import Article
from ictdiplo.read import endpoint, faults
from ictdiplo.read.model import Model
from scripted_endpoint import Reply, ScriptedEndpoint, completion, fault

TEXT = (
    "The ministers of Kenya and Ghana met in Accra on Monday. Both sides will go on talking about "
    "spectrum and fibre next year."
)
MEETING = {"evidence": ["met in Accra on Monday"], "parties": ["Kenya", "Ghana"], "status": "held"}
GOOD = json.dumps({"meetings": [MEETING]})
ATTEMPTS = 4
# Full jitter, at its most, before the second, third and fourth attempt.
BACKED_OFF = [1.0, 2.0, 4.0]
# Seconds, and real ones: what a reply that never ends is waited for.
MOMENT = 0.5
# When an HTTP date is looked at, in seconds since 1970.
NOW = 1_764_000_000.0


@pytest.fixture
def time(monkeypatch):
    """Jitter always takes its longest, so that waits are known."""
    time = FakeTime()
    monkeypatch.setattr(endpoint, "clock", time.clock)
    monkeypatch.setattr(endpoint, "sleep", time.sleep)
    monkeypatch.setattr(endpoint.random, "uniform", lambda _least, most: most)
    monkeypatch.setattr(faults, "time", types.SimpleNamespace(time=lambda: NOW))
    return time


def read(server, **settings):
    settings = {"mode": "json", "cache": False, "attempts": ATTEMPTS} | settings
    model = Model("some-model", base_url=server.base_url, **settings)
    return model.read(Article.from_text(TEXT), lambda _draft: [])


def failure(reply, **settings):
    """Return what the same reply again and again ends in, and how often it was asked for."""
    with ScriptedEndpoint(*[reply] * 9) as server:
        with pytest.raises(errors.ModelError) as caught:
            read(server, **settings)
        return caught.value, len(server.requests)


def http_date(seconds_from_now):
    return email.utils.formatdate(NOW + seconds_from_now, usegmt=True)


# What passes is waited for as long as the endpoint says, else longer each time

WAITED_FOR = {
    "429 in seconds": (fault(429, retry_after="7"), [7]),
    "429 in milliseconds": (fault(429, retry_after_ms="1500", retry_after="9"), [1.5]),
    "429 by date": (fault(429, retry_after=http_date(30)), [30]),
    "429 by a date that is past": (fault(429, retry_after=http_date(-30)), [0]),
    "429 without a time": (fault(429), [1]),
    "429 with no time at all": (fault(429, retry_after="soon"), [1]),
    "429 with a number that is none": (fault(429, retry_after="nan"), [0]),
    "503 in seconds": (fault(503, retry_after="20"), [20]),
    "400 that says to try again": (fault(400, x_should_retry="true"), [1]),
    "reset before the reply": (Reply(manner="reset"), [1]),
    "reset within the reply": (replace(completion(GOOD), manner="reset within"), [1]),
}


@pytest.mark.parametrize("reply, waits", WAITED_FOR.values(), ids=WAITED_FOR)
def test_a_fault_that_passes_costs_one_more_request_and_its_wait(reply, waits, time):
    with ScriptedEndpoint(reply, completion(GOOD)) as server:
        reading = read(server)

    assert len(server.requests) == reading.provenance.attempts == 2
    assert time.slept == waits
    assert len(reading.draft.meetings) == 1


# What stays is tried as often as was agreed, and has a name

HTML = Reply("<html>log in</html>", kind="text/html")
PERSISTENT = {
    "500": fault(500, "server_error"),
    "502 in HTML": replace(HTML, status=502),
    "503": fault(503),
    "408": fault(408),
    "409": fault(409),
    "no reply in time": Reply(never=True),
    "reset before the reply": Reply(manner="reset"),
    "reset within the reply": replace(completion(GOOD), manner="reset within"),
    "HTML with 200": HTML,
    "cut-off JSON with 200": Reply('{"id": "x", "choices": ['),
    "nothing with 200": Reply(""),
    "an error with 200": Reply({"error": {"message": "overloaded", "code": 502}}),
    "no choices": Reply({"id": "x", "object": "chat.completion", "choices": []}),
    "null for an answer": completion(None),
}


@pytest.mark.parametrize("reply", PERSISTENT.values(), ids=PERSISTENT)
def test_a_fault_that_stays_costs_the_agreed_attempts_and_is_an_outage(reply, time):
    error, requests = failure(reply, timeout=MOMENT if reply.never else 60)

    assert type(error) is errors.ModelUnavailable
    assert requests == ATTEMPTS
    assert time.slept == BACKED_OFF


def test_too_many_requests_without_end_are_told_as_such(time):
    error, requests = failure(fault(429, "rate_limit_exceeded", retry_after_ms="20"))

    assert type(error) is errors.RateLimited
    assert error.message == (
        "Too many requests (HTTP 429, rate_limit_exceeded); try again in 0 s, or ask for fewer at a "
        "time."
    )
    assert error.retry_after == 0.02
    assert requests == ATTEMPTS
    assert time.slept == [0.02] * (ATTEMPTS - 1)


def test_an_address_that_speaks_no_tls_is_an_outage(time):
    with ScriptedEndpoint() as server:
        address = server.base_url.replace("http:", "https:")
        with pytest.raises(errors.ModelUnavailable, match="SSLError"):
            read(types.SimpleNamespace(base_url=address))

    assert time.slept == BACKED_OFF


def test_nobody_at_an_address_is_an_outage(time):
    with ScriptedEndpoint() as server:
        pass
    with pytest.raises(errors.ModelUnavailable, match="could not be reached"):
        read(server)

    assert time.slept == BACKED_OFF


# What would be the same again is asked for once

FINAL = {
    "401": (fault(401, "invalid_api_key"), errors.BadKey),
    "404": (fault(404, "model_not_found"), errors.UnknownModel),
    "429 for an empty account": (fault(429, "insufficient_quota"), errors.QuotaExhausted),
    "429 for a limit of one's own": (
        fault(429, "project_spend_limit_exceeded", retry_after="1"),
        errors.QuotaExhausted,
    ),
    "429 for longer than is waited": (fault(429, retry_after="300"), errors.RateLimited),
    "429 by a date too far away": (fault(429, retry_after=http_date(61)), errors.RateLimited),
    "429 for ever": (fault(429, retry_after="inf"), errors.RateLimited),
    "429 that says not to try again": (fault(429, x_should_retry="false"), errors.RequestRefused),
    "500 that says not to try again": (fault(500, x_should_retry="false"), errors.RequestRefused),
    "503 for longer than is waited": (fault(503, retry_after="300"), errors.ModelUnavailable),
    "400 for the context": (fault(400, "context_length_exceeded"), errors.ContextOverflow),
    "400 for the filter": (fault(400, "content_filter"), errors.ContentFiltered),
    "filtered": (completion("", finish="content_filter"), errors.ContentFiltered),
    "filtered halfway": (completion('{"mee', finish="content_filter"), errors.ContentFiltered),
    "cut off": (completion('{"mee', finish="length"), errors.OutputTruncated),
    "cut off, and still JSON": (completion(GOOD, finish="length"), errors.OutputTruncated),
}


@pytest.mark.parametrize("reply, error", FINAL.values(), ids=FINAL)
def test_a_fault_that_cannot_pass_costs_one_request_and_no_wait(reply, error, time):
    caught, requests = failure(reply)

    assert type(caught) is error
    assert requests == 1
    assert time.slept == []


@pytest.mark.parametrize("mode", ["tools", "json_schema", "json", "md_json"])
def test_a_refusal_is_not_asked_again_in_any_mode(mode, time):
    error, requests = failure(completion(None, refusal="I cannot help with that."), mode=mode)

    assert type(error) is errors.ModelRefused
    assert requests == 1
    assert "cannot help" not in str(error)  # the model's words may be the article's


@pytest.mark.parametrize(
    "said, seconds",
    [({"retry_after": "300"}, 300), ({"retry_after": http_date(61)}, 61)],
    ids=["seconds", "date"],
)
def test_a_wait_that_is_too_long_is_told_instead(said, seconds, time):
    error, _requests = failure(fault(429, **said))

    assert error.retry_after == seconds
    assert f"try again in {seconds} s" in error.message


# Whatever an endpoint says is an error of ours, that repeats nothing

PLAIN_CODE = re.compile(r"[a-z0-9_.-]{1,40}")


@given(
    status=st.integers(300, 599),
    code=st.none() | st.text() | st.from_regex(PLAIN_CODE, fullmatch=True),
    words=st.text(),
    headers=st.dictionaries(
        st.sampled_from(["retry-after", "retry-after-ms", "x-should-retry"]),
        st.text() | st.floats().map(str) | st.sampled_from(["true", "false", http_date(5)]),
    ),
)
def test_whatever_an_endpoint_says_has_a_name_and_a_wait_that_ends(status, code, words, headers):
    said = types.SimpleNamespace(
        status_code=status,
        code=code,
        type=None,
        message=f"canary {words}",
        response=types.SimpleNamespace(headers=headers),
    )
    error = faults._of_status(said)

    assert isinstance(error, errors.ModelError)
    assert type(error) is not errors.ModelError
    assert "canary" not in str(error)
    if code and not PLAIN_CODE.fullmatch(code):
        assert f", {code})" not in str(error)
    assert (getattr(error, "retry_after", None) or 0) >= 0


# No article takes longer than its deadline

SLOW = {
    "no reply": Reply(never=True),
    "a body that drips": Reply(manner="drip"),
    "headers that drip": Reply(manner="drip of headers"),
}


@pytest.mark.parametrize("reply", SLOW.values(), ids=SLOW)
def test_a_reply_that_does_not_come_to_an_end_ends_with_the_deadline(reply, time):
    with ScriptedEndpoint(reply, completion(GOOD)) as server:
        server.before_reply = lambda: time.pass_by(MOMENT)  # so that the deadline is over then
        with pytest.raises(errors.DeadlineExceeded):
            read(server, timeout=60, deadline=MOMENT)

    assert len(server.requests) == 1


@pytest.mark.parametrize("reply", SLOW.values(), ids=SLOW)
def test_a_reply_that_does_not_come_in_its_own_time_is_tried_again(reply, time):
    error, requests = failure(reply, timeout=MOMENT, deadline=600, attempts=2)

    assert type(error) is errors.ModelUnavailable
    assert f"within {MOMENT:g} s" in error.message
    assert requests == 2
    assert time.slept == BACKED_OFF[:1]


def test_a_connection_that_is_not_taken_ends_with_the_deadline():
    with socket.socket() as deaf, ExitStack() as waiting:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):  # fill the queue in front of it, after which nobody is let in
            first = waiting.enter_context(socket.socket())
            first.setblocking(False)
            first.connect_ex(deaf.getsockname())
        server = types.SimpleNamespace(base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}/v1")
        with pytest.raises(errors.DeadlineExceeded):
            read(server, timeout=60, deadline=MOMENT)


def test_a_connection_that_was_given_up_is_closed(time):
    with ScriptedEndpoint(Reply(manner="drip")) as server:
        with pytest.raises(errors.ModelUnavailable):
            read(server, timeout=MOMENT, attempts=1)

        assert server.hung_up.wait(30)


def test_waiting_is_part_of_the_deadline(time):
    error, requests = failure(fault(429, retry_after="50"), deadline=120, attempts=9)

    assert type(error) is errors.RateLimited
    assert requests == 3  # at 0, 50 and 100 s; the next would be at 150
    assert time.slept == [50, 50]


def test_a_deadline_may_be_endless(time):
    with ScriptedEndpoint(fault(500), completion(GOOD)) as server:
        assert read(server, deadline=math.inf, timeout=math.inf).provenance.attempts == 2


# What does not fit the form is asked for again, without waiting

UNFIT = {
    "prose": "Sure! Here is the data you want.",
    "cut-off JSON": '{"meetings": [',
    "a status that is none": json.dumps({"meetings": [MEETING | {"status": "secret"}]}),
    "a field too many": json.dumps({"meetings": [MEETING], "secret": 1}),
}


@pytest.mark.parametrize("answer", UNFIT.values(), ids=UNFIT)
def test_an_answer_that_does_not_fit_costs_the_agreed_reasks_and_no_wait(answer, time):
    error, requests = failure(completion(answer), reasks=2)

    assert type(error) is errors.InvalidAnswer
    assert "secret" not in str(error)
    assert requests == 3
    assert time.slept == []


DRESSED_UP = {
    "a block of code": f"```json\n{GOOD}\n```",
    "thoughts": f'<think>hmm {{"meetings": 1}}</think>{GOOD}',
}


@pytest.mark.parametrize("mode", ["json", "json_schema", "md_json"])
@pytest.mark.parametrize("answer", DRESSED_UP.values(), ids=DRESSED_UP)
def test_what_stands_around_an_answer_costs_nothing(answer, mode, time):
    with ScriptedEndpoint(completion(answer)) as server:
        assert len(read(server, mode=mode).draft.meetings) == 1

    assert len(server.requests) == 1


def two_calls(first, second):
    reply = completion(first, tool="Report")
    calls = reply.body["choices"][0]["message"]["tool_calls"]
    calls.append({**calls[0], "id": "call_2", "function": {"name": "Report", "arguments": second}})
    return reply


def test_two_calls_that_agree_are_one_answer(time):
    with ScriptedEndpoint(two_calls(GOOD, GOOD)) as server:
        assert len(read(server, mode="tools").draft.meetings) == 1


def test_two_calls_that_differ_are_no_answer_since_one_alone_would_lose_records(time):
    error, requests = failure(two_calls(GOOD, "{}"), mode="tools")

    assert type(error) is errors.InvalidAnswer
    assert requests == ATTEMPTS


def test_a_model_that_answers_in_several_calls_is_asked_in_another_way(time):
    whole = completion(GOOD, tool="Report")
    with ScriptedEndpoint(*[two_calls(GOOD, "{}")] * ATTEMPTS, whole) as server:
        model = Model("some-model", base_url=server.base_url, cache=False, attempts=ATTEMPTS)
        reading = model.read(Article.from_text(TEXT), lambda _draft: [])

    assert reading.provenance.mode == "tools"
