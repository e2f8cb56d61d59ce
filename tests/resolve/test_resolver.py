"""What was said of each becomes a record; repetitions are merged, proposals and texts linked."""

import pytest

from ictdiplo.article import Article
from ictdiplo.draft import Draft
from ictdiplo.resolve.quotes import Text
from ictdiplo.resolve.resolver import resolve_drafts

TEXT = """Kenya and Ghana agree on spectrum

On the sidelines of the Africa Digital Forum, held from November 17 to 28 in Accra, Kenyan minister Ada Oduya met Kofi Baah, Ghana's minister of communications, and the two signed a memorandum of understanding on spectrum.

Oduya proposed a joint laboratory for 5G. Baah said Ghana was ready to train engineers.

On Tuesday she had talks with Lena Marr of Malta by video link. Marr called for the protocol of last year to be put into practice. A meeting with Nigeria's regulator, set for July 6, will not take place."""
MET = "Kenyan minister Ada Oduya met Kofi Baah"
MEETING = {
    "evidence": [MET],
    "parties": ["Kenya", "Ghana"],
    "participants": [
        {"name": "Ada Oduya", "party": "Kenya"},
        {"name": "Kofi Baah", "party": "Ghana"},
    ],
    "status": "held",
    "occasion": "Africa Digital Forum",
    "occasion_when": "from November 17 to 28",
    "place": "Accra",
}
VIDEO = {
    "evidence": ["On Tuesday she had talks with Lena Marr of Malta by video link"],
    "parties": ["Kenya", "Malta"],
    "status": "held",
    "format": "virtual",
    "when": "On Tuesday",
    "place": "Accra",
}
SIGNED = {
    "evidence": ["the two signed a memorandum of understanding on spectrum"],
    "parties": ["Kenya", "Ghana"],
    "status": "signed",
}
PROPOSED = {
    "evidence": ["Oduya proposed a joint laboratory for 5G"],
    "proposers": [{"name": "Oduya"}],
    "kind": "proposal",
}


def resolve(published="2025-11-24", **said):
    article = Article.from_text(TEXT, published=published)
    return resolve_drafts([Draft.model_validate(said)], article, Text(article.text))


def codes(parties):
    return [party.code for party in parties]


def test_a_meeting_gets_its_values_from_its_words():
    (meeting,) = resolve(meetings=[MEETING]).meetings

    assert meeting.id == "meeting-1"
    assert codes(meeting.parties) == ["KEN", "GHA"]
    assert [person.name for person in meeting.participants] == ["Ada Oduya", "Kofi Baah"]
    assert (meeting.place.name, meeting.place.code) == ("Accra", "GHA")
    assert meeting.evidence[0].quote == MET


def test_a_meeting_on_the_sidelines_gets_the_month_of_its_occasion():
    (meeting,) = resolve(meetings=[MEETING]).meetings

    assert meeting.date.edtf == "2025-11"


def test_its_own_date_comes_before_that_of_its_occasion():
    (meeting,) = resolve(meetings=[VIDEO | {"occasion_when": "from November 17 to 28"}]).meetings

    assert meeting.date.edtf == "2025-11-18"


def test_a_year_in_the_occasions_name_is_better_than_nothing():
    text = "Ada Oduya of Kenya met Kofi Baah of Ghana at the 2025 Africa Digital Forum in Accra."
    said = {
        "evidence": ["Ada Oduya of Kenya met Kofi Baah of Ghana"],
        "status": "held",
        "occasion": "2025 Africa Digital Forum",
    }
    article = Article.from_text(text)
    draft = Draft.model_validate({"meetings": [said]})
    (meeting,) = resolve_drafts([draft], article, Text(text)).meetings

    assert meeting.date.edtf == "2025"


def test_without_any_words_there_is_no_date():
    (meeting,) = resolve(meetings=[MEETING | {"occasion_when": None}]).meetings

    assert meeting.date is None


def test_a_virtual_meeting_has_no_place():
    (meeting,) = resolve(meetings=[VIDEO]).meetings

    assert meeting.place is None
    assert meeting.format == "virtual"


