"""JSON-LD in the terms of schema.org: articles, and what they report, as one graph.

schema.org has no memorandum and no proposal: a text is a `CreativeWork` with a
`creativeWorkStatus`, a proposal a `CommunicateAction`. The words that report them are `Quotation`s
of the article. A meeting that was held has no status, for which there is no term; at which meeting a
proposal was made or a text signed is not told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from ...gather.run import Failure
from ...language.gazetteer import alpha_2
from ...records import Meeting, MoU, Party, Person, Place, Proposal, When
from ..output import replacing
from .events import persons_of, sides_of
from .intake import Entry, Record, records_of

Node: TypeAlias = dict[str, Any]

_STATUS = {"planned": "EventScheduled", "cancelled": "EventCancelled"}
_ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "virtual": "OnlineEventAttendanceMode",
    "phone": "OnlineEventAttendanceMode",
}
_TYPES = {
    "country": "Country",
    "organisation": "Organization",
    "company": "Corporation",
    "office": "GovernmentOrganization",
}


def write_json_ld(entries: Iterable[Entry | Failure], path: Path) -> None:
    """Write one document, whose graph holds each article and each record."""
    with replacing(path) as stream:
        stream.write('{"@context": "https://schema.org", "@graph": [')
        comma = "\n"
        for entry in entries:
            if isinstance(entry, Entry):
                for node in _nodes(entry):
                    stream.write(comma + _dumped(node))
                    comma = ",\n"
        stream.write("\n]}\n")


def _dumped(node: Node) -> str:
    """Return JSON in which nothing ends the script element of a page that it is put into."""
    return json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")


def _nodes(entry: Entry) -> Iterator[Node]:
    article, name = entry.found.article, _name(entry.key)
    yield _without_blanks(
        {
            "@id": name,
            "@type": "NewsArticle",
            "headline": article.title,
            "url": article.url,
            "datePublished": str(article.published) if article.published else None,
            "inLanguage": article.language,
            "publisher": _named("Organization", article.source),
            "mentions": [{"@id": _name(entry.key, r.id)} for r in records_of(entry.found)],
        }
    )
    for record in records_of(entry.found):
        quotes = [
            {"@type": "Quotation", "text": words.quote, "isPartOf": {"@id": name}}
            for words in record.evidence
        ]
        node = {"@id": _name(entry.key, record.id), **_own(record), "subjectOf": quotes}
        yield _without_blanks(node)


def _name(*parts: str) -> str:
    """Return what a node is called: a URN, since nobody answers for it on the web."""
    return "urn:ictdiplo:" + ":".join(quote(part, safe="") for part in parts)


def _own(record: Record) -> Node:
    topics = list(dict.fromkeys(topic.topic for topic in record.topics))
    sides = list(map(_side, sides_of(record)))
    names = [side["name"] for side in sides]
    match record:
        case Meeting():
            return {
                "@type": "Event",
                "name": f"Meeting of {' and '.join(names)}" if names else "Meeting",
                "description": record.summary,
                **_dates(record.date),
                "eventStatus": _STATUS.get(record.status),
                "eventAttendanceMode": _ATTENDANCE.get(record.format),
                "location": _place(record.place),
                "superEvent": _named("Event", record.occasion),
                "attendee": [*sides, *map(_person, persons_of(record))],
                "about": topics,
            }
        case Proposal():
            return {
                "@type": "CommunicateAction",
                "description": record.summary,
                "agent": [*sides, *map(_person, persons_of(record))],
                "recipient": list(map(_side, record.addressees)),
                "about": topics,
            }
        case MoU():
            return {
                "@type": "CreativeWork",
                "name": record.title,
                "additionalType": record.instrument,
                "creativeWorkStatus": record.status,
                "contributor": [*sides, *map(_person, persons_of(record))],
                "temporal": record.date.edtf if record.date else None,
                "about": topics,
            }


def _side(side: Party) -> Node:
    code = alpha_2(side.code) if side.code else None
    return _without_blanks({"@type": _TYPES[side.kind], "name": side.name, "identifier": code})


def _person(person: Person) -> Node:
    if not person.name:
        return {"@type": "Role", "roleName": person.role}
    return _without_blanks(
        {
            "@type": "Person",
            "name": person.name,
            "jobTitle": person.role,
            "affiliation": _side(person.party) if person.party else None,
        }
    )


def _place(place: Place | None) -> Node | None:
    if not place:
        return None
    country = alpha_2(place.code) if place.code else None
    address = {"@type": "PostalAddress", "addressCountry": country} if country else None
    return _without_blanks({"@type": "Place", "name": place.name, "address": address})


def _named(kind: str, name: str | None) -> Node | None:
    return {"@type": kind, "name": name} if name else None


def _dates(when: When | None) -> Node:
    """Return the ends of a date, as precise as they are: ISO 8601 has years and months, too."""
    start, _, end = (when.edtf if when and when.edtf else "").partition("/")
    return {"startDate": start.strip(".?~%"), "endDate": end.strip(".?~%")}


def _without_blanks(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
