"""Articles and their records as a page shows them: with anchors to link to, and marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from ..records import Extraction, Meeting, MoU, Proposal, Quote
from .marking import Mark, Piece, paragraphs
from .wording import (
    NO_SIDES,
    Fact,
    Record,
    day,
    facts,
    listed,
    reader,
    records_in,
    remark,
    sides,
    states,
    summary,
)

RecordType: TypeAlias = Literal["meeting", "proposal", "mou"]

NAMES: dict[RecordType, str] = {"meeting": "Meeting", "proposal": "Proposal", "mou": "Memorandum"}
"""What a record is called; whether a text is a memorandum or an agreement, its states tell."""
# What the page itself calls its parts; those with a colon in them cannot be taken anyway.
OWN_ANCHORS = {
    "articles", "facets", "find", "lists", "no-match", "overview", "progress", "review", "top", "unread",
}  # fmt: skip
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
LONGEST_TITLE = 160  # characters; an article without a headline may begin with a long line
SHORTEST_HEADLINE = 4  # words; “Skip to content” has three
FIRST_LINES = 8  # among which a headline is looked for

WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
"""How an address begins that may be made a link."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NO_ANCHOR = re.compile(r"[^\w.~-]+")


class ShownQuote(NamedTuple):
    """A quote, and where it is marked; null if it does not stand there, as after an edit by hand."""

    text: str
    mark: Mark | None


class ShownFact(NamedTuple):
    """A fact below its record, and the anchor of the record that it names, if it names one."""

    label: str
    text: str
    anchor: str | None = None


class ShownRecord(NamedTuple):
    """A record with what is said of it."""

    anchor: str
    number: int
    """Its place among the article's records of all types, from 0."""
    type: RecordType
    called: str
    """What its type is called."""
    ordinal: str
    """Which of this type it is in its article, from 1; empty outside of one."""
    sides: str
    states: tuple[str, ...]
    setting: str
    """When and where, as far as it is known."""
    summary: str | None
    facts: tuple[ShownFact, ...]
    quotes: tuple[ShownQuote, ...]
    record: Record

    @property
    def name(self) -> str:
        """Return what it is called within its article, such as “Meeting 1”."""
        return f"{self.called} {self.ordinal}".strip()


class ShownArticle(NamedTuple):
    """An article with its text and records."""

    anchor: str
    title: str
    told: str
    """Where it is from, when, and who read it."""
    address: str | None
    """Where it was published, if that is a page on the web: nothing else is made a link."""
    language: str | None
    """Its code, if it has the form of one."""
    direction: Literal["ltr", "rtl"]
    paragraphs: tuple[tuple[Piece, ...], ...]
    records: tuple[ShownRecord, ...]
    overlooked: tuple[ShownQuote, ...]
    found: Extraction


class Anchors:
    """Hands out names for places on a page: each once, and the same in every run."""

    def __init__(self) -> None:
        self._given = set(OWN_ANCHORS)

    def give(self, wanted: str, under: str | None = None) -> str:
        """Return `wanted` in a form that can stand in an address, with a number if it is taken."""
        plain = _NO_ANCHOR.sub("_", wanted) or "_"
        first = plain if under is None else f"{under}/{plain}"
        anchor, number = first, 1
        while anchor in self._given:
            number += 1
            anchor = f"{first}~{number}"
        self._given.add(anchor)
        return anchor


def show_articles(extractions: Iterable[Extraction]) -> list[ShownArticle]:
    """Prepare what a page shows, in the order given."""
    anchors = Anchors()
    return [_article(found, anchors) for found in extractions]


def type_of(record: Record) -> RecordType:
    """Return a record's type in one word."""
    match record:
        case Meeting():
            return "meeting"
        case Proposal():
            return "proposal"
        case MoU():
            return "mou"


def _article(found: Extraction, anchors: Anchors) -> ShownArticle:
    article = found.article
    anchor = anchors.give(article.id)
    records = tuple(_records(found, anchor, anchors))
    overlooked = tuple(
        _quote(one.quote, found, anchors.give("overlooked", anchor), "overlooked", number)
        for number, one in enumerate(found.overlooked)
    )
    quotes = [*(quote for record in records for quote in record.quotes), *overlooked]
    published = f"published {article.published}" if article.published else "no publication date"
    title = article.title or _headline(article.text) or article.id
    lines = list(paragraphs(article.text, [quote.mark for quote in quotes if quote.mark]))
    if lines and lines[0] == (Piece(title),):
        del lines[0]  # it stands above already, and nothing in it is marked
    return ShownArticle(
        anchor=anchor,
        title=title,
        told=listed([article.source or "", published, article.id, reader(found.provenance)]),
        address=article.url if WEB.match(article.url or "") else None,
        language=article.language if _LANGUAGE.fullmatch(article.language or "") else None,
        direction="rtl" if article.language in RIGHT_TO_LEFT else "ltr",
        paragraphs=tuple(lines),
        records=records,
        overlooked=overlooked,
        found=found,
    )


def show_record(record: Record) -> ShownRecord:
    """Prepare a record without its article: nothing in it is a link."""
    quotes = tuple(ShownQuote(quote.quote, None) for quote in record.evidence)
    told = tuple(ShownFact(fact.label, fact.text) for fact in facts(record))
    return _shown(record, "record", 0, "")._replace(quotes=quotes, facts=told)


def _records(found: Extraction, article: str, anchors: Anchors) -> Iterator[ShownRecord]:
    counts: dict[RecordType, int] = {}
    meetings: dict[str, ShownRecord] = {}
    for number, record in enumerate(records_in(found)):
        type_ = type_of(record)
        counts[type_] = counts.get(type_, 0) + 1
        anchor = anchors.give(record.id, article)
        quotes = tuple(
            _quote(quote, found, anchors.give(str(place), anchor), type_, number)
            for place, quote in enumerate(record.evidence, start=1)
        )
        told = tuple(_fact(fact, meetings) for fact in facts(record))
        shown = _shown(record, anchor, number, str(counts[type_]))
        shown = shown._replace(quotes=quotes, facts=told)
        if type_ == "meeting":
            meetings[record.id] = shown
        yield shown


def _shown(record: Record, anchor: str, number: int, ordinal: str) -> ShownRecord:
    return ShownRecord(
        anchor=anchor,
        number=number,
        type=type_of(record),
        called=NAMES[type_of(record)],
        ordinal=ordinal,
        sides=sides(record) or NO_SIDES,
        states=states(record),
        setting=listed([day(record), remark(record)]),
        summary=summary(record),
        facts=(),
        quotes=(),
        record=record,
    )


def _fact(fact: Fact, meetings: Mapping[str, ShownRecord]) -> ShownFact:
    if fact.is_record and fact.text in meetings:
        meeting = meetings[fact.text]
        return ShownFact(fact.label, meeting.name, meeting.anchor)
    return ShownFact(fact.label, fact.text)


def _quote(quote: Quote, found: Extraction, anchor: str, kind: str, number: int) -> ShownQuote:
    words = found.article.text[quote.start : quote.end]
    stands = words == quote.quote and words == words.strip() != ""
    mark = Mark(quote.start, quote.end, anchor, kind, number) if stands else None
    return ShownQuote(quote.quote, mark)


def _headline(text: str) -> str:
    """Return the first line that is long enough for a headline, since menus may stand above it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:FIRST_LINES]
    long_enough = (line for line in lines if len(line.split()) >= SHORTEST_HEADLINE)
    line = next(long_enough, lines[0] if lines else "")
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"
