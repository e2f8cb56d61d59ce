"""Meetings: who met whom, or will, as the cues of `data/cues_meetings.json` tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...records import MeetingStatus
from .actors import PEOPLE, Actor
from .attendance import Attendance
from .cast import Cast
from .circumstances import (
    add_circumstances,
    add_details,
    share_dateline,
    share_day,
    share_event,
    share_neighbour,
    share_occasion,
    share_visit,
)
from .cues import Hit, find_cues, load_cues
from .encounters import RECENT, Encounter, join_actors
from .grouping import PAIR
from .modality import meeting_status
from .passages import actors_before, quote
from .sittings import find_level, find_sitting, is_attended, level_actors
from .story import Sentence, Story
from .topics import find_topics

# A sentence is quoted from its beginning if the cue ends within so many words, else from who acts.
MOST_BEFORE = 26

_AND = re.compile(r"\b(?:he|she)\sand\b", re.IGNORECASE)
_SESSION = re.compile(r"\b(?:session|plenary|sitting|assembly)\b")


def find_encounters(story: Story, cast: Cast) -> list[Encounter]:
    """Return the meetings of a story, each once, in the order in which they are first told of."""
    return _Log(story, cast).read()


class _Log:
    """The meetings found so far."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story = story
        self.cast = cast
        self.found: list[Encounter] = []
        self.attendance = Attendance(cast, self.found)

    def read(self) -> list[Encounter]:
        for sentence in self.story.sentences:
            add_details(sentence, self.found, self.story)
            for encounter in list(self._told(sentence)):
                self._keep(encounter)
            self.attendance.follow(sentence)
        self._name_offices()
        share_day(self.found, self.story)
        share_occasion(self.found)
        share_event(self.found, self.story)
        share_neighbour(self.found)
        share_visit(self.found, self.story)
        share_dateline(self.found, self.story)
        return [encounter for encounter in self.found if encounter.is_told_enough]

    def _told(self, sentence: Sentence) -> Iterator[Encounter]:
        cues = load_cues("meetings", "cues")
        # What two people do together needs two of them.
        named = sum(bool(one.name) for one in sentence.actors)
        without = "near" if named < PAIR and not _AND.search(str(sentence)) else None
        stretch = (sentence.text, sentence.start, sentence.end, sentence.words)
        hits = find_cues(cues, *stretch, without)
        taken: list[Encounter] = []
        sitting = find_sitting(sentence, self.story, self.found)
        planned = sitting is not None and sitting.status == "planned"
        for hit in hits:
            if planned and hit.cue.rule == "meetings/hold":
                continue  # “the council will hold its next session” is the sitting itself
            for encounter in self._encounters(sentence, hit):
                if not any(encounter.is_same(one) for one in taken):
                    taken.append(encounter)
                    yield encounter
        if sitting and is_attended(sentence, sitting.start):
            there = self.cast.acting(actors_before(sentence, sitting.start))
            people = [actor for actor in there if actor.name and actor.side]
            sitting.actors = join_actors([*people, *sitting.actors])
        if sitting and not (taken and _is_told_in(sitting, taken)):
            taken.append(sitting)
            yield sitting
        if not taken and not (self.found and sentence.says("meetings", "attended_by")):
            yield from self._gathered(sentence)

    def _gathered(self, sentence: Sentence) -> Iterator[Encounter]:
        """Yield the encounter of people of several sides whom a sentence names around a sign of one.

        It says that they met without any turn of phrase that tells who met whom.
        """
        if all(actor.kind not in PEOPLE for actor in sentence.actors):
            return
        signs = load_cues("meetings", "signs")
        for hit in find_cues(signs, sentence.text, sentence.start, sentence.end, sentence.words):
            status = meeting_status(sentence, hit)
            if status is None:
                continue
            groups = self.attendance.around(sentence, hit)
            if found := list(self._meetings(sentence, hit, groups, status)):
                yield from found
                return

    def _encounters(self, sentence: Sentence, hit: Hit) -> Iterator[Encounter]:
        status = meeting_status(sentence, hit)
        if status is None:
            return
        level = find_level(sentence, hit.end)
        met = self.attendance
        groups = [level_actors(level, met.scene())] if level else met.groups(sentence, hit)
        yield from self._meetings(sentence, hit, groups, status, level)

    def _meetings(
        self,
        sentence: Sentence,
        hit: Hit,
        groups: Sequence[list[Actor]],
        status: MeetingStatus,
        level: str | None = None,
    ) -> Iterator[Encounter]:
        for actors in groups:
            encounter = Encounter(
                start=hit.start,
                actors=actors,
                status=status,
                evidence=[_quote(sentence, hit, actors)],
                rules=[hit.cue.rule],
                paragraph=sentence.paragraph,
                format="phone" if "format" in hit.cue.says else "unstated",
                level=level,
                signing="signing" in hit.cue.says
                and not sentence.says("meetings", "signing_occasion"),
                topics=find_topics(sentence.text, hit.end, sentence.end),
            )
            add_circumstances(encounter, sentence, hit.start, self.story, hit.end)
            if "undated" in hit.cue.says:
                encounter.when, encounter.day, encounter.background = None, None, False
            if encounter.when is None and self.found and sentence.says("meetings", "same_day"):
                encounter.when, encounter.day = self.found[-1].when, self.found[-1].day
            if _bears_out(hit, encounter):
                yield encounter

    def _keep(self, encounter: Encounter) -> None:
        last = self.found[-1] if self.found else None
        led = encounter.rules == ["meetings/people-around-teams"]
        if led and last and last.level and last.sides.keys() == encounter.sides.keys():
            last.actors = join_actors([*last.actors, *encounter.actors])
            return  # who led the two sides at the sitting told of just before
        for known in reversed(self.found[-RECENT:]):
            if known.is_same(encounter):
                known.add(encounter)
                return
        self.found.append(encounter)

    def _name_offices(self) -> None:
        """Let a person of unknown side be the minister without a name who has just met somebody."""
        for stranger in (person for person in self.cast.strangers() if person.role is None):
            before = [one for one in self.found if one.start < stranger.start and one.level is None]
            if before and len(offices := _unnamed(before[-1])) == 1:
                person = self.cast.join(stranger, offices[0])
                before[-1].actors[before[-1].actors.index(offices[0])] = person


