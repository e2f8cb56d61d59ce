"""Which texts there are, who is bound, and what stage each has reached."""

import pytest

from ictdiplo.article import Article
from ictdiplo.read.offline import OfflineReader


def texts(text):
    article = Article(id="x", text=text, language="en")
    return OfflineReader().read(article, lambda _: []).draft.mous


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru and Cuba signed a memorandum of understanding on roaming.", "signed"),
        ("Peru and Cuba put their names to a memorandum on roaming.", "signed"),
        ("A memorandum between Peru and Cuba was inked in Lima.", "signed"),
        ("Peru and Cuba are set to sign a memorandum on roaming next week.", "agreed"),
        ("An MoU between Peru and Cuba is expected to be signed in May.", "agreed"),
        ("A draft MoU between Peru and Cuba has been cleared.", "drafted"),
        ("A memorandum between Peru and Cuba is in preparation.", "drafted"),
        ("Peru and Cuba are negotiating a memorandum on data centres.", "negotiating"),
        ("Peru proposed to Cuba to conclude a memorandum on roaming.", "proposed"),
        ("A memorandum between Peru and Cuba should be concluded by October.", "proposed"),
        ("Peru and Cuba concluded a memorandum on roaming.", "signed"),
        ("The memorandum between Peru and Cuba remains in force.", "in_force"),
        ("The memorandum between Peru and Cuba has been fully implemented.", "implemented"),
        ("The memorandum between Peru and Cuba expired last year.", "expired"),
        ("Peru and Cuba, which denied that they are rivals, signed a memorandum.", "signed"),
        ("Peru and Cuba denied a rift, then signed a memorandum on roaming.", "signed"),
        ("Peru and Cuba said they would sign a memorandum on roaming.", "agreed"),
        ("The cabinet approved the signing of an MoU between Peru and Cuba.", "agreed"),
        ("Peru and Cuba agreed to finalise a memorandum under negotiation.", "negotiating"),
        ("There is a memorandum between Peru and Cuba on roaming.", "agreed"),
        ("Peru and Cuba have entered into a memorandum on roaming.", "signed"),
        ("A memorandum between Peru and Cuba awaits signature.", "agreed"),
        ("Peru and Cuba are busy with the wording of a memorandum.", "drafted"),
        ("A memorandum between Peru and Cuba is in the pipeline.", "drafted"),
        ("Peru and Cuba discussed the possibility of signing a memorandum.", "proposed"),
        ("Peru and Cuba discussed the implementation of the memorandum on roaming.", "in_force"),
        ("The memorandum between Peru and Cuba was terminated in May.", "expired"),
    ],
)
def test_the_words_around_a_text_tell_its_stage(text, status):
    (mou,) = texts(text)
    assert (mou.status, mou.parties) == (status, ["Peru", "Cuba"])


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Peru and Cuba signed a joint action plan.", "action_plan"),
        ("Peru and Cuba signed a cooperation programme for 2026.", "programme"),
        ("Peru and Cuba signed a letter of intent.", "letter"),
        ("Peru and Cuba signed a protocol on spectrum.", "protocol"),
        ("Peru and Cuba signed a contract on postal trucks.", "contract"),
        ("Peru and Cuba signed a framework agreement.", "agreement"),
        ("Peru and Cuba inked a pact on roaming.", "agreement"),
    ],
)
def test_the_noun_tells_the_instrument(text, instrument):
    assert [mou.instrument for mou in texts(text)] == [instrument]


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Cuba issued a joint declaration.",
        "Peru and Cuba reached an understanding.",
        "Peru and Cuba use the internet protocol and signed nothing.",
        "Peru and Cuba did not sign a memorandum: it has not been signed.",
        "Peru and Cuba signed a free trade agreement.",
        "Officials signed a memorandum.",
        "Peru and Cuba denied that they had signed a memorandum on roaming.",
        "Peru dismissed reports that it had signed a memorandum with Cuba.",
        "It is not true that Peru and Cuba signed a memorandum on roaming.",
        "Neither Peru nor Cuba has signed a memorandum on roaming.",
        "If the minister of Peru met his Cuban colleague, they would sign a memorandum.",
        "Peru rejected claims that its minister, who is ill, had signed a memorandum with Cuba.",
        "Reports that Peru and Cuba signed a memorandum are false, the ministry said.",
        "Peru and Cuba would have signed a memorandum had the talks not failed.",
        "Peru and Cuba would sign a memorandum on roaming if parliament agreed.",
        "In Jordan, engineer Chad Lewis signed a book contract.",
        "Peru and Cuba sign memorandum\n\nThe ministers of Peru and Cuba spoke of cables.",
    ],
)
def test_what_is_no_text_of_two_sides_is_left_out(text):
    assert texts(text) == []


