"""OpenAI and Azure enforce a form only if it is strict: every field required, few keywords."""

import json

import pytest

from ictdiplo import Model
from ictdiplo.article import Article
from ictdiplo.draft import Draft
from ictdiplo.read import model as model_module
from ictdiplo.read.report import Report
from ictdiplo.read.strict import NOT_TAKEN, strict_schema
from scripted_endpoint import ScriptedEndpoint, completion

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and the ministry said so twice."
# As a strict schema makes a model write it: nothing is left out.
MEETING = {
    "evidence": ["The ministers of Kenya and Ghana met in Accra on Monday"],
    "parties": ["Kenya", "Ghana"],
    "participants": [{"name": None, "role": "ministers", "party": None}],
    "status": "held",
    "format": "unstated",
    "when": "on Monday",
    "counted_from": None,
    "place": "Accra",
    "occasion": None,
    "occasion_when": None,
    "topics": [],
    "summary": "",
}
ANSWER = json.dumps({"meetings": [MEETING], "proposals": [], "mous": []})


def objects(schema):
    """Yield every object of a schema."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def keywords(schema, *, names=False):
    """Yield every key that is a keyword and no name."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if not names:
                yield key
            yield from keywords(value, names=not names and key in {"properties", "$defs"})
    elif isinstance(schema, list):
        for value in schema:
            yield from keywords(value)


def asked_of(monkeypatch, mode, *, of_openai):
    """Return the request that a model sends, to OpenAI or to somebody else."""
    monkeypatch.setattr(model_module, "is_openai", lambda _address: of_openai)
    tool = "Report" if mode != "json_schema" else None
    with ScriptedEndpoint(completion(ANSWER, tool=tool)) as server:
        model = Model("some-model", base_url=server.base_url, mode=mode, cache=False)
        reading = model.read(Article.from_text(TEXT), lambda _draft: [])
    assert [meeting.status for meeting in reading.draft.meetings] == ["held"]
    (request,) = server.requests
    return request


@pytest.fixture(scope="module")
def strict():
    return strict_schema(Report.model_json_schema())


def test_every_field_is_required_and_every_object_closed(strict):
    for each in objects(strict):
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False


def test_no_keyword_is_used_that_is_not_taken(strict):
    assert not {*keywords(strict)} & NOT_TAKEN
    assert {*keywords(Report.model_json_schema())} & NOT_TAKEN


def test_a_field_that_is_called_like_a_keyword_stays(strict):
    meeting = strict["$defs"]["DraftMeeting"]["properties"]
    assert meeting["format"]["enum"] == ["in_person", "virtual", "phone", "unstated"]


def test_the_schema_keeps_within_azures_limits(strict):
    """At most 100 properties; the deepest is root, list, record, list, person: five levels."""
    fields = [name for each in objects(strict) for name in each["properties"]]
    assert len(fields) <= 100


def test_what_may_be_left_out_elsewhere_may_be_null_or_empty_here():
    said = Report.model_validate_json(ANSWER).draft
    assert said == Draft.model_validate(
        {"meetings": [{key: value for key, value in MEETING.items() if value}]}
    )


def test_a_tool_is_strict_for_openai(monkeypatch):
    request = asked_of(monkeypatch, "tools", of_openai=True)
    function = request["tools"][0]["function"]
    assert function["strict"] is True
    assert function["parameters"] == strict_schema(function["parameters"])
    assert request["tool_choice"]["function"]["name"] == "Report"


def test_a_json_schema_is_strict_for_openai(monkeypatch):
    named = asked_of(monkeypatch, "json_schema", of_openai=True)["response_format"]["json_schema"]
    assert named["strict"] is True
    assert named["schema"] == strict_schema(named["schema"])


@pytest.mark.parametrize("mode", ["tools", "json_schema"])
def test_nobody_else_is_sent_a_strict_schema(monkeypatch, mode):
    request = json.dumps(asked_of(monkeypatch, mode, of_openai=False))
    assert '"strict"' not in request
    assert '"default"' in request
