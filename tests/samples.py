"""Extractions of invented articles, for whatever shows them."""

from datetime import date, timedelta

from ictdiplo.article import Article
from ictdiplo.records import (
    Extraction,
    Meeting,
    MoU,
    Overlooked,
    Party,
    Person,
    Place,
    Proposal,
    Provenance,
    Quote,
    Rejected,
    Topic,
    Usage,
    When,
)

OFFLINE = {"provenance": Provenance(reader="offline", version="0.1.0"), "usage": Usage(cost=0)}


def country(name, code):
    return Party(text=name, name=name, code=code, kind="country")


KENYA, GHANA, CUBA, RUSSIA, PERU = (
    country(*pair)
    for pair in [
        ("Kenya", "KEN"), ("Ghana", "GHA"), ("Cuba", "CUB"), ("Russia", "RUS"), ("Peru", "PER"),
    ]
)  # fmt: skip
ITU = Party(text="the Union", name="ITU", kind="organisation")
IRAN, TAJIKISTAN = country("Iran", "IRN"), country("Tajikistan", "TJK")


def quoted(text, *words):
    """Return quotes of words that stand in a text."""
    return tuple(
        Quote(quote=one, start=text.index(one), end=text.index(one) + len(one)) for one in words
    )


ACCRA_TEXT = """Kenya and Ghana to share a cable

ACCRA - Ada Oduya met her Ghanaian counterpart in Accra on Monday, where the two signed a memorandum on the second cable.
Oduya proposed a joint laboratory for 5G equipment.
The envoys of both conferred."""

ACCRA = Extraction(
    article=Article(
        id="accra-cable",
        text=ACCRA_TEXT,
        url="https://news.example/accra",
        source="The Example",
        published=date(2025, 11, 26),
        language="en",
    ),
    meetings=(
        Meeting(
            id="meeting-1",
            parties=(KENYA, GHANA),
            participants=(
                Person(name="Ada Oduya", party=KENYA),
                Person(role="Ghanaian counterpart", party=GHANA),
            ),
            date=When(text="Monday", edtf="2025-11-24", rule="the last Monday"),
            place=Place(name="Accra", code="GHA"),
            format="in_person",
            status="held",
            topics=(Topic(topic="fibre", text="the second cable"),),
            summary="The two ministers met in Accra.",
            evidence=quoted(
                ACCRA_TEXT,
                "Ada Oduya met her Ghanaian counterpart in Accra on Monday, where the two signed",
            ),
        ),
    ),
    proposals=(
        Proposal(
            id="proposal-1",
            proposers=(Person(name="Ada Oduya", party=KENYA),),
            proposer_party=(KENYA,),
            addressees=(GHANA,),
            kind="proposal",
            topics=(Topic(topic="mobile", text="5G equipment"),),
            meeting="meeting-1",
            evidence=quoted(ACCRA_TEXT, "Oduya proposed a joint laboratory for 5G equipment."),
        ),
    ),
    mous=(
        MoU(
            id="mou-1",
            parties=(KENYA, GHANA),
            title="the second cable",
            instrument="memorandum",
            status="signed",
            date=When(text="Monday", edtf="2025-11-24", rule="the last Monday"),
            topics=(Topic(topic="fibre", text="the second cable"),),
            meeting="meeting-1",
            evidence=quoted(ACCRA_TEXT, "the two signed a memorandum on the second cable"),
        ),
    ),
    rejected=(
        Rejected(
            record="mou-2",
            field="evidence",
            value="a treaty on satellites",
            reason="these words are not in the article",
        ),
    ),
    overlooked=(
        Overlooked(
            kind="meeting",
            rule="meetings/conferred",
            quote=quoted(ACCRA_TEXT, "The envoys of both conferred.")[0],
        ),
    ),
    warnings=("One sentence looks like a record and is in none; see `overlooked`.",),
    **OFFLINE,
)

PERSIAN_TEXT = """دیدار وزیران ارتباطات ایران و تاجیکستان

وزیر ارتباطات ایران با همتای تاجیکستانی خود در باکو دیدار کرد. دو طرف یادداشت تفاهم فیبر نوری را امضا کردند."""