def test_a_text_told_of_twice_is_one_record_with_its_latest_stage():
    (mou,) = texts(
        "Peru and Cuba have a draft memorandum on roaming. The document was signed on Monday."
    )
    assert (mou.status, mou.when, len(mou.evidence)) == ("signed", "Monday", 2)


def test_a_new_text_is_another_record():
    found = texts(
        "The memorandum between Peru and Cuba runs out in May. The two sides agreed that a new one will be"
        " signed after that."
    )
    assert [mou.status for mou in found] == ["in_force", "agreed"]


def test_an_older_text_refers_back():
    (mou,) = texts("Peru and Cuba discussed the memorandum signed between them last year.")
    assert (mou.status, mou.refers_back, mou.when) == ("signed", True, "last year")


def test_companies_are_bound_in_their_own_name():
    (mou,) = texts(
        "A memorandum was signed between the Andes Infrastructure Corporation of Peru (Andinf) and the"
        " Havana Foundation."
    )
    assert mou.parties == ["Andes Infrastructure Corporation of Peru", "Havana Foundation"]


def test_the_meeting_at_hand_tells_who_is_bound_and_who_signed():
    (mou,) = texts(
        "Peru's minister Ana Lin met Cuba's minister Leo Ro. The two signed a memorandum on roaming."
    )
    assert mou.parties == ["Peru", "Cuba"]


def test_a_plan_is_not_dated_by_yesterday():
    (mou,) = texts("Peru and Cuba said yesterday they will sign a memorandum on roaming.")
    assert (mou.status, mou.expected) == ("agreed", None)


def test_a_signing_ahead_is_dated_by_what_lies_ahead():
    (mou,) = texts(
        "A memorandum between Peru and Cuba, drafted last autumn, is expected to be signed in May."
    )
    assert (mou.status, mou.when, mou.expected) == ("agreed", None, "May")


def test_regulators_are_bound_under_their_names():
    (mou,) = texts(
        "Brazilian regulator Anatel and the Portuguese regulator Anacom signed a protocol."
    )
    assert mou.parties == ["Brazilian regulator Anatel", "Portuguese regulator Anacom"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The visit of Peru's team to Cuba does not involve the signing of an MoU.", id="not"
        ),
        pytest.param("Peru and Cuba met, but no agreement was signed.", id="none"),
        pytest.param(
            "A memorandum on the fund is being prepared for the board of Peru.", id="at home"
        ),
        pytest.param(
            "Peru and Cuba spoke of the agreement that two companies had signed.", id="firms"
        ),
    ],
)
def test_what_states_did_not_conclude_is_no_text_of_theirs(text):
    assert texts(text) == []


def test_a_text_that_replaces_another_ends_it():
    text = (
        "Peru and Cuba signed a memorandum in Lima on Monday. "
        "The text replaces the memorandum which the two countries signed in 2013."
    )
    assert [(mou.status, mou.when) for mou in texts(text)] == [
        ("signed", "Monday"),
        ("expired", "2013"),
    ]