def test_a_cancelled_meeting_may_be_quoted_without_its_not():
    said = {
        "evidence": ["set for July 6"],
        "parties": ["Nigeria"],
        "participants": [{"role": "Nigeria's regulator"}],
        "status": "cancelled",
        "when": "July 6",
    }
    (meeting,) = resolve(published="2025-06-27", meetings=[said]).meetings

    assert meeting.date.edtf == "2025-07-06"
    assert codes(meeting.parties) == ["NGA"]


@pytest.mark.parametrize(
    "published, date",
    [
        ("2025-06-27", "2025-07-06"),
        ("2025-07-20", "2025-07-06"),
        ("2025-07-06", "2025-07-06"),
        ("unknown", None),
    ],
)
def test_something_called_off_was_due_on_the_nearer_side_of_the_publication(published, date):
    said = {"evidence": ["set for July 6"], "status": "cancelled", "when": "July 6"}
    (meeting,) = resolve(published=published, meetings=[said]).meetings

    assert meeting.date.edtf == date


@pytest.mark.parametrize("kind", ["meetings", "proposals", "mous"])
def test_a_record_none_of_whose_quotes_stands_in_the_article_is_rejected(kind):
    invented = {"meetings": MEETING, "proposals": PROPOSED, "mous": SIGNED}[kind]
    resolved = resolve(**{kind: [invented | {"evidence": ["they signed a treaty"]}]})

    assert (resolved.meetings, resolved.proposals, resolved.mous) == ((), (), ())
    assert resolved.rejected[0].record == f"{kind.removesuffix('s')}-1"
    assert resolved.rejected[0].value == "they signed a treaty"


@pytest.mark.parametrize(
    "words, status, found",
    [
        ("Kenya and Ghana had also not met in Accra", "held", 0),
        ("Kenya and Ghana didn't meet in Accra", "held", 0),
        ("Kenya and Ghana had not met for years and held talks", "held", 1),
        ("Kenya and Ghana will not meet in Accra", "cancelled", 1),
        ("Kenya and Ghana did not sign a text but met", "held", 1),
    ],
)
def test_words_that_deny_what_they_are_said_to_report_are_no_evidence(words, status, found):
    article = Article.from_text(f"The ministry spoke on Monday. {words}.")
    said = {"evidence": [words], "parties": ["Kenya", "Ghana"], "status": status}
    draft = Draft.model_validate({"meetings": [said]})
    resolved = resolve_drafts([draft], article, Text(article.text))

    assert len(resolved.meetings) == found
    assert len(resolved.rejected) == 1 - found


def test_ids_are_the_places_in_the_answer_so_that_rejections_can_be_told():
    resolved = resolve(meetings=[MEETING | {"evidence": ["nothing of the kind"]}, VIDEO])

    assert [meeting.id for meeting in resolved.meetings] == ["meeting-2"]
    assert [rejected.record for rejected in resolved.rejected] == ["meeting-1"]


def test_a_repeated_record_is_merged_and_its_quotes_united():
    again = MEETING | {
        "evidence": ["met Kofi Baah, Ghana's minister of communications"],
        "topics": ["5G"],
    }
    (meeting,) = resolve(meetings=[MEETING, again]).meetings

    assert meeting.id == "meeting-1"
    assert len(meeting.evidence) == 2
    assert [topic.text for topic in meeting.topics] == ["5G"]


def resolve_parts(*parts):
    article = Article.from_text(TEXT, published="2025-11-24")
    drafts = [Draft.model_validate(said) for said in parts]
    return resolve_drafts(drafts, article, Text(article.text))


def test_a_meeting_told_of_again_in_a_later_part_is_merged_if_a_person_is_the_same():
    again = MEETING | {"evidence": ["Oduya proposed a joint laboratory"], "occasion": None}
    found = resolve_parts({"meetings": [MEETING]}, {"meetings": [again, VIDEO]})

    assert [meeting.id for meeting in found.meetings] == ["meeting-1", "meeting-3"]
    assert len(found.meetings[0].evidence) == 2


