"""What many records come to: when, who meets whom, which country on what, and how far texts got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from typing import NamedTuple, TypeAlias, get_args

from ..records import Meeting, MoU, MoUStatus, Proposal, When
from .facets import parties, parties_of, span, status_of, topics_of
from .shown import NAMES, ShownArticle, ShownRecord
from .wording import day, listed

Entry: TypeAlias = tuple[ShownArticle, ShownRecord]

DONE = {"held", "signed", "in_force", "implemented", "expired"}
"""Statuses of what has happened; all others are still to come, or never will."""
STAGES: tuple[MoUStatus, ...] = get_args(MoUStatus)
MOST_NAMED = 3
"""Sides that are named where there is little room."""


class Moment(NamedTuple):
    """A meeting, or a stage of a text, on the line of time."""

    row: str
    """The sides, in the order of the alphabet, so that the same ones share a row."""
    type: str
    done: bool
    first: date
    last: date
    """The last day that it may have been on; the same as the first if the day is known."""
    label: str
    entry: Entry


class Pair(NamedTuple):
    """Two sides, and the meetings that both were at."""

    one: str
    other: str
    meetings: list[Entry]


class Network(NamedTuple):
    """Who met whom."""

    names: dict[str, str]
    """What each side is called, by code or name."""
    pairs: list[Pair]
    """Those who met most often first."""


class Matrix(NamedTuple):
    """Countries by topics; of each cell the records."""

    topics: list[str]
    names: dict[str, str]
    """The countries' names by code, those with most records first."""
    cells: dict[tuple[str, str], list[Entry]]


class Overview(NamedTuple):
    """All of it."""

    timeline: list[Moment]
    undated: int
    """Meetings and texts that are not on the line of time, since no date is known."""
    network: Network
    matrix: Matrix
    board: dict[MoUStatus, list[Entry]]
    """The texts at each stage, the latest first, those without a date last."""


def overview_of(articles: Iterable[ShownArticle]) -> Overview:
    """Work out what the records of all articles come to."""
    entries = [(article, shown) for article in articles for shown in article.records]
    timeline = _within_known_days([moment for entry in entries for moment in _moments(entry)])
    dated = {id(moment.entry[1]) for moment in timeline}
    lasting = [entry for entry in entries if not isinstance(entry[1].record, Proposal)]
    return Overview(
        timeline=timeline,
        undated=sum(id(shown) not in dated for _, shown in lasting),
        network=_network(entries),
        matrix=_matrix(entries),
        board=_board(entries),
    )


def _moments(entry: Entry) -> Iterator[Moment]:
    _, shown = entry
    match shown.record:
        case Meeting(date=when) as record:
            yield from _moment(entry, when, "", done=record.status in DONE)
        case MoU(date=when, expected=expected) as record:
            yield from _moment(entry, when, "", done=record.status in DONE)
            yield from _moment(entry, expected, "next stage expected ", done=False)


def _moment(entry: Entry, when: When | None, remark: str, *, done: bool) -> Iterator[Moment]:
    shown = entry[1]
    if days := span(when):
        told = f"{remark}{when.edtf if when else ''}"
        label = f"{NAMES[shown.type]}: {listed([shown.sides, *shown.states, told])}"
        yield Moment(_row(shown), shown.type, done, *days, label, entry)


def _row(shown: ShownRecord) -> str:
    names = sorted(parties_of(shown.record).values(), key=str.casefold)
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return " – ".join([*names[:MOST_NAMED], *more]) or shown.sides


def _within_known_days(moments: Sequence[Moment]) -> list[Moment]:
    """Let open ends reach as far as the known days of the others do, and sort by the first day."""
    known = [day for moment in moments for day in (moment.first, moment.last)]
    known = [day for day in known if day not in (date.min, date.max)] or [date.min]
    first, last = min(known), max(known) + timedelta(days=1)
    closed = [
        moment._replace(first=max(moment.first, first), last=min(moment.last, last))
        for moment in moments
    ]
    return sorted(closed, key=lambda moment: (moment.first, moment.row))


def _network(entries: Iterable[Entry]) -> Network:
    names: dict[str, str] = {}
    pairs: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        record = entry[1].record
        if isinstance(record, Meeting) and record.status == "held":
            sides = parties_of(record)
            for one, other in combinations(sorted(sides), 2):
                names.update({one: sides[one], other: sides[other]})
                pairs.setdefault((one, other), []).append(entry)
    ordered = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    return Network(names, [Pair(one, other, met) for (one, other), met in ordered])


def _matrix(entries: Iterable[Entry]) -> Matrix:
    cells: dict[tuple[str, str], list[Entry]] = {}
    names: dict[str, str] = {}
    by_country, by_topic = Counter[str](), Counter[str]()
    for entry in entries:
        countries = {side.code: side.name for side in parties(entry[1].record) if side.code}
        for code, topic in product(countries, topics_of(entry[1].record)):
            cells.setdefault((code, topic), []).append(entry)
            names.setdefault(code, countries[code])
            by_country[code] += 1
            by_topic[topic] += 1
    ordered = sorted(by_country, key=lambda code: (-by_country[code], names[code]))
    topics = sorted(by_topic, key=lambda topic: (-by_topic[topic], topic))
    return Matrix(topics, {code: names[code] for code in ordered}, cells)


def _board(entries: Iterable[Entry]) -> dict[MoUStatus, list[Entry]]:
    texts = [entry for entry in entries if isinstance(entry[1].record, MoU)]
    texts.sort(key=lambda entry: day(entry[1].record), reverse=True)
    return {
        stage: there
        for stage in STAGES
        if (there := [entry for entry in texts if status_of(entry[1].record) == stage])
    }
