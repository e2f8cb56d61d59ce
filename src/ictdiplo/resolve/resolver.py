"""Draft to records: what was said of each becomes a record, or is rejected as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from ..article import Article
from ..draft import Draft, DraftMeeting, DraftMoU, DraftProposal
from ..records import Meeting, MeetingStatus, MoU, Party, Person, Proposal, Rejected, When
from .dates import beginning, first_day, within
from .grounding import Grounding
from .linking import Meetings, merge_repeated
from .moments import Tense
from .parties import same_party, unique_parties
from .persons import Roll
from .quotes import Text

Said = TypeVar("Said", DraftMeeting, DraftProposal, DraftMoU)
Record = TypeVar("Record", Meeting, Proposal, MoU)


NO_RULES: Mapping[str, tuple[str, ...]] = MappingProxyType({})
# On which side of the publication a meeting lies; what was called off may lie on either.
TENSES: dict[MeetingStatus, Tense | None] = {"held": "past", "planned": "future", "cancelled": None}


class Resolved(NamedTuple):
    """The records of one article, and what was rejected."""

    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]
    mous: tuple[MoU, ...]
    rejected: tuple[Rejected, ...]


def resolve_drafts(
    drafts: Sequence[Draft],
    article: Article,
    text: Text,
    rules: Mapping[str, tuple[str, ...]] = NO_RULES,
) -> Resolved:
    """Work out what the words of drafts mean, and reject those that the article does not hold.

    There is one draft for each part of the article that was read by itself. `rules` names, by the
    records' ids, what found them; a record's id is its number among all of its kind.
    """
    bench = _Bench(article, text, Roll(drafts, text), rules)
    meetings, same_meetings = merge_repeated(
        bench.each("meeting", [draft.meetings for draft in drafts], _meeting)
    )
    proposals, same_proposals = merge_repeated(
        bench.each("proposal", [draft.proposals for draft in drafts], _proposal)
    )
    mous, same_mous = merge_repeated(bench.each("mou", [draft.mous for draft in drafts], _mou))
    told = Meetings(meetings)
    kept = same_meetings | same_proposals | same_mous
    return Resolved(
        meetings,
        tuple(told.link(proposal) for proposal in proposals),
        tuple(told.date(told.link(mou)) for mou in mous),
        tuple(
            r.model_copy(update={"record": kept.get(r.record, r.record)}) for r in bench.rejected
        ),
    )


@dataclass
class _Bench:
    article: Article
    text: Text
    roll: Roll
    rules: Mapping[str, tuple[str, ...]]
    rejected: list[Rejected] = field(default_factory=list)

    def each(
        self,
        kind: str,
        parts: Iterable[Sequence[Said]],
        resolve: Callable[[Grounding, Said], Record | None],
    ) -> list[list[Record]]:
        """Resolve what each part says of one kind; running numbers become the records' ids."""
        numbers = count(1)
        return [
            [
                record
                for one in said
                if (record := self._one(f"{kind}-{next(numbers)}", one, resolve))
            ]
            for said in parts
        ]

    def _one(
        self, name: str, said: Said, resolve: Callable[[Grounding, Said], Record | None]
    ) -> Record | None:
        ground = Grounding(name, self.text, self.article.published, self.roll)
        record = resolve(ground, said)
        self.rejected.extend(ground.rejected)
        rules = self.rules.get(name)
        return record.model_copy(update={"rules": rules}) if record and rules else record


def _meeting(ground: Grounding, said: DraftMeeting) -> Meeting | None:
    evidence = ground.evidence(
        said.evidence, negated=said.status == "cancelled", done=said.status == "held"
    )
    if not evidence:
        return None
    participants = ground.persons("participants", said.participants)
    parties = _sides(ground.parties("parties", said.parties), participants)
    occasion = ground.words("occasion", said.occasion)
    place = None if said.format in {"virtual", "phone"} else ground.place(said.place)
    return Meeting(
        id=ground.record,
        parties=parties,
        participants=_everyone(participants, parties),
        date=_meeting_date(ground, said, occasion),
        place=place,
        occasion=occasion,
        format="in_person" if said.format == "unstated" and place else said.format,
        status=said.status,
        topics=ground.topics(said.topics),
        summary=ground.summary(said.summary, parties),
        evidence=evidence,
    )


def _meeting_date(ground: Grounding, said: DraftMeeting, occasion: str | None) -> When | None:
    """Date a meeting by its own words, else by those of its occasion, else by the occasion's name."""
    tense = TENSES[said.status]
    own = ground.when("when", said.when, tense, said.counted_from)
    event = ground.when("occasion_when", said.occasion_when, tense)
    named = ground.date_in(occasion, tense) if occasion else None
    dates = [
        first_day(own) if own else None,
        within(event, ground.published) if event else None,
        within(named, ground.published) if named and named.edtf else None,
    ]
    said_so = [date for date in dates if date]
    return next((date for date in said_so if date.edtf), said_so[0] if said_so else None)


def _proposal(ground: Grounding, said: DraftProposal) -> Proposal | None:
    evidence = ground.evidence(said.evidence)
    if not evidence:
        return None
    proposers = ground.persons("proposers", said.proposers)
    sides = _sides(ground.parties("proposer_parties", said.proposer_parties), proposers)
    addressees = unique_parties(ground.parties("addressees", said.addressees))
    return Proposal(
        id=ground.record,
        proposers=proposers,
        proposer_party=sides,
        addressees=tuple(p for p in addressees if not any(same_party(p, side) for side in sides)),
        kind=said.kind,
        summary=ground.summary(said.summary, (*sides, *addressees)),
        topics=ground.topics(said.topics),
        due=ground.when("due", said.due, "future"),
        response=said.response,
        evidence=evidence,
    )


def _mou(ground: Grounding, said: DraftMoU) -> MoU | None:
    evidence = ground.evidence(said.evidence, done=said.status == "signed")
    if not evidence:
        return None
    signatories = ground.persons("signatories", said.signatories)
    date = ground.when("when", said.when, "past", said.counted_from)
    return MoU(
        id=ground.record,
        parties=_sides(ground.parties("parties", said.parties), signatories),
        signatories=signatories,
        title=ground.words("title", said.title),
        instrument=said.instrument,
        status=said.status,
        date=beginning(date) if date else None,
        expected=ground.when("expected", said.expected, "future"),
        refers_back=said.refers_back,
        topics=ground.topics(said.topics),
        evidence=evidence,
    )


def _everyone(persons: tuple[Person, ...], sides: tuple[Party, ...]) -> tuple[Person, ...]:
    """Let a side of which nobody is named stand for itself: “Minister Halim” met “Bhutan”."""
    present = [person.party for person in persons]
    if None in present:
        return persons  # that one may be of any side
    absent = (s for s in sides if not any(p and same_party(s, p) for p in present))
    return (*persons, *(Person(role=side.text, party=side) for side in absent))


def _sides(named: Iterable[Party], persons: Iterable[Person]) -> tuple[Party, ...]:
    """Join the sides named with those that the persons act for."""
    return unique_parties(chain(named, (p.party for p in persons if p.party)))
