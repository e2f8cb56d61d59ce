"""POLECAT: events as a table of tab-separated values, to join with the published set.

Columns are those of the set on Harvard Dataverse (doi:10.7910/DVN/AJGVIT): `None` where nothing is
known, several values joined by semicolons. Unlike there, every file is UTF-8, and no value holds a
tab or the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...gather.run import Failure
from ..output import replacing
from .delimited import guarded
from .events import Actor, Codebook, Event, events_of, persons_of
from .intake import Entry, TablesReport
from .overview import joined
from .rows import extent

QUADS: dict[int | None, str] = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
_SIDE = (
    "{} Name", "{} Country", "{} COW", "Primary {} Sector", "{} Sectors", "{} Title", "{} Name Raw",
    "Wikipedia {} ID",
)  # fmt: skip
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in _SIDE),
    *(name.format("Recipient") for name in _SIDE),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
_Cell = str | float | None


def write_polecat(
    entries: Iterable[Entry | Failure],
    path: Path,
    codebook: Codebook,
    report: TablesReport,
    *,
    guard: bool = True,
) -> None:
    """Write an event a row; what the codebook has no event for is counted in the report.

    `guard` lets no cell be taken for a formula.
    """
    with replacing(path) as stream:
        print(*COLUMNS, sep="\t", file=stream)
        for entry in entries:
            if isinstance(entry, Entry):
                for event in events_of(entry, codebook, report):
                    row = _row(event, entry, codebook)
                    cells = (_cell(row.get(column), guard=guard) for column in COLUMNS)
                    print(*cells, sep="\t", file=stream)


def _row(event: Event, entry: Entry, codebook: Codebook) -> dict[str, _Cell]:
    first, _ = extent(event.when)
    article, coding = entry.found.article, event.coding
    place = getattr(event.record, "place", None)
    return {
        "Event ID": event.key,
        "Event Date": str(first) if first else None,
        "Event Type": coding.event,
        "Event Mode": joined(coding.mode),
        "Intensity": coding.event_scale,
        "Quad Code": QUADS.get(coding.quad_code),
        "Contexts": joined(event.contexts),
        **_side("Actor", event.actors),
        **_side("Recipient", event.recipients),
        "Placename": place.name if place else None,
        "Country": place.code if place else None,
        "Raw Placename": place.name if place else None,
        "Source": article.source,
        "Publication Date": str(article.published) if article.published else None,
        "Story People": joined(person.name for person in persons_of(event.record)),
        "Language": article.language,
        "Version": codebook.codebook,
    }


def _side(who: str, actors: Iterable[Actor]) -> dict[str, _Cell]:
    actors = tuple(actors)
    persons = [person for actor in actors for person in actor.persons]
    sectors = [actor.sector for actor in actors]
    return {
        f"{who} Name": joined(actor.party.name for actor in actors),
        f"{who} Country": joined(actor.code for actor in actors),
        f"Primary {who} Sector": joined(sectors),
        f"{who} Sectors": joined(sectors),
        f"{who} Title": joined(person.role for person in persons),
        f"{who} Name Raw": joined([person.name for person in persons if person.name])
        or joined(actor.party.text for actor in actors),
    }


def _cell(cell: _Cell, *, guard: bool) -> str:
    if not isinstance(cell, str):
        return str(cell)  # None is what the set writes, too
    text = " ".join(cell.split()) or "None"
    return guarded(text) if guard else text