@pytest.mark.parametrize(
    "different",
    [
        {"status": "planned"},
        {"place": "Kenya"},
        {"participants": [{"name": "Lena Marr", "party": "Ghana"}]},
        {"participants": []},
    ],
)
def test_a_meeting_of_a_later_part_is_another_one_if_something_tells_it_apart(different):
    again = MEETING | {"evidence": ["Oduya proposed a joint laboratory"]} | different

    assert len(resolve_parts({"meetings": [MEETING]}, {"meetings": [again]}).meetings) == 2


BARE = {
    "evidence": ["Kenya and Ghana agree on spectrum"],
    "parties": ["Kenya", "Ghana"],
    "status": "held",
}


def test_a_meeting_of_a_later_part_without_date_and_name_is_the_only_one_that_it_can_be():
    assert len(resolve_parts({"meetings": [MEETING, VIDEO]}, {"meetings": [BARE]}).meetings) == 2


def test_it_is_another_one_if_it_can_be_several():
    earlier = [MEETING, MEETING | {"evidence": ["Baah said Ghana was ready"], "place": None}]
    assert len(resolve_parts({"meetings": earlier}, {"meetings": [BARE]}).meetings) == 3


def test_a_text_told_of_again_in_a_later_part_is_one_text_and_proposals_are_never_merged():
    again = SIGNED | {"evidence": ["Kenya and Ghana agree on spectrum"]}
    more = PROPOSED | {"evidence": ["Marr called for the protocol of last year"]}
    found = resolve_parts(
        {"mous": [SIGNED], "proposals": [PROPOSED]}, {"mous": [again], "proposals": [more]}
    )

    assert (len(found.mous), len(found.proposals)) == (1, 2)


@pytest.mark.parametrize(
    "title, other, texts",
    [
        ("memorandum of understanding on spectrum", "memorandum of understanding", 2),
        ("memorandum of understanding on spectrum", "spectrum", 1),
        ("spectrum", None, 1),
        ("joint laboratory", "spectrum", 2),
    ],
)
def test_texts_of_two_parts_are_one_if_their_titles_share_a_subject(title, other, texts):
    again = SIGNED | {"evidence": ["Kenya and Ghana agree on spectrum"], "title": other}
    found = resolve_parts({"mous": [SIGNED | {"title": title}]}, {"mous": [again]})

    assert len(found.mous) == texts


def test_a_less_precise_date_tells_no_two_meetings_of_two_parts_apart():
    vague = VIDEO | {"when": None, "occasion_when": "from November 17 to 28"}
    again = vague | {"evidence": ["Marr called for the protocol"]}
    named = {"participants": [{"name": "Lena Marr", "party": "Malta"}]}
    found = resolve_parts({"meetings": [VIDEO | named]}, {"meetings": [again | named]})

    assert [meeting.date.edtf for meeting in found.meetings] == ["2025-11-18"]


def test_a_person_of_two_parts_keeps_the_fuller_name():
    again = MEETING | {
        "evidence": ["Oduya proposed a joint laboratory"],
        "participants": [{"name": "Oduya", "party": "Kenya"}, {"name": "Baah", "party": "Ghana"}],
    }
    (meeting,) = resolve_parts({"meetings": [MEETING]}, {"meetings": [again]}).meetings

    assert [person.name for person in meeting.participants] == ["Ada Oduya", "Kofi Baah"]


def test_what_stands_twice_within_one_part_was_told_apart_by_its_reader():
    again = MEETING | {"evidence": ["Oduya proposed a joint laboratory"]}

    assert len(resolve(meetings=[MEETING, again]).meetings) == 2


def test_a_side_of_which_nobody_is_named_stands_for_itself():
    (meeting,) = resolve(
        meetings=[MEETING | {"participants": MEETING["participants"][:1]}]
    ).meetings

    assert [(p.name, p.role, p.party.code) for p in meeting.participants] == [
        ("Ada Oduya", None, "KEN"),
        (None, "Ghana", "GHA"),
    ]


def test_no_side_stands_for_itself_where_somebody_may_be_of_it():
    said = MEETING | {
        "participants": [{"name": "Ada Oduya", "party": "Kenya"}, {"role": "minister"}]
    }
    (meeting,) = resolve(meetings=[said]).meetings

    assert len(meeting.participants) == 2


