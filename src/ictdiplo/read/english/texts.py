"""Texts: a memorandum or agreement while its sentences are still being put together."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...draft import MOST_NAMES, MOST_QUOTES, DraftMoU
from ...records import Instrument, MoUStatus
from .actors import Actor
from .cues import Hit
from .encounters import draft_persons, join_actors
from .passages import quote
from .story import Sentence

# From the first wish to the end of a text's term.
STAGES: tuple[MoUStatus, ...] = (
    "proposed",
    "drafted",
    "negotiating",
    "agreed",
    "in_force",
    "signed",
    "implemented",
    "expired",
)


REPLACED = "memoranda/replaced"

_EXACT = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?!\s(?:\w+\s)?ago)")
_DAY = re.compile(r"day\b|\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?!\s(?:\w+\s)?ago)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass
class Text:
    """One text, as far as the sentences read have told of it."""

    start: int
    bound: list[Actor]
    """The sides that it binds."""
    status: MoUStatus
    instrument: Instrument
    evidence: list[str]
    rules: list[str]
    """The cues that told of it."""
    signatories: list[Actor]
    when: str | None
    expected: str | None
    refers_back: bool
    another: bool
    """True for “a new one” and “a third memorandum”."""
    topics: list[str] = field(default_factory=list)

    told: list[int] = field(init=False)
    """Where in the article it is told of, in order."""

    def __post_init__(self) -> None:
        self.told = [self.start]

    @property
    def sides(self) -> dict[str, str]:
        """The sides: what tells one from another → its words."""
        return {side: actor.party for actor in self.bound if actor.party and (side := actor.side)}

    @property
    def actors(self) -> list[Actor]:
        """Those who signed, and the sides."""
        return join_actors([*self.signatories, *self.bound])

    @property
    def is_told_enough(self) -> bool:
        """Tell whether two sides are known."""
        return len(self.bound) > 1

    def last_told(self, at: int) -> int:
        """Return where it was last told of before a place; -1 if nowhere."""
        told = bisect_right(self.told, at)
        return self.told[told - 1] if told else -1

    def is_same(self, other: Text) -> bool:
        """Tell whether another passage tells of this text."""
        if other.another or self.instrument != other.instrument:
            return False
        if not _agree(_YEAR.findall(self.when or ""), _YEAR.findall(other.when or "")):
            return False
        ours, theirs = ({actor.side for actor in text.bound} for text in (self, other))
        return ours <= theirs or theirs <= ours

    def add(self, other: Text) -> None:
        """Take over what another passage tells of the same text."""
        later = STAGES.index(other.status) > STAGES.index(self.status)
        self.status = other.status if later else self.status
        self.bound = join_actors([*self.bound, *other.bound])
        insort(self.told, other.start)
        self.signatories = join_actors([*self.signatories, *other.signatories])
        ordered = [*other.evidence, *self.evidence] if later else [*self.evidence, *other.evidence]
        self.evidence = list(dict.fromkeys(ordered))[:MOST_QUOTES]
        self.rules = list(dict.fromkeys([*self.rules, *other.rules]))
        if _exactness(other.when) > _exactness(self.when):
            self.when = other.when
        self.expected = self.expected or other.expected
        self.refers_back = self.refers_back or other.refers_back
        self.topics = list(dict.fromkeys([*self.topics, *other.topics]))[:MOST_NAMES]

    def draft(self) -> DraftMoU:
        """Return the text in the form that a reader fills."""
        return DraftMoU(
            evidence=self.evidence,
            parties=[actor.party for actor in self.bound if actor.party][:MOST_NAMES],
            signatories=draft_persons(self.signatories),
            instrument=self.instrument,
            status=self.status,
            when=self.when,
            expected=self.expected,
            refers_back=self.refers_back,
            topics=self.topics,
        )


def _exactness(when: str | None) -> int:
    """Rank a day in figures before a weekday or “yesterday”, and these before “two weeks ago”."""
    if when is None:
        return 0
    return 1 + bool(_DAY.search(when)) + bool(_EXACT.search(when))


def _agree(ours: list[str], theirs: list[str]) -> bool:
    """Tell whether two dates can be of one text, as far as their years tell."""
    return not (ours and theirs) or ours == theirs


def replaced(sentence: Sentence, hit: Hit, text: Text, others: Sequence[Hit]) -> Iterator[Text]:
    """Yield the earlier text that a new one takes the place of: it binds the same sides."""
    told = sentence.find("memoranda", "replaced", hit.end, sentence.end)
    if told and any(told.start() < one.start < told.end() for one in others):
        return  # it goes by a name of its own
    if told and text.bound and text.status != "expired":
        start, end = told.span()
        yield replace(
            text,
            start=start,
            status="expired",
            evidence=[quote(sentence, start, end)],
            rules=[REPLACED, "memoranda/expired"],
            signatories=[],
            when=None,
            expected=None,
            another=True,
        )
