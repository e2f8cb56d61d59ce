"""Who met whom: the turns of phrase of many outlets, and what only looks like a meeting."""

import pytest

from ictdiplo.article import Article
from ictdiplo.read.offline import OfflineReader


def meetings(text):
    article = Article(id="x", text=text, language="en")
    return OfflineReader().read(article, lambda _: []).draft.meetings


def told(text):
    """Each meeting as its status and who met, by name or side."""
    return [
        (one.status, {person.name or person.party for person in one.participants} or {*one.parties})
        for one in meetings(text)
    ]


LIN_AND_RO = {"Ana Lin", "Leo Ro"}


@pytest.mark.parametrize(
    "text",
    [
        "Peru's minister Ana Lin met with visiting Cuban Vice Minister of Posts Leo Ro here on Tuesday.",
        "Peruvian Minister Ana Lin hosted a reception for Cuban Ambassador Leo Ro in Lima on June 16.",
        "Ana Lin, minister of posts of Peru, received in her office the Cuban Ambassador to Peru, Leo Ro.",
        "Peru's minister Ana Lin held bilateral talks in Lima with Cuba's ICT Minister Leo Ro.",
        "Peru's minister Ana Lin sat down with Leo Ro of Cuba.",
        "In a meeting with Cuban minister Leo Ro, Peru's minister Ana Lin spoke of cables.",
        "Peru's minister Ana Lin and Cuban counterpart Leo Ro, in a meeting in Lima, spoke of cables.",
        "A meeting between Peru's minister Ana Lin and Cuba's minister Leo Ro took place in Lima.",
        "A delegation led by Peru's minister Ana Lin visited Havana, where it met Cuba's minister Leo Ro.",
        "Ana Lin of Peru travelled to Havana this week to meet with Cuban Science Minister Leo Ro.",
        "Cables were discussed on Monday by Peru's minister Ana Lin and Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin and Cuban Ambassador Leo Ro agreed on Monday to form a working group.",
        "Peru's minister Ana Lin and Cuba's minister Leo Ro signed it on Monday in Lima.",
        "The pact was signed in Lima by Peru's minister Ana Lin and Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin denied wrongdoing and met Cuba's minister Leo Ro in Lima.",
        "Peru's minister Ana Lin denied that fees had risen, she said after meeting Leo Ro of Cuba.",
        "Peru's minister Ana Lin rejected reports of a rift at a meeting with Leo Ro of Cuba.",
        "Peru's minister Ana Lin met Leo Ro of Cuba, and they would sign a pact if parliament agreed.",
        "Peru's minister Ana Lin on Tuesday called on Leo Ro, chair of the post of Cuba, in Havana.",
        "Peru's farm minister Ana Lin met Cuban cocoa minister Leo Ro in Lima.",
        "Peru's minister Ana Lin paid a courtesy call on Cuban Prime Minister Leo Ro.",
        "Peru's minister Ana Lin conferred on cables in Lima with Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin sat across the table from Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin took the opportunity to meet Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin welcomed at her office Cuba's minister Leo Ro.",
        "Peru's minister Ana Lin shakes hands with Cuba's minister Leo Ro in Lima.",
        "Peru's minister Ana Lin told visiting Cuban minister Leo Ro that the cable would be laid.",
        "Peru's minister Ana Lin put the plan to Cuba's minister Leo Ro in Lima.",
        "Peru's minister Ana Lin reached an agreement with Cuba's minister Leo Ro on Monday.",
        "Peru's minister Ana Lin and Cuba's minister Leo Ro inaugurated an exchange in Lima.",
        "Peru's minister Ana Lin and her guest, Cuba's minister Leo Ro, toured the laboratory.",
        "Under the chairmanship of Peru's minister Ana Lin and Cuba's minister Leo Ro, a group sat.",
        "Peru's side was led by Minister Ana Lin of Peru and the Cuban side by Leo Ro, minister of Cuba.",
        "Peru's minister Ana Lin met with her counterpart, Cuba's minister Leo Ro.",
    ],
)
def test_an_encounter_is_a_meeting_of_those_who_met(text):
    assert told(text) == [("held", LIN_AND_RO)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru's minister Ana Lin will meet Cuban minister Leo Ro on Monday.", "planned"),
        ("Ana Lin of Peru is scheduled to hold talks with Leo Ro of Cuba.", "planned"),
        ("Peru's Ana Lin will also be received by Cuban minister Leo Ro.", "planned"),
        ("Peru's Ana Lin announced an upcoming meeting with Cuban minister Leo Ro.", "planned"),
        ("The meeting between Ana Lin of Peru and Leo Ro of Cuba was called off.", "cancelled"),
        ("Talks between Ana Lin of Peru and Leo Ro of Cuba may be postponed.", "planned"),
        ("Talks between Ana Lin of Peru and Leo Ro of Cuba were postponed to May.", "planned"),
        ("Talks between Ana Lin of Peru and Leo Ro of Cuba fell through.", "cancelled"),
        ("Peru's Ana Lin will fly to Havana to confer with Cuban minister Leo Ro.", "planned"),
    ],
)
def test_the_verb_decides_what_became_of_a_meeting(text, status):
    assert told(text) == [(status, LIN_AND_RO)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Peru's Ana Lin rang Cuban minister Leo Ro.", "phone"),
        ("Ana Lin of Peru spoke by phone with Leo Ro of Cuba.", "phone"),
        ("Ana Lin of Peru held a videoconference with Leo Ro of Cuba.", "virtual"),
        ("Ana Lin of Peru held talks with Leo Ro of Cuba.", "unstated"),
    ],
)
def test_the_format_is_told_by_the_words(text, form):
    assert [meeting.format for meeting in meetings(text)] == [form]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Peru's Ana Lin never met Cuban minister Leo Ro.", id="denied"),
        pytest.param("Peru's Ana Lin was not received by Cuban minister Leo Ro.", id="passive"),
        pytest.param("It is not true that Peru's Ana Lin met Leo Ro of Cuba.", id="not true"),
        pytest.param("Peru denied that Ana Lin, who is ill, had met Leo Ro of Cuba.", id="aside"),
        pytest.param("Peru rejected reports that Ana Lin met Leo Ro of Cuba.", id="reports"),
        pytest.param("Reports that Peru's Ana Lin met Leo Ro of Cuba are untrue.", id="rumour"),
        pytest.param("Ana Lin of Peru would have met Leo Ro of Cuba in May.", id="unreal"),
        pytest.param("If Ana Lin of Peru met Leo Ro of Cuba, they would sign.", id="condition"),
        pytest.param("Ana Lin of Peru called on Leo Ro of Cuba in Lima to pay.", id="called on"),
        pytest.param("Peru's Ana Lin wants to meet Cuban minister Leo Ro.", id="wished for"),
        pytest.param("Peru met its target for exports to Cuba.", id="no encounter"),
        pytest.param("Ana Lin of Peru welcomed the plan of Cuba's minister.", id="welcomed a plan"),
        pytest.param("The minister of Peru met her staff.", id="one side"),
        pytest.param("Peru proposed a group with Cuba that would meet twice a year.", id="habit"),
        pytest.param("The plan was presented to the parliament of Peru on Monday.", id="no person"),
        pytest.param("Officials of many states met in Lima.", id="nobody named"),
    ],
)
def test_what_only_looks_like_a_meeting_is_none(text):
    assert meetings(text) == []


