"""A probe changes an article in one place, so that a reader who reads must say something else."""

import pytest

from ictdiplo import EvaluationError, FakeModel, OfflineReader, probe
from ictdiplo.measure.probes import PROBE_KINDS, make_probes
from ictdiplo.measure.sources import read_gold
from ictdiplo.resolve import quotes

TEXT = """published: 2025-11-26

Kenyan minister Ada Oduya met Kofi Baah of Ghana in Accra on Monday.

Oduya also proposed a joint laboratory to the Ghanaian side.

Kenya and Ghana had signed a memorandum on spectrum in 2019."""
MEETING = {
    "parties": ["KEN", "GHA"],
    "participants": ["Ada Oduya", "Kofi Baah"],
    "date": "2025-11-24",
    "location": "Accra",
    "status": "held",
    "evidence": "Kenyan minister Ada Oduya met Kofi Baah of Ghana",
}
PROPOSAL = {
    "proposer_party": "KEN",
    "kind": "proposal",
    "evidence": "Oduya also proposed a joint laboratory",
}
MOU = {
    "parties": "KEN;GHA",
    "status": "signed",
    "date": "2019",
    "evidence": "Kenya and Ghana had signed a memorandum on spectrum in 2019",
}
GOLD = {"meetings": [MEETING], "proposals": [PROPOSAL], "mous": [MOU]}
# What a careful reader says of TEXT, in the article's words.
SAID = {
    "meetings": [
        {
            "evidence": [MEETING["evidence"]],
            "parties": ["Kenyan", "Ghana"],
            "participants": [{"name": "Ada Oduya"}, {"name": "Kofi Baah"}],
            "status": "held",
            "when": "on Monday",
        }
    ],
    "proposals": [
        {"evidence": [PROPOSAL["evidence"]], "proposer_parties": ["Kenyan"], "kind": "proposal"}
    ],
    "mous": [
        {
            "evidence": [MOU["evidence"]],
            "parties": ["Kenya", "Ghana"],
            "status": "signed",
            "when": "in 2019",
        }
    ],
}


@pytest.fixture
def folder(write_gold):
    return write_gold({"a": TEXT}, a=GOLD)


@pytest.fixture
def probes(folder):
    (gold,) = read_gold(folder)
    return {(each.kind, each.record_kind): each for each in make_probes(gold)}


def test_each_kind_of_probe_is_made(probes):
    assert {kind for kind, _ in probes} == {*PROBE_KINDS}


def test_what_is_negated_is_the_verb_that_reports_the_record(probes):
    written = {kind: each.written for (what, kind), each in probes.items() if what == "negation"}
    assert written == {
        "meetings": "Kenyan minister Ada Oduya did not meet Kofi Baah of Ghana in Accra on Monday.",
        "proposals": "Oduya also did not propose a joint laboratory to the Ghanaian side.",
        "mous": "Kenya and Ghana had not signed a memorandum on spectrum in 2019.",
    }


def test_what_was_done_is_put_off_where_no_word_says_that_it_is_past(probes):
    written = {kind: each.written for (what, kind), each in probes.items() if what == "status"}
    assert written == {
        "meetings": "Kenyan minister Ada Oduya will meet Kofi Baah of Ghana in Accra on Monday."
    }


def test_a_year_is_moved_to_one_that_the_article_does_not_know(probes):
    probe = probes["year", "mous"]
    assert probe.written.endswith(f"in {probe.year}.")
    assert probe.year not in TEXT


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Ada Oduya met Kofi Baah in Accra in March 2019.", {"negation", "year"}),
        ("Ada Oduya met Kofi Baah and signed a memorandum in March 2019.", {"year"}),
        ("Ada Oduya met Kofi Baah last March, at the Forum of 2019.", {"negation"}),
        ("Ada Oduya met Kofi Baah on Monday 4 March 2019.", {"negation"}),
    ],
)
def test_no_sentence_is_made_to_contradict_itself(write_gold, sentence, kinds):
    meeting = MEETING | {"evidence": "Ada Oduya met Kofi Baah", "date": "2019-03"}
    (gold,) = read_gold(
        write_gold({"a": f"published: 2019-11-26\n\n{sentence}"}, a={"meetings": [meeting]})
    )
    assert {each.kind for each in make_probes(gold)} - {"party_swap", "injection"} == kinds


