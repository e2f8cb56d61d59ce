"""Which way of asking is tried first, which next, and what is remembered of it."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ictdiplo import Model, errors
from ictdiplo.article import Article
from ictdiplo.read import model as model_module
from ictdiplo.read.modes import CHAIN, KnownModes, in_turn
from scripted_endpoint import ScriptedEndpoint, completion, fault

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and the ministry said so twice."
MEETING = {
    "evidence": ["The ministers of Kenya and Ghana met in Accra on Monday"],
    "parties": ["Kenya", "Ghana"],
    "status": "held",
}
GOOD = json.dumps({"meetings": [MEETING]})
NO_FORM = fault(400, None, "'response_format' of type 'json_schema' is not supported")
PROSE = completion("The article tells of a meeting.")
OF_NO_SCHEMA = completion(json.dumps({"summary": "a meeting"}))
TOOL = completion(GOOD, tool="Report")


@pytest.fixture(autouse=True)
def nothing_is_known(monkeypatch):
    monkeypatch.setattr(model_module, "_known", KnownModes())


def read(server, check=lambda _draft: [], **settings):
    settings = {"cache": False} | settings
    model = Model("some-model", base_url=server.base_url, **settings)
    return model.read(Article.from_text(TEXT), check)


def asked(server):
    """Say in which mode each request was."""
    return [mode_of(request) for request in server.requests]


def mode_of(request):
    if "tools" in request:
        return "tools_required" if request["tool_choice"] == "required" else "tools"
    form = request.get("response_format", {}).get("type")
    return {"json_schema": "json_schema", "json_object": "json"}.get(form, "md_json")


def test_the_likeliest_mode_comes_first_and_every_other_once():
    assert list(in_turn("tools")) == ["tools", "json_schema", "tools_required", "json", "md_json"]
    assert sorted(in_turn("json_schema")) == sorted(CHAIN)


UNFIT = {
    "an error that names the form": NO_FORM,
    "an error of the server's own that does": fault(500, None, "json_schema: not implemented"),
    "an address that has no such tool use": fault(404, None, "no endpoints support tool_choice"),
    "prose": PROSE,
    "prose that is cut off": completion("Well, this article", finish="length"),
    "JSON of another form": OF_NO_SCHEMA,
}


@pytest.mark.parametrize("reply", UNFIT.values(), ids=UNFIT)
def test_a_mode_that_an_endpoint_refuses_or_ignores_is_followed_by_the_next(reply):
    with ScriptedEndpoint(reply, TOOL) as server:
        reading = read(server)

    assert asked(server) == ["json_schema", "tools"]
    assert reading.provenance.mode == "tools"
    assert reading.provenance.attempts == 2
    assert len(reading.draft.meetings) == 1


def test_a_named_tool_that_is_dropped_is_required_next():
    with ScriptedEndpoint(NO_FORM, PROSE, TOOL) as server:
        reading = read(server)

    assert asked(server) == ["json_schema", "tools", "tools_required"]
    assert reading.provenance.mode == "tools_required"


def test_where_nothing_is_enforced_the_model_is_asked_again_in_the_same_mode():
    replies = [NO_FORM, NO_FORM, NO_FORM, OF_NO_SCHEMA, completion(GOOD)]
    with ScriptedEndpoint(*replies) as server:
        reading = read(server)

    assert asked(server) == ["json_schema", "tools", "tools_required", "json", "json"]
    assert reading.provenance.mode == "json"


def test_if_no_mode_works_then_the_error_says_so():
    with (
        ScriptedEndpoint(*[PROSE] * 20) as server,
        pytest.raises(errors.InvalidAnswer, match="every way"),
    ):
        read(server, reasks=1)
    assert asked(server) == [*CHAIN[:3], "json", "json", "md_json", "md_json"]


def test_an_answer_in_form_with_wrong_words_is_no_reason_to_change_the_mode():
    with ScriptedEndpoint(completion(GOOD), completion(GOOD)) as server:
        reading = read(server, check=lambda _draft: ["a word that is not there"])

    assert asked(server) == ["json_schema", "json_schema"]
    assert reading.provenance.mode == "json_schema"


@pytest.mark.parametrize(
    "reply, error",
    [
        (fault(401), errors.BadKey),
        (fault(404, "model_not_found"), errors.UnknownModel),
        (fault(400, None, "maximum context length of the tool exceeded"), errors.ContextOverflow),
        (completion('{"meetings": [', finish="length"), errors.OutputTruncated),
    ],
)
def test_what_another_mode_would_not_mend_is_not_tried_in_another(reply, error):
    with ScriptedEndpoint(reply, TOOL) as server, pytest.raises(error):
        read(server)
    assert len(server.requests) == 1


def test_a_mode_that_was_named_is_the_only_one():
    with (
        ScriptedEndpoint(NO_FORM, TOOL) as server,
        pytest.raises(errors.UnsupportedMode, match="another `mode`"),
    ):
        read(server, mode="json_schema")
    assert asked(server) == ["json_schema"]


def test_a_named_mode_is_asked_again_whatever_is_wrong_with_the_answer():
    with ScriptedEndpoint(OF_NO_SCHEMA, completion(GOOD)) as server:
        reading = read(server, mode="json_schema")
    assert reading.provenance.attempts == 2


def test_what_worked_comes_first_the_next_time():
    with ScriptedEndpoint(NO_FORM, TOOL, TOOL) as server:
        read(server)
        read(server)
    assert asked(server) == ["json_schema", "tools", "tools"]


def test_what_worked_is_remembered_in_the_cache_directory(tmp_path, monkeypatch):
    with ScriptedEndpoint(NO_FORM, TOOL, TOOL) as server:
        read(server, cache=tmp_path)
        monkeypatch.setattr(model_module, "_known", KnownModes())  # as in another process
        model = Model("some-model", base_url=server.base_url, cache=tmp_path)
        model.read(Article.from_text(f"{TEXT} Really."), lambda _draft: [])
    assert asked(server) == ["json_schema", "tools", "tools"]


def test_another_model_at_the_same_address_is_tried_out_by_itself():
    with ScriptedEndpoint(NO_FORM, TOOL, completion(GOOD)) as server:
        read(server)
        other = Model("other-model", base_url=server.base_url, cache=False)
        reading = other.read(Article.from_text(TEXT), lambda _draft: [])
    assert reading.provenance.mode == "json_schema"


def test_of_many_at_once_only_the_first_finds_out():
    with ScriptedEndpoint(NO_FORM, *[TOOL] * 16) as server:
        start = threading.Barrier(8)

        def go(_):
            start.wait()
            return read(server)

        with ThreadPoolExecutor(8) as pool:
            readings = list(pool.map(go, range(8)))

    assert asked(server) == ["json_schema", *["tools"] * 8]
    assert {reading.provenance.mode for reading in readings} == {"tools"}


def test_a_stored_answer_says_in_which_mode_it_was_given(tmp_path):
    with ScriptedEndpoint(NO_FORM, TOOL) as server:
        first = read(server, cache=tmp_path)
        again = read(server, cache=tmp_path)
    assert first.provenance.mode == again.provenance.mode == "tools"
    assert again.provenance.cached