@pytest.mark.parametrize(
    "said, format_",
    [({}, "in_person"), ({"place": None}, "unstated"), ({"format": "virtual"}, "virtual")],
)
def test_whoever_meets_at_a_place_meets_in_person_unless_the_article_says_otherwise(said, format_):
    (meeting,) = resolve(meetings=[MEETING | said]).meetings

    assert meeting.format == format_


def test_a_date_may_count_from_another_one():
    text = "Kenya and Ghana met in August 2016. Two months later they met again in Accra."
    said = {
        "evidence": ["Two months later they met again in Accra"],
        "parties": ["Kenya", "Ghana"],
        "status": "held",
        "when": "Two months later",
        "counted_from": "in August 2016",
    }
    article = Article.from_text(text)
    draft = Draft.model_validate({"meetings": [said]})
    (meeting,) = resolve_drafts([draft], article, Text(text)).meetings

    assert meeting.date.edtf == "2016-10"


def test_meetings_of_other_sides_in_the_same_words_are_not_merged():
    with_malta = MEETING | {"parties": ["Kenya", "Malta"], "participants": []}

    assert len(resolve(meetings=[MEETING, with_malta]).meetings) == 2


def test_a_proposal_belongs_to_the_last_meeting_told_of_before_it():
    resolved = resolve(meetings=[MEETING, VIDEO], proposals=[PROPOSED])
    (proposal,) = resolved.proposals

    assert proposal.meeting == "meeting-1"
    assert codes(proposal.proposer_party) == ["KEN"]
    assert codes(proposal.addressees) == ["GHA"]


def test_a_proposal_belongs_to_the_meeting_with_those_it_is_put_to():
    to_ghana = PROPOSED | {
        "evidence": ["On Tuesday she had talks"],
        "proposer_parties": ["Kenya"],
        "addressees": ["Ghana"],
    }
    (proposal,) = resolve(meetings=[VIDEO, MEETING], proposals=[to_ghana]).proposals

    assert proposal.meeting == "meeting-2"


def test_the_order_in_which_a_reader_lists_meetings_does_not_matter():
    (proposal,) = resolve(meetings=[VIDEO, MEETING], proposals=[PROPOSED]).proposals

    assert proposal.meeting == "meeting-2"  # the one in Accra, told of before it


def test_a_meeting_told_of_much_later_is_not_where_it_was_made():
    long_after = Article.from_text("Kenya proposed a cable. " + "Rain fell. " * 60 + TEXT)
    said = {
        "proposals": [
            PROPOSED | {"evidence": ["Kenya proposed a cable"], "proposer_parties": ["Kenya"]}
        ],
        "meetings": [MEETING],
    }
    draft = Draft.model_validate(said)
    (proposal,) = resolve_drafts([draft], long_after, Text(long_after.text)).proposals

    assert proposal.meeting is None


def test_nobody_is_addressed_by_himself():
    own = PROPOSED | {"proposer_parties": ["Kenyan"], "addressees": ["Kenya", "Malta"]}
    (proposal,) = resolve(proposals=[own]).proposals

    assert codes(proposal.addressees) == ["MLT"]


def test_two_texts_in_one_sentence_are_two():
    evidence = ["the two signed a memorandum of understanding on spectrum"]
    texts = [SIGNED, SIGNED | {"evidence": evidence, "instrument": "protocol"}]

    assert len(resolve(mous=texts).mous) == 2


def test_meetings_in_two_places_or_on_two_days_are_two():
    other_day = MEETING | {"when": "On Tuesday"}
    other_place = MEETING | {"place": "Malta"}

    assert len(resolve(meetings=[MEETING, other_day]).meetings) == 2
    assert len(resolve(meetings=[MEETING, other_place]).meetings) == 2


def test_records_without_sides_are_not_taken_for_one():
    nameless = {"evidence": [MET], "status": "held"}

    assert len(resolve(meetings=[nameless, nameless]).meetings) == 2