PERSIAN = Extraction(
    article=Article(id="fa-1", text=PERSIAN_TEXT, language="fa"),
    meetings=(
        Meeting(
            id="meeting-1",
            parties=(IRAN, TAJIKISTAN),
            participants=(Person(role="همتای تاجیکستانی", party=TAJIKISTAN),),
            place=Place(name="باکو", code="AZE"),
            status="held",
            evidence=quoted(
                PERSIAN_TEXT, "وزیر ارتباطات ایران با همتای تاجیکستانی خود در باکو دیدار کرد"
            ),
        ),
    ),
    mous=(
        MoU(
            id="mou-1",
            parties=(IRAN, TAJIKISTAN),
            instrument="memorandum",
            status="signed",
            topics=(Topic(topic="fibre", text="فیبر نوری"),),
            evidence=quoted(PERSIAN_TEXT, "دو طرف یادداشت تفاهم فیبر نوری را امضا کردند"),
        ),
    ),
    **OFFLINE,
)

NOTHING = Extraction(article=Article(id="nothing", text="Rain is expected."), **OFFLINE)

# What would run or load something if it were taken for markup, in every field that holds words.
ATTACK = (
    "</script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>\"'&{{7*7}}"
)
BREAKOUT = Party(text=ATTACK, name=ATTACK, kind="company")

HOSTILE = Extraction(
    article=Article(
        id=f'"><b id=x>{ATTACK}',
        text=f"{ATTACK} met {ATTACK}",
        title=f"<h1>{ATTACK}",
        url="javascript:alert(3)",
        source=ATTACK,
        language='en" onload="alert(4)',
    ),
    meetings=(
        Meeting(
            id=f"meeting 1 {ATTACK}",
            parties=(BREAKOUT, KENYA),
            participants=(Person(name=ATTACK, role=ATTACK, party=BREAKOUT),),
            date=When(text=ATTACK, rule=ATTACK),
            place=Place(name=ATTACK),
            occasion=ATTACK,
            status="held",
            topics=(Topic(topic="other", text=ATTACK),),
            summary=ATTACK,
            evidence=(Quote(quote=ATTACK, start=0, end=len(ATTACK)),),
        ),
    ),
    rejected=(Rejected(record=ATTACK, field=ATTACK, value=ATTACK, reason=ATTACK),),
    overlooked=(
        Overlooked(kind="mou", rule=ATTACK, quote=Quote(quote=ATTACK, start=0, end=len(ATTACK))),
    ),
    warnings=(ATTACK,),
    **OFFLINE,
)

SIDES = [KENYA, GHANA, CUBA, RUSSIA, PERU, ITU, IRAN, TAJIKISTAN]
STATUSES = ["signed", "drafted", "in_force", "proposed"]
TOPICS = ["fibre", "mobile", "spectrum", "space", "ai", "post"]


def many(number):
    """Return as many small articles, each with a meeting and a memorandum, no two alike."""
    return [_one_of_many(place) for place in range(number)]


def _one_of_many(place):
    one, other = SIDES[place % 8], SIDES[(place * 3 + place // 8 + 1) % 8]
    other = PERU if one is other else other
    topic = Topic(topic=TOPICS[place % 6], text="the matter")
    day = date(2020, 1, 1) + timedelta(days=4 * place)
    edtf = [str(day), f"{day:%Y-%m}", f"{day:%Y}"][place % 3]
    met = f"Delegations of {one.name} and {other.name} met for the {place}th time to speak of the matter."
    text = f"{one.name} and {other.name}, day {place}\n\n{met}\n" + " ".join(
        f"In paragraph {line} nothing happens that concerns anybody, and so it goes on."
        for line in range(40)
    )
    signed = "They turned to a memorandum."
    text = f"{text}\n{signed}"
    when = When(text="then", edtf=edtf, rule="as written")
    return Extraction(
        article=Article(id=f"article-{place}", text=text, published=day, language="en"),
        meetings=(
            Meeting(
                id="meeting-1",
                parties=(one, other),
                participants=(),
                date=when,
                status="planned" if place % 5 == 0 else "held",
                topics=(topic,),
                evidence=quoted(text, met),
            ),
        ),
        mous=(
            MoU(
                id="mou-1",
                parties=(one, other),
                instrument="memorandum",
                status=STATUSES[place % 4],
                date=when,
                topics=(topic,),
                evidence=quoted(text, signed),
            ),
        ),
        **OFFLINE,
    )
