"""A key and an article go through all that can happen; neither turns up where it does not belong."""

import copy
import dataclasses
import json
import logging
import pickle
import re
import traceback
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ictdiplo
import recording
from ictdiplo import errors
from ictdiplo.cli import app
from ictdiplo.read import endpoint, traffic
from ictdiplo.read.breaker import REFUSALS
from ictdiplo.read.report import Report
from scripted_endpoint import Reply, ScriptedEndpoint, completion, fault

KEY = "sk-canary-0123456789abcdef"
WORD = "Zanzubaria"
TEXT = (
    f"The ministers of Kenya and {WORD} met in Accra on Monday. Both sides will go on talking about "
    "spectrum and fibre next year."
)
QUOTE = f"The ministers of Kenya and {WORD} met in Accra on Monday."
MEETING = {"evidence": [QUOTE], "parties": ["Kenya", WORD], "status": "held"}
GOOD = json.dumps({"meetings": [MEETING]})
ECHO = f"{KEY} {TEXT}"
ROOT = Path(__file__).parents[1]


def two_calls():
    reply = completion(GOOD, tool="Report")
    calls = reply.body["choices"][0]["message"]["tool_calls"]
    calls.append(calls[0] | {"function": {"name": "Report", "arguments": TEXT}})
    return reply


# Endpoints that give back what they know: in errors all of it, in answers what a model has seen
FAILURES = {
    "bad key": fault(401, "invalid_api_key", ECHO),
    "a code that is none": fault(400, ECHO, ECHO),
    "no such model": fault(404, "model_not_found", ECHO),
    "empty account": fault(429, "insufficient_quota", ECHO),
    "too many requests": fault(429, "rate_limit_exceeded", ECHO, retry_after="300"),
    "server error": fault(500, "server_error", ECHO),
    "article too long": fault(400, "context_length_exceeded", ECHO),
    "filter": fault(400, "content_filter", ECHO),
    "mode not taken": fault(400, None, f"response_format {ECHO}"),
    "redirect": Reply(ECHO, 307, {"location": "http://127.0.0.1:9/"}),
    "HTML": Reply(f"<html>{ECHO}</html>", kind="text/html"),
    "no JSON": Reply(ECHO),
    "error with 200": Reply({"error": {"message": ECHO}}),
    "no choices": Reply({"choices": [], "error": ECHO}),
    "reset": Reply(manner="reset"),
    "no reply": Reply(never=True),
    "refusal": completion(None, refusal=TEXT),
    "filtered answer": completion(TEXT, finish="content_filter"),
    "cut-off answer": completion(TEXT, finish="length"),
    "prose": completion(TEXT),
    "a wrong enum": completion(json.dumps({"meetings": [MEETING | {"status": TEXT}]})),
    "a field too many": completion(json.dumps({"meetings": [], TEXT: 1})),
    "several answers": two_calls(),
}


@pytest.fixture
def said(caplog):
    """Return, when called, all that every logger has said, as text and as objects."""
    caplog.set_level(logging.DEBUG)

    def said(least=logging.DEBUG):
        records = [record for record in caplog.records if record.levelno >= least]
        texts = [f"{record.getMessage()} {record.exc_info} {vars(record)}" for record in records]
        return "\n".join([*texts, caplog.text if least == logging.DEBUG else ""])

    return said


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(endpoint, "sleep", lambda _seconds: None)


def model_at(server, **settings):
    settings = {"mode": "json", "attempts": 2, "timeout": 5, "cache": False} | settings
    return ictdiplo.Model("some-model", base_url=server.base_url, api_key=KEY, **settings)


def failure(reply, **settings):
    with ScriptedEndpoint(*[reply] * 9) as server:
        with pytest.raises(errors.ModelError) as caught:
            ictdiplo.extract(TEXT, model=model_at(server, **settings))
        return caught.value


def chain(error):
    """Return an error, and all that it says it arose from."""
    found = []
    while error and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


@pytest.mark.parametrize("name", FAILURES)
def test_no_failure_tells_the_key_or_the_article(name, said):
    error = failure(FAILURES[name], timeout=0.2 if name == "no reply" else 5)
    forms = [
        *(form(each) for each in chain(error) for form in (str, repr, vars)),
        *("".join(traceback.format_exception(each)) for each in chain(error)),
        pickle.dumps(error),
        said(logging.INFO),
    ]

    assert [form for form in forms if KEY in str(form) or WORD in str(form)] == []
    assert KEY not in said(logging.DEBUG)
    assert pickle.loads(pickle.dumps(error)) == copy.deepcopy(error) == error


@pytest.fixture
def read(tmp_path):
    """A reading that went well."""
    with ScriptedEndpoint(completion(GOOD)) as server:
        return ictdiplo.extract(TEXT, model=model_at(server, cache=tmp_path / "cache"))


