"""Batches: nothing asked twice, nothing lost, and answers as good as live ones."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import ictdiplo
from batch_endpoint import BatchEndpoint
from ictdiplo.article import Article
from ictdiplo.errors import (
    ArticleError,
    ContentFiltered,
    InvalidAnswer,
    ModelUnavailable,
    OutputTruncated,
    RateLimited,
    RequestRefused,
    RunError,
    SettingsError,
    UnsupportedMode,
)
from ictdiplo.extraction import extract
from ictdiplo.gather import batch_folder
from ictdiplo.gather.batch import check_batch, collect_batch, submit_batch
from ictdiplo.gather.journal import Journal
from ictdiplo.gather.lines import read_results
from ictdiplo.gather.run import Failure
from ictdiplo.read import model as model_module
from ictdiplo.read.connection import connect
from ictdiplo.read.identity import settings_sha256
from ictdiplo.read.model import Model
from ictdiplo.read.modes import CHAIN, KnownModes
from scripted_endpoint import ScriptedEndpoint, completion, fault

CITIES = ("Accra", "Lima", "Oslo")


def article(city, name=None):
    text = f"The ministers of Kenya and Ghana met in {city} on Monday to talk about spectrum."
    return Article.from_text(text, id=name or city, published="2025-11-24")


ARTICLES = [article(city) for city in CITIES]


def city_of(body):
    asked = body["messages"][-1]["content"]
    return next(city for city in CITIES if f"met in {city}" in asked)


def draft(city):
    met = {
        "evidence": [f"met in {city} on Monday"],
        "parties": ["Kenya", "Ghana"],
        "status": "held",
    }
    return json.dumps({"meetings": [met]})


def answered(body, said=None, **how):
    """Return a line's part for a good answer, as a tool's call or as content."""
    tool = body["tools"][0]["function"]["name"] if "tools" in body else None
    whole = completion(draft(city_of(body)) if said is None else said, tool=tool, **how).body
    return {"response": {"status_code": 200, "request_id": "r", "body": whole}}


def refused(status, code=None, message="trouble"):
    body = {"error": {"message": message, "type": "some_error", "code": code}}
    return {"response": {"status_code": status, "request_id": "r", "body": body}}


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch):
    monkeypatch.setattr(model_module, "_known", KnownModes())


@pytest.fixture
def server():
    with BatchEndpoint(lambda body: answered(body)["response"]["body"]) as served:
        yield served


@pytest.fixture
def model(server):
    return Model.from_env("some-model", base_url=server.base_url, prices=(1.0, 10.0))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "run"


def collected(folder, model):
    return {
        outcome.article if isinstance(outcome, Failure) else outcome.article.id: outcome
        for outcome in collect_batch(folder, model=model)
    }


# --- what is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", CHAIN)
@pytest.mark.parametrize("address", [None, "https://api.openai.com/v1"], ids=["a server", "OpenAI"])
def test_a_line_holds_what_a_live_call_would_send(server, folder, mode, address, monkeypatch):
    settings = {"mode": mode, "temperature": 0.5, "max_tokens": 900, "cache": False}
    model = Model("openai/some-model", base_url=address or server.base_url, **settings)
    here = connect(server.base_url, "none")
    monkeypatch.setattr("ictdiplo.read.model._client", lambda *_: here)

    submit_batch(ARTICLES[:1], folder, model=model)
    extract(ARTICLES[0], model=model)

    (line,) = server.files["file-1"].splitlines()
    assert line.endswith(
        b'"method":"POST","url":"/v1/chat/completions","body":%b}' % server.live[0]
    )


def test_the_key_of_an_answer_is_its_key_in_the_cache(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)

    keys = [key for each in ARTICLES for key, _ in model.open_questions(each)]
    assert [line["custom_id"] for line in server.lines()] == keys


def test_what_is_stored_is_not_sent(server, folder, model):
    extract(ARTICLES[0], model=model)

    told = submit_batch(ARTICLES, folder, model=model)

    assert (told.asked, told.known) == (2, 1)
    assert [city_of(line["body"]) for line in server.lines()] == ["Lima", "Oslo"]


def test_a_long_article_is_asked_about_in_parts(server, folder, model):
    long = Article.from_text(" ".join(each.text for each in ARTICLES * 20), id="long")
    model = replace(model, part_size=2_000)

    submit_batch([long], folder, model=model)
    server.end(lambda body: answered(body, '{"meetings": []}'))

    assert len(server.lines()) > 1
    assert collected(folder, model)["long"].provenance.attempts == len(server.lines())


@pytest.mark.parametrize(
    "name, limit", [("MOST_REQUESTS", 2), ("MOST_BYTES", 45_000)], ids=["requests", "bytes"]
)
def test_more_than_one_file_may_hold_is_split(server, folder, model, name, limit, monkeypatch):
    monkeypatch.setattr(batch_folder, name, limit)

    told = submit_batch(ARTICLES, folder, model=model)

    assert [batch.requests for batch in told.batches] == [2, 1]
    assert [len(server.lines(name)) for name in server.batches] == [2, 1]
    server.end(answered)
    assert collected(folder, model).keys() == {*CITIES}


def test_what_is_no_article_is_told(server, folder, model):
    told = submit_batch([ArticleError("a.pdf is not read."), ARTICLES[0]], folder, model=model)

    assert [str(failure) for failure in told.failures] == ["a.pdf is not read."]
    assert told.asked == 1


UNFIT = {
    "the built-in reader": "offline",
    "a model that looks again": Model("m", base_url="http://127.0.0.1:1/v1", second_look=True),
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_asked_in_batches_is_refused(folder, unfit):
    with pytest.raises(SettingsError):
        submit_batch(ARTICLES, folder, model=unfit)

    assert not folder.exists()


def test_an_endpoint_without_batches_is_told(folder):
    with ScriptedEndpoint() as plain:
        plain.listing = fault(404)
        with pytest.raises(RequestRefused, match="no batches"):
            submit_batch(ARTICLES, folder, model=Model("m", base_url=plain.base_url))


def test_the_key_is_in_no_file(server, folder, model):
    submit_batch(ARTICLES, folder, model=replace(model, api_key="sk-canary"))

    assert server.headers[0]["authorization"] == "Bearer sk-canary"
    assert [file for file in folder.iterdir() if b"sk-canary" in file.read_bytes()] == []


# --- what is asked once -------------------------------------------------------------------------


def test_what_is_under_way_is_not_sent_again(server, folder, model):
    submit_batch(ARTICLES[:2], folder, model=model)

    told = submit_batch(ARTICLES, folder, model=model)

    assert (told.asked, told.under_way) == (1, 2)
    assert [len(server.lines(name)) for name in server.batches] == [2, 1]


def test_two_articles_of_the_same_words_are_one_question(server, folder, model):
    twins = [article("Oslo", "one"), article("Oslo", "two")]
    submit_batch(twins, folder, model=model)
    server.end(answered)

    found = collected(folder, model)

    assert len(server.lines()) == 1
    assert found["one"].meetings == found["two"].meetings
    assert len(found["one"].meetings) == 1


def test_a_batch_that_was_not_sent_is_sent_by_the_next_submission(server, folder, model):
    server.broken.add("POST /v1/batches")
    with pytest.raises(ModelUnavailable):
        submit_batch(ARTICLES, folder, model=model)
    server.broken.clear()

    told = submit_batch(ARTICLES, folder, model=model)

    assert (told.asked, told.under_way, len(server.batches)) == (0, 3, 1)
    assert len(server.lines()) == 3


def test_a_batch_whose_id_was_lost_is_found_again(server, folder, model):
    submit_batch(ARTICLES[:1], folder, model=model)
    server.lost.add("POST /v1/batches")
    with pytest.raises(ModelUnavailable):
        submit_batch(ARTICLES[1:], folder, model=model)
    server.lost.clear()
    submit_batch(
        [article("Accra", "and one more, so that it is not the newest")], folder, model=model
    )

    told = submit_batch(ARTICLES, folder, model=model)

    assert [batch.id for batch in told.batches] == ["batch_1", "batch_2"]
    assert len(server.lines()) == 3


def test_batches_that_have_ended_are_collected_before_more_is_sent(server, folder, model):
    submit_batch(ARTICLES[:1], folder, model=model)
    server.end(answered)

    with pytest.raises(RunError, match="collect"):
        submit_batch(ARTICLES, folder, model=model)
    collected(folder, model)

    assert submit_batch(ARTICLES, folder, model=model).asked == 2


def test_a_folder_that_waits_for_one_model_takes_no_other(server, folder, model):
    submit_batch(ARTICLES[:1], folder, model=model)

    with pytest.raises(RunError, match="some-model"):
        submit_batch(ARTICLES, folder, model=replace(model, temperature=1.0))

    assert len(server.batches) == 1


def test_two_submissions_at_once_do_not_meet(server, folder, model):
    with Journal(folder / "results.jsonl"), pytest.raises(RunError):
        submit_batch(ARTICLES, folder, model=model)

    assert server.batches == {}


# --- what comes of it ---------------------------------------------------------------------------


def test_what_is_collected_is_what_a_live_call_finds(server, folder, model):
    live = extract(ARTICLES[0], model=replace(model, cache=False))
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)

    found = collected(folder, model)["Accra"]

    passing = {"usage", "provenance"}
    assert found.model_dump(exclude=passing) == live.model_dump(exclude=passing)
    assert found.provenance == live.provenance
    assert found.usage.cost == pytest.approx(live.usage.cost / 2)
    assert found.usage.input_tokens == live.usage.input_tokens


def test_after_collecting_a_live_run_sends_nothing(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)
    collected(folder, model)

    found = [extract(each, model=model) for each in ARTICLES]

    assert server.live == []
    assert all(each.provenance.cached and each.usage.cost == 0 for each in found)


def test_results_are_lines_that_a_run_goes_on_with(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(lambda body: refused(500) if city_of(body) == "Lima" else answered(body))
    collected(folder, model)

    with Journal(folder / "results.jsonl") as journal:
        done = [journal.has(each, settings_sha256(model)) for each in ARTICLES]
    assert done == [True, False, True]
    assert len([*read_results(folder)]) == 3


def test_articles_that_are_known_are_among_the_results(server, folder, model):
    extract(ARTICLES[0], model=model)
    submit_batch(ARTICLES[:1], folder, model=model)

    found = collected(folder, model)

    assert server.batches == {}
    assert found["Accra"].provenance.cached


def test_articles_wait_until_their_batch_has_ended(server, folder, model, monkeypatch):
    monkeypatch.setattr(batch_folder, "MOST_REQUESTS", 1)
    submit_batch(ARTICLES, folder, model=model)

    assert collected(folder, model) == {}
    server.end(answered, batch_id="batch_2")
    assert collected(folder, model).keys() == {"Lima"}
    server.end(answered)
    assert collected(folder, model).keys() == {"Accra", "Oslo"}
    assert collected(folder, model) == {}
    assert len([*read_results(folder)]) == 3


OUT_OF_FORM = '{"meetings": "none"'
ELSEWHERE = draft("Quito")
LINES = {
    "out of form": (lambda body: answered(body, OUT_OF_FORM), InvalidAnswer),
    "words that are not in the article": (lambda body: answered(body, ELSEWHERE), InvalidAnswer),
    "cut off": (lambda body: answered(body, "{", finish="length"), OutputTruncated),
    "withheld": (lambda body: answered(body, "", finish="content_filter"), ContentFiltered),
    "empty": (lambda body: answered(body, ""), ModelUnavailable),
    "no completion": (
        lambda _: {"response": {"status_code": 200, "body": {"choices": []}}},
        ModelUnavailable,
    ),
    "a mode that is not taken": (
        lambda _: refused(400, None, "no response_format"),
        UnsupportedMode,
    ),
    "too many requests": (lambda _: refused(429, "rate_limit_exceeded"), RateLimited),
    "an outage": (lambda _: refused(500), ModelUnavailable),
    "the end of the day": (
        lambda _: {"error": {"code": "batch_expired", "message": "secret"}},
        ModelUnavailable,
    ),
    "no line at all": (lambda _: None, ModelUnavailable),
}


@pytest.mark.parametrize("answer, error", LINES.values(), ids=LINES)
def test_what_is_no_answer_is_a_failure_with_its_reason_and_costs_no_other(
    server, folder, model, answer, error
):
    submit_batch(ARTICLES, folder, model=model)
    server.end(lambda body: answer(body) if city_of(body) == "Lima" else answered(body))

    found = collected(folder, model)

    assert type(found["Lima"].error) is error
    assert "secret" not in found["Lima"].message
    assert [len(found[city].meetings) for city in ("Accra", "Oslo")] == [1, 1]


def test_what_failed_is_asked_by_a_live_run_and_by_the_next_batch(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(lambda body: answered(body, OUT_OF_FORM))
    collected(folder, model)

    assert extract(ARTICLES[0], model=model).provenance.attempts == 1
    assert submit_batch(ARTICLES, folder, model=model).asked == 2
    server.end(answered)
    assert {type(outcome) for outcome in collected(folder, model).values()} == {ictdiplo.Extraction}


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_of_a_batch_that_did_not_come_to_its_end_what_was_answered_counts(
    server, folder, model, status
):
    submit_batch(ARTICLES, folder, model=model)
    server.end(lambda body: answered(body) if city_of(body) == "Oslo" else None, status)

    assert [batch.status for batch in check_batch(folder, model=model)] == [status]
    found = collected(folder, model)

    assert len(found["Oslo"].meetings) == 1
    assert status in found["Lima"].message


def test_a_batch_that_failed_as_a_whole_says_why(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.fail("token_limit_exceeded")

    (batch,) = check_batch(folder, model=model)
    found = collected(folder, model)

    assert (batch.status, batch.reason) == ("failed", "token_limit_exceeded")
    assert {type(outcome.error) for outcome in found.values()} == {ModelUnavailable}


def test_articles_asked_about_in_other_ways_are_told(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)

    found = collected(folder, replace(model, temperature=1.0))

    assert {type(outcome.error) for outcome in found.values()} == {RunError}


def test_the_model_need_not_be_said_again(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)

    assert len([*collect_batch(folder)]) == 3
    assert [batch.collected for batch in check_batch(folder)] == [True]


def test_the_mode_that_was_asked_in_counts_whatever_worked_since(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)
    extract(article("Accra", "other"), model=replace(model, cache=False, mode="md_json"))
    key = model_module.key_of(model.endpoint, model.served_name)
    model_module._known.remember(key, "md_json", None)

    assert {len(each.meetings) for each in collected(folder, model).values()} == {1}


@pytest.mark.parametrize("look", [check_batch, lambda folder: [*collect_batch(folder)]])
def test_where_nothing_was_submitted_there_is_nothing(tmp_path, look):
    with pytest.raises(RunError, match="no batch"):
        look(tmp_path / "nowhere")

    assert [*tmp_path.iterdir()] == []


def test_a_docket_that_was_spoilt_is_told(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    (folder / "batch.json").write_text("{")

    with pytest.raises(RunError, match=r"batch\.json"):
        check_batch(folder)


def test_lines_that_are_none_are_as_good_as_missing(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)
    (name,) = (each for each in server.files if each != "file-1")
    server.files[name] = b"null\n[1]\n{}\nsurprise\n" + server.files[name].split(b"\n", 1)[1]

    kinds = [isinstance(each, Failure) for each in collected(folder, model).values()]
    assert sorted(kinds) == [False, False, True]


def test_a_download_that_broke_off_is_repeated(server, folder, model):
    submit_batch(ARTICLES, folder, model=model)
    server.end(answered)
    server.broken.add("GET /v1/files/file-2/content")
    with pytest.raises(ModelUnavailable):
        collected(folder, model)
    server.broken.clear()

    assert len(collected(folder, model)) == 3
    assert [file for file in Path(folder).iterdir() if "draft" in file.name] == []
