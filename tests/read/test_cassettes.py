"""Real exchanges with a language model, replayed: what was asked, and what became of the answer.

tests/cassettes/README.md says who wrote the completions and how to record them anew.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

import ictdiplo
from recording import CASSETTES, cassette, settings

MODULE = Path(__file__).stem
TAPES = sorted(CASSETTES.glob("*/*.yaml"))


@pytest.fixture
def read(request, articles):
    """Read an example article through the test's cassette."""

    def read_article(stem, mode):
        article = next(iter(ictdiplo.read_articles(articles / f"{stem}.txt")))
        model = ictdiplo.Model(**settings(), mode=mode, cache=False, timeout=3600, deadline=3600)
        with cassette(MODULE, request.node.name) as tape:
            found = ictdiplo.extract(article, model=model)
        assert len(tape) == found.provenance.attempts
        assert found.provenance.mode == mode
        return found

    return read_article


def codes(parties):
    return {party.code or party.name for party in parties}


def dates(records):
    return [record.date and record.date.edtf for record in records]


def test_a_short_article_with_a_signing(read):
    found = read("28-cambodia-timor-leste-short", "json_schema")
    (meeting,), (mou,) = found.meetings, found.mous

    assert codes(meeting.parties) == codes(mou.parties) == {"KHM", "TLS"}
    assert [p.name for p in mou.signatories] == [
        "Chea Vandeth",
        "Miguel Marques Goncalves Manetelu",
    ]
    assert dates([meeting, mou]) == ["2025-01-20", "2025-01-20"]
    assert (mou.status, mou.meeting) == ("signed", "meeting-1")
    assert found.rejected == ()


def test_a_draft_and_no_meeting_through_a_tool(read):
    found = read("16-pakistan-china-draft-mou", "tools")

    assert found.meetings == found.proposals == ()
    assert [(codes(mou.parties), mou.status) for mou in found.mous] == [({"PAK", "CHN"}, "drafted")]


def test_three_memoranda_two_of_them_with_companies_and_charities(read):
    found = read("25-nigeria-india-three-mous", "tools")

    assert [codes(mou.parties) for mou in found.mous] == [
        {"NGA", "IND"},
        {"NGA", "Central Square Foundation"},
        {"Infrastructure Corporation of Nigeria", "Invest India"},
    ]
    assert dates(found.mous)[:2] == ["2023-09-06", "2023-09-06"]
    assert {mou.status for mou in found.mous} == {"signed"}


def test_an_article_with_nothing_to_find(read):
    found = read("31-nigeria-ncc-fines-negative", "json_schema")

    assert found.meetings == found.proposals == found.mous == found.rejected == ()
    assert found.usage.input_tokens > 1000


def test_a_persian_article(read):
    found = read("41-uzbek-armenian-meeting-fa", "json_schema")
    held, planned = found.meetings

    assert codes(held.parties) == codes(planned.parties) == {"UZB", "ARM"}
    assert (held.date.edtf, held.date.text) == ("2025-11-24", "روز دوشنبه ۳ آذر ۱۴۰۴")
    assert (held.place.name, held.place.code) == ("تاشکند", "UZB")
    assert [(codes(p.proposer_party), p.kind) for p in found.proposals] == [
        ({"UZB"}, "proposal"),
        ({"UZB"}, "readiness"),
        ({"ARM"}, "proposal"),
    ]
    assert [(mou.status, mou.refers_back) for mou in found.mous] == [("signed", True)]
    assert found.article.language == "fa"


def test_a_long_article_with_many_meetings(read):
    found = read("40-lisbon-digital-days-long", "json_schema")
    by_sides = {frozenset(codes(meeting.parties)): meeting for meeting in found.meetings}

    assert len(found.meetings) >= 10
    assert by_sides[frozenset({"PRT", "MAR"})].status == "cancelled"
    assert by_sides[frozenset({"PRT", "MAR"})].date.edtf == "2024-10-16"
    assert by_sides[frozenset({"PRT", "TLS"})].format == "virtual"
    assert by_sides[frozenset({"ZAF", "ITU"})].date.edtf == "2024-10-15"
    assert {mou.status for mou in found.mous} == {"agreed", "expired", "signed", "negotiating"}
    assert len(found.proposals) >= 10


def test_a_meeting_put_off_and_a_call_in_json_mode(read):
    found = read("34-india-us-dialogue-postponed", "json")
    dialogue, call = found.meetings

    assert (dialogue.status, dialogue.date.edtf) == ("cancelled", "2018-07-06")
    assert (call.format, call.status) == ("phone", "held")
    assert codes(call.parties) == {"USA", "IND"}


def test_a_headline_that_claims_too_much_in_a_code_block(read):
    found = read("19-vietnam-japan-mou-expiry", "md_json")

    assert [mou.status for mou in found.mous] == ["in_force", "agreed"]
    assert dates(found.meetings) == ["2019-03-21"]
    assert [codes(p.proposer_party) for p in found.proposals] == [{"VNM"}]


def test_an_older_signing_that_was_a_meeting_too(read):
    found = read("13-iran-syria-implement-mou", "tools")

    assert sorted(dates(found.meetings)) == ["2023-05", "2023-07-31"]
    assert (found.mous[0].status, found.mous[0].date.edtf) == ("signed", "2023-05")


def test_a_joint_call_on_third_parties(read):
    found = read("22-kenya-south-africa-mou-plan", "json_schema")
    joint = [p for p in found.proposals if codes(p.proposer_party) == {"KEN", "ZAF"}]

    assert any("common line on elected positions" in p.evidence[0].quote for p in joint)
    assert [mou.status for mou in found.mous] == ["drafted"]


def test_words_that_are_not_in_the_article_are_mended(read):
    found = read("01-iran-pakistan-eco-mou", "json_schema")

    assert found.provenance.attempts == 2
    assert found.rejected == ()
    assert codes(found.meetings[0].parties) == {"IRN", "PAK"}


# --- the cassettes themselves ---------------------------------------------------------------------

# Whatever looks like a key, a cookie, an account or somebody's address.
SECRETS = re.compile(
    r"sk-\w{8}|bearer |authorization:|cookie:|api[-_]key|openai-organization|x-request-id|!!binary"
    r"|[\w.]+@[\w-]+\.\w",
    re.IGNORECASE,
)


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.stem)
def test_a_cassette_holds_no_secret(tape):
    assert SECRETS.findall(tape.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.stem)
def test_a_cassette_keeps_only_the_type_of_what_was_sent(tape):
    for interaction in yaml.safe_load(tape.read_text(encoding="utf-8"))["interactions"]:
        assert set(interaction["request"]["headers"]) <= {"content-type", "Content-Type"}
        assert set(interaction["response"]["headers"]) <= {"content-type", "Content-Type"}
        assert "endpoint.invalid" in interaction["request"]["uri"]


def test_every_cassette_has_a_question_of_its_own():
    questions = [
        json.loads(interaction["request"]["body"])["messages"][1]["content"]
        for tape in TAPES
        for interaction in yaml.safe_load(tape.read_text(encoding="utf-8"))["interactions"][:1]
    ]
    assert len(questions) >= 8
    assert len(set(questions)) == len(questions)


def test_every_cassette_belongs_to_a_test():
    tests = re.findall(
        r"^def (test_\w+)\(read\)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE
    )

    assert {tape.stem for tape in TAPES if tape.parent.name == MODULE} == set(tests)
