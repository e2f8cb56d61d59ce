"""Encounters: a meeting while its sentences are still being put together."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ...draft import MOST_NAMES, MOST_QUOTES, DraftMeeting, DraftPerson
from ...language.date_phrases import Moment
from ...records import MeetingFormat, MeetingStatus
from .actors import Actor
from .persons import same_person

MOST_WORDS = 200

# How many of the meetings or texts told of last can be meant by “they” and “the talks”.
RECENT = 60


class Scene(Protocol):
    """What brings sides together, a meeting or a text; who speaks there, speaks to the others."""

    start: int

    @property
    def sides(self) -> dict[str, str]:
        """The sides: what tells one from another → its words."""

    @property
    def actors(self) -> list[Actor]:
        """Who is there."""

    def last_told(self, at: int) -> int:
        """Return where it was last told of before a place; -1 if nowhere."""


@dataclass
class Encounter:
    """One meeting, as far as the sentences read have told of it."""

    start: int
    actors: list[Actor]
    status: MeetingStatus
    evidence: list[str]
    rules: list[str]
    """The cues that told of it."""
    paragraph: int
    format: MeetingFormat = "unstated"
    when: str | None = None
    day: Moment | None = None
    """What `when` says, if it is a single moment."""
    place: str | None = None
    occasion: str | None = None
    occasion_when: str | None = None
    level: str | None = None
    """Who met, where it is not the persons of the story: “presidents”, “working group”."""
    signing: bool = False
    """True if it is only told as a signing, which needs a place or an occasion to be a meeting."""
    background: bool = False
    """True where the date shows that it is not the article's news."""
    topics: list[str] = field(default_factory=list)
    told: list[int] = field(init=False)
    """Where in the article it is told of, in order."""

    def __post_init__(self) -> None:
        self.told = [self.start]

    def last_told(self, at: int) -> int:
        """Return where it was last told of before a place; -1 if nowhere."""
        told = bisect_right(self.told, at)
        return self.told[told - 1] if told else -1

    @property
    def sides(self) -> dict[str, str]:
        """The sides: what tells one from another → its words."""
        return {side: actor.party for actor in self.actors if actor.party and (side := actor.side)}

    @property
    def is_told_enough(self) -> bool:
        """Tell whether two sides are known, or one and who met it, or the body that sat."""
        if self.signing and not (self.place or self.occasion or self.format == "virtual"):
            return False
        strangers = [actor for actor in self.actors if actor.name and not actor.side]
        others = bool(strangers) or self.level is not None
        return len(self.sides) > 1 or (others and bool(self.sides))

    @property
    def wants_place(self) -> bool:
        """Tell whether it was held in person, as the article's news, and no place is told."""
        news = self.status == "held" and not self.background
        return news and self.place is None and self.format == "unstated"

    def is_same(self, other: Encounter) -> bool:
        """Tell whether two passages tell of one meeting."""
        if (self.status, self.level) != (other.status, other.level):
            return False
        if other.when and (self.background or other.background) and self.when != other.when:
            return False
        if not _can_be_one_day(self.day, other.day):
            return False
        if self.background and not self._has_all(other):
            return False
        ours, theirs = self.sides.keys(), other.sides.keys()
        nested = ours <= theirs or theirs <= ours
        return nested and self._shares_people(other) and self._agrees(other)

    def _shares_people(self, other: Encounter) -> bool:
        """Tell whether somebody was at both; where one names nobody, that cannot be told."""
        ours, theirs = ([a for a in each.actors if a.name] for each in (self, other))
        return not (ours and theirs) or any(same_person(a, b) for a in ours for b in theirs)

    def _has_all(self, other: Encounter) -> bool:
        """Tell whether the other passage names only people who are here."""
        return all(any(same_person(a, b) for b in self.actors) for a in other.actors if a.name)

    def _agrees(self, other: Encounter) -> bool:
        """Tell whether nobody is named here whose side is somebody else's there."""
        for actor in self.actors:
            theirs = [one for one in other.actors if one.side == actor.side and one.name]
            if actor.name and theirs and not any(same_person(actor, one) for one in theirs):
                return False
        return True

    def add(self, other: Encounter) -> None:
        """Take over what another passage tells of the same meeting."""
        self.actors = join_actors([*self.actors, *other.actors])
        insort(self.told, other.start)
        self.signing = self.signing and other.signing
        self.evidence = list(dict.fromkeys([*self.evidence, *other.evidence]))[:MOST_QUOTES]
        self.rules = list(dict.fromkeys([*self.rules, *other.rules]))
        self.topics = list(dict.fromkeys([*self.topics, *other.topics]))[:MOST_NAMES]
        self.format = other.format if self.format == "unstated" else self.format
        for name in ("when", "day", "place", "occasion", "occasion_when"):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))

    def draft(self) -> DraftMeeting:
        """Return the meeting in the form that a reader fills."""
        return DraftMeeting(
            evidence=self.evidence,
            parties=list(dict.fromkeys(self.sides.values()))[:MOST_NAMES],
            participants=[*draft_persons(self.actors), *self._body()][:MOST_NAMES],
            status=self.status,
            format=self.format,
            when=self.when,
            place=self.place,
            occasion=self.occasion,
            occasion_when=self.occasion_when,
            topics=self.topics,
        )

    def _body(self) -> list[DraftPerson]:
        """Return the council or the like that sat, which stands for the people who are not named."""
        sat = any("sitting" in rule for rule in self.rules)
        stands = sat or not draft_persons(self.actors)
        return [DraftPerson(role=level)] if stands and (level := _short(self.level)) else []


def _can_be_one_day(one: Moment | None, other: Moment | None) -> bool:
    """Tell “on Monday” from “on Sunday”, and June 3 from June 5."""
    if one is None or other is None:
        return True
    pairs = [(one.weekday, other.weekday), (one.day, other.day)]
    return all(a is None or b is None or a == b for a, b in pairs)


def join_actors(actors: Iterable[Actor]) -> list[Actor]:
    """Return each actor once; a side alone goes where one of its people or offices is there."""
    joined: list[Actor] = []
    for actor in actors:
        known = next((at for at, one in enumerate(joined) if _covers(one, actor)), None)
        if known is None:
            joined = [one for one in joined if not _covers(actor, one)] + [actor]
    return joined


def _covers(one: Actor, other: Actor) -> bool:
    """Tell whether `other` adds nothing to `one`."""
    if one.name and other.name:
        return same_person(one, other)
    if one.side != other.side:
        return False
    if one.name or other.name:
        return bool(one.name)
    return _fullness(one) >= _fullness(other)


def _fullness(actor: Actor) -> int:
    """Rank “minister of posts” before “counterparts” before the bare side."""
    return 2 * (actor.role is not None) - actor.is_counterpart


def draft_persons(actors: Sequence[Actor]) -> list[DraftPerson]:
    """Return the persons and offices among the actors; “the ministers of A and B” are one entry."""
    people = [actor for actor in actors if actor.name or actor.role]
    told: dict[tuple[str | None, ...], list[Actor]] = {}
    for actor in people:
        told.setdefault((actor.name, actor.role), []).append(actor)
    return [
        DraftPerson(
            name=_short(name),
            role=_short(role),
            party=_short(alike[0].party) if len(alike) == 1 else None,
        )
        for (name, role), alike in told.items()
    ][:MOST_NAMES]


def _short(words: str | None) -> str | None:
    return words if words and len(words) <= MOST_WORDS else None
