"""What several reports say of one field: each value once, with those who say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

from ..language.folding import fold
from ..language.gazetteer import lookup
from ..language.names import same_name
from ..records import Meeting, MoU, Party, Place, Proposal, Topic, When
from .ledger import Side, Source, Told
from .reports import Report, side
from .spans import span_of

Record = TypeVar("Record", Meeting, Proposal, MoU)
Said = tuple[str, str | None, str | None]
"""Source, value, and the words that give it."""


def told(said: Iterable[Said]) -> tuple[Told, ...]:
    """Gather the values, what most sources say first, then what was said first; None is not said."""
    words: dict[str, dict[str, None]] = {}
    sources: dict[str, dict[str, None]] = {}
    for source, value, text in said:
        if value:
            sources.setdefault(value, {})[source] = None
            known = words.setdefault(value, {})
            if text and text != value:
                known[text] = None
    values = sorted(sources, key=lambda value: -len(sources[value]))
    return tuple(
        Told(value=value, words=tuple(words[value]), sources=tuple(sources[value]))
        for value in values
    )


def each(
    reports: Iterable[Report[Record]], value: Callable[[Record], str | None]
) -> tuple[Told, ...]:
    """Gather one plain field of all reports."""
    return told((report.id, value(report.record), None) for report in reports)


def texts(
    reports: Iterable[Report[Record]], words: Callable[[Record], str | None]
) -> tuple[Told, ...]:
    """Gather words of all reports; those that fold alike are one, as the first report writes them.

    What is all in capitals, as a dateline is, yields to what is not.
    """
    reports, first = list(reports), dict[str, str]()
    for report in reports:
        if (text := words(report.record)) and first.get(fold(text), text).isupper():
            first[fold(text)] = text
        elif text:
            first.setdefault(fold(text), text)
    return told(
        (report.id, first[fold(text)] if (text := words(report.record)) else None, text)
        for report in reports
    )


def dates(
    reports: Iterable[Report[Record]], when: Callable[[Record], When | None]
) -> tuple[Told, ...]:
    """Gather the dates that were worked out, the most precise first."""
    found = ((report.id, when(report.record)) for report in reports)
    gathered = told((source, date.edtf, date.text) for source, date in found if date)
    return tuple(sorted(gathered, key=lambda each: (_days(each), -len(each.sources), each.value)))


def sides(
    reports: Iterable[Report[Record]], parties: Callable[[Record], Iterable[Party]]
) -> tuple[Side, ...]:
    """Gather the sides, each once, by name."""
    named: dict[str, list[tuple[str, Party]]] = {}
    for report in reports:
        for party in parties(report.record):
            named.setdefault(side(party), []).append((report.id, party))
    return tuple(
        Side(
            name=_best(parties).name,
            code=_best(parties).code,
            kind=_best(parties).kind,
            words=tuple(dict.fromkeys(party.text for _, party in parties)),
            sources=tuple(dict.fromkeys(source for source, _ in parties)),
        )
        for _, parties in sorted(named.items())
    )


def topics(
    reports: Iterable[Report[Record]], of: Callable[[Record], Iterable[Topic]]
) -> tuple[Told, ...]:
    """Gather the headings, with the words filed under them."""
    return told(
        (report.id, topic.topic, topic.text) for report in reports for topic in of(report.record)
    )


def sources(reports: Iterable[Report[Record]]) -> tuple[Source, ...]:
    """Return who reports it, and in which words."""
    return tuple(
        Source(
            id=report.id,
            article=report.article.id,
            record=report.record.id,
            title=report.article.title,
            publisher=report.article.source,
            url=report.article.url,
            published=report.article.published,
            quotes=report.record.evidence,
        )
        for report in reports
    )


def dates_disagree(gathered: Sequence[Told]) -> bool:
    """Tell whether two dates exclude each other; a month agrees with each of its days."""
    spans = [span for each in gathered if (span := span_of(each.value))]
    return any(one.gap(other) for one, other in combinations(spans, 2))


def places_disagree(places: Iterable[Place | None]) -> bool:
    """Tell whether two towns are named; one in two scripts, or its country, is one."""
    names = {fold(place.name): place for place in places if place and _is_town(place)}
    return any(
        one.isascii() and other.isascii() and not _one_place(one, other)
        for one, other in combinations(names, 2)
    )


def _one_place(one: str, other: str) -> bool:
    return one in other or other in one or same_name(one, other)


def _is_town(place: Place) -> bool:
    entry = lookup(place.name)
    return not (entry and entry.kind == "country")


def _best(parties: Sequence[tuple[str, Party]]) -> Party:
    """Return the country before its ministry, and of two names the first in the alphabet."""
    return min(
        (party for _, party in parties), key=lambda party: (party.kind != "country", party.name)
    )


def _days(date: Told) -> int:
    span = span_of(date.value)
    return span.days if span else 0