def test_a_reading_that_goes_well_tells_the_key_to_no_log_and_the_article_to_none_that_is_on(
    said, read
):
    assert read.meetings
    assert KEY not in said(logging.DEBUG)
    assert WORD not in said(logging.INFO)


def test_records_and_all_they_are_written_as_hold_no_key(read):
    forms = [repr(read), str(vars(read)), read.model_dump_json(), pickle.dumps(read)]

    assert WORD in forms[2]
    assert [form for form in forms if KEY in str(form)] == []


def test_the_cache_holds_no_key(read, tmp_path):
    stored = b"".join(file.read_bytes() for file in (tmp_path / "cache").iterdir())

    assert WORD.encode() in stored
    assert KEY.encode() not in stored


def test_a_model_shows_its_key_to_nobody_and_hands_it_on_to_copies():
    model = ictdiplo.Model("openai/some-model", api_key=KEY)
    copies = [copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))]

    for each in [model, *copies]:
        shown = [repr(each), str(each), str(vars(each)), str(dataclasses.asdict(each))]
        assert [form for form in shown if KEY in form] == []
        assert each == model
        assert each.key == KEY


@pytest.mark.parametrize("kind", [ictdiplo.Article, ictdiplo.Extraction, ictdiplo.Meeting])
def test_what_fits_no_form_is_not_quoted(kind):
    with pytest.raises(ValueError, match="Field required") as caught:
        kind(text=TEXT, evidence=TEXT)

    beginning = TEXT[:12]  # pydantic quotes no more than that of a long text
    assert beginning not in str(caught.value)
    assert beginning not in repr(caught.value)


def test_what_stops_all_further_requests_tells_no_key():
    with ScriptedEndpoint(*[FAILURES["bad key"]] * REFUSALS) as server:
        for _ in range(REFUSALS + 1):
            with pytest.raises(errors.BadKey) as caught:
                ictdiplo.extract(TEXT, model=model_at(server))

    assert "not asked again" in str(caught.value)
    assert KEY not in "".join(traceback.format_exception(caught.value)) + str(vars(traffic))


@pytest.mark.parametrize("name", ["bad key", "prose", "reset", "server error"])
@pytest.mark.parametrize("options", [[], ["--debug"]], ids=["plain", "--debug"])
def test_a_command_prints_neither_key_nor_article_with_a_failure(
    name, options, tmp_path, monkeypatch
):
    article = tmp_path / "article.txt"
    article.write_text(TEXT)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with ScriptedEndpoint(*[FAILURES[name]] * 9) as server:
        where = ["--base-url", server.base_url, "--model", "some-model", "--mode", "json"]
        result = CliRunner().invoke(app, [*options, "extract", str(article), *where])

    assert result.exit_code in {2, 3}
    assert result.stderr
    assert KEY not in result.output
    assert WORD not in result.output


@pytest.mark.parametrize("address", [f"http://me:{KEY}@127.0.0.1:9/v1", f"http://x/v1?key={KEY}"])
def test_a_key_in_an_address_is_refused_and_not_repeated(address, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    with pytest.raises(errors.SettingsError) as caught:
        ictdiplo.extract(TEXT)

    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_cassette_holds_no_key_and_no_header_but_the_type(monkeypatch, tmp_path):
    monkeypatch.setattr(recording, "RECORDING", True)
    monkeypatch.setattr(recording, "CASSETTES", tmp_path)
    reply = completion(GOOD)
    reply.headers = {"set-cookie": f"session={KEY}", "openai-organization": f"org-{KEY}"}
    with ScriptedEndpoint(reply) as server, recording.cassette("module", "test"):
        ictdiplo.extract(TEXT, model=model_at(server))

    (written,) = (file.read_text() for file in tmp_path.rglob("*.yaml"))
    assert WORD in written
    assert KEY not in written
    assert not LOOKS_SECRET.search(written)
    assert str(server.server_port) not in written


# Whatever of this kind stands in a recording was not meant to be there
LOOKS_SECRET = re.compile(
    r"sk-|hf_\w{8}|bearer|authorization|api[-_]key|^ *(?:set-)?cookie:|\borg-|x-request-id|!!binary"
    r"|[\w.+-]+@[\w-]+\.\w|127\.0\.0\.1|localhost",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "tests" / "cassettes").rglob("*.yaml")), ids=lambda file: file.stem
)
def test_nothing_in_a_recording_looks_like_a_secret(file):
    assert LOOKS_SECRET.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("schema", [ictdiplo.Extraction, Report], ids=lambda model: model.__name__)
def test_a_schema_is_the_same_whatever_the_environment_holds(schema, monkeypatch):
    before = schema.model_json_schema()
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    assert schema.model_json_schema() == before
