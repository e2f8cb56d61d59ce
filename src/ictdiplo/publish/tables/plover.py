"""PLOVER: events as JSON Lines, for those who work with event data.

The names of the fields are those of the PLOVER manual, chapter “Data Fields”.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...article import Article
from ...gather.run import Failure
from ..output import replacing
from .events import Actor, Codebook, Event, events_of, persons_of
from .intake import Entry, TablesReport
from .rows import extent

_NO_SIDE = "Persons left out of events, since no side is theirs"


def write_plover(
    entries: Iterable[Entry | Failure], path: Path, codebook: Codebook, report: TablesReport
) -> None:
    """Write an event a line; what the codebook has no event for is counted in the report."""
    with replacing(path) as stream:
        for entry in entries:
            if isinstance(entry, Entry):
                for event in events_of(entry, codebook, report):
                    line = _event(event, entry, codebook)
                    print(json.dumps(line, ensure_ascii=False), file=stream)
                    if sideless := _sideless(event):
                        report.remarks[_NO_SIDE] += sideless


def _event(event: Event, entry: Entry, codebook: Codebook) -> dict[str, Any]:
    first, last = extent(event.when)
    place = getattr(event.record, "place", None)
    evidence = event.record.evidence
    return {
        "id": event.key,
        # The date is required by the manual, but no day is made up where none is known.
        "date": str(first) if first else None,
        "enddate": str(last) if last and last != first else None,
        "actor": [entity for actor in event.actors for entity in _entities(actor)],
        "recipient": [entity for actor in event.recipients for entity in _entities(actor)],
        "event": [event.coding.event],
        "mode": list(event.coding.mode),
        "context": list(event.contexts),
        "quad_code": event.coding.quad_code,
        "event_scale": event.coding.event_scale,
        "cameo": event.coding.cameo,
        "event_loc": {"name": place.name, "country": place.code} if place else None,
        "event_text": [quote.quote for quote in evidence],
        "text_info": [{"start": quote.start, "end": quote.end} for quote in evidence],
        "cite_info": _citation(entry.found.article, codebook, entry.found.provenance.version),
        "link": entry.key,
    }


def _entities(actor: Actor) -> list[dict[str, str | None]]:
    """Return an entity for each person of a side, or one for the side."""
    side = {"code": actor.code, "sector": actor.sector}
    if not actor.persons:
        return [{**side, "entity_text": actor.party.text, "office": None}]
    return [
        {**side, "entity_text": person.name or actor.party.text, "office": person.role}
        for person in actor.persons
    ]


def _sideless(event: Event) -> int:
    """Count the persons that none of the sides has."""
    placed = [person for actor in (*event.actors, *event.recipients) for person in actor.persons]
    return sum(person not in placed for person in persons_of(event.record))


def _citation(article: Article, codebook: Codebook, version: str) -> dict[str, str | None]:
    return {
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "publication": article.source,
        "published": str(article.published) if article.published else None,
        "coder": f"ictdiplo {version}",
        "codebook": codebook.codebook,
    }