def test_counterparts_of_several_countries_are_met_one_by_one():
    text = "Peru's minister Ana Lin met her Cuban, Chilean and Kenyan counterparts."
    assert [meeting.parties for meeting in meetings(text)] == [
        ["Peru", "Cuban"],
        ["Peru", "Chilean"],
        ["Peru", "Kenyan"],
    ]


def test_ministers_of_several_countries_who_gather_meet_once():
    (meeting,) = meetings("Foreign ministers of Peru, Chile and Cuba gathered in Lima on Friday.")
    assert meeting.parties == ["Peru", "Chile", "Cuba"]
    assert (meeting.when, meeting.place) == ("Friday", "Lima")


@pytest.mark.parametrize(
    ("text", "status", "parties"),
    [
        (
            "The second meeting of the Saudi-Egyptian Joint Committee on Posts was held in Riyadh.",
            "held",
            ["Saudi", "Egyptian"],
        ),
        (
            "The next ITU working group meeting on roaming will take place in Lima in May.",
            "planned",
            ["ITU"],
        ),
        (
            "Turkey and Qatar postponed their second digital cooperation council, officials said.",
            "cancelled",
            ["Turkey", "Qatar"],
        ),
    ],
)
def test_the_sitting_of_a_body_is_a_meeting(text, status, parties):
    (meeting,) = meetings(text)
    assert (meeting.status, meeting.parties) == (status, parties)