def _is_told_in(sitting: Encounter, taken: Sequence[Encounter]) -> bool:
    """Tell whether a sitting is what the meetings of its sentence are; not the venue of another."""
    apart = all(one.level is None and not set(sitting.sides) & set(one.sides) for one in taken)
    return sitting.status == "held" and not (apart and _SESSION.search(sitting.evidence[0]))


def _bears_out(hit: Hit, encounter: Encounter) -> bool:
    """Tell whether a weak cue is a meeting: it needs two persons."""
    people = [actor for actor in encounter.actors if actor.name or actor.role]
    weak = not {"signing", "visit", "people"}.isdisjoint(hit.cue.says)
    sides = {actor.side for actor in people if actor.side}
    if "people" in hit.cue.says and len(sides) < PAIR:
        return False
    return len(people) > 1 or not weak


def _unnamed(encounter: Encounter) -> list[Actor]:
    """Return the offices of a meeting whose holders are not named."""
    named = {actor.side for actor in encounter.actors if actor.name}
    offices = [a for a in encounter.actors if a.role and not a.name and not a.is_counterpart]
    return [office for office in offices if office.side not in named]


def _quote(sentence: Sentence, hit: Hit, actors: Sequence[Actor]) -> str:
    before = [a.start for a in actors if sentence.start <= a.start and a.end <= hit.start]
    starts = [sentence.start, *sorted(before), hit.start]
    near = (s for s in starts if len(sentence.text[s : hit.end].split()) <= MOST_BEFORE)
    return quote(sentence, next(near, hit.start), hit.end)
