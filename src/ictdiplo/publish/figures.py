"""The overview as figures: which rows, and where each mark leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from .drawing import PLACEHOLDER, Figure, Kind, Link
from .overview import Entry, Overview
from .wording import day, listed, spaced

Address = Callable[[Sequence[Entry], dict[str, str]], str | None]
"""Says where a mark leads, from its records and the filter that leaves just these."""

DARK_FROM = 0.45
"""The part of the deepest shade from which white figures are read better than black ones."""


class ToPage:
    """Leads to the record on the page, or to the filter that leaves several.

    Without its script a page has no filters; `lists` holds what each would leave, by the name of
    the place that the mark leads to then.
    """

    def __init__(self) -> None:
        self.lists: dict[str, tuple[dict[str, str], Sequence[Entry]]] = {}

    def __call__(self, entries: Sequence[Entry], chosen: dict[str, str]) -> str:
        """Return the address."""
        if len(entries) == 1:
            return f"#{quote(entries[0][1].anchor)}"
        place = f"?{urlencode(chosen)}"
        self.lists[place] = chosen, entries
        return f"#{place}"


def to_web(entries: Sequence[Entry], chosen: dict[str, str]) -> str | None:  # noqa: ARG001 - as above
    """Lead to where the first of the articles was published, if that is known."""
    return next((article.address for article, _ in entries if article.address), None)


def figure(kind: Kind, overview: Overview, address: Address) -> Figure:
    """Return what is to be drawn."""
    return _FIGURES[kind](overview, address)


class _Links(list[Link]):
    """The links of a figure; each added one is referred to by a placeholder."""

    def add(self, address: str | None, label: str) -> str:
        self.append(Link(address, label))
        return f"{PLACEHOLDER}{len(self) - 1}"


def _timeline(overview: Overview, address: Address) -> Figure:
    links = _Links()
    moments = [
        {
            "row": moment.row,
            "type": moment.type,
            "done": moment.done,
            "spans": moment.last > moment.first,
            "first": str(moment.first),
            "end": str(_day_after(moment.last)),
            "href": links.add(address([moment.entry], {}), moment.label),
        }
        for moment in overview.timeline
    ]
    order = [*dict.fromkeys(moment.row for moment in overview.timeline)]
    return Figure("timeline", {"moments": moments}, links, order=order)


def _day_after(day_: date) -> date:
    return day_ + timedelta(days=1) if day_ < date.max else day_


def _network(overview: Overview, address: Address) -> Figure:
    names, links = overview.network.names, _Links()
    met = {"type": "meeting", "status": "held"}
    by_side: dict[str, dict[str, Entry]] = {side: {} for side in names}
    pairs = []
    for one, other, meetings in overview.network.pairs:
        label = f"{names[one]} and {names[other]}: {counted(meetings, 'meeting')}"
        href = links.add(address(meetings, {**met, "party": one, "with": other}), label)
        pairs.append({"source": one, "target": other, "meetings": len(meetings), "href": href})
        for side in (one, other):
            by_side[side].update((entry[1].anchor, entry) for entry in meetings)
    sides = []
    for side, name in names.items():
        meetings = [*by_side[side].values()]
        label = f"{name}: {counted(meetings, 'meeting')}"
        href = links.add(address(meetings, {**met, "party": side}), label)
        # A country goes by its code, everybody else by name.
        kind = {"country": side != name, "meetings": len(meetings)}
        sides.append({"id": side, "name": name, "href": href, **kind})
    breadth = 240 + int(60 * len(sides) ** 0.5)
    return Figure("network", {"sides": sides, "pairs": pairs}, links, (2 * breadth, breadth))


def _matrix(overview: Overview, address: Address) -> Figure:
    matrix, links = overview.matrix, _Links()
    most = max(map(len, matrix.cells.values()), default=1)
    cells = []
    for code, name in matrix.names.items():
        for topic in matrix.topics:
            if entries := matrix.cells.get((code, topic)):
                label = f"{name}, {spaced(topic)}: {counted(entries, 'record')}"
                to = address(entries, {"party": code, "topic": topic})
                cell = {"country": name, "topic": spaced(topic), "href": links.add(to, label)}
                dark = (len(entries) / most) ** 0.5 > DARK_FROM
                cells.append({**cell, "records": len(entries), "dark": dark})
    return Figure("matrix", {"cells": cells}, links)


def _board(overview: Overview, address: Address) -> Figure:
    links = _Links()
    texts = []
    for stage, entries in overview.board.items():
        for place, entry in enumerate(entries):
            shown = entry[1]
            text = listed([shown.sides, day(shown.record)])
            label = listed([text, *shown.states])
            href = links.add(address([entry], {}), label)
            texts.append({"stage": spaced(stage), "place": place, "text": text, "href": href})
    return Figure("board", {"texts": texts}, links)


def counted(things: Sized, name: str) -> str:
    """Say how many there are of what has this name."""
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


_FIGURES: dict[Kind, Callable[[Overview, Address], Figure]] = {
    "timeline": _timeline,
    "network": _network,
    "matrix": _matrix,
    "board": _board,
}
