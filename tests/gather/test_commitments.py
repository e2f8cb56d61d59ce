"""What was promised, in order of time, and what was heard of it since."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

import ictdiplo
from ictdiplo import Extraction, MoU, Proposal, When
from ictdiplo.publish.commitments import write_csv, write_json_lines, write_text
from ictdiplo.records import Meeting, Party, Person, Provenance, Quote, Topic, Usage

GOLD = Path(__file__).parents[2] / "examples" / "gold" / "merges" / "dev" / "extractions.jsonl"
COUNTRIES = {"IRN": "Iran", "TJK": "Tajikistan", "PAK": "Pakistan"}


def party(code):
    return Party(text=COUNTRIES[code], name=COUNTRIES[code], code=code, kind="country")


def when(edtf):
    return When(text="then", edtf=edtf, rule="as written") if edtf else None


def quote(words):
    return (Quote(quote=words, start=0, end=len(words)),)


def topics(*names):
    return tuple(Topic(topic=name, text=name) for name in names)


def meeting(day):
    return Meeting(
        id="meeting-1", parties=(party("IRN"), party("TJK")), participants=(), date=when(day),
        status="held", evidence=quote("They met."),
    )  # fmt: skip


def proposal(words="Iran proposed a joint cable factory", *about, **fields):
    return Proposal(
        **{
            "id": "proposal-1",
            "proposers": (Person(name="Karimi", party=party("IRN")),),
            "proposer_party": (party("IRN"),),
            "addressees": (party("TJK"),),
            "kind": "proposal",
            "topics": topics(*about),
            "evidence": quote(words),
            **fields,
        }
    )


def mou(status, day=None, *about, codes=("IRN", "TJK"), **fields):
    return MoU(
        **{
            "id": "mou-1",
            "parties": tuple(map(party, codes)),
            "instrument": "memorandum",
            "status": status,
            "date": when(day),
            "topics": topics(*about),
            "evidence": quote(f"The memorandum is {status}."),
            **fields,
        }
    )


def article(name, published, *records):
    lists = {Meeting: "meetings", MoU: "mous", Proposal: "proposals"}
    found = {kind: tuple(r for r in records if isinstance(r, of)) for of, kind in lists.items()}
    return Extraction(
        article=ictdiplo.Article(
            id=name,
            text="They met.",
            published=date.fromisoformat(published),
            source="Alborz",
            url=f"https://alborz.example/{name}",
        ),
        provenance=Provenance(reader="by hand", version="0"),
        usage=Usage(),
        **found,
    )


def told(*articles, **chosen):
    found = ictdiplo.commitments(ictdiplo.merge(articles), **chosen)
    return [(one.act, one.state) for one in found]


MADE = article(
    "a1", "2024-01-11", meeting("2024-01-10"), proposal("a cable", "fibre", meeting="meeting-1")
)
SIGNED = article("a2", "2024-06-02", mou("signed", "2024-06-01", "fibre"))

HEARD = {
    "a proposal, and nothing since": ([MADE], [("proposed", "open")]),
    "a proposal, and a text on it": ([MADE, SIGNED], [("proposed", "followed"), ("signed", "open")]),
    "a proposal, and a text on something else": (
        [MADE, article("a2", "2024-06-02", mou("signed", "2024-06-01", "post"))],
        [("proposed", "open"), ("signed", "open")],
    ),
    "a proposal, and an older text on it": (
        [MADE, article("a2", "2024-06-02", mou("signed", "2023", "fibre", refers_back=True))],
        [("signed", "open"), ("proposed", "open")],
    ),
    "a proposal, and a text of others": (
        [MADE, article("a2", "2024-06-02", mou("signed", "2024-06-01", "fibre", codes=("IRN", "PAK")))],
        [("proposed", "open"), ("signed", "open")],
    ),
    "a proposal, and a text signed at the same sitting": (
        [article("a1", "2024-01-11", meeting("2024-01-10"), proposal("a cable", "fibre", meeting="meeting-1"),
                 mou("signed", "2024-01-10", "fibre"))],
        [("proposed", "open"), ("signed", "open")],
    ),
    "an offer that was accepted": (
        [article("a1", "2024-01-11", proposal(response="accepted"))],
        [("proposed", "accepted")],
    ),
    "an offer that was declined": (
        [article("a1", "2024-01-11", proposal(response="declined"))],
        [("proposed", "declined")],
    ),
    "readiness": ([article("a1", "2024-01-11", proposal(kind="readiness"))], [("ready", "open")]),
    "a draft, a signature, an end": (
        [
            article("a1", "2024-01-11", mou("drafted")),
            SIGNED,
            article("a3", "2025-01-02", mou("implemented", "2025-01-01")),
        ],
        [("drafted", "followed"), ("signed", "followed"), ("implemented", "closed")],
    ),
    "a signature that was due, with later news": (
        [article("a1", "2024-01-11", mou("agreed", expected=when("2024-02"))), article("a2", "2024-06-02")],
        [("agreed", "overdue")],
    ),
    "a signature that is due, with no later news": (
        [article("a1", "2024-01-11", mou("agreed", expected=when("2024-02")))],
        [("agreed", "open")],
    ),
    "an urging, and nothing since": (
        [SIGNED, article("a3", "2025-01-02", mou("signed", "2024", refers_back=True),
                         proposal("urged that the memorandum be implemented"))],
        [("signed", "open"), ("urged", "open")],
    ),
    "an urging, and the end": (
        [SIGNED, article("a3", "2025-01-02", mou("signed", "2024", refers_back=True),
                         proposal("urged that the memorandum be implemented")),
         article("a4", "2025-06-02", mou("implemented", "2025-06-01"))],
        [("signed", "followed"), ("urged", "followed"), ("implemented", "closed")],
    ),
    "an invitation to sign a draft, and the signature": (
        [article("a1", "2024-01-11", mou("drafted"), proposal("invited him to sign it in June")),
         article("a2", "2024-06-02", mou("signed", "2024-06-01"))],
        [("proposed", "followed"), ("drafted", "followed"), ("signed", "open")],
    ),
    "an invitation to sign a draft, and no signature": (
        [article("a1", "2024-01-11", mou("drafted"), proposal("invited him to sign it in June"))],
        [("proposed", "open"), ("drafted", "open")],
    ),
    "carrying out a project is no urging": (
        [article("a1", "2024-01-11", proposal("proposed to implement a cable project"))],
        [("proposed", "open")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("articles", "expected"), HEARD.values(), ids=HEARD)
def test_what_was_heard_of_a_promise_since(articles, expected):
    assert told(*articles) == expected


def test_an_urging_is_tied_to_its_text_and_the_text_to_it():
    ledger = ictdiplo.merge(
        [
            SIGNED,
            article(
                "a3",
                "2025-01-02",
                mou("signed", "2024", refers_back=True),
                proposal("urged that the memorandum be implemented"),
            ),
        ]
    )
    signed, urged = ictdiplo.commitments(ledger)

    assert urged.text == signed.text == "text:IRN-TJK:2024-06-01"
    assert signed.urged == (urged.id,)
    assert urged.topics == ("fibre",)


@pytest.mark.parametrize(
    ("between", "topic", "number"),
    [
        ((), None, 2),
        (("IRN", "TJK"), None, 2),
        (("iran", "tjk"), None, 2),
        (("IRN", "PAK"), None, 0),
        ((), "fibre", 2),
        (("IRN",), "post", 0),
    ],
)
def test_sides_and_topic_choose(between, topic, number):
    assert len(told(MADE, SIGNED, between=between, topic=topic)) == number


def written(write, *articles):
    stream = io.StringIO()
    write(ictdiplo.commitments(ictdiplo.merge(articles)), stream)
    return stream.getvalue()


def test_a_person_reads_who_what_when_the_words_the_source_and_what_came_of_it():
    assert written(write_text, MADE, SIGNED) == (
        "2 commitments; of 1 nothing later is reported.\n"
        "\n"
        "Iran – Tajikistan\n"
        "  fibre\n"
        "    2024-01-10 Iran (Karimi) proposed to Tajikistan\n"
        "      “a cable”\n"
        "      Alborz, 2024-01-11, https://alborz.example/a1\n"
        "      → memorandum signed, 2024-06-01\n"
        "    2024-06-01 memorandum signed\n"
        "      “The memorandum is signed.”\n"
        "      Alborz, 2024-06-02, https://alborz.example/a2\n"
        "      → no later report\n"
    )


def test_an_open_reference_is_shown_with_the_texts_that_it_can_be():
    articles = [
        article("a1", "2024-06-02", mou("signed", "2024-06-01", "fibre")),
        article("a2", "2024-07-02", mou("signed", "2024-07-01", "post")),
        article("a3", "2025-03-01", mou("signed", "2024", refers_back=True)),
    ]
    assert "it can be memorandum signed, 2024-06-01, or memorandum signed, 2024-07-01" in " ".join(
        written(write_text, *articles).split()
    )


def test_overdue_is_said():
    text = written(write_text, *HEARD["a signature that was due, with later news"][0])
    assert "1 commitment; of 1 nothing later is reported, 1 of them overdue." in text
    assert "was due 2024-02; no later report" in text


def test_nothing_is_said_of_nothing():
    assert written(write_text) == "No commitment is reported.\n"


def test_json_lines_give_the_commitments_back():
    lines = written(write_json_lines, MADE, SIGNED).splitlines()
    back = tuple(ictdiplo.Commitment.model_validate_json(line) for line in lines)
    assert back == ictdiplo.commitments(ictdiplo.merge([MADE, SIGNED]))


def test_a_table_has_a_row_for_each_and_starts_no_formula():
    import csv

    formula = article("a1", "2024-01-11", proposal("=HYPERLINK(1)"))
    (row,) = csv.DictReader(io.StringIO(written(write_csv, formula)))
    assert row["sides"] == "IRN; TJK"
    assert row["quote"] == "'=HYPERLINK(1)"
    assert row["urls"] == "https://alborz.example/a1"


def test_every_promise_of_the_gold_articles_has_words_and_a_source():
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    found = ictdiplo.commitments(ictdiplo.merge(map(Extraction.model_validate_json, lines)))
    assert all(one.quotes and one.sources for one in found)
    assert len({one.id for one in found}) == len(found)
    known = {one.id for one in found}
    assert {name for one in found for name in (*one.evidence, *one.urged)} <= known
    assert json.loads(found[0].model_dump_json())["act"] == found[0].act
