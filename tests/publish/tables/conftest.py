"""Extractions to put into tables: one with everything in it, one that is hostile, one empty."""

from datetime import date

import pytest

from ictdiplo.article import Article
from ictdiplo.errors import EmptyArticle
from ictdiplo.gather.run import Failure
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

TEXT = (
    "Ada Oduya met Kofi Baah and the ITU in Accra in November 2025. She proposed a laboratory by "
    "2027.\nThe two sides signed a memorandum on spectrum, in force since 2024. هر دو طرف راضی‌اند."
)
KENYA = Party(text="Nairobi", name="Kenya", code="KEN", kind="country")
GHANA = Party(text="Ghanaian", name="Ghana", code="GHA", kind="country")
ITU = Party(text="the ITU", name="ITU", kind="organisation")
ODUYA = Person(name="Ada Oduya", role="ICT minister", party=KENYA)
BAAH = Person(name="Kofi Baah", role="counterpart", party=GHANA)
UNNAMED = Person(role="regulator of Ghana", party=GHANA)


def quote(words):
    start = TEXT.index(words)
    return Quote(quote=words, start=start, end=start + len(words))


def extraction(**fields):
    return Extraction(
        **{
            "article": Article(id="a1", text=TEXT),
            "provenance": Provenance(reader="offline", version="0.1.0"),
            "usage": Usage(cost=0),
            **fields,
        }
    )


def titled(title, **fields):
    """An extraction with one memorandum of this title, between sides of this name."""
    side = Party(text=title, name=title, kind="organisation")
    mou = MoU(
        id="mou-1",
        parties=(side,),
        title=title,
        instrument="other",
        status="signed",
        evidence=(quote("signed"),),
    )
    return extraction(mous=(mou,), **fields)


MEETING = Meeting(
    id="meeting-1",
    parties=(KENYA, GHANA),
    participants=(ODUYA, BAAH, UNNAMED),
    date=When(text="in November 2025", edtf="2025-11", rule="a month as written"),
    place=Place(name="Accra", code="GHA"),
    occasion="the Spectrum Days",
    format="in_person",
    status="held",
    topics=(Topic(topic="spectrum", text="spectrum"), Topic(topic="skills", text="laboratory")),
    summary="Kenya and Ghana met.",
    rules=("meetings/met",),
    evidence=(quote("Ada Oduya met Kofi Baah"), quote("in Accra in November 2025")),
)
CALLED_OFF = Meeting(
    id="meeting-2",
    parties=(KENYA, GHANA, ITU),
    participants=(),
    date=When(text="soon", rule="no day can be told"),
    status="cancelled",
    evidence=(quote("Kofi Baah and the ITU"),),
)
PROPOSAL = Proposal(
    id="proposal-1",
    proposers=(ODUYA,),
    proposer_party=(KENYA,),
    addressees=(GHANA,),
    kind="proposal",
    topics=(Topic(topic="cybersecurity", text="laboratory"),),
    due=When(text="by 2027", edtf="2027", rule="a year as written"),
    meeting="meeting-1",
    evidence=(quote("proposed a laboratory by 2027"),),
)
MOU = MoU(
    id="mou-1",
    parties=(KENYA, GHANA),
    signatories=(ODUYA,),
    title="memorandum on spectrum",
    instrument="memorandum",
    status="in_force",
    date=When(text="since 2024", edtf="2024~/..", rule="open end"),
    expected=When(text="in 2028", edtf="2028", rule="a year as written"),
    refers_back=True,
    meeting="meeting-1",
    evidence=(quote("signed a memorandum on spectrum, in force since 2024"),),
)
EXPIRED = MoU(
    id="mou-2",
    parties=(),
    instrument="letter",
    status="expired",
    evidence=(quote("هر دو طرف راضی‌اند"),),
)
FULL = extraction(
    article=Article(
        id="a1",
        text=TEXT,
        title="Kenya and Ghana, “sharing” spectrum",
        url="https://news.example/a?b=1",
        source="The Example",
        published=date(2025, 11, 26),
        language="en",
        warnings=("2 characters were taken out.",),
    ),
    meetings=(MEETING, CALLED_OFF),
    proposals=(PROPOSAL,),
    mous=(MOU, EXPIRED),
    rejected=(
        Rejected(record="mou-1", field="title", value="treaty", reason="not in the article"),
        Rejected(record="meeting-9", field="evidence", value="…", reason="not in the article"),
    ),
    overlooked=(
        Overlooked(kind="meeting", rule="meetings/met", quote=quote("Kofi Baah and the ITU")),
    ),
    provenance=Provenance(
        reader="openai/gpt-5-mini",
        version="0.1.0",
        endpoint="https://api.example/v1",
        mode="tools",
        attempts=2,
    ),
    usage=Usage(input_tokens=900, output_tokens=None, cost=None, seconds=1.5),
    warnings=("One sentence looks like a record and is in none.",),
)
FAILED = Failure("a2", EmptyArticle("There is no text in it."))


@pytest.fixture
def full():
    """An extraction in which every field has a value somewhere."""
    return FULL


@pytest.fixture
def failed():
    """An article that was not read."""
    return FAILED


@pytest.fixture
def outcomes():
    """Two articles with the same id, one without a record, and a failure."""
    return [FULL, extraction(article=Article(id="a3", text="Nothing.")), FAILED, FULL]


@pytest.fixture
def make_titled():
    """A function that makes an extraction with a memorandum of the title given."""
    return titled


@pytest.fixture
def make():
    """A function that makes an extraction of the fields given."""
    return extraction
