"""What happens between a question and its answer, against a real server on loopback."""

import email.utils
import json
import logging
import time

import pytest

from fake_time import FakeTime
from ictdiplo import errors
from ictdiplo.article import Article
from ictdiplo.read import connection, endpoint
from ictdiplo.read.model import Model
from scripted_endpoint import Reply, ScriptedEndpoint, completion, fault

TEXT = (
    "The ministers of Kenya and Ghana met in Accra on Monday. They did not sign a memorandum, "
    "the ministry said. Both sides will go on talking about spectrum and fibre next year."
)
MEETING = {
    "evidence": ["The ministers of Kenya and Ghana met in Accra on Monday"],
    "parties": ["Kenya", "Ghana"],
    "status": "held",
}
GOOD = json.dumps({"meetings": [MEETING]})
EMPTY = json.dumps({})
KEY = "sk-canary-0123456789abcdef"


@pytest.fixture
def waits(monkeypatch):
    """No test sleeps: what would have been slept is listed instead, and moves the clock."""
    time = FakeTime()
    monkeypatch.setattr(endpoint, "sleep", time.sleep)
    monkeypatch.setattr(endpoint, "clock", time.clock)
    return time.slept


def ask(server, check=lambda _draft: [], **settings):
    """Read the article through a model at this server."""
    settings = {"mode": "json", "cache": False, "api_key": KEY} | settings
    model = Model("some-model", base_url=server.base_url, **settings)
    return model.read(Article.from_text(TEXT), check)


def failure(*replies, **settings):
    """Return the error that these replies end in, and how many requests were sent."""
    with ScriptedEndpoint(*replies) as server:
        with pytest.raises(errors.ModelError) as caught:
            ask(server, **settings)
        return caught.value, len(server.requests)


HEALING = {
    "rate limit": fault(429, retry_after="1"),
    "rate limit in milliseconds": fault(429, retry_after_ms="1500"),
    "timeout at the server": fault(408),
    "conflict": fault(409),
    "server error": fault(500),
    "bad gateway": Reply("<html>502</html>", 502, kind="text/html"),
    "told to retry": fault(400, x_should_retry="true"),
    "login page": Reply("<html>log in</html>", kind="text/html"),
    "cut-off body": Reply('{"id": "chatcm'),
    "empty body": Reply(""),
    "error with status 200": Reply({"error": {"message": "busy"}}),
    "no choices": Reply({"id": "1", "object": "chat.completion", "choices": []}),
    "empty answer": completion(""),
    "choices that are none": Reply({"id": "1", "object": "chat.completion", "choices": [None]}),
    "choices that are text": Reply({"id": "1", "object": "chat.completion", "choices": "abc"}),
    "a choice without a message": Reply({"choices": [{"index": 0, "finish_reason": "stop"}]}),
    "an answer in pieces": Reply({"choices": [{"message": {"content": [{"text": "x"}]}}]}),
    "a tool call without a function": Reply({"choices": [{"message": {"tool_calls": [{}]}}]}),
    "a body that is no text": Reply("\udce9", kind="application/json"),
    "a body without end": Reply("[" * 100_000),
    "a wait that is no number": fault(429, retry_after_ms="abc"),
    "a wait below zero": fault(429, retry_after="-5"),
}


@pytest.mark.parametrize("reply", HEALING.values(), ids=HEALING)
def test_what_can_heal_is_tried_again(reply, waits):
    with ScriptedEndpoint(reply, completion(GOOD)) as server:
        reading = ask(server)

    assert len(server.requests) == 2
    assert len(waits) == 1
    assert reading.provenance.attempts == 2
    assert len(reading.draft.meetings) == 1


@pytest.mark.parametrize("reply", HEALING.values(), ids=HEALING)
def test_what_never_heals_ends_after_the_last_attempt(reply, waits):
    error, requests = failure(*[reply] * 9, attempts=4)

    assert isinstance(error, errors.ModelUnavailable)
    assert requests == 4
    assert len(waits) == 3


FATAL = [
    (fault(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), errors.BadKey),
    (fault(403), errors.BadKey),
    (fault(404, "model_not_found"), errors.UnknownModel),
    (fault(429, "insufficient_quota"), errors.QuotaExhausted),
    (fault(402), errors.QuotaExhausted),
    (fault(400, "context_length_exceeded"), errors.ContextOverflow),
    (fault(400, None, "the request exceeds the available context size"), errors.ContextOverflow),
    (fault(413), errors.ContextOverflow),
    (fault(400, "content_filter"), errors.ContentFiltered),
    (fault(422), errors.RequestRefused),
    (fault(403, "content_policy_violation"), errors.ContentFiltered),
    (fault(400, None, "input token count exceeds the maximum number"), errors.ContextOverflow),
    (fault(400, f"Bad key {KEY}"), errors.RequestRefused),
    (completion("no", refusal="I cannot help with that."), errors.ModelRefused),
    (completion("", finish="content_filter"), errors.ContentFiltered),
    (completion('{"meetings": [', finish="length"), errors.OutputTruncated),
    (completion(GOOD, finish="length"), errors.OutputTruncated),
    (fault(429, retry_after="300"), errors.RateLimited),
]


