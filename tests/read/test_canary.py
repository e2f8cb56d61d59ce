"""What an endpoint enforces is told by a word that only the schema knows."""

import json
import re
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from ictdiplo import Model
from ictdiplo.cli import app
from ictdiplo.read.canary import EXAMINED, examine
from scripted_endpoint import Reply, ScriptedEndpoint, completion, fault

REFUSED = fault(400, None, "response_format is not supported")


def fruit(request):
    """Return what the message asks to say, as a model that is shown no schema would."""
    return re.search("“(.+?)”", request["messages"][0]["content"])[1]


def nonce(request):
    """Return the only word that the schema allows."""
    form = request.get("response_format", {}).get("json_schema", {}).get("schema")
    schema = form or request["tools"][0]["function"]["parameters"]
    return schema["properties"]["word"]["enum"][0]


def mode_of(request):
    if "tools" in request:
        return "tools_required" if request["tool_choice"] == "required" else "tools"
    return {"json_schema": "json_schema", "json_object": "json"}[request["response_format"]["type"]]


def enforcing(request):
    word = fruit(request) if mode_of(request) == "json" else nonce(request)
    return completion(json.dumps({"word": word}), tool="Answer" if "tools" in request else None)


def prose(request):
    return completion(f"Of course: {fruit(request)}!")


def any_json(request):
    return completion(json.dumps({"word": fruit(request)}))


def obedient_once(request):
    """Comply with the schema by chance, as a capable model may."""
    return enforcing(request) if fruit(request) == "banana" else prose(request)


def only_schemas(request):
    """Take a JSON Schema, and drop a named tool without a word, as llama.cpp does."""
    mode = mode_of(request)
    return (
        enforcing(request)
        if mode == "json_schema"
        else any_json(request)
        if mode == "json"
        else prose(request)
    )


def diagnosis(behaviour, listing=None, **settings):
    with ScriptedEndpoint(*[behaviour] * 2 * len(EXAMINED)) as server:
        server.listing = listing or server.listing
        model = Model("some-model", base_url=server.base_url, cache=False, **settings)
        return examine(model)


@pytest.mark.parametrize(
    "behaviour, verdicts, best",
    [
        (enforcing, ["enforced", "enforced", "enforced", "JSON only"], "json_schema"),
        (only_schemas, ["enforced", "ignored", "ignored", "JSON only"], "json_schema"),
        (any_json, ["JSON only"] * 4, "json"),
        (prose, ["ignored"] * 4, "md_json"),
        (obedient_once, ["ignored"] * 4, "md_json"),
        (lambda _request: REFUSED, ["refused"] * 4, "md_json"),
        (lambda _request: fault(422), ["refused"] * 4, "md_json"),
    ],
    ids=["enforces all", "schemas alone", "any JSON", "prose", "by chance", "refuses", "422"],
)
def test_an_endpoint_is_told_by_what_it_does(behaviour, verdicts, best):
    found = diagnosis(behaviour)
    assert list(found.modes.values()) == verdicts
    assert found.best == best
    assert found.trouble is None


LISTED = Reply(
    {
        "object": "list",
        "data": [
            {"id": "other", "object": "model", "owned_by": "acme"},
            {"id": "some-model", "object": "model", "owned_by": "acme", "max_model_len": 4096},
        ],
    },
    headers={"server": "acme/1.0"},
)


def test_it_says_what_it_is_what_it_serves_and_how_much_it_reads():
    found = diagnosis(enforcing, LISTED)
    assert found.server.endswith("acme/1.0")
    assert found.serves == ("other", "some-model")
    assert found.context == 4096


def test_an_endpoint_that_lists_nothing_is_examined_all_the_same():
    found = diagnosis(enforcing, Reply("no such page", 404))
    assert (found.serves, found.context) == ((), None)
    assert found.best == "json_schema"


@pytest.mark.parametrize(
    "reply, trouble",
    [
        (fault(401), "key"),
        (fault(404, "model_not_found"), "No such model"),
        (fault(503), "trouble"),
    ],
)
def test_what_is_no_matter_of_the_mode_is_told_as_trouble(reply, trouble):
    found = diagnosis(reply)
    assert trouble in found.trouble
    assert found.modes == {}


def test_an_endpoint_that_does_not_come_to_an_end_is_told_as_trouble():
    found = diagnosis(Reply(manner="drip"), timeout=0.3)
    assert "did not answer within 0.3 s" in found.trouble


def test_the_key_is_in_nothing_that_is_found():
    found = diagnosis(enforcing, api_key="sk-canary-0123456789")
    assert "sk-canary" not in found.model_dump_json()


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def doctor(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments):
        given = ["doctor", "--directory", str(tmp_path), *arguments]
        return CliRunner().invoke(app, given)

    return call


def test_the_doctor_prints_the_settings_to_use(doctor):
    with ScriptedEndpoint(*[only_schemas] * 8) as server:
        server.listing = LISTED
        done = doctor("--model", "some-model", "--base-url", server.base_url)

    assert done.exit_code == 0
    assert re.search(r"json_schema +enforced", done.stdout)
    assert re.search(r"tools +ignored", done.stdout)
    assert "That is little" in done.stdout
    assert f"--base-url {server.base_url} --mode json_schema" in " ".join(done.stdout.split())


def test_the_doctor_says_what_is_installed_and_where_answers_are_kept(doctor, tmp_path):
    done = doctor("--model", "offline")
    assert done.exit_code == 0
    assert f"ictdiplo {version('ictdiplo')}" in done.stdout
    assert "html (yes)" in done.stdout
    assert str(tmp_path) in done.stdout.replace("\n", "").replace("  ", "")
    assert "the built-in one" in done.stdout


def test_the_doctor_says_why_an_endpoint_cannot_be_examined(doctor):
    with ScriptedEndpoint(fault(401)) as server:
        done = doctor("--model", "m", "--base-url", server.base_url)
    assert done.exit_code == 2
    assert "does not accept the key" in done.stdout


def test_the_diagnosis_can_be_read_by_programs(doctor):
    with ScriptedEndpoint(*[enforcing] * 8) as server:
        done = doctor("--model", "m", "--base-url", server.base_url, "--format", "json")
    assert json.loads(done.stdout)["modes"]["tools"] == "enforced"