def test_the_date_of_a_signing_is_the_texts_and_not_the_reports():
    (mou,) = texts("Peru said on Friday that the memorandum signed with Cuba in 2017 was at work.")
    assert mou.when == "2017"


def test_a_companys_name_beside_a_state_is_a_side():
    (mou,) = texts("Peru's Ministry of Posts signed a memorandum with Datrix on a new cable.")
    assert mou.parties == ["Peru's Ministry of Posts", "Datrix"]


def test_a_document_without_another_name_counts_once_it_is_signed():
    text = "Peru's Ana Lin met Cuba's Leo Ro. A joint document was signed at the end."
    assert [(mou.instrument, mou.status) for mou in texts(text)] == [("other", "signed")]


def test_a_roadmap_is_a_text_only_where_it_is_signed():
    assert texts("Peru asked Cuba for help in drafting a 5G roadmap.") == []
    (signed,) = texts("Peru and Cuba signed a roadmap on 5G in Lima.")
    assert signed.status == "signed"


def test_who_signs_on_behalf_of_somebody_binds_that_one():
    text = "The memorandum was signed by Ana Lin on behalf of Peru and by Leo Ro on behalf of Cuba."
    (mou,) = texts(text)
    assert mou.parties == ["Peru", "Cuba"]


def test_a_text_of_an_earlier_year_is_another_one():
    news = "Peru and Cuba signed a memorandum on roaming in Lima. "
    first, older = texts(news + "In 2013, Peru and Cuba signed a memorandum on post.")
    assert (first.when, older.when) == (None, "2013")


def test_what_was_done_under_an_agreement_is_no_news_of_it():
    assert texts("Under a 2013 agreement between Peru and Cuba, engineers built satellites.") == []


def test_an_expiry_has_its_own_date():
    (mou,) = texts("The memorandum between Peru and Cuba, signed in 2011, expired in 2016.")
    assert (mou.status, mou.when) == ("expired", "2016")


def test_later_words_of_a_text_are_of_its_own_sides():
    told = "Peru's minister Ana Lin met Leo Ro of Chile. Peru also has a memorandum with Cuba. "
    (mou,) = texts(told + "The text was signed in 2021.")
    assert (mou.parties, mou.status) == (["Peru", "Cuba"], "signed")


def test_texts_with_several_countries_are_one_each():
    found = texts("Ghana has already signed such agreements with Togo and Benin.")
    assert [mou.parties for mou in found] == [["Ghana", "Togo"], ["Ghana", "Benin"]]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("BSNL signed a memorandum of understanding with BSCCL in Lima.", {"BSNL", "BSCCL"}),
        ("Huawei and Peru's post ministry signed a memorandum in Lima.", {"Peru's", "Huawei"}),
        ("A memorandum was signed between Peru's post ministry and Huawei.", {"Peru's", "Huawei"}),
    ],
)
def test_names_that_no_table_knows_are_bound(text, parties):
    (mou,) = texts(text)
    assert {party.removesuffix(" post ministry") for party in mou.parties} == parties


def test_each_of_several_companies_has_a_text_of_its_own():
    text = "VSNL and BSNL have each signed a memorandum with BSCCL."
    assert [mou.parties for mou in texts(text)] == [["VSNL", "BSCCL"], ["BSNL", "BSCCL"]]


def test_the_pact_is_the_memorandum_told_of_before():
    text = "Peru and Cuba signed a memorandum on roaming. The pact was signed in Lima by the two sides."
    (mou,) = texts(text)
    assert mou.instrument == "memorandum"


def test_what_a_new_text_takes_the_place_of_has_ended():
    text = (
        "Peru and Cuba signed a memorandum. The memorandum takes the place of an earlier agreement."
    )
    assert [mou.status for mou in texts(text)] == ["signed", "expired"]


def test_a_short_form_is_no_body_of_a_country_that_nobody_names():
    text = "Peru's regulator and NATCOM of Sierra Leone signed a memorandum in Lima."
    (mou,) = texts(text)
    assert "NATCOM" not in mou.parties
