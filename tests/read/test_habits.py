"""What local models say around and instead of the form: forgiven where no word is changed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo import Model
from ictdiplo.article import Article
from ictdiplo.read.habits import forgiven, json_in
from ictdiplo.read.report import Report
from scripted_endpoint import ScriptedEndpoint, completion

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and the ministry said so twice."
QUOTE = "The ministers of Kenya and Ghana met in Accra on Monday"
MEETING = {"evidence": [QUOTE], "parties": ["Kenya", "Ghana"], "status": "held"}
GOOD = json.dumps({"meetings": [MEETING]})


def with_meeting(**changes):
    return json.dumps({"meetings": [MEETING | changes]})


def two_calls():
    reply = completion(GOOD, tool="Report")
    reply.body["choices"][0]["message"]["tool_calls"] *= 2
    return reply


def read(reply, mode="json_schema"):
    """Return what was read, and how many requests it took."""
    again = completion(GOOD, tool="Report" if mode == "tools" else None)
    with ScriptedEndpoint(reply, again) as server:
        model = Model("m", base_url=server.base_url, mode=mode, cache=False)
        reading = model.read(Article.from_text(TEXT), lambda _draft: [])
        return reading.draft, len(server.requests)


FORGIVEN = {
    "a block of code": f"```json\n{GOOD}\n```",
    "a block of code of no language": f"```\n{GOOD}\n```",
    "thoughts": f"<think>The article is {{short}}.</think>\n{GOOD}",
    "thoughts that hold another answer": f'<think>{{"meetings": []}}?</think>{GOOD}',
    "thoughts whose beginning is missing": f"Well then.</think>{GOOD}",
    "pleasantries": f"Here is the answer:\n{GOOD}\nI hope this helps!",
    "null for empty lists": json.dumps({"meetings": [MEETING | {"topics": None}], "mous": None}),
    "null for what is left out": with_meeting(when=None, place=None, summary=None),
    "nothing for what is left out": with_meeting(when="", place=" "),
    "one string for a list": with_meeting(evidence=QUOTE),
    "capitals": with_meeting(status="Held"),
    "other spellings": with_meeting(format="In-Person"),
    "the name of the form around it": json.dumps({"Report": {"meetings": [MEETING]}}),
    "null among the items": json.dumps({"meetings": [MEETING, None]}),
}


@pytest.mark.parametrize("mode", ["json_schema", "json", "md_json"])
@pytest.mark.parametrize("answer", FORGIVEN.values(), ids=FORGIVEN)
def test_a_habit_is_forgiven_and_costs_no_second_request(answer, mode):
    draft, requests = read(completion(answer), mode)

    assert requests == 1
    assert draft.meetings[0].evidence == [QUOTE]
    assert draft.meetings[0].status == "held"


def test_a_tool_of_another_name_will_do():
    draft, requests = read(completion(GOOD, tool="extract_records"), "tools")
    assert (requests, len(draft.meetings)) == (1, 1)


def test_of_two_calls_that_say_the_same_one_counts():
    draft, requests = read(two_calls(), "tools")
    assert (requests, len(draft.meetings)) == (1, 1)


def test_true_in_quotes_is_true():
    text = {"evidence": [QUOTE], "status": "signed", "refers_back": "true"}
    draft, requests = read(completion(json.dumps({"mous": [text]})))
    assert requests == 1
    assert draft.mous[0].refers_back is True


ASKED_AGAIN = {
    "JSON that breaks off": GOOD[:-10],
    "a list without its name": json.dumps([MEETING]),
    "a status that is none": with_meeting(status="happened"),
    "a field of its own": with_meeting(confidence=0.9),
    "a number for a quote": with_meeting(evidence=[7]),
    "no quote": with_meeting(evidence=[]),
    "no JSON": "The ministers met.",
}


@pytest.mark.parametrize("answer", ASKED_AGAIN.values(), ids=ASKED_AGAIN)
def test_what_cannot_be_forgiven_is_asked_for_again(answer):
    draft, requests = read(completion(answer))
    assert requests == 2
    assert len(draft.meetings) == 1


@given(st.text(max_size=200))
def test_what_holds_no_object_stays_as_it_is(text):
    found = json_in(text)
    assert found == text or isinstance(json.loads(found), dict)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["meetings", "evidence", "status", "x"]), inner)
        ),
        max_leaves=20,
    )
)
def test_forgiving_changes_no_word_and_never_fails(said):
    def words(value):
        match value:
            case str():
                yield value.strip().lower().replace(" ", "_").replace("-", "_")
            case dict() | list():
                for item in value.values() if isinstance(value, dict) else value:
                    yield from words(item)

    assert set(words(forgiven(said, Report))) <= set(words(said))
