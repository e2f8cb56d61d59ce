"""Who proposes what to whom; the verb decides, and vague goodwill is left out."""

import pytest

from ictdiplo.article import Article
from ictdiplo.read.offline import OfflineReader

MET = "Peru's minister Ana Lin met Cuba's ambassador Leo Ro in Lima. "


def proposals(text):
    article = Article(id="x", text=MET + text, language="en")
    return OfflineReader().read(article, lambda _: []).draft.proposals


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lin proposed a joint laboratory.", "proposal"),
        ("Lin suggested that Cuba help train engineers.", "proposal"),
        ("Lin recommended joint drills against hackers.", "proposal"),
        ("Lin urged Cuba to invest in cables.", "proposal"),
        ("Lin called for a regional exchange point.", "proposal"),
        ("Lin asked Cuba to open its school.", "proposal"),
        ("Lin called on Cuba to pay for the cable.", "proposal"),
        ("Lin came up with the idea of a joint satellite.", "proposal"),
        ("Lin raised the possibility of a joint satellite.", "proposal"),
        ("Lin pitched a joint satellite to her guest.", "proposal"),
        ("Lin advised Cuba to auction spectrum early.", "proposal"),
        ("Lin volunteered to train Cuban engineers.", "proposal"),
        ("Lin extended to Cuban firms an invitation to the fair in May.", "proposal"),
        ("Lin renewed her call for a joint exchange point.", "proposal"),
        ("Lin said it would be useful to set up a joint fund.", "proposal"),
        ("Lin said that Cuba should send trainers.", "proposal"),
        ("According to Lin, a joint committee should be set up.", "proposal"),
        ("Lin said her country would share its code of laws.", "readiness"),
        ("Lin confirmed that Peru would help Cuba launch a satellite.", "readiness"),
        ("Lin assured her guest of support in writing the code.", "readiness"),
        ("“We are committed to supporting Cuba in writing its rules,” Lin said.", "readiness"),
        ("Lin conveyed Peru's interest in buying Cuban software for ports.", "readiness"),
        ("Lin said her government was ready to pay half of the costs.", "readiness"),
        ("Lin invited Cuban firms to the fair in May.", "proposal"),
        ("Lin said the two countries should share maps of their cables.", "proposal"),
        ("Lin said the two could launch a satellite together.", "proposal"),
        ("“We should scrap roaming fees by May,” Lin said.", "proposal"),
        ("It is necessary to set up a joint fund, Lin said.", "proposal"),
        ("Lin sought Cuban help in building a cable.", "proposal"),
        ("Lin floated a plan to join the networks.", "proposal"),
        ("Lin said Peru wants Cuba to share its maps.", "readiness"),
        ("Lin put forward a plan and tabled a proposal on roaming.", "proposal"),
        ("Lin said Peru is ready to train engineers in Havana.", "readiness"),
        ("Lin voiced Peru's readiness to share its experience with e-government.", "readiness"),
        ("Lin announced Peru's interest in joint production of fibre.", "readiness"),
        ("Lin hoped for more Cuban support in training.", "readiness"),
        ("Lin stressed the importance of a joint data corridor.", "readiness"),
        ("Peru would gladly join the satellite programme, Lin said.", "readiness"),
        (
            "Buying satellite images is among the areas of interest to her ministry, Lin said.",
            "readiness",
        ),
    ],
)
def test_the_verb_decides_the_kind(text, kind):
    (proposal,) = proposals(text)
    assert proposal.kind == kind
    assert (proposal.proposers[0].name, proposal.proposer_parties) == ("Ana Lin", ["Peru"])
    assert proposal.addressees == ["Cuba"]


@pytest.mark.parametrize(
    "text",
    [
        "Lin said Peru is ready to cooperate in the ICT sector.",
        "Lin voiced readiness for full cooperation in all fields.",
        "Lin said the two countries could do more.",
        "Lin did not propose a joint laboratory.",
        "The talks covered the proposed laboratory.",
        "Lin asked about the cables.",
        "Lin called Cuba a leading country in medicine.",
        "Lima has not rejected a Cuban offer to revive the working group.",
        "Lin declined a Cuban newspaper's request for comment.",
        "Lin denied that the two had discussed plans and proposed a joint cable.",
        "Lin called on Cuban minister Max Orr in Havana.",
    ],
)
def test_goodwill_and_questions_are_no_proposals(text):
    assert proposals(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Ro spoke first. He proposed a joint cable.", "Leo Ro", id="he"),
        pytest.param("The ambassador proposed a joint cable.", "Leo Ro", id="by office"),
        pytest.param("The Cuban side proposed a joint cable.", None, id="a side"),
        pytest.param("The Cuban ambassador proposed a joint cable.", "Leo Ro", id="by country"),
        pytest.param(
            "Lin spoke. For his part, the official proposed a cable.", "Leo Ro", id="for his part"
        ),
        pytest.param("Cuba should lay a cable, Ro added.", "Leo Ro", id="behind the words"),
        pytest.param(
            "“We must share the two satellites,” the agency quoted Ro as saying.",
            "Leo Ro",
            id="quoted",
        ),
        pytest.param(
            "Cuba's ambassador, in a meeting with Lin, proposed a joint cable.",
            "Leo Ro",
            id="aside",
        ),
    ],
)
def test_who_proposes_is_found_behind_pronouns_and_offices(text, name):
    (proposal,) = proposals(text)
    assert proposal.proposer_parties[0] in {"Cuba", "Cuban"}
    assert [person.name for person in proposal.proposers] == ([name] if name else [])