def test_a_fair_that_was_held_is_no_meeting():
    assert meetings("The Lima Technology Fair opened in Peru on Monday.") == []


def test_what_a_later_sentence_tells_of_the_meeting_is_added_to_it():
    (meeting,) = meetings(
        "Peru's minister Ana Lin met Cuba's minister Leo Ro. The talks were held on the sidelines of"
        " the Andes Cable Forum, held from May 3 to 5 in Lima."
    )
    assert meeting.occasion == "Andes Cable Forum"
    assert meeting.occasion_when == "from May 3 to 5"
    assert meeting.place == "Lima"


def test_two_reports_of_one_meeting_are_one_record():
    text = "Peru and Cuba discussed cables. Peru's minister Ana Lin met Cuba's minister Leo Ro."
    assert told(text) == [("held", LIN_AND_RO)]


def test_an_older_meeting_of_the_same_two_is_another_one():
    text = (
        "Peru's minister Ana Lin met Cuba's minister Leo Ro on Monday."
        " In November 2022, Lin met Ro in Havana."
    )
    assert [meeting.when for meeting in meetings(text)] == ["Monday", "November 2022"]


def test_the_headline_supplies_the_sides():
    text = "Lima and Havana talk cables\n\nAna Lin sat down with Leo Ro on Monday."
    assert [meeting.parties for meeting in meetings(text)] == [["Lima", "Havana"]]


def test_the_dateline_supplies_one_side_and_the_place_of_here():
    text = "LIMA, May 3 - ICT Minister Ana Lin met Cuba's minister Leo Ro here on Monday."
    (meeting,) = meetings(text)
    assert (meeting.parties, meeting.place) == (["LIMA", "Cuba"], "LIMA")


def test_a_minister_named_only_later_gets_the_name():
    text = (
        "Peru's Minister of Posts met with Leo Ro, Cuba's minister. During the meeting, Ana Lin"
        " spoke of cables."
    )
    assert told(text) == [("held", LIN_AND_RO)]


def test_a_meeting_of_those_above_is_not_that_of_the_ministers():
    text = (
        "Peru's minister Ana Lin met Cuba's minister Leo Ro. The pact could be signed during the next"
        " meeting of the two presidents."
    )
    assert [(one.status, one.participants[0].role) for one in meetings(text)] == [
        ("held", "Peru's minister"),
        ("planned", "presidents"),
    ]


