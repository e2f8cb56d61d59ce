"""FollowTheMoney: articles, sides, persons and events as entities, for Aleph and its kin.

A meeting, a proposal and a memorandum are an `Event` each, since the model has no schema for them.
What ties two sides is an `UnknownLink` beside it, and `Documentation` ties the event to its article.
A country is the same entity in all articles; all others are one within their article only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from itertools import combinations, product
from pathlib import Path
from typing import Any, TypeAlias

from ...article import Article
from ...gather.run import Failure
from ...language.gazetteer import alpha_2
from ...records import Meeting, MoU, Party, Person, Proposal, When
from ..output import replacing
from .events import persons_of, sides_of
from .intake import Entry, Record, records_of
from .rows import TYPES

Entity: TypeAlias = dict[str, Any]

_SCHEMATA = {
    "country": "PublicBody",
    "organisation": "Organization",
    "company": "Company",
    "office": "PublicBody",
}
_LANGUAGES: dict[str, str] = json.loads(
    (files("ictdiplo") / "data" / "languages.json").read_text(encoding="utf-8")
)["alpha_3"]


def write_follow_the_money(entries: Iterable[Entry | Failure], path: Path) -> None:
    """Write an entity a line; a country only where it is first named."""
    countries: set[str] = set()
    with replacing(path) as stream:
        for entry in entries:
            if not isinstance(entry, Entry):
                continue
            graph = _Graph(entry.key)
            _fill(graph, entry)
            for entity in graph.entities.values():
                if entity["id"] not in countries:
                    print(json.dumps(entity, ensure_ascii=False), file=stream)
            countries.update(graph.countries)


class _Graph:
    """The entities of one article, by their ids."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.entities: dict[str, Entity] = {}
        self.countries: set[str] = set()

    def add(self, schema: str, identity: str, **properties: Iterable[str | None]) -> str:
        """Add what is new about an entity of this article, and return its id."""
        digest = hashlib.sha256(f"{self._key}\n{schema}\n{identity}".encode()).hexdigest()
        return self._add(f"ictdiplo-{digest[:40]}", schema, properties)

    def add_country(self, name: str, code: str) -> str:
        """Add a country, and return its id."""
        identity = f"ictdiplo-country-{code}"
        self.countries.add(identity)
        return self._add(identity, "PublicBody", {"name": [name], "country": [code]})

    def _add(self, identity: str, schema: str, new: dict[str, Iterable[str | None]]) -> str:
        entity = self.entities.setdefault(
            identity, {"id": identity, "schema": schema, "properties": {}}
        )
        for name, values in new.items():
            known = entity["properties"].get(name, [])
            merged = list(dict.fromkeys([*known, *(value for value in values if value)]))
            if merged:
                entity["properties"][name] = merged
        return identity


def _fill(graph: _Graph, entry: Entry) -> None:
    article = _article(graph, entry.found.article)
    for record in records_of(entry.found):
        sides = [_side(graph, side) for side in sides_of(record)]
        addressed = record.addressees if isinstance(record, Proposal) else ()
        addressees = [_side(graph, side) for side in addressed]
        persons = [_person(graph, person) for person in persons_of(record)]
        event = graph.add(
            "Event",
            record.id,
            **_described(record),
            involved=[*sides, *addressees, *filter(None, persons)],
            proof=[article],
            recordId=[entry.record_key(record.id)],
            sourceUrl=[entry.found.article.url],
        )
        _link(graph, record, sides, addressees, article)
        graph.add("Documentation", record.id, document=[article], entity=[event], role=["reports"])


def _article(graph: _Graph, article: Article) -> str:
    return graph.add(
        "Article",
        "",
        name=[article.title or article.id],
        title=[article.title],
        sourceUrl=[article.url],
        publisher=[article.source],
        publishedAt=[str(article.published) if article.published else None],
        language=[_LANGUAGES.get(article.language or "")],
        bodyText=[article.text],
    )


def _described(record: Record) -> dict[str, Iterable[str | None]]:
    place = record.place if isinstance(record, Meeting) else None
    summary = None if isinstance(record, MoU) else record.summary
    when = None if isinstance(record, Proposal) else record.date
    return {
        "name": [_name(record)],
        **_dates(when),
        "summary": [summary],
        "description": [quote.quote for quote in record.evidence],
        "location": [place.name if place else None],
        "country": [_country(place.code) if place else None],
        "keywords": [TYPES[type(record)], *(topic.topic for topic in record.topics)],
        "notes": [*_notes(record), f"date as written: {when.text}" if when else None],
    }


def _name(record: Record) -> str:
    sides = " and ".join(side.name for side in sides_of(record)) or "parties not named"
    match record:
        case Meeting():
            return f"Meeting of {sides}"
        case Proposal():
            to = " and ".join(side.name for side in record.addressees)
            return f"Proposal of {sides}{f' to {to}' if to else ''}"
        case MoU():
            return record.title or f"{record.instrument.replace('_', ' ').capitalize()} of {sides}"


def _notes(record: Record) -> list[str | None]:
    match record:
        case Meeting():
            return [f"status: {record.status}", f"format: {record.format}", record.occasion]
        case Proposal():
            due = f"due: {record.due.edtf or record.due.text}" if record.due else None
            return [f"kind: {record.kind}", f"response: {record.response}", due]
        case MoU():
            text = record.expected
            expected = f"expected: {text.edtf or text.text}" if text else None
            back = "an older text mentioned again" if record.refers_back else None
            return [f"instrument: {record.instrument}", f"status: {record.status}", expected, back]


def _link(
    graph: _Graph, record: Record, sides: list[str], addressees: list[str], article: str
) -> None:
    """Tie proposers to addressees, and the sides of a text to each other."""
    pairs: Iterable[tuple[str, str]] = ()
    role: str = TYPES[type(record)]
    match record:
        case Proposal():
            pairs, role = product(sides, addressees), record.kind
        case MoU():
            pairs, role = combinations(sides, 2), f"{record.instrument}, {record.status}"
    when = None if isinstance(record, Proposal) else record.date
    for number, (one, other) in enumerate(pairs):
        graph.add(
            "UnknownLink",
            f"{record.id} {number}",
            subject=[one],
            object=[other],
            role=[role],
            proof=[article],
            **_dates(when),
        )


def _side(graph: _Graph, side: Party) -> str:
    code = _country(side.code)
    if side.kind == "country" and code:
        return graph.add_country(side.name, code)
    return graph.add(_SCHEMATA[side.kind], side.name, name=[side.name], country=[code])


def _person(graph: _Graph, person: Person) -> str | None:
    """Add a person, or, where the article names nobody, the office or body; tie it to its side."""
    name = person.name or person.role
    if not name:
        return None
    code = _country(person.party.code if person.party else None)
    if person.name:
        known = graph.add("Person", name, name=[name], position=[person.role], country=[code])
    else:
        known = graph.add("LegalEntity", name, name=[name], country=[code])
    if person.party:
        side = _side(graph, person.party)
        graph.add(
            "UnknownLink", f"{known} {side}", subject=[known], object=[side], role=[person.role]
        )
    return known


def _dates(when: When | None) -> dict[str, Iterable[str | None]]:
    """Return the ends of a date, as precise as they are; what is not known has none."""
    start, _, end = (when.edtf if when and when.edtf else "").partition("/")
    return {"startDate": [start.strip(".?~%")], "endDate": [end.strip(".?~%")]}


def _country(code: str | None) -> str | None:
    """Return the country's code as the model wants it: ISO 3166-1 alpha-2 in small letters."""
    known = alpha_2(code) if code else None
    return known.lower() if known else None
