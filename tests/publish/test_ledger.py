"""A ledger is read event by event: who, when, who says so, and where they differ."""

import io
from datetime import date

from ictdiplo import (
    Article,
    Extraction,
    Ledger,
    Meeting,
    MoU,
    Party,
    Person,
    Place,
    Proposal,
    Provenance,
    Quote,
    Topic,
    Usage,
    When,
    merge,
)
from ictdiplo.publish.ledger import write_ledger

IRAN = Party(text="Tehran", name="Iran", code="IRN", kind="country")
RUSSIA = Party(text="Moscow", name="Russia", code="RUS", kind="country")


def quote(words):
    return (Quote(quote=words, start=0, end=len(words)),)


def on(edtf):
    return When(text="then", edtf=edtf, rule="as written")


def met(day, name, **fields):
    return Meeting(
        id="meeting-1",
        parties=(IRAN, RUSSIA),
        participants=(
            Person(name=name, role="minister", party=IRAN),
            Person(name="Lipov", party=RUSSIA),
        ),
        date=on(day),
        place=Place(name="Tehran", code="IRN"),
        occasion="a visit",
        status="held",
        topics=(Topic(topic="mobile", text="5G"),),
        evidence=quote(f"{name} met Lipov."),
        **fields,
    )


def text(status, day=None, **fields):
    return MoU(
        id="mou-1", parties=(IRAN, RUSSIA), instrument="action_plan", status=status,
        date=on(day) if day else None, evidence=quote(f"The plan is {status}."), **fields,
    )  # fmt: skip


PROPOSAL = Proposal(
    id="proposal-1", proposers=(Person(name="Lipov", party=RUSSIA),), proposer_party=(RUSSIA,),
    addressees=(IRAN,), kind="proposal", due=on("2024"), meeting="meeting-1",
    evidence=quote("Lipov proposed a cable."),
)  # fmt: skip


def article(name, published, meetings=(), proposals=(), mous=()):
    return Extraction(
        article=Article(
            id=name,
            text="They met.",
            published=date.fromisoformat(published),
            source=f"Outlet {name}",
        ),
        meetings=meetings,
        proposals=proposals,
        mous=mous,
        provenance=Provenance(reader="by hand", version="0"),
        usage=Usage(),
    )


def written(ledger):
    stream = io.StringIO()
    write_ledger(ledger, stream)
    return stream.getvalue()


def test_each_event_is_told_once_with_its_sources_and_their_differences():
    found = merge(
        [
            article("a", "2023-09-25", [met("2023-09-24", "Issa Zarepour")], [PROPOSAL]),
            article("b", "2023-09-26", [met("2023-09-25", "Eisa Zarepour")]),
        ]
    )
    assert written(found) == (
        "2 articles · 1 meeting · 1 proposal · 0 texts\n"
        "\n"
        "Meetings\n"
        "  Iran – Russia · held · 2023-09-24 · Tehran [meeting:IRN-RUS:2023-09-24]\n"
        "    Who: Issa Zarepour, minister (IRN), also written Eisa Zarepour; Lipov\n"
        "      (RUS)\n"
        "    Occasion: a visit\n"
        "    About: mobile (“5G”)\n"
        "    Sources differ on the date: 2023-09-24 (a/meeting-1); 2023-09-25\n"
        "      (b/meeting-1)\n"
        "    Proposed at it: proposal:RUS:2023-09-24\n"
        "    Outlet a, 2023-09-25\n"
        "      “Issa Zarepour met Lipov.”\n"
        "    Outlet b, 2023-09-26\n"
        "      “Eisa Zarepour met Lipov.”\n"
        "\n"
        "Proposals\n"
        "  Russia to Iran · proposal · 2023-09-24 [proposal:RUS:2023-09-24]\n"
        "    By: Lipov (RUS)\n"
        "    Due: 2024\n"
        "    Made at: meeting:IRN-RUS:2023-09-24\n"
        "    Outlet a, 2023-09-25\n"
        "      “Lipov proposed a cable.”\n"
    )


def test_a_text_is_told_stage_by_stage():
    found = merge(
        [
            article("a", "2023-01-02", mous=[text("agreed", expected=on("2023-02"))]),
            article("b", "2023-02-04", mous=[text("signed", "2023-02-03", title="plan for 5G")]),
            article("c", "2024-02-05", mous=[text("signed", "2023", refers_back=True)]),
        ]
    )
    assert written(found).splitlines()[3:7] == [
        "  Iran – Russia · action plan · plan for 5G [text:IRN-RUS:2023-02-03]",
        "    agreed · next expected 2023-02 · 1 report",
        "    signed 2023-02-03 · 1 report · recalled 1 time",
        "    Outlet a, 2023-01-02",
    ]


def test_a_reference_that_stays_open_says_so_and_what_it_can_be():
    found = merge(
        [
            article("a", "2023-02-04", mous=[text("signed", "2023-02-03", title="5G")]),
            article("b", "2023-03-04", mous=[text("signed", "2023-03-03", title="stamps")]),
            article("c", "2024-02-05", mous=[text("signed", "2023", refers_back=True)]),
        ]
    )
    told = " ".join(written(found).split())
    assert "Known only because it is recalled." in told
    assert "It can be: text:IRN-RUS:2023-02-03, or text:IRN-RUS:2023-03-03" in told


def test_an_empty_ledger_is_a_line():
    assert written(Ledger(articles=0)) == "0 articles · 0 meetings · 0 proposals · 0 texts\n"
