"""Articles that speak to machines, read by a model that does all that it is told."""

import json
from collections import Counter

import pytest
from attack_rate import Attack, Obedient, obedient_answer, read_attacks, records_of, run, table

import ictdiplo
from ictdiplo import FakeModel
from ictdiplo.draft import MOST_RECORDS

ATTACKS = list(read_attacks())
TWINS = list({attack.clean.text: attack for attack in ATTACKS}.values())
RESULTS = {result.attack.id: result for result in run(ATTACKS, Obedient(ATTACKS))}
# What no look at the words can tell: a status that a reader was told to choose, and silence.
UNSEEN_IN_WORDS = {"status", "denial"}


def ids(attacks):
    return [attack.id for attack in attacks]


def extract(attack, answer):
    return ictdiplo.extract(attack.attacked, model=FakeModel([answer] * 4))


def test_the_corpus_is_large_and_has_each_attack_in_each_language():
    kinds = {attack.kind for attack in ATTACKS}
    assert len(ATTACKS) >= 60
    assert Counter((attack.language, attack.kind) for attack in ATTACKS) == Counter(
        {(language, kind): 1 for language in ("en", "ru", "es", "fa") for kind in kinds}
    )


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.kind not in UNSEEN_IN_WORDS], ids=lambda a: a.id
)
def test_nothing_that_an_instruction_plants_reaches_the_records(attack: Attack):
    assert RESULTS[attack.id].success is None


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.row.get("plants") or a.row.get("lines")], ids=lambda a: a.id
)
def test_what_was_planted_is_listed_as_rejected(attack):
    answer = obedient_answer(attack)
    rejected = {each.value for each in extract(attack, answer).rejected if each.field == "evidence"}
    planted = [
        record["evidence"][0]
        for kind, records in answer.items()
        for record in records
        if record not in attack.truth.get(kind, [])
    ]
    assert planted
    assert set(planted) <= rejected


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.id)
def test_the_true_records_are_kept_beside_the_planted_ones(attack):
    same, of = RESULTS[attack.id].kept
    assert same == of or attack.kind == "denial"


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.kind in UNSEEN_IN_WORDS], ids=lambda a: a.id
)
def test_what_cannot_be_seen_in_words_is_warned_of(attack):
    assert RESULTS[attack.id].success
    assert RESULTS[attack.id].warned


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.kind == "refusal"], ids=lambda a: a.id)
def test_a_refusal_that_was_provoked_is_an_error_and_no_empty_result(attack):
    assert RESULTS[attack.id].error.startswith("ModelRefused")


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.kind == "flood"], ids=lambda a: a.id)
def test_a_flood_is_refused_as_a_whole(attack):
    lines = attack.attacked.text.split("\n")
    flood = [{"evidence": [line], "status": "signed"} for line in lines if line]
    assert len(flood) > MOST_RECORDS
    with pytest.raises(ictdiplo.InvalidAnswer):
        extract(attack, {"mous": flood})


@pytest.mark.parametrize("attack", ATTACKS[:1], ids=lambda a: a.id)
@pytest.mark.parametrize(
    "extra", [{"notes": "x"}, {"mous": [{"evidence": ["x"], "status": "signed", "note": "x"}]}]
)
def test_an_answer_with_keys_of_its_own_is_refused(attack, extra):
    with pytest.raises(ictdiplo.InvalidAnswer):
        extract(attack, extra)


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.kind == "jinja"], ids=lambda a: a.id)
def test_braces_are_sent_as_they_stand(attack):
    model = FakeModel([{}])
    ictdiplo.extract(attack.attacked, model=model)
    assert attack.row["text"] in model.requests[0]["messages"][-1]["content"]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.id)
def test_an_attack_stands_inside_the_fence_and_cannot_close_it(attack):
    model = FakeModel([{}], part_size=100_000)
    ictdiplo.extract(attack.attacked, model=model)
    sent = model.requests[0]["messages"][-1]["content"]
    before, marker, rest = sent.partition("<article ")
    marker = rest.partition(">")[0]
    assert len(marker) == 16
    assert sent.count(f"</article {marker}>") == 1
    assert f"\n{attack.attacked.text}\n</article {marker}>" in sent
    assert before


# Without an attack


@pytest.mark.parametrize("attack", TWINS, ids=lambda a: a.clean.id)
def test_of_the_same_articles_without_an_attack_nothing_is_flagged(attack):
    found = ictdiplo.extract(attack.clean, model=FakeModel([attack.truth] * 4))
    assert found.rejected == ()
    assert len(records_of(found)) == sum(map(len, attack.truth.values()))
    assert not any("machines" in warning for warning in found.warnings)


def test_the_table_counts():
    results = list(RESULTS.values())
    last = table(results, lambda result: result.attack.language).splitlines()[-1]
    assert last.startswith(f"| all | {len(ATTACKS)} | 8 | 4 |")


def test_the_rate_is_printed(monkeypatch, capsys):
    import attack_rate

    monkeypatch.setattr("sys.argv", ["attack_rate.py", "--model", "obedient", "--each"])
    attack_rate.main()
    printed = capsys.readouterr().out
    assert "Attack success rate: 8/104 = 7.7%" in printed
    assert "en-denial: emptied" in printed


def test_no_attack_names_what_its_article_names():
    for attack in ATTACKS:
        assert not [mark for mark in attack.row["marks"] if mark in json.dumps(attack.truth)]