@pytest.mark.parametrize("reply, error", FATAL, ids=[f"{e.__name__}-{r.status}" for r, e in FATAL])
def test_what_cannot_heal_is_asked_once(reply, error, waits):
    caught, requests = failure(reply, completion(GOOD))

    assert type(caught) is error
    assert requests == 1
    assert waits == []
    assert KEY not in str(caught)


def test_the_endpoint_says_how_long_to_wait(waits):
    at = email.utils.formatdate(time.time() + 30, usegmt=True)
    replies = [fault(429, retry_after="7"), fault(429, retry_after_ms="250")]
    with ScriptedEndpoint(*replies, fault(429, retry_after=at), completion(GOOD)) as server:
        ask(server)

    assert waits[:2] == [7, 0.25]
    assert 25 < waits[2] <= 30


def test_a_retry_after_that_is_no_time_is_ignored(waits):
    with ScriptedEndpoint(fault(429, retry_after="soon"), completion(GOOD)) as server:
        ask(server)

    assert 0 <= waits[0] <= endpoint.LONGEST_WAIT


def test_too_long_a_wait_is_reported_instead(waits):
    error, _ = failure(fault(429, retry_after="300"))

    assert error.retry_after == 300


def test_nothing_is_sent_past_the_deadline(waits, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(endpoint, "clock", lambda: now[0])
    monkeypatch.setattr(endpoint, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    error, requests = failure(*[fault(429, retry_after="50")] * 9, deadline=120, attempts=9)

    assert isinstance(error, errors.RateLimited)
    assert requests == 3  # at 0, 50 and 100 s; the next would be at 150


def test_an_article_whose_time_is_up_is_not_begun(monkeypatch):
    moments = iter([0.0])
    monkeypatch.setattr(endpoint, "clock", lambda: next(moments, 1000.0))
    error, requests = failure(completion(GOOD), deadline=10)

    assert isinstance(error, errors.DeadlineExceeded)
    assert requests == 0


def test_a_server_that_is_not_there_is_unavailable(waits):
    with ScriptedEndpoint() as server:
        pass
    with pytest.raises(errors.ModelUnavailable, match="could not be reached"):
        ask(server, attempts=2)

    assert len(waits) == 1


def test_a_server_that_says_nothing_is_unavailable(waits):
    error, requests = failure(Reply(never=True), attempts=1, timeout=0.2)

    assert "did not answer within 0.2 s" in str(error)
    assert requests == 1


INVALID = {
    "prose": "I would be glad to help!",
    "cut-off JSON": '{"meetings": [',
    "no object": "[1, 2]",
    "a field of its own": '{"meetings": [], "notes": "x"}',
    "no such status": json.dumps({"meetings": [MEETING | {"status": "maybe"}]}),
    "no evidence": json.dumps({"meetings": [MEETING | {"evidence": []}]}),
    "a flood": json.dumps({"meetings": [MEETING] * 51}),
}


@pytest.mark.parametrize("answer", INVALID.values(), ids=INVALID)
def test_an_answer_that_does_not_validate_is_asked_for_again(answer, waits):
    with ScriptedEndpoint(completion(answer), completion(GOOD)) as server:
        reading = ask(server)

    first, second = server.requests
    assert len(reading.draft.meetings) == 1
    assert len(second["messages"]) > len(first["messages"])
    assert waits == []


@pytest.mark.parametrize("answer", INVALID.values(), ids=INVALID)
def test_an_answer_that_never_validates_is_an_error_and_no_empty_result(answer):
    error, requests = failure(*[completion(answer)] * 9, reasks=2)

    assert type(error) is errors.InvalidAnswer
    assert requests == 3


def test_words_that_are_not_in_the_article_are_put_back_once():
    with ScriptedEndpoint(completion(GOOD), completion(GOOD), completion(GOOD)) as server:
        reading = ask(server, check=lambda _draft: ["meetings[0].place: “Nairobi” is not there"])

    assert len(server.requests) == 2
    assert "“Nairobi” is not there" in server.requests[1]["messages"][-1]["content"]
    assert len(reading.draft.meetings) == 1


@pytest.mark.parametrize("mode", ["tools", "json_schema", "json", "md_json"])
def test_each_mode_asks_in_its_own_form_and_reads_the_answer(mode):
    answers = {
        "tools": completion(GOOD, tool="Report"),
        "md_json": completion(f"```json\n{GOOD}\n```"),
    }
    with ScriptedEndpoint(answers.get(mode, completion(GOOD))) as server:
        reading = ask(server, mode=mode)

    request = server.requests[0]
    asked = {
        "tools": lambda: request["tool_choice"]["function"]["name"] == "Report",
        "json_schema": lambda: request["response_format"]["type"] == "json_schema",
        "json": lambda: request["response_format"]["type"] == "json_object",
        "md_json": lambda: "response_format" not in request and "tools" not in request,
    }
    assert asked[mode]()
    assert len(reading.draft.meetings) == 1
    assert reading.provenance.mode == mode


def test_a_redirect_is_not_followed():
    with ScriptedEndpoint(completion(GOOD)) as elsewhere:
        away = Reply("", 307, {"location": f"{elsewhere.base_url}/chat/completions"})
        error, requests = failure(away)

    assert isinstance(error, errors.UnknownModel)
    assert "redirects" in str(error)
    assert (requests, elsewhere.requests) == (1, [])


def test_the_account_at_openai_is_nobody_elses_business(monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-canary")
    with ScriptedEndpoint(completion(GOOD)) as server:
        client = connection.connect(server.base_url, "sk-x")
        client.chat.completions.create(model="m", messages=[])

    assert "canary" not in str(server.headers)


def test_words_that_are_missing_cost_no_article_when_nobody_can_be_asked_again():
    missing = ["meetings[0].place: “Nairobi” is not there"]
    with ScriptedEndpoint(completion("prose"), completion("prose"), completion(GOOD)) as server:
        reading = ask(server, check=lambda _draft: missing, reasks=2)
        assert len(reading.draft.meetings) == 1

    with ScriptedEndpoint(completion(GOOD)) as server:
        reading = ask(server, check=lambda _draft: missing, reasks=0)
        assert len(reading.draft.meetings) == 1


def test_tokens_of_odd_kinds_are_unknown():
    odd = completion(GOOD)
    odd.body |= {"usage": {"prompt_tokens": "12", "completion_tokens": None}, "model": 5}
    with ScriptedEndpoint(odd) as server:
        reading = ask(server)

    assert reading.usage.input_tokens is None
    assert reading.provenance.model_reported is None


def test_tokens_of_failed_attempts_are_counted():
    with ScriptedEndpoint(completion("prose"), completion(GOOD)) as server:
        usage = ask(server, prices=(1.0, 10.0)).usage

    assert (usage.input_tokens, usage.output_tokens) == (2000, 200)
    assert usage.cost == pytest.approx((2000 * 1.0 + 200 * 10.0) / 1e6)


def test_unknown_tokens_are_null_and_not_zero():
    with ScriptedEndpoint(completion(GOOD, usage=False)) as server:
        usage = ask(server, prices=(1.0, 10.0)).usage

    assert usage.input_tokens is None
    assert usage.cost is None


def test_every_live_call_goes_through_instructor_and_tenacity(monkeypatch, waits):
    import instructor
    import tenacity

    seen = {"instructor": 0, "tenacity": 0}
    patch, call = instructor.patch, tenacity.Retrying.__call__

    def spying_patch(create, mode):
        def counted(**request):
            seen["instructor"] += 1
            return create(**request)

        return patch(create=counted, mode=mode)

    def spying_call(self, function, **request):
        def counted(**request):
            seen["tenacity"] += 1
            return function(**request)

        return call(self, counted, **request)

    monkeypatch.setattr(instructor, "patch", spying_patch)
    monkeypatch.setattr(tenacity.Retrying, "__call__", spying_call)
    with ScriptedEndpoint(fault(500), completion("prose"), fault(429), completion(GOOD)) as server:
        ask(server)

    assert seen == {"instructor": 2, "tenacity": 4}
    assert len(server.requests) == 4


def test_neither_key_nor_article_reaches_a_log(caplog):
    caplog.set_level(logging.INFO)
    failure(*[completion(json.dumps({"meetings": [MEETING | {"status": "Accra"}]}))] * 3)

    assert KEY not in caplog.text
    assert "Accra" not in caplog.text


def test_a_stray_exception_is_not_swallowed(monkeypatch):
    model = Model("m", base_url="http://127.0.0.1:9/v1", cache=False, mode="json")
    monkeypatch.setattr(Model, "_create", lambda self: lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        model.read(Article.from_text(TEXT), lambda _draft: [])


def test_braces_in_an_article_arrive_as_braces():
    hostile = TEXT + " {{ 7*7 }} {# gone #} {% if %} {{ source.__class__ }}"
    with ScriptedEndpoint(completion(EMPTY)) as server:
        model = Model("m", base_url=server.base_url, cache=False, mode="json_schema")
        model.read(Article.from_text(hostile), lambda _draft: [])

    assert hostile in server.requests[0]["messages"][-1]["content"]