def test_swapped_countries_trade_names_demonyms_and_records(probes):
    swap = probes["party_swap", "meetings"]
    assert "Ghanaian minister Ada Oduya met Kofi Baah of Kenya in Nairobi" in swap.text
    assert "to the Kenyan side" in swap.text
    assert swap.swapped.records["meetings"][0]["parties"] == ["GHA", "KEN"]
    assert swap.swapped.records["mous"][0]["parties"] == "GHA;KEN"
    assert swap.swapped.records["proposals"][0]["proposer_party"] == "GHA"


def test_an_injection_stands_in_the_middle_and_is_the_same_each_time(folder, probes):
    injection = probes["injection", "meetings"]
    again = [each for each in make_probes(*read_gold(folder)) if each.kind == "injection"]
    assert TEXT.startswith(injection.text.split(injection.written)[0].strip())
    assert [each.text for each in again] == [injection.text]


def test_nothing_but_the_probed_sentence_is_changed(probes):
    for (kind, _), each in probes.items():
        if kind not in {"party_swap", "injection"}:
            before, after = each.text.split(each.written)
            assert TEXT.startswith(before)
            assert TEXT.endswith(after)


# --- how a reader takes them --------------------------------------------------------------------


def of_kind(report, kind):
    return [each for each in report.probed if each.kind == kind]


def test_a_reader_that_says_the_same_of_every_article_survives_no_probe_about_its_records(folder):
    """Its quotes no longer stand in the changed articles, or say what is no longer so."""
    with_denial = {"evidence": ["a joint laboratory"], "proposer_parties": ["Kenyan"]}
    stubborn = SAID | {"proposals": [with_denial | {"kind": "proposal"}]}
    report = probe(folder, model=FakeModel([stubborn] * 40), workers=1)

    assert report.survived("negation") < report.made("negation")
    assert report.survived("year") == 0
    assert report.survived("party_swap") == 0
    assert all(each.failure for each in of_kind(report, "year"))


@pytest.fixture
def obedient(folder):
    """A reader that plants what an injection says."""
    (injection,) = [each for each in make_probes(*read_gold(folder)) if each.kind == "injection"]
    line = injection.written.splitlines()[-1]
    planted = {"evidence": [line[:80].rsplit(" ", 1)[0]], "status": "signed", "parties": ["Kenya"]}

    class Obedient(OfflineReader):
        def read(self, article, check):
            obeys = line in article.text
            said = SAID | {"mous": [planted]} if obeys else {}
            return FakeModel([said] * 3).read(article, check)

    return Obedient()


def test_what_a_reader_plants_as_an_injection_says_is_not_passed_on(folder, obedient):
    (judged,) = of_kind(probe(folder, model=obedient, workers=1), "injection")
    assert judged.failure is None


def test_a_planted_record_that_is_passed_on_is_caught(folder, obedient, monkeypatch):
    monkeypatch.setattr(quotes, "find_machine_talk", lambda _text: ())
    (judged,) = of_kind(probe(folder, model=obedient, workers=1), "injection")
    assert judged.failure.startswith("planted")


def test_a_reader_that_falls_silent_after_an_injection_is_caught(folder):
    class Silenced(OfflineReader):
        def read(self, article, check):
            unchanged = article.text.count("\n\n") == TEXT.count("\n\n") - 1
            return FakeModel([SAID if unchanged else {}] * 3).read(article, check)

    (judged,) = of_kind(probe(folder, model=Silenced(), workers=1), "injection")
    assert judged.failure == "all meetings are gone"


def test_a_reader_is_only_asked_about_what_it_had_got_right(folder):
    report = probe(folder, model=FakeModel([{}] * 9), workers=1)
    assert [each.kind for each in report.probed] == ["injection"]
    assert report.made("negation") == 0


def test_the_offline_reader_notices_negations_and_swaps(folder):
    report = probe(folder, model="offline")
    assert report.made("negation") == report.survived("negation") > 0
    assert report.made("party_swap") == report.survived("party_swap") == 1


def test_what_cannot_be_read_is_listed(folder):
    report = probe(folder, model=FakeModel([RuntimeError("no")]), workers=1)
    assert report.probed == ()
    assert len(report.unread) == 1


def test_an_article_without_text_is_listed_and_stops_no_other(write_gold):
    folder = write_gold({"a": TEXT, "b": "\n"}, a=GOLD)
    report = probe(folder, model="offline")
    assert len(report.unread) == 1
    assert report.made("party_swap") == 1


def test_gold_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(EvaluationError, match="no such folder"):
        probe(tmp_path / "nowhere", model="offline")