def test_she_is_the_one_whom_the_story_was_about():
    text = "Ana Lin of Peru came to Havana. She held talks with Leo Ro of Cuba."
    assert told(text) == [("held", LIN_AND_RO)]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("deputy foreign minister Ana Lima", "Ana Lima", "Peru's deputy foreign minister"),
        ("minister Chad Lewis", "Chad Lewis", "Peru's minister"),
        ("deputy minister of posts Leo Ro", "Leo Ro", "Peru's deputy minister of posts"),
    ],
)
def test_a_deputy_is_one_office_and_a_name_may_sound_like_a_place(text, name, role):
    (one,) = meetings(f"Peru's {text} met Cuba's minister Max Orr in Havana on Monday.")

    first = one.participants[0]
    assert (first.name, first.role, first.party) == (name, role, "Peru")
    assert one.place == "Havana"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Ana Lin of Peru met Leo Ro of Cuba online on Monday.", "virtual"),
        ("Ana Lin of Peru held virtual talks with Leo Ro of Cuba.", "virtual"),
        ("Ana Lin of Peru spoke by video link with Leo Ro of Cuba.", "virtual"),
        ("Ana Lin of Peru met Leo Ro of Cuba to discuss online gambling.", "unstated"),
        ("Ana Lin of Peru met Leo Ro of Cuba about virtual assets and video games.", "unstated"),
    ],
)
def test_what_was_discussed_does_not_tell_how_they_met(text, way):
    assert [one.format for one in meetings(text)] == [way]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Ana Lin of Peru met Leo Ro of Cuba in May.", "May"),
        ("Ana Lin of Peru met Leo Ro of Cuba, who is 50, on Monday.", "Monday"),
        ("Ana Lin of Peru and Leo Ro of Cuba met and agreed on Monday to lay a cable.", "Monday"),
        ("Ana Lin of Peru met Leo Ro of Cuba to review the lab that they launched in 2019.", None),
        ("Ana Lin of Peru met Leo Ro of Cuba about the lab that both ran last year.", None),
        ("Ana Lin of Peru met Leo Ro of Cuba to end a pact agreed last year.", None),
    ],
)
def test_the_date_of_another_deed_is_not_the_meetings(text, when):
    assert [one.when for one in meetings(text)] == [when]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Ana Lin of Peru will travel to Havana next week for talks with Leo Ro of Cuba.",
            "Havana",
        ),
        ("Ana Lin of Peru visited Havana, where she met Leo Ro of Cuba.", "Havana"),
        ("Ana Lin of Peru, who visited Paris in May, met Leo Ro of Cuba.", None),
    ],
)
def test_a_journey_to_a_meeting_tells_where_it_is_held(text, place):
    assert [one.place for one in meetings(text)] == [place]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Georgia's governor met Turkey's minister Leo Ro in Atlanta on Monday.", []),
        ("Georgia's minister Ana Lin met Turkey's minister Leo Ro.", [["Georgia", "Turkey"]]),
        ("The governor of Georgia's bank met Leo Ro of Cuba in Tbilisi.", [["Georgia", "Cuba"]]),
    ],
)
def test_a_state_that_shares_a_countrys_name_is_no_side(text, sides):
    assert [one.parties for one in meetings(text)] == sides


def test_the_body_that_sat_stands_for_those_who_are_not_named():
    (meeting,) = meetings("The 12th session of the RCC council was held in Baku on Monday.")
    assert meeting.parties == ["RCC"]
    assert [who.role for who in meeting.participants] == ["RCC council"]


def test_ministers_of_several_countries_are_one_entry():
    (meeting,) = meetings("The ministers of Peru, Cuba and Chile met in Lima on Monday.")
    assert [who.role for who in meeting.participants] == ["ministers of Peru, Cuba and Chile"]
    assert meeting.parties == ["Peru", "Cuba", "Chile"]


@pytest.mark.parametrize(
    ("behind", "ending"),
    [
        ("in Havana on Monday to discuss a cable between the two, the training of", "the two"),
        ("in Havana on Monday to discuss a new cable and the training of", "new cable"),
        ("in Havana on Monday to discuss training of", "words words"),
    ],
)
def test_a_long_sentence_is_quoted_up_to_the_end_of_a_clause(behind, ending):
    text = f"The communications minister of Peru, Ana Lin, met Leo Ro of Cuba {behind}"
    (meeting,) = meetings(f"{text} {'words ' * 30}.")
    assert meeting.evidence[0].endswith(ending)


