"""FakeModel: whoever builds on the library needs it for their tests."""

import pytest

import ictdiplo

TEXT = "Kenya's minister Ada Oduya met Ghana's minister Kofi Baah in Accra on Monday, aides said."
ANSWER = {
    "meetings": [
        {
            "evidence": ["met Ghana's minister Kofi Baah"],
            "parties": ["Kenya", "Ghana"],
            "status": "held",
        }
    ]
}


@pytest.mark.parametrize("mode", ["json", "tools", "json_schema"])
def test_it_answers_in_every_mode(mode):
    model = ictdiplo.FakeModel([ANSWER], mode=mode)
    found = ictdiplo.extract(TEXT, model=model)

    assert [party.code for party in found.meetings[0].parties] == ["KEN", "GHA"]
    assert found.provenance.reader == "fake"
    assert len(model.requests) == 1


def test_answers_may_be_drafts_texts_or_errors():
    draft = ictdiplo.Draft.model_validate(ANSWER)
    model = ictdiplo.FakeModel([draft, "{}", ictdiplo.ModelRefused("no")])

    assert len(ictdiplo.extract(TEXT, model=model).meetings) == 1
    assert ictdiplo.extract(TEXT, model=model).meetings == ()
    with pytest.raises(ictdiplo.ModelRefused):
        ictdiplo.extract(TEXT, model=model)


def test_an_answer_too_few_is_a_mistake_of_the_test_and_says_so():
    with pytest.raises(LookupError, match="more often than it has answers"):
        ictdiplo.extract(TEXT, model=ictdiplo.FakeModel([]))


def test_what_would_have_been_sent_is_kept():
    model = ictdiplo.FakeModel([{}])
    ictdiplo.extract(TEXT, model=model)

    assert TEXT in model.requests[0]["messages"][-1]["content"]
