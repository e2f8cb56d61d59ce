"""One article to its records, through the public API."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

import ictdiplo
from ictdiplo.extraction import choose_reader
from ictdiplo.records import Extraction

TEXT = (
    "On Monday Kenya's minister Ada Oduya met Kofi Baah of Ghana in Accra. They did not sign the "
    "memorandum that their ministries drafted in 2023, and Oduya proposed to look at it again."
)
HONEST = {
    "meetings": [
        {
            "evidence": ["Kenya's minister Ada Oduya met Kofi Baah of Ghana in Accra"],
            "parties": ["Kenya", "Ghana"],
            "status": "held",
            "when": "On Monday",
            "place": "Accra",
        }
    ]
}


def extract(answer, **options):
    # The second answer is for the re-ask: a model that insists.
    return ictdiplo.extract(TEXT, model=ictdiplo.FakeModel([answer, answer]), **options)


def lies(found):
    return {(rejected.field, rejected.value) for rejected in found.rejected}


def test_the_steps_end_in_records():
    found = extract(HONEST, published="2025-11-24")

    assert found.article.text == TEXT
    assert found.meetings[0].date.edtf == "2025-11-24"
    assert found.rejected == ()


def test_every_quote_stands_where_it_says():
    found = extract(HONEST)
    quote = found.meetings[0].evidence[0]

    assert found.article.text[quote.start : quote.end] == quote.quote


LIES = {
    "an invented quote": {"mous": [{"evidence": ["The two signed a treaty"], "status": "signed"}]},
    "a wrong year": {"mous": [{"evidence": ["drafted in 2024"], "status": "drafted"}]},
    "a dropped negation": {
        "mous": [{"evidence": ["They did sign the memorandum"], "status": "signed"}]
    },
    "a negation cut off": {"mous": [{"evidence": ["sign the memorandum"], "status": "signed"}]},
    "an invented proposal": {
        "proposals": [{"evidence": ["Baah offered a loan"], "kind": "proposal"}]
    },
}


@pytest.mark.parametrize("answer", LIES.values(), ids=LIES)
def test_a_lie_never_becomes_a_record_and_is_listed_with_its_reason(answer):
    found = extract(answer)

    assert (found.meetings, found.proposals, found.mous) == ((), (), ())
    assert len(found.rejected) == 1
    assert found.rejected[0].reason.endswith(".")


FALSE_FIELDS = {
    "when": ("when", "on Friday"),
    "place": ("place", "Lagos"),
    "occasion": ("occasion", "World Summit"),
    "parties": ("parties", "Nigeria"),
    "topics": ("topics", "quantum radar"),
    "summary": ("summary", "They met in 1999."),
}


@pytest.mark.parametrize("field, value", FALSE_FIELDS.values(), ids=FALSE_FIELDS)
def test_a_false_field_is_taken_out_of_its_record_and_listed(field, value):
    is_list = field in {"parties", "topics"}
    meeting = HONEST["meetings"][0] | {field: [value] if is_list else value}
    found = extract({"meetings": [meeting]})

    assert value not in found.meetings[0].model_dump_json()
    assert lies(found) == {(field, value)}


def test_words_that_are_missing_are_put_back_to_the_model_once():
    lie = {"meetings": [HONEST["meetings"][0] | {"place": "Lagos"}]}
    model = ictdiplo.FakeModel([lie, HONEST])
    found = ictdiplo.extract(TEXT, model=model)

    assert "“Lagos” does not stand in the article" in model.requests[1]["messages"][-1]["content"]
    assert found.meetings[0].place.name == "Accra"
    assert found.rejected == ()
    assert found.provenance.attempts == 2


def test_the_publication_date_of_the_argument_wins():
    article = ictdiplo.Article.from_text(TEXT, published="2025-11-24")
    found = ictdiplo.extract(
        article, model=ictdiplo.FakeModel([HONEST]), published=date(2024, 1, 3)
    )

    assert found.article.published == date(2024, 1, 3)
    assert found.meetings[0].date.edtf == "2024-01-01"


def test_without_a_publication_date_relative_dates_stay_open_and_a_warning_says_so():
    found = extract(HONEST)

    assert found.meetings[0].date.edtf is None
    assert found.meetings[0].date.text == "On Monday"
    assert any("publication date is unknown" in warning for warning in found.warnings)


def test_with_nothing_configured_the_offline_reader_reads_and_says_so():
    found = ictdiplo.extract(TEXT)

    assert found.provenance.reader == "offline"
    assert found.provenance.endpoint is None
    assert found.usage.cost == 0 or found.usage.cost is None


def test_a_model_that_fails_is_an_error_and_no_empty_result():
    with pytest.raises(ictdiplo.ModelRefused):
        ictdiplo.extract(TEXT, model=ictdiplo.FakeModel([ictdiplo.ModelRefused("no")]))


@pytest.mark.parametrize("text", ["", " \n\t ", "Date archive"])
def test_an_empty_article_is_an_error_and_no_request(text):
    model = ictdiplo.FakeModel([HONEST])
    with pytest.raises(ictdiplo.EmptyArticle):
        ictdiplo.extract(text, model=model)

    assert model.requests == []


def test_a_bad_date_is_an_error_that_says_what_to_write():
    with pytest.raises(ictdiplo.SettingsError, match="2025-11-24"):
        ictdiplo.extract(TEXT, published="yesterday-ish")


def test_a_reader_is_chosen_by_name_or_taken_as_it_is():
    fake = ictdiplo.FakeModel([])

    assert choose_reader(fake) is fake
    assert choose_reader("openai/gpt-5-mini").name == "openai/gpt-5-mini"
    assert isinstance(choose_reader("offline"), ictdiplo.OfflineReader)


def test_the_async_face_gives_the_same():
    found = asyncio.run(ictdiplo.aextract(TEXT, model=ictdiplo.FakeModel([HONEST])))

    assert found.meetings == extract(HONEST).meetings


def test_an_extraction_survives_a_round_trip_through_json():
    found = extract(HONEST, published="2025-11-24")

    assert Extraction.model_validate_json(found.model_dump_json()) == found


def test_the_json_form_is_the_documented_one():
    plain = json.loads(extract(HONEST).model_dump_json())

    assert list(plain) == [
        "article",
        "meetings",
        "proposals",
        "mous",
        "rejected",
        "overlooked",
        "provenance",
        "usage",
        "warnings",
    ]
    assert plain["article"]["text"] == TEXT


def test_every_string_of_the_example_articles_is_grounded_offline(articles):
    for path in sorted(Path(articles).glob("*.txt")):
        for article in ictdiplo.read_articles(path):
            found = ictdiplo.extract(article)
            assert found.rejected == ()
            for record in (*found.meetings, *found.proposals, *found.mous):
                for quote in record.evidence:
                    assert found.article.text[quote.start : quote.end] == quote.quote


def test_an_article_that_could_not_be_read_is_raised_where_it_is_used(tmp_path):
    (error,) = ictdiplo.read_articles(tmp_path / "nothing.txt")

    with pytest.raises(ictdiplo.ArticleError, match="no such file"):
        ictdiplo.extract(error)


@pytest.mark.parametrize("thing", [None, b"bytes", Path("article.txt"), 7], ids=str)
def test_what_is_no_article_is_refused_with_advice(thing):
    with pytest.raises(ictdiplo.ArticleError, match="read_articles"):
        ictdiplo.extract(thing)


# --- a second look --------------------------------------------------------------------------------

LEFT_OUT = (
    "Kenyan minister Ada Oduya met Kofi Baah of Ghana in Accra on Monday.\n\n"
    "It rained. The Kenyan minister also met Lena Marr, Malta's minister of communications. Nobody knew why."
)
FIRST = {
    "evidence": ["Kenyan minister Ada Oduya met Kofi Baah of Ghana"],
    "parties": ["Kenyan", "Ghana"],
    "status": "held",
}
SECOND = {
    "evidence": ["The Kenyan minister also met Lena Marr"],
    "parties": ["Kenyan", "Malta"],
    "status": "held",
}


def look(*answers, **settings):
    model = ictdiplo.FakeModel([{"meetings": each} for each in answers], **settings)
    return ictdiplo.extract(LEFT_OUT, model=model), model


def test_a_second_look_asks_once_about_the_sentences_that_were_left_out_and_adds_what_it_finds():
    found, model = look([FIRST], [SECOND], second_look=True)
    _, second = model.requests

    assert [meeting.id for meeting in found.meetings] == ["meeting-1", "meeting-2"]
    assert "\n» The Kenyan minister also met" in second["messages"][1]["content"]
    assert found.overlooked == ()
    assert found.provenance.attempts == 2
    assert second["messages"][0] == model.requests[0]["messages"][0]


def test_what_a_second_look_finds_again_is_merged():
    found, _ = look([FIRST], [FIRST], second_look=True)

    assert len(found.meetings) == 1
    assert len(found.overlooked) == 1


def test_without_being_asked_for_there_is_no_second_look():
    found, model = look([FIRST])

    assert len(model.requests) == 1
    assert len(found.overlooked) == 1


def test_where_nothing_was_left_out_there_is_no_second_look():
    found, model = look([FIRST, SECOND], second_look=True)

    assert len(model.requests) == 1
    assert len(found.meetings) == 2