@pytest.mark.parametrize(
    "text",
    [
        "A courtesy call which Cuban Ambassador Leo Ro paid on Peru's minister Ana Lin took an hour.",
        "Roaming was the theme when Peru's minister Ana Lin sat together with Leo Ro of Cuba.",
        "Ana Lin, who heads Peru's postal agency, and Cuba's minister Leo Ro, who was ill, met in Lima.",
        "Peru's minister Ana Lin spent an hour in talks to which she had asked Leo Ro of Cuba.",
    ],
)
def test_people_of_two_sides_around_a_sign_of_a_meeting_met(text):
    assert told(text) == [("held", LIN_AND_RO)]


def test_counterparts_that_are_named_in_turn_are_met_one_by_one_under_their_names():
    text = "Peru's Ana Lin met her Cuban and Kenyan counterparts, Leo Ro and Tim Mu, in Lima."
    assert told(text) == [("held", {"Ana Lin", "Leo Ro"}), ("held", {"Ana Lin", "Tim Mu"})]


def test_meetings_with_the_heads_of_several_administrations_are_one_each():
    text = "Peru's Ana Lin held meetings with the heads of the postal administrations of Cuba and Kenya."
    assert [meeting.parties for meeting in meetings(text)] == [["Peru", "Cuba"], ["Peru", "Kenya"]]


def test_officials_of_two_countries_who_are_not_named_met_each_other():
    (meeting,) = meetings("Peruvian and Cuban officials ended a round of talks on Thursday.")
    assert meeting.parties == ["Peruvian", "Cuban"]


def test_the_day_of_the_report_is_not_the_meetings():
    (meeting,) = meetings("Peru's Ana Lin met Leo Ro of Cuba, the ministry said on Thursday.")
    assert meeting.when is None


def test_the_day_of_another_deed_in_the_sentence_is_not_the_meetings():
    text = "Peru's Ana Lin, who arrived on Sunday, met Leo Ro of Cuba on Monday."
    assert [meeting.when for meeting in meetings(text)] == ["Monday"]


def test_two_days_are_two_meetings():
    text = "Peru's Ana Lin met Leo Ro of Cuba on Monday. On Sunday, Lin had met Ro in private."
    assert [meeting.when for meeting in meetings(text)] == ["Monday", "Sunday"]


def test_people_who_share_nobody_are_two_meetings():
    text = "Peru's Ana Lin met Cuba's Leo Ro. Peru's envoy Max Po met Cuban envoy Tia Mo in Rome."
    assert len(meetings(text)) == 2


def test_a_visit_tells_where_a_meeting_was_held():
    text = "Peru's Ana Lin paid a visit to Havana this week. She met Cuban minister Leo Ro."
    assert [meeting.place for meeting in meetings(text)] == ["Havana"]


def test_a_signing_told_in_one_sentence_has_its_place_from_the_next():
    text = (
        "It was signed by Peru's minister Ana Lin and Cuba's minister Leo Ro. "
        "The ceremony was held on Thursday in Quito."
    )
    assert [(one.place, one.when) for one in meetings(text)] == [("Quito", "Thursday")]


def test_a_short_form_that_the_article_introduces_stands_for_the_long_one():
    text = "The Kenyan Frequency Board Authority (KFBA) has moved. KFBA chief Ann Mo met Leo Ro of Cuba."
    assert [meeting.parties for meeting in meetings(text)] == [["Kenyan", "Cuba"]]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "The next session of the Peruvian-Cuban Joint Postal Commission is to meet in May.",
            "planned",
        ),
        (
            "Lin attended the 12th session of the Peruvian-Cuban Joint Postal Commission in Lima.",
            "held",
        ),
    ],
)
def test_a_joint_commission_is_a_meeting_of_its_sides(text, status):
    (meeting,) = meetings(text)
    assert (meeting.status, meeting.parties) == (status, ["Peruvian", "Cuban"])