def test_meetings_with_two_people_of_one_side_in_the_same_words_are_not_merged():
    text = "Ada Oduya of Kenya conferred with Kofi Baah and was received by Esi Owu, both of Ghana."
    article = Article.from_text(text)
    met = {"evidence": [text], "parties": ["Kenya", "Ghana"], "status": "held"}
    hosts = ({"name": name, "party": "Ghana"} for name in ("Kofi Baah", "Esi Owu"))
    said = [met | {"participants": [host]} for host in hosts]

    found = resolve_drafts([Draft.model_validate({"meetings": said})], article, Text(text))

    assert len(found.meetings) == 2


def test_a_merged_record_brings_its_participants_and_its_rejections():
    again = MEETING | {"participants": [{"role": "minister"}, {"name": "Nobody Atall"}]}
    resolved = resolve(meetings=[MEETING, again])
    (meeting,) = resolved.meetings

    assert [person.name or person.role for person in meeting.participants] == [
        "Ada Oduya",
        "Kofi Baah",
        "minister",
    ]
    assert [(r.record, r.value) for r in resolved.rejected] == [("meeting-1", "Nobody Atall")]


def test_words_that_give_no_date_do_not_stand_before_those_that_do():
    (meeting,) = resolve(meetings=[MEETING | {"when": "talks"}]).meetings

    assert meeting.date.edtf == "2025-11"


def test_an_occasion_that_was_called_off_is_dated_on_the_nearer_side_too():
    said = MEETING | {"status": "cancelled", "occasion_when": "November 17"}
    (meeting,) = resolve(published="2025-11-26", meetings=[said]).meetings

    assert meeting.date.edtf == "2025-11"


def test_a_proposal_keeps_the_addressees_it_names():
    (proposal,) = resolve(
        meetings=[MEETING], proposals=[PROPOSED | {"addressees": ["Malta", "Kenya"]}]
    ).proposals

    assert codes(proposal.addressees) == ["MLT"]


def test_a_proposal_of_a_side_that_met_nobody_belongs_to_no_meeting():
    nigerian = PROPOSED | {"proposers": [], "proposer_parties": ["Nigeria"]}
    (proposal,) = resolve(meetings=[MEETING, VIDEO], proposals=[nigerian]).proposals

    assert proposal.meeting is None
    assert proposal.addressees == ()


def test_a_proposal_told_before_its_meeting_belongs_to_the_first():
    marr = {
        "evidence": ["Kenya and Ghana agree on spectrum"],
        "proposer_parties": ["Malta"],
        "kind": "proposal",
    }
    (proposal,) = resolve(meetings=[VIDEO], proposals=[marr]).proposals

    assert proposal.meeting == "meeting-1"


def test_a_signing_without_a_date_gets_that_of_the_meeting_it_belongs_to():
    elsewhere = SIGNED | {"evidence": ["Kenya and Ghana agree on spectrum"]}
    for signing in (SIGNED, elsewhere):
        (mou,) = resolve(meetings=[MEETING], mous=[signing]).mous

        assert mou.meeting == "meeting-1"
        assert mou.date.edtf == "2025-11"
        assert "meeting-1" in mou.date.rule


def test_an_older_text_does_not_get_the_date_of_the_meeting():
    (mou,) = resolve(meetings=[MEETING], mous=[SIGNED | {"refers_back": True}]).mous

    assert mou.date is None


def test_a_text_in_force_since_a_month_is_dated_by_it():
    text = "Since May 2016 Kenya and Ghana have been linked by a memorandum, which is in force."
    said = {
        "evidence": ["have been linked by a memorandum, which is in force"],
        "status": "in_force",
        "when": "Since May 2016",
    }
    article = Article.from_text(text)
    draft = Draft.model_validate({"mous": [said]})
    (mou,) = resolve_drafts([draft], article, Text(text)).mous

    assert mou.date.edtf == "2016-05"


def test_an_older_text_keeps_the_year_that_the_article_gives():
    protocol = {
        "evidence": ["the protocol of last year"],
        "parties": ["Kenya", "Malta"],
        "instrument": "protocol",
        "status": "in_force",
        "when": "last year",
        "refers_back": True,
    }
    (mou,) = resolve(mous=[protocol]).mous

    assert (mou.date.text, mou.date.edtf) == ("last year", "2024")
    assert mou.refers_back
