"""Promises as one page: by sides, in order of time, in whose words, and what was heard of each since.

It has the look, the filters and the policy of the page of results, and loads nothing either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..gather.commitments import ACTS, Commitment, State
from ..gather.ledger import Source
from ..gather.spans import span_of
from .commitments import WAITING, counted, grouped, heard_since, sides_of, told_act, when
from .facets import Choice, Facets
from .output import replacing
from .results_page import SIGNS
from .shown import WEB, Anchors, RecordType
from .templating import render_page, source
from .wording import spaced

ACT_NAMES = {"ready": "readiness", "text_proposed": "text wished for", "implemented": "done"}
"""What acts are called where there is little room, if not by their own names."""
STATES: dict[State, str] = {
    "open": "nothing later reported",
    "overdue": "overdue",
    "followed": "followed",
    "accepted": "accepted",
    "declined": "declined",
    "closed": "closed",
}
"""What is said of each state, those first that somebody may have to act on."""
OF_PROPOSALS = {"proposed", "ready", "urged"}
"""Acts that are no stage of a text."""


class ShownSource(NamedTuple):
    """Who reports it in which words."""

    who: str
    day: str
    title: str | None
    address: str | None
    """Where it was published, if that is a page on the web."""
    quotes: tuple[str, ...]


class ShownSince(NamedTuple):
    """What was heard of it since, and the anchor of the commitment that says so, if it is here."""

    text: str
    anchor: str | None


class ShownCommitment(NamedTuple):
    """A commitment as a card."""

    anchor: str
    type: RecordType
    """Which of the page's colours and signs it has."""
    when: str
    act: str
    state: str
    state_told: str
    topics: tuple[str, ...]
    subject: str | None
    """What was proposed, in a reader's own words; of a text, the act names it."""
    due: str | None
    since: tuple[ShownSince, ...]
    sources: tuple[ShownSource, ...]
    facets: Facets


class Group(NamedTuple):
    """What the same sides promised each other."""

    anchor: str
    sides: str
    waiting: int
    overdue: int
    last: str
    """The day of the last publication that tells of any; empty if none is known."""
    shown: tuple[ShownCommitment, ...]


def write_ledger_page(found: Iterable[Commitment], path: str | Path) -> None:
    """Write promises and what was heard of them on one page, in one file that loads nothing.

    Args:
        found: what `commitments` returned.
        path: the file to write; it takes the place of an older one when it is complete.

    Raises:
        SettingsError: nothing can be written there.
    """
    with replacing(Path(path)) as stream:
        stream.write(ledger_page(found))


def ledger_page(found: Iterable[Commitment], unread: Sequence[str] = ()) -> str:
    """Return the HTML of the page; `unread` names the articles that are not in it."""
    listed = list(found)
    groups = _groups(listed)
    style, script = source("results.css"), source("results.js")
    return render_page(
        "ledger.html.jinja",
        style=style,
        script=script,
        title="Who promised what to whom",
        told=counted(listed),
        groups=groups,
        unread=unread,
        signs=SIGNS,
        facets=[(group.anchor, [each.facets for each in group.shown]) for group in groups],
        choices=_choices(listed),
    )


def _groups(found: Sequence[Commitment]) -> list[Group]:
    anchors = Anchors()
    own = {one.id: anchors.give(one.id) for one in found}
    known = {one.id: one for one in found}
    return [
        Group(
            anchor=anchors.give(sides),
            sides=sides,
            waiting=sum(one.state in WAITING for one in theirs),
            overdue=sum(one.state == "overdue" for one in theirs),
            last=str(max((one.last_reported for one in theirs if one.last_reported), default="")),
            shown=tuple(_shown(one, own, known) for one in theirs),
        )
        for sides, theirs in grouped(found, sides_of)
    ]


def _shown(
    one: Commitment, anchors: Mapping[str, str], known: Mapping[str, Commitment]
) -> ShownCommitment:
    is_proposal = one.act in OF_PROPOSALS
    return ShownCommitment(
        anchor=anchors[one.id],
        type="proposal" if is_proposal else "mou",
        when=when(one),
        act=_capitalised(told_act(one)),
        state=one.state,
        state_told=STATES[one.state],
        topics=tuple(map(spaced, one.topics)),
        subject=one.subject if is_proposal else None,
        due=one.due,
        since=tuple(
            ShownSince(said.text, anchors.get(said.id or "")) for said in heard_since(one, known)
        ),
        sources=tuple(map(_source, one.sources)),
        facets=_facets(one, anchors[one.id]),
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source(each: Source) -> ShownSource:
    return ShownSource(
        who=each.publisher or each.article,
        day=str(each.published or ""),
        title=each.title,
        address=each.url if WEB.match(each.url or "") else None,
        quotes=tuple(quote.quote for quote in each.quotes),
    )


def _facets(one: Commitment, anchor: str) -> Facets:
    span = span_of(one.date)
    days = [date.fromordinal(day) for day in span[:2]] if span else [one.reported, one.reported]
    first, last = (str(day) if day else None for day in days)
    return Facets(anchor, one.act, one.sides, one.topics, one.state, first, last)


def _choices(found: Sequence[Commitment]) -> dict[str, list[Choice]]:
    acts = Counter(one.act for one in found)
    states = Counter(one.state for one in found)
    topics = Counter(topic for one in found for topic in one.topics)
    sides = Counter(side for one in found for side in one.sides)
    names = {side: name for one in found for side, name in zip(one.sides, one.names, strict=True)}
    parties = [Choice(side, names[side], number) for side, number in sides.items()]
    return {
        "type": [Choice(act, ACT_NAMES.get(act, spaced(act)), acts[act]) for act in ACTS],
        "party": sorted(parties, key=lambda choice: choice.label.casefold()),
        "topic": [Choice(topic, spaced(topic), number) for topic, number in topics.most_common()],
        "status": [Choice(state, told, states[state]) for state, told in STATES.items()],
    }