def test_an_operator_that_met_expectations_met_nobody():
    assert meetings("Peru and Cuba met expectations, the operator said.") == []


def test_three_people_of_three_sides_are_met_one_by_one():
    text = (
        "Peru's Ana Lin met Cuban envoy Leo Ro, Kenyan minister Tim Mu and Omani minister Ali Sa."
    )
    assert [who for _, who in told(text)] == [
        {"Ana Lin", "Leo Ro"},
        {"Ana Lin", "Tim Mu"},
        {"Ana Lin", "Ali Sa"},
    ]


def test_a_colleague_is_met_as_a_counterpart_is():
    (meeting,) = meetings("Peru's minister Ana Lin sat down with her Cuban colleague in Lima.")
    assert meeting.parties == ["Peru", "Cuban"]


def test_a_town_that_no_table_knows_is_a_place_right_behind_the_deed():
    (meeting,) = meetings("Peru's Ana Lin and Cuba's Leo Ro met in Quillabamba on Monday.")
    assert meeting.place == "Quillabamba"


def test_countries_that_met_among_themselves_are_a_meeting():
    (meeting,) = meetings("Peru and Cuba met in Havana to discuss roaming.")
    assert (meeting.parties, meeting.place) == (["Peru", "Cuba"], "Havana")


def test_a_town_is_no_person_though_an_office_stands_behind_it():
    assert told("In Havana, Peru's minister Ana Lin met Leo Ro of Cuba.") == [("held", LIN_AND_RO)]


def test_who_met_during_talks_is_who_the_sentence_is_about():
    text = "Peru's minister Ana Lin invited Cuban firms to Lima during talks with Leo Ro of Cuba."
    assert told(text) == [("held", LIN_AND_RO)]


def test_talks_that_go_on_are_no_one_meeting():
    assert meetings("Negotiations of Peru's Ana Lin with Leo Ro of Cuba are ongoing.") == []


def test_those_who_attended_it_held_no_meeting_of_their_own():
    met = "Peru's minister Ana Lin met Leo Ro of Cuba in Lima."
    assert (
        len(meetings(f"{met} The meeting was attended by Peru's envoy Tim Mu and Cuba's Ali So."))
        == 1
    )


def test_an_earlier_meeting_of_the_two_is_another_one():
    met = "Peru's minister Ana Lin met Leo Ro of Cuba in Lima on Monday."
    _, earlier = meetings(f"{met} The two officials had last met in Havana in May 2018.")
    assert (earlier.when, earlier.place) == ("May 2018", "Havana")


def test_the_delegation_is_the_one_told_of_before():
    led = "A delegation led by Peru's minister Ana Lin called on Cuba's minister Leo Ro in Havana."
    _, second = told(f"{led} The delegation also held a meeting with Cuban regulator chief Tim Mu.")
    assert second == ("held", {"Ana Lin", "Tim Mu"})


def test_one_person_of_two_offices_is_one_participant():
    text = "Ana Lin, minister of posts and chair of the board of Peru, met Leo Ro of Cuba."
    assert told(text) == [("held", LIN_AND_RO)]


def test_where_somebody_attends_an_event_the_meetings_are_held():
    attends = (
        "Peru's minister Ana Lin held bilateral meetings as part of the Postal Forum in Havana."
    )
    (meeting,) = meetings(f"{attends} Lin met Cuban minister Leo Ro.")
    assert meeting.place == "Havana"


def test_a_place_where_something_else_is_planned_is_not_the_meetings():
    text = "Peru's Ana Lin met Leo Ro of Cuba, and they agreed to hold a forum in Havana."
    (meeting,) = meetings(text)
    assert meeting.place is None