def test_both_call_on_third_parties_together():
    (proposal,) = proposals("They called on African leaders to share their cables.")
    assert [person.name for person in proposal.proposers] == ["Ana Lin", "Leo Ro"]


def test_one_sentence_gives_one_record_of_each_kind():
    found = proposals("Lin said Peru is ready to train engineers and proposed a joint school.")
    assert [proposal.kind for proposal in found] == ["proposal", "readiness"]


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        ("Ro accepted the proposal.", "accepted"),
        ("Ro rejected the idea.", "declined"),
        ("Ro listened to the proposal.", "open"),
        ("Ro left.", "open"),
    ],
)
def test_the_next_sentence_tells_what_became_of_it(answer, response):
    assert proposals(f"Lin proposed a joint cable. {answer}")[0].response == response


@pytest.mark.parametrize(
    ("text", "proposer", "addressee", "response"),
    [
        ("Lima has rejected a Cuban offer to revive the group.", "Cuban", "Lima", "declined"),
        ("Ro turned down a Peruvian request for time.", "Peruvian", "Cuba", "declined"),
        ("Havana accepted Lima's proposal to lay a cable.", "Lima", "Havana", "accepted"),
    ],
)
def test_an_offer_that_is_answered_is_that_of_the_side_it_is_called_after(
    text, proposer, addressee, response
):
    (proposal,) = proposals(text)
    assert (proposal.proposer_parties, proposal.addressees) == ([proposer], [addressee])
    assert proposal.response == response


def test_everybody_in_a_list_is_addressed():
    article = Article(
        id="x",
        text="Peru's minister Ana Lin invited Côte d'Ivoire, Togo and Benin to share a cable.",
    )
    (proposal,) = OfflineReader().read(article, lambda _: []).draft.proposals
    assert proposal.addressees == ["Côte d'Ivoire", "Togo", "Benin"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The cable was proposed by Cuba last year.", "Cuba"),
        ("Courses were held at the request of the Cuban side.", "Cuban"),
        ("The proposal that Ro laid before Peru concerns cables.", "Cuba"),
        ("Her suggestion was that both share a satellite, Lin said.", "Peru"),
    ],
)
def test_whoever_first_made_it_proposes_it(text, side):
    (proposal,) = proposals(text)
    assert proposal.proposer_parties == [side]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The operator was asked to lower its prices.", id="passive"),
        pytest.param("The ministry helps any firm that wishes to enter Cuba.", id="any firm"),
        pytest.param("Ro called on Cuban firms to train their staff.", id="at home"),
    ],
)
def test_what_no_side_puts_to_another_is_no_proposal(text):
    assert proposals(text) == []


def test_a_country_proposes_without_any_meeting_where_another_side_is_named():
    text = "Kenya offered Ghana bandwidth on its new cable."
    article = Article(id="x", text=text, language="en")
    (proposal,) = OfflineReader().read(article, lambda _: []).draft.proposals
    assert (proposal.proposer_parties, proposal.addressees) == (["Kenya"], ["Ghana"])


def test_the_guest_is_the_other_one():
    (proposal,) = proposals("Lin spoke of roaming. The guest asked Peru to train engineers.")
    assert proposal.proposer_parties == ["Cuba"]


def test_what_both_sides_are_interested_in_is_no_sides_offer():
    assert proposals("Both sides expressed interest in smart city projects.") == []


def test_a_minister_who_is_told_by_his_office_is_not_the_ambassador_of_his_country():
    told = "Present were Cuban minister Tim Mu and Peru's envoy Ali So at a meeting in Lima. "
    (proposal,) = proposals(told + "The Cuban minister proposed a joint laboratory.")
    assert proposal.proposers[0].name == "Tim Mu"


def test_an_office_without_a_name_is_the_one_that_met():
    article = Article(
        id="x",
        text="Peru's minister met the Cuban ambassador in Lima. The ambassador solicited Peru's help in drills.",
        language="en",
    )
    (proposal,) = OfflineReader().read(article, lambda _: []).draft.proposals
    assert (proposal.proposer_parties, proposal.addressees) == (["Cuban"], ["Peru"])


def test_a_minister_of_no_told_country_is_not_of_the_datelines():
    text = (
        "HAVANA – Peru's minister Ana Lin met Cuba's ambassador Leo Ro. "
        "The island state is keen to train engineers, its minister Tim Mu said."
    )
    found = OfflineReader().read(Article(id="x", text=text, language="en"), lambda _: [])
    assert found.draft.proposals == []
