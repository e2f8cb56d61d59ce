"""Nothing gets into a record that the article does not hold, and nothing is dropped in silence."""

from datetime import date

import pytest

from ictdiplo.draft import Draft, DraftPerson
from ictdiplo.resolve.grounding import Grounding, complaints
from ictdiplo.resolve.parties import resolve_party
from ictdiplo.resolve.persons import Roll
from ictdiplo.resolve.quotes import Text

TEXT = (
    "Kenyan minister Ada Oduya met her Ghanaian counterpart in Accra on Monday. "
    "The two did not sign the memorandum on 5G that they drafted in 2023. "
    "Oduya will return to Accra in May, she said."
)


@pytest.fixture
def ground():
    oduya = {"name": "Ada Oduya", "party": "Kenyan"}
    meeting = {"evidence": ["x"], "status": "held", "participants": [oduya]}
    roll = Roll([Draft.model_validate({"meetings": [meeting]})], Text(TEXT))
    return Grounding("meeting-1", Text(TEXT), date(2025, 11, 24), roll)


def reasons(ground):
    return [(rejected.field, rejected.value) for rejected in ground.rejected]


def test_a_quote_is_returned_as_it_stands_in_the_article(ground):
    (quote,) = ground.evidence(["MET her Ghanaian  counterpart"])

    assert TEXT[quote.start : quote.end] == quote.quote == "met her Ghanaian counterpart"
    assert ground.rejected == []


@pytest.mark.parametrize(
    "altered",
    [
        "met her Nigerian counterpart",
        "The two did sign the memorandum",
        "they drafted in 2024",
        "Oduya promised a new cable",
    ],
)
def test_an_altered_quote_is_rejected_and_named(ground, altered):
    assert ground.evidence([altered]) == ()
    assert reasons(ground) == [("evidence", altered)]


def test_a_quote_that_leaves_its_not_out_is_rejected(ground):
    assert ground.evidence(["sign the memorandum on 5G"]) == ()
    assert "not" in ground.rejected[0].reason


def test_of_several_places_the_one_that_is_not_negated_counts():
    text = "In May the pact had not been signed. By July the pact had been signed."
    ground = Grounding("mou-1", Text(text), None, Roll([Draft()], Text(text)))
    (quote,) = ground.evidence(["been signed"])

    assert quote.start == text.rindex("been signed")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody signed a memorandum.",
        "Neither side signed a memorandum.",
        "It is not true that the sides signed a memorandum.",
        "He dismissed reports that it signed a memorandum.",
    ],
)
def test_a_denial_is_no_evidence(text):
    ground = Grounding("mou-1", Text(text), None, Roll([Draft()], Text(text)))

    assert ground.evidence(["signed a memorandum"]) == ()


def test_a_side_without_name_or_office_is_listed_as_rejected(ground):
    assert ground.persons("participants", [DraftPerson(party="Ghanaian")]) == ()
    assert reasons(ground) == [("participants", "Ghanaian")]


def test_inflected_names_are_known_by_their_beginning():
    text = Text("Министр Хашеми встретился с коллегой из Душанбе.")
    ground = Grounding("meeting-1", text, None, Roll([Draft()], text))

    assert ground.summary("Они встретили Хашемиа.", []) is not None
    assert ground.summary("Они встретили Иванова.", []) is None


def test_for_something_cancelled_the_not_may_stand_outside(ground):
    assert len(ground.evidence(["sign the memorandum on 5G"], negated=True)) == 1


def test_words_are_taken_from_nearest_the_record(ground):
    ground.evidence(["Oduya will return"])
    first, second = TEXT.index("Accra"), TEXT.rindex("Accra")

    assert ground.text.find("Accra", near=ground.anchor).start == second
    assert ground.text.find("Accra").start == first


def test_words_that_stand_exactly_so_count_before_nearer_ones_that_fold_to_them():
    text = "ACCRA - Oduya met Baah in Accra."
    place = Grounding("meeting-1", Text(text), None, Roll([Draft()], Text(text))).place("Accra")

    assert place.name == "Accra"


def test_an_invented_name_is_rejected_and_the_office_kept(ground):
    (person,) = ground.persons(
        "participants", [DraftPerson(name="Kofi Baah", role="Ghanaian counterpart")]
    )

    assert person.name is None
    assert person.role == "Ghanaian counterpart"
    assert person.party.code == "GHA"
    assert reasons(ground) == [("participants.name", "Kofi Baah")]


def test_a_person_of_whom_nothing_stands_in_the_article_is_no_participant(ground):
    assert ground.persons("participants", [DraftPerson(name="Kofi Baah", party="Ghana")]) == ()
    assert ("participants.name", "Kofi Baah") in reasons(ground)


def test_a_persons_side_may_come_from_another_mention(ground):
    (person,) = ground.persons("proposers", [DraftPerson(name="Oduya")])

    assert person.party.code == "KEN"


def test_an_invented_date_is_rejected_and_an_article_one_resolved(ground):
    assert ground.when("when", "on Tuesday", "past") is None
    assert reasons(ground) == [("when", "on Tuesday")]
    assert ground.when("when", "on Monday", "past").edtf == "2025-11-24"
    assert ground.when("when", None, "past") is None


def test_a_place_brings_its_country(ground):
    place = ground.place("Accra")

    assert (place.name, place.code) == ("Accra", "GHA")
    assert ground.place("Nairobi") is None


def test_topics_keep_the_words(ground):
    assert [(topic.topic, topic.text) for topic in ground.topics(["5G", "6G"])] == [
        ("mobile", "5G")
    ]


KENYA_AND_GHANA = [resolve_party("Kenyan"), resolve_party("Ghana")]


@pytest.mark.parametrize(
    "summary",
    [
        "The ministers met.",
        "Ada Oduya met the minister of Ghana in Accra.",
        "Kenya and Ghana talked about 5G.",
        "They drafted a memorandum in 2023.",
        "Return to Accra.",
        "Kenya's Oduya met her counterpart.",
    ],
)
def test_a_summary_may_use_the_articles_names_and_numbers(ground, summary):
    assert ground.summary(summary, KENYA_AND_GHANA) == summary
    assert ground.rejected == []


@pytest.mark.parametrize(
    "summary, claim",
    [
        ("They drafted a memorandum in 2024.", "2024"),
        ("She met Kofi Baah.", "Kofi"),
        ("She spoke with Nigeria.", "Nigeria"),
        ("Nigeria spoke.", "Nigeria"),
        ("Donald Trump came.", "Donald"),
        ('She met "Kofi".', "Kofi"),
        ("She met Ödui.", "Ödui"),
    ],
)
def test_a_summary_that_adds_names_or_numbers_is_rejected(ground, summary, claim):
    assert ground.summary(summary, KENYA_AND_GHANA) is None
    assert claim in ground.rejected[0].reason


def test_scripts_without_capitals_have_only_their_numbers_checked(ground):
    assert ground.summary("وزیر در آکرا با همتای خود دیدار کرد.", []) is not None
    assert ground.summary("وزیر در ۱۴۰۴ دیدار کرد.", []) is None


def test_an_empty_summary_is_none(ground):
    assert ground.summary("", []) is None
    assert ground.rejected == []


def test_a_complaint_names_the_words_and_the_nearest_passage():
    said = [
        ("meetings[0].evidence[0]", "met her Nigerian counterpart"),
        ("meetings[0].place", "Accra"),
    ]
    (complaint,) = complaints(said, Text(TEXT))

    assert "meetings[0].evidence[0]" in complaint
    assert "met her Nigerian counterpart" in complaint
    assert "met her Ghanaian counterpart" in complaint