def test_the_first_sentences_day_is_that_of_the_talks_it_sums_up():
    text = (
        "Peru and Cuba on Thursday agreed to share cables. The understanding was reached in a meeting "
        "between Peru's minister Ana Lin and Cuban minister Leo Ro."
    )
    (meeting,) = meetings(text)
    assert meeting.when == "Thursday"


def test_a_second_meeting_of_the_same_day_has_the_day_of_the_first():
    text = "Peru's Ana Lin met Leo Ro of Cuba on Monday. Lin also met Tim Mu of Kenya later in the day."
    assert [meeting.when for meeting in meetings(text)] == ["Monday", "Monday"]


def test_a_guest_is_received_where_the_report_was_written():
    (meeting,) = meetings("HAVANA – Cuban minister Leo Ro received Peru's minister Ana Lin.")
    assert meeting.place == "HAVANA"


def test_ministers_without_names_are_those_named_next():
    text = (
        "Peru's ICT minister held talks with his Cuban counterpart on Tuesday. "
        "Minister Tim Lin and Leo Ro met in Lima and spoke of cables."
    )
    (meeting,) = meetings(text)
    assert {person.name: person.party for person in meeting.participants} == {
        "Tim Lin": "Peru",
        "Leo Ro": "Cuban",
    }


def test_the_company_of_an_executive_is_a_side():
    (meeting,) = meetings("Peru's minister Ana Lin met the CEO of Tresnet, Leo Ro, in Lima.")
    assert meeting.parties == ["Peru", "Tresnet"]


def test_the_head_of_a_delegation_is_who_was_met():
    text = "Peru's minister Ana Lin hosted a delegation from Cuba headed by Minister Leo Ro."
    assert told(text) == [("held", LIN_AND_RO)]


def test_a_committee_that_is_to_hold_its_session_is_a_planned_meeting():
    (meeting,) = meetings(
        "The Joint Committee of Peru and Cuba will hold its next session in Lima."
    )
    assert (meeting.status, meeting.place) == ("planned", "Lima")


def test_an_organisation_meets_its_partners_one_by_one():
    text = (
        "The ASEAN digital ministers' meeting took place on Thursday. "
        "Sessions were held with China, Japan, India and ITU."
    )
    assert [set(one.parties) for one in meetings(text)[1:]] == [
        {"ASEAN", partner} for partner in ("China", "Japan", "India", "ITU")
    ]


def test_the_minister_of_a_country_is_the_one_named_before():
    text = (
        "Peru's minister Ana Lin met Cuba's minister Leo Ro in Lima on Monday. "
        "The Cuban minister was received by President Eva Sol of Peru on Tuesday."
    )
    assert told(text)[1] == ("held", {"Leo Ro", "Eva Sol"})


def test_he_goes_on_after_a_sentence_about_him():
    text = (
        "ITU's Secretary-General Leo Ro met Minister Ana Lin of Peru in Lima. "
        "In Havana he met Minister Eva Sol of Cuba. Tim Mu, minister of Chile, hosted him on Friday."
    )
    assert told(text)[1:] == [("held", {"Leo Ro", "Eva Sol"}), ("held", {"Leo Ro", "Tim Mu"})]


def test_he_and_the_minister_are_two():
    text = (
        "Peru's minister Ana Lin was in Havana. She and Minister Leo Ro of Cuba opened an exchange."
    )
    assert told(text) == [("held", LIN_AND_RO)]


def test_the_days_of_a_visit_are_those_of_its_meetings():
    text = "Peru's minister Ana Lin visited Havana from 3 to 5 May. She met Cuba's minister Leo Ro there."
    (meeting,) = meetings(text)
    assert (meeting.place, meeting.when) == ("Havana", "from 3 to 5 May")


def test_the_next_session_of_a_body_is_planned():
    text = "Peru and Cuba prepared the next session of the Andean Council of Ministers, which Peru will chair."
    assert ("planned", {"Andean Council of Ministers"}) in [
        (one.status, {*one.parties}) for one in meetings(text)
    ]
