"""One event out of many reports, the same for any order of them, with every source kept."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ictdiplo
from ictdiplo import Extraction, MoU, Proposal
from ictdiplo.gather.merging import merge
from ictdiplo.records import (
    Meeting,
    Party,
    Person,
    Place,
    Provenance,
    Quote,
    Topic,
    Usage,
    When,
)

GOLD = Path(__file__).parents[2] / "examples" / "gold" / "merges"
LINES = (GOLD / "dev" / "extractions.jsonl").read_text(encoding="utf-8").splitlines()
FOUND = [Extraction.model_validate_json(line) for line in LINES]
WORDS = (Quote(quote="They met.", start=0, end=9),)
COUNTRIES = {"IRN": "Iran", "TJK": "Tajikistan", "PAK": "Pakistan", "AZE": "Azerbaijan"}


def party(code):
    return Party(text=COUNTRIES[code], name=COUNTRIES[code], code=code, kind="country")


def when(edtf):
    return When(text="then", edtf=edtf, rule="as written") if edtf else None


def person(name, code):
    return (
        Person(name=name, party=party(code)) if name else Person(role="minister", party=party(code))
    )


def meeting(*people, day="2025-05-14", place=None, occasion=None, status="held", **fields):
    """A meeting of (name, code) each."""
    return Meeting(
        **{
            "id": "meeting-1",
            "parties": tuple(party(code) for _, code in people),
            "participants": tuple(person(*one) for one in people),
            "date": when(day),
            "place": Place(name=place, code=fields.pop("country", None)) if place else None,
            "occasion": occasion,
            "status": status,
            "evidence": WORDS,
            **fields,
        }
    )


def mou(*codes, status="signed", day=None, title=None, **fields):
    return MoU(
        **{
            "id": "mou-1",
            "parties": tuple(map(party, codes)),
            "instrument": "memorandum",
            "status": status,
            "date": when(day),
            "title": title,
            "evidence": WORDS,
            **fields,
        }
    )


def proposal(proposer, addressee, words, *topics, kind="proposal", **fields):
    return Proposal(
        **{
            "id": "proposal-1",
            "proposers": (),
            "proposer_party": (party(proposer),),
            "addressees": (party(addressee),),
            "kind": kind,
            "topics": tuple(Topic(topic=topic, text=topic) for topic in topics),
            "evidence": (Quote(quote=words, start=0, end=len(words)),),
            **fields,
        }
    )


def article(name, *records, published="2025-05-15", text="They met."):
    """An extraction with these records."""
    lists = {Meeting: "meetings", MoU: "mous", Proposal: "proposals"}
    found = {kind: tuple(r for r in records if isinstance(r, of)) for of, kind in lists.items()}
    day = date.fromisoformat(published) if published else None
    return Extraction(
        article=ictdiplo.Article(id=name, text=text, published=day),
        provenance=Provenance(reader="by hand", version="0"),
        usage=Usage(),
        **found,
    )


A, B = ("Behrouz Karimi", "IRN"), ("Firuz Sa'dulloev", "TJK")


def number_of_meetings(*meetings, published=None):
    days = published or ["2025-05-15"] * len(meetings)
    found = [
        article(f"a{at}", each, published=day)
        for at, (each, day) in enumerate(zip(meetings, days, strict=True))
    ]
    return len(merge(found).meetings)


ONE = {
    "the same day, in other spellings": [
        meeting(A, B),
        meeting(("Karimi", "IRN"), ("Sadulloyev", "TJK")),
    ],
    "the same day, offices only": [meeting(A, B), meeting((None, "IRN"), (None, "TJK"))],
    "a month, and the persons": [meeting(A, B), meeting(A, B, day="2025-05")],
    "no date, and the persons": [meeting(A, B), meeting(A, B, day=None)],
    "no date, offices, and the occasion": [
        meeting(A, B, occasion="WTDC-25"),
        meeting((None, "IRN"), (None, "TJK"), day=None, occasion="the WTDC-25 conference"),
    ],
    "planned, then held": [meeting(A, B, status="planned"), meeting(A, B)],
    "a day apart, both persons named": [meeting(A, B), meeting(A, B, day="2025-05-15")],
    "a year, both persons and the place": [
        meeting(A, B, place="Dushanbe"),
        meeting(A, B, day="2025", place="Dushanbe"),
    ],
    "planned for no day, and held": [
        meeting(A, B, day=None, status="planned"),
        meeting(A, B, day="2025-06-01"),
    ],
    "most of several sides": [
        meeting(A, B, ("Sana Malik", "PAK"), (None, "AZE")),
        meeting(A, B, ("Sana Malik", "PAK")),
    ],
}
TWO = {
    "a year apart": [meeting(A, B), meeting(A, B, day="2026-05-14")],
    "two days apart": [meeting(A, B), meeting(A, B, day="2025-05-16")],
    "a day apart, one person named": [meeting(A, B), meeting(A, (None, "TJK"), day="2025-05-15")],
    "another person of a side": [meeting(A, B), meeting(A, ("Zarina Rahimova", "TJK"))],
    "another country": [
        meeting(A, B, place="Dushanbe", country="TJK"),
        meeting(A, B, place="Baku", country="AZE"),
    ],
    "a call on the day of a visit": [
        meeting(A, B, format="in_person"),
        meeting(A, B, format="phone"),
    ],
    "two of three sides": [meeting(A, B), meeting(A, B, ("Sana Malik", "PAK"))],
    "a month, offices only": [meeting(A, B), meeting((None, "IRN"), (None, "TJK"), day="2025-05")],
    "a year, and one person": [meeting(A, B), meeting(A, (None, "TJK"), day="2025")],
    "no date, offices, and two occasions": [
        meeting(
            (None, "IRN"), (None, "TJK"), day=None, occasion="the congress of the post in 2025"
        ),
        meeting(
            (None, "IRN"), (None, "TJK"), day=None, occasion="the visit of the president in 2025"
        ),
    ],
    "no date, offices, and a place within another's name": [
        meeting((None, "IRN"), (None, "TJK"), day=None, place="Oman"),
        meeting((None, "IRN"), (None, "TJK"), day=None, place="Romania"),
    ],
    "no sides": [meeting(), meeting()],
}


@pytest.mark.parametrize("meetings", ONE.values(), ids=ONE)
def test_reports_of_one_meeting_are_one(meetings):
    assert number_of_meetings(*meetings) == 1


@pytest.mark.parametrize("meetings", TWO.values(), ids=TWO)
def test_reports_of_two_meetings_are_two(meetings):
    assert number_of_meetings(*meetings) == 2


def test_what_one_article_tells_apart_is_never_one():
    both = article("a1", meeting(A, B), meeting(A, B, id="meeting-2"))
    assert len(merge([both]).meetings) == 2


def test_a_vague_report_that_fits_two_meetings_goes_to_neither():
    exact = [article(f"a{day}", meeting(A, B, day=f"2025-05-{day}")) for day in (12, 14)]
    found = merge([*exact, article("vague", meeting(A, B, day="2025-05"))])
    assert [each.candidates for each in found.meetings if each.candidates] == [
        ("meeting:IRN-TJK:2025-05-12", "meeting:IRN-TJK:2025-05-14")
    ]
    assert [len(each.sources) for each in found.meetings] == [1, 1, 1]


def test_a_day_on_which_outlets_differ_is_shown_and_not_averaged():
    (found,) = merge(
        [
            article("a1", meeting(A, B)),
            article("a2", meeting(A, B)),
            article("a3", meeting(A, B, day="2025-05-15")),
        ]
    ).meetings

    assert [(told.value, told.sources) for told in found.date] == [
        ("2025-05-14", ("a1/meeting-1", "a2/meeting-1")),
        ("2025-05-15", ("a3/meeting-1",)),
    ]
    assert found.disagreements == ("date",)


def test_a_month_agrees_with_its_day():
    (found,) = merge(
        [article("a1", meeting(A, B, day="2025-05")), article("a2", meeting(A, B))]
    ).meetings
    assert [told.value for told in found.date] == ["2025-05-14", "2025-05"]
    assert found.disagreements == ()


def test_what_was_planned_and_then_held_is_held():
    plan, news = article("a1", meeting(A, B, status="planned")), article("a2", meeting(A, B))
    (found,) = merge([plan, news]).meetings
    assert [told.value for told in found.status] == ["held", "planned"]
    assert found.disagreements == ()


def test_held_and_cancelled_is_a_disagreement():
    news = [article("a1", meeting(A, B, status="cancelled")), article("a2", meeting(A, B))]
    assert merge(news).meetings[0].disagreements == ("status",)


def test_every_source_has_its_article_address_and_words():
    found = merge(FOUND).meetings[0].sources[0]
    text = next(each.article.text for each in FOUND if each.article.id == found.article)
    assert found.url
    assert text[found.quotes[0].start : found.quotes[0].end] == found.quotes[0].quote


def test_a_text_goes_through_its_stages():
    (found,) = merge(
        [
            article("a1", mou("IRN", "TJK", status="drafted"), published="2024-01-10"),
            article("a2", mou("IRN", "TJK", day="2024-06-01"), published="2024-06-02"),
            article(
                "a3", mou("IRN", "TJK", status="in_force", refers_back=True), published="2025-02-01"
            ),
        ]
    ).texts
    assert [stage.status for stage in found.stages] == ["drafted", "signed", "in_force"]
    assert found.status == "in_force"
    assert found.recalled == ("a3/mou-1",)
    assert found.id == "text:IRN-TJK:2024-06-01"


SIGNED = article(
    "a1", mou("IRN", "TJK", day="2024-06-01", title="fibre optics"), published="2024-06-02"
)
OTHER = article(
    "a2", mou("IRN", "TJK", day="2024-06-03", title="postal services"), published="2024-06-04"
)
RECALLED = {
    "last year's": (mou("IRN", "TJK", day="2024", refers_back=True), [SIGNED], "a1"),
    "the memorandum": (mou("IRN", "TJK", refers_back=True), [SIGNED], "a1"),
    "on post, of two": (mou("IRN", "TJK", title="post", refers_back=True), [SIGNED, OTHER], "a2"),
    "another year's": (mou("IRN", "TJK", day="2022", refers_back=True), [SIGNED], None),
    "of others": (mou("IRN", "PAK", day="2024", refers_back=True), [SIGNED], None),
    "either of two": (mou("IRN", "TJK", day="2024", refers_back=True), [SIGNED, OTHER], None),
}  # fmt: skip


@pytest.mark.parametrize(("recalled", "known", "goes_to"), RECALLED.values(), ids=RECALLED)
def test_a_recalled_text_is_the_one_that_it_can_be_or_stays_open(recalled, known, goes_to):
    ledger = merge([*known, article("later", recalled, published="2025-03-01")])
    thread = next(text for text in ledger.texts if "later/mou-1" in text.recalled)
    assert [s.article for s in thread.sources] == ([goes_to, "later"] if goes_to else ["later"])
    assert thread.only_recalled == (goes_to is None)


def test_an_open_reference_names_the_texts_that_it_can_be():
    recalled = article("later", mou("IRN", "TJK", refers_back=True), published="2025-03-01")
    open_one = next(text for text in merge([SIGNED, OTHER, recalled]).texts if text.only_recalled)
    assert open_one.candidates == ("text:IRN-TJK:2024-06-01", "text:IRN-TJK:2024-06-03")


TEXTS = {
    "signed twice": [mou("IRN", "TJK", day="2024-06-01"), mou("IRN", "TJK", day="2025-05-01")],
    "a plan beside a memorandum": [
        mou("IRN", "TJK", day="2025-05-14"),
        mou("IRN", "TJK", day="2025-05-14", instrument="action_plan"),
    ],
    "drafted after the signing": [
        mou("IRN", "TJK", day="2024-06-01"),
        mou("IRN", "TJK", status="drafted", day="2025-05-01"),
    ],
    "two attempts, many years apart": [
        mou("IRN", "TJK", status="drafted", day="2019-06-01"),
        mou("IRN", "TJK", day="2025-05-01"),
    ],
    "two subjects": [
        mou("IRN", "TJK", day="2025-05-14", title="fibre optics"),
        mou("IRN", "TJK", day="2025-05-14", title="postal services"),
    ],
    "bound by nobody": [mou(day="2025-05-14"), mou(day="2025-05-14")],
}  # fmt: skip


def test_two_reports_of_a_draft_are_of_one_draft():
    days = ["2025-05-14", "2025-06-20"]
    drafts = [
        article(f"a{at}", mou("IRN", "TJK", status="drafted", day=day))
        for at, day in enumerate(days)
    ]
    assert len(merge(drafts).texts) == 1


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_two_texts_are_two(texts):
    found = [article(f"a{at}", text, published="2025-05-15") for at, text in enumerate(texts)]
    assert len(merge(found).texts) == 2


FIBRE = "Iran proposed the joint production of fibre optics in Tajikistan"
PROPOSALS = {
    "in other words": (["fibre"], "He suggested that they produce fibre optics jointly", 1),
    "on something else": (["post"], "He suggested a common stamp", 2),
    "in other words, on something else": (
        ["post"],
        "He proposed the joint production of stamps",
        2,
    ),
}


@pytest.mark.parametrize(("topics", "words", "number"), PROPOSALS.values(), ids=PROPOSALS)
def test_a_proposal_is_known_by_what_it_is_about(topics, words, number):
    both = [
        article("a1", meeting(A, B), proposal("IRN", "TJK", FIBRE, "fibre", meeting="meeting-1")),
        article("a2", meeting(A, B), proposal("IRN", "TJK", words, *topics, meeting="meeting-1")),
    ]
    found = merge(both)
    assert len(found.proposals) == number
    assert found.meetings[0].proposals == tuple(each.id for each in found.proposals)


def test_what_two_persons_of_a_side_propose_is_two():
    who = [Person(name=name, party=party("IRN")) for name in ("Karimi", "Jafari")]
    both = [
        article(
            f"a{at}",
            meeting(A, B),
            proposal("IRN", "TJK", FIBRE, "fibre", proposers=(one,), meeting="meeting-1"),
        )
        for at, one in enumerate(who)
    ]
    assert len(merge(both).proposals) == 2


def test_what_is_put_to_two_sides_is_two():
    both = [
        article(f"a{at}", proposal("IRN", to, FIBRE, "fibre"))
        for at, to in enumerate(("TJK", "PAK"))
    ]
    assert len(merge(both).proposals) == 2


def test_an_urging_to_carry_out_what_was_agreed_is_one_however_it_is_worded():
    both = [
        article(
            f"a{at}", meeting(A, B), proposal("IRN", "TJK", words, meeting="meeting-1")
        )
        for at, words in enumerate(["urged its implementation", "asked that it be put into practice"])
    ]  # fmt: skip
    assert len(merge(both).proposals) == 1


def test_one_person_has_all_spellings_and_offices():
    karimi = next(each for each in merge(FOUND).persons if each.name == "Behrouz Karimi")
    assert {told.value for told in karimi.spellings} >= {"بهروز کریمی", "Бехруз Карими"}
    assert karimi.side == "IRN"


def test_a_short_name_that_two_bear_stays_by_itself():
    people = [("Sattar Hashemi", "IRN"), ("Reza Hashemi", "IRN"), ("Hashemi", "IRN")]
    found = merge(
        [
            article(f"a{at}", meeting(one, B, day=f"2025-05-{at + 10}"))
            for at, one in enumerate(people)
        ]
    )
    assert [each.name for each in found.persons if each.side == "IRN"] == [
        "Hashemi",
        "Reza Hashemi",
        "Sattar Hashemi",
    ]


def figures_of(*meetings):
    """Return (side, name, commonest role) of the participants of one meeting, told of by several."""
    (found,) = merge([article(f"a{at}", each) for at, each in enumerate(meetings)]).meetings
    return [
        (each.side, each.name, each.roles[0].value if each.roles else None)
        for each in found.participants
    ]


def attended(*people):
    """Return a meeting of Iran and Tajikistan with (name, role, code) each."""
    present = tuple(Person(name=name, role=role, party=party(code)) for name, role, code in people)
    return meeting(A, B).model_copy(update={"participants": present})


KARIMI = ("Behrouz Karimi", "ICT minister", "IRN")
TAJIK = (None, "head of the service", "TJK")
ATTENDED = {
    "his office": ([(None, "Iran ICT minister", "IRN"), TAJIK], [("IRN", "Behrouz Karimi", "ICT minister")]),
    "another office": (
        [(None, "deputy ICT minister", "IRN"), TAJIK],
        [("IRN", "Behrouz Karimi", "ICT minister"), ("IRN", None, "deputy ICT minister")],
    ),
    "his side": ([(None, "Iran", "IRN"), TAJIK], [("IRN", "Behrouz Karimi", "ICT minister")]),
}  # fmt: skip


@pytest.mark.parametrize(("others", "iranians"), ATTENDED.values(), ids=ATTENDED)
def test_an_office_goes_to_whoever_is_said_to_hold_it(others, iranians):
    found = figures_of(attended(KARIMI, TAJIK), attended(*others))
    assert found == [*iranians, ("TJK", None, "head of the service")]


def test_a_side_of_which_nobody_is_named_stands_for_itself():
    assert figures_of(attended((None, "Iran", "IRN"), TAJIK))[0] == ("IRN", None, "Iran")


def test_a_dateline_s_capitals_yield_to_another_spelling():
    places = [meeting(A, B, place="DUSHANBE"), meeting(A, B, place="Dushanbe")]
    (found,) = merge([article(f"a{at}", each) for at, each in enumerate(places)]).meetings
    assert [told.value for told in found.place] == ["Dushanbe"]


def test_of_two_readings_of_one_article_the_fuller_counts():
    poor, rich = article("a1"), article("a1", meeting(A, B))
    assert merge([poor, rich]) == merge([rich, poor]) == merge([rich])


def test_two_texts_under_one_id_are_two_articles():
    found = merge(
        [article("a1", meeting(A, B)), article("a1", meeting(A, B), text="They met. Twice.")]
    )
    assert found.articles == 2
    assert len(found.meetings) == 1
    assert len({source.id for source in found.meetings[0].sources}) == 2


def test_a_proposal_made_at_a_meeting_that_is_not_there_has_none():
    found = merge([article("a1", proposal("IRN", "TJK", FIBRE, "fibre", meeting="meeting-7"))])
    assert found.proposals[0].meeting is None


def test_articles_that_were_not_read_are_listed_unless_they_were_read_elsewhere():
    failures = [ictdiplo.Failure(name, ictdiplo.BadKey("no key")) for name in ("a1", "a2")]
    assert merge([*failures, article("a1", meeting(A, B))]).unread == ("a2",)


def test_of_nothing_there_is_an_empty_ledger():
    assert merge([]) == ictdiplo.Ledger(articles=0)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999"])
def test_days_at_the_ends_of_the_calendar_do_no_harm(day):
    both = [
        article(f"a{at}", meeting(A, B, day=day), mou("IRN", "TJK", day=day)) for at in range(2)
    ]
    ledger = merge(both)
    assert len(ledger.texts) == 1
    assert len(ledger.meetings) == 1


def test_without_a_publication_date_only_what_is_stated_counts():
    undated = [article(f"a{at}", meeting(A, B, day=None), published=None) for at in range(2)]
    dated = [article(f"a{at}", meeting(A, B), published=None) for at in range(2)]
    assert len(merge(undated).meetings) == 2
    assert len(merge(dated).meetings) == 1
    assert merge(dated).until is None


@settings(max_examples=30, deadline=None)
@given(st.permutations(FOUND))
def test_the_order_of_the_articles_changes_nothing(shuffled):
    assert merge(shuffled) == merge(FOUND)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_whatever_is_reported_is_in_the_ledger_exactly_once(data):
    people = [A, B, ("Sana Malik", "PAK"), ("Karimi", "IRN"), (None, "TJK")]
    days = st.sampled_from(
        [None, "2025", "2025-05", "2025-05-14", "2025-05-15", "2025-05-12/2025-05-16"]
    )
    found = [
        article(
            f"a{at}",
            meeting(*data.draw(st.lists(st.sampled_from(people), max_size=3)), day=data.draw(days)),
            mou(*data.draw(st.sets(st.sampled_from(["IRN", "TJK"]))), day=data.draw(days)),
        )
        for at in range(data.draw(st.integers(0, 8)))
    ]
    ledger = merge(found)
    for merged in (ledger.meetings, ledger.texts):
        names = [source.article for each in merged for source in each.sources]
        assert sorted(names) == sorted(each.article.id for each in found)
    random.Random(0).shuffle(found)
    assert merge(found) == ledger


def test_the_json_form_gives_the_same_ledger_back():
    ledger = merge(FOUND)
    assert ictdiplo.Ledger.model_validate_json(ledger.model_dump_json()) == ledger
