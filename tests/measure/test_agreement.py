"""The figures are those of the reference, tests/score.py, whatever is held against whatever."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ictdiplo
import score as reference
from ictdiplo.measure import likeness
from ictdiplo.measure.compared import Wording

WORDS = st.sampled_from(
    [
        "met",
        "Ada",
        "Oduya",
        "proposed",
        "the",
        "a",
        "MoU",
        "in",
        "Accra.\n",
        "“on”",
        "it!",
        "Ödüya's",
    ]
)
TEXT = st.lists(WORDS, max_size=25).map(" ".join)
SIDES = st.sampled_from(
    ["KEN", "GHA", "ken", "ITU", "International Telecommunication Union", "EU", "European Union",
     "Society of the Old Town", "SOT", "UN", "", "United Nations", "Ünited nations"]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "Ada Oduya",
        "Oduya",
        "Kofi Baah",
        "Baah Kofi",
        "the minister",
        "Minister",
        "ministers",
        "",
        "-",
    ]
)
PLACES = st.sampled_from(["Accra", "Accra, Ghana", "online", "Video link", "Ghana", "", None])
DAY = st.dates().map(str)
DATES = st.sampled_from(
    ["2024", "2024-02", "2024-02-29", "2023-02-29", "2024-03?", "2024-02~", "2024-02-10/2024-02-12",
     "2023/2024", "2023/2025", "2024-02/..", "../2024", "2024-12/2024-01", "2024-01/2024-02/2024-03",
     "2024-13", "0000", "unknown", "", None]
)  # fmt: skip
STATUS = st.sampled_from(["held", "planned", "signed", "agreed", None])
KIND = st.sampled_from(["proposal", "readiness", None])


def close(value):
    return pytest.approx(value, abs=1e-9)


def held_against_reference(gold, articles, predicted):
    """Return the evaluation after checking each figure that the reference knows."""
    told = reference.score(Path(gold), Path(articles), Path(predicted))
    found = ictdiplo.evaluate(gold, predicted, articles)
    for kind in reference.TYPES:
        figures = getattr(found, kind).model_dump()
        assert {name: figures[name] for name in told[kind]} == {
            name: close(value) for name, value in told[kind].items()
        }
    assert found.detection_f1 == close(told["detection_f1"])
    assert found.headline == close(told["headline"])
    return found


def quotes(text):
    """Words that stand there, and words that do not; also none, and too many."""
    words = text.split()
    there = st.tuples(st.integers(0, len(words)), st.integers(1, 9)).map(
        lambda at: " ".join(words[at[0] : at[0] + at[1]])
    )
    return st.one_of(there, st.sampled_from(["elsewhere", "", "met " * 61, "ACCRA", "…"]))


def several(values, form):
    """Return a list in gold's form: a string each, sometimes joined; or objects with this key."""
    if form == "objects":
        key = st.sampled_from(["name", "code"])
        return st.lists(st.tuples(key, values).map(lambda pair: {pair[0]: pair[1]}), max_size=3)
    listed = st.lists(values, max_size=3)
    return st.one_of(listed, listed.map(";".join))


def record(kind, text, form):
    """Draw a record of gold, or one as `Extraction` has it in JSON."""
    objects = form == "objects"
    evidence = st.lists(quotes(text).map(lambda quote: {"quote": quote}), max_size=2)
    date = DATES.map(lambda edtf: edtf and {"text": "x", "edtf": edtf}) if objects else DATES
    place = PLACES.map(lambda name: name and {"name": name}) if objects else PLACES
    persons = (
        NAMES.map(lambda name: {"name": name or None, "role": "minister"}) if objects else NAMES
    )
    fields = {
        "meetings": {
            "parties": several(SIDES, form),
            "participants": st.lists(persons, max_size=3),
            "date": date,
            "place" if objects else "location": place,
            "status": STATUS,
        },
        "proposals": {"proposer_party": several(SIDES, form), "kind": KIND},
        "mous": {"parties": several(SIDES, form), "status": STATUS, "date": date},
    }[kind]
    fields["evidence"] = evidence if objects else st.one_of(quotes(text), st.lists(quotes(text)))
    return st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(fields)


def document(text, form):
    return st.fixed_dictionaries(
        {kind: st.lists(record(kind, text, form), max_size=4) for kind in reference.TYPES}
    )


CASES = st.lists(
    TEXT.flatmap(
        lambda text: st.tuples(
            st.just(text),
            document(text, "gold"),
            st.none() | document(text, "objects") | document(text, "gold"),
        )
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(CASES)
def test_the_figures_for_any_records_are_the_references(cases):
    with TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for at, (text, gold, found) in enumerate(cases):
            (folder / f"a{at}.txt").write_text(text, encoding="utf-8")
            (folder / f"a{at}.json").write_text(json.dumps(gold), encoding="utf-8")
            if found is not None:
                lines.append(json.dumps({"article": {"id": f"news/a{at}.txt"}, **found}))
        (folder / "found.jsonl").write_text("\n".join(lines), encoding="utf-8")
        held_against_reference(folder, folder, folder / "found.jsonl")


def test_the_figures_for_the_offline_reader_are_the_references(gold, articles, run_file):
    found = held_against_reference(gold, articles, run_file)

    assert found.detection_f1 > 0.6
    assert found.headline < found.detection_f1


def test_gold_held_against_itself_is_all_right(gold, articles):
    assert held_against_reference(gold, articles, gold).headline == 1


@given(st.text())
@example("ʼn´s ‘Güneş’ №5 İÇİN ﬁbre_x ΐ")
def test_bare_words_are_the_references(text):
    assert likeness.bare(text) == reference.fold(text)


LONG = " ".join(f"w{number}{'.' * (number % 7 == 0)}" for number in range(1, 70))
SLICES = st.tuples(st.integers(0, 68), st.integers(1, 12)).map(
    lambda at: " ".join(LONG.split()[at[0] : sum(at)])
)


@settings(max_examples=500)
@given(SLICES, SLICES)
def test_quotes_are_near_each_other_where_they_are_to_the_reference(one, other):
    text = Wording(LONG)
    near = text.are_near(*text.spans([one, other]))
    assert near == reference.Text(LONG).overlap(one, other)


@pytest.mark.parametrize("length", [60, 61])
def test_a_quote_is_too_long_where_it_is_to_the_reference(length):
    quote = " ".join(LONG.split()[:length])
    assert bool(Wording(LONG).spans([quote])) == bool(reference.place(quote, reference.fold(LONG)))


@given(TEXT | st.text(alphabet="ab. !?”\n)"))
def test_sentences_are_the_references(text):
    assert Wording(text).sentences == reference.sentences(text)


@given(
    DATES | DAY | st.from_regex(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d)?)?", fullmatch=True), DATES | DAY
)
def test_dates_are_as_alike_as_to_the_reference(one, other):
    assert likeness.dates_alike(one, other) == reference.same_date(one, other)
    assert likeness.dates_alike(other, one) == reference.same_date(other, one)


@given(st.lists(NAMES), st.lists(NAMES))
def test_persons_are_as_alike_as_to_the_reference(gold, found):
    bare = [[reference.fold(name) for name in names] for names in (gold, found)]
    assert likeness.persons_alike(gold, found) == close(reference.names_f1(*bare))


@given(st.lists(SIDES), st.lists(SIDES))
def test_sides_are_as_alike_as_to_the_reference(gold, found):
    sets = reference.parties(gold), reference.parties(found)
    assert likeness.sides_alike(gold, found) == close(reference.sides_f1(*sets))
