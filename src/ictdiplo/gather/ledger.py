"""The ledger: events, proposals and texts put together out of many articles, with all their sources.

Whatever a merged record holds names the reports that say so. Where they say different things, all
of it is there, the best supported first, and `disagreements` names the field; nothing is averaged.
`Ledger.model_json_schema()` is the published schema of the JSON form.
"""

from __future__ import annotations

import datetime as dt  # its `date` is also a field's name
from typing import Literal

from pydantic import Field

from ..looks import Shown
from ..records import MoUStatus, PartyKind, Quote, Value


class Source(Value):
    """A record of an article that reports an event, a proposal or a text."""

    id: str
    """Its name in the ledger: the article's id and the record's, “a1/meeting-1”."""
    article: str
    """The article's id."""
    record: str
    """The record's id within the article."""
    title: str | None = None
    """The article's headline."""
    publisher: str | None = None
    """Who published it."""
    url: str | None = None
    """Where it was published."""
    published: dt.date | None = None
    """When it was published."""
    quotes: tuple[Quote, ...]
    """The words that report it, with their offsets in the article."""


class Told(Value):
    """One value that a field is given, and who gives it."""

    value: str
    """The value in the form in which values are compared: an EDTF date, a status, a heading, a name."""
    words: tuple[str, ...] = ()
    """The words of the articles, where they are others than the value."""
    sources: tuple[str, ...]
    """The ids of the sources that say so."""


class Side(Value):
    """A country or body that took part, proposed, was addressed or is bound."""

    name: str
    """Its usual English name where a table knows it, else the words."""
    code: str | None = None
    """ISO 3166-1 alpha-3 code; null for what is no country and acts for none."""
    kind: PartyKind
    """What sort of side it is."""
    words: tuple[str, ...]
    """How the articles write it."""
    sources: tuple[str, ...]
    """The ids of the sources that name it."""


class Figure(Value):
    """A person, or an office whose holder nobody names, across all spellings."""

    name: str | None = None
    """The fullest spelling; null where there is only an office."""
    side: str | None = None
    """The code or name of the side the person acts for."""
    spellings: tuple[Told, ...] = ()
    """All spellings, the commonest first."""
    roles: tuple[Told, ...] = ()
    """Offices and titles as written, the commonest first."""
    sources: tuple[str, ...]
    """The ids of the sources that name the person or the office."""


class Merged(Value):
    """What merged records of each kind have."""

    id: str
    """Made of sides and best date, such as “meeting:IRN-TJK:2025-05-14”; “.2” tells apart what they do not."""
    topics: tuple[Told, ...] = ()
    """Headings of the taxonomy, with the words filed under them."""
    disagreements: tuple[str, ...] = ()
    """The fields in which sources contradict each other."""
    reported: dt.date | None = None
    """The first publication that reports it; null where no publication date is known."""
    candidates: tuple[str, ...] = ()
    """The ids of others of its kind that it can be as well as each other; nothing is guessed."""
    sources: tuple[Source, ...]
    """The reports, in order of publication."""


class MergedMeeting(Merged):
    """One encounter, out of all reports of it."""

    kind: Literal["meeting"] = "meeting"
    """What it is."""
    parties: tuple[Side, ...]
    """The sides that met."""
    participants: tuple[Figure, ...]
    """Who met."""
    date: tuple[Told, ...] = ()
    """When, in EDTF; less precise dates of the same day stand behind it and are no disagreement."""
    place: tuple[Told, ...] = ()
    """Where."""
    occasion: tuple[Told, ...] = ()
    """On what occasion."""
    format: tuple[Told, ...] = ()
    """In person, virtual or by phone, where a source says."""
    status: tuple[Told, ...]
    """Held, planned or cancelled, the last one reported first."""
    summary: tuple[Told, ...] = ()
    """Sentences of the readers' own."""
    proposals: tuple[str, ...] = ()
    """The ids of the merged proposals made at it."""
    texts: tuple[str, ...] = ()
    """The ids of the threads signed or discussed at it."""


class MergedProposal(Merged):
    """One proposal, out of all reports of it."""

    kind: Literal["proposal"] = "proposal"
    """What it is."""
    proposer_party: tuple[Side, ...]
    """The sides that put it forward."""
    proposers: tuple[Figure, ...]
    """The persons, offices or bodies that speak for them."""
    addressees: tuple[Side, ...]
    """The sides it is put to."""
    strength: tuple[Told, ...]
    """A proposal, or the weaker readiness."""
    date: tuple[Told, ...] = ()
    """When it was made: the date of its meeting, in EDTF."""
    due: tuple[Told, ...] = ()
    """By when."""
    response: tuple[Told, ...] = ()
    """Accepted or declined, where a source says."""
    summary: tuple[Told, ...] = ()
    """Sentences of the readers' own."""
    meeting: str | None = None
    """The id of the merged meeting at which it was made."""


class Stage(Value):
    """A stage that a text reached."""

    status: MoUStatus
    """Which."""
    date: tuple[Told, ...] = ()
    """When, in EDTF."""
    expected: tuple[Told, ...] = ()
    """When the next stage was expected."""
    reported: dt.date | None = None
    """The first publication that reports it."""
    sources: tuple[str, ...]
    """The ids of the sources that report it; those that recall it later, too."""


class Thread(Merged):
    """One memorandum or other text, through its stages, out of all reports of it."""

    kind: Literal["text"] = "text"
    """What it is."""
    parties: tuple[Side, ...]
    """The sides bound by it."""
    signatories: tuple[Figure, ...] = ()
    """Who signed, or is to sign."""
    title: tuple[Told, ...] = ()
    """Title or subject as written."""
    instrument: tuple[Told, ...]
    """What sort of text it is."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    """In order of time."""
    recalled: tuple[str, ...] = ()
    """The ids of the sources that only recall it."""
    only_recalled: bool = False
    """True where no article tells of it as news: a reference that stays open."""

    @property
    def status(self) -> MoUStatus:
        """Return the latest stage."""
        return self.stages[-1].status


class Ledger(Shown, Value):
    """What many articles tell, each event and text once, in order of time."""

    articles: int
    """How many articles it was made of."""
    unread: tuple[str, ...] = ()
    """The ids of articles that could not be read, and so are not in it."""
    until: dt.date | None = None
    """The latest publication among them."""
    meetings: tuple[MergedMeeting, ...] = ()
    """Encounters."""
    proposals: tuple[MergedProposal, ...] = ()
    """Proposals and readiness."""
    texts: tuple[Thread, ...] = ()
    """Memoranda and other texts."""
    persons: tuple[Figure, ...] = ()
    """Everybody who is named, once a side, with every spelling and office."""
