"""Meetings: who met whom, or will, as the cues of `data/cues_meetings.json` tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...records import MeetingStatus
from .actors import PEOPLE, Actor
from .cast import Cast
from .circumstances import add_circumstances, add_details, share_occasion
from .cues import Hit, find_cues, load_cues
from .encounters import Encounter, join_actors
from .modality import meeting_status, says
from .passages import (
    FAR_REACH,
    REACH,
    STRICT_REACH,
    actors_before,
    actors_behind,
    depends,
    place_near,
    quote,
)
from .sittings import find_level, find_sitting, level_actors
from .story import Sentence, Story
from .topics import find_topics

# A sentence is quoted from its beginning if the cue ends within so many words, else from who acts.
MOST_BEFORE = 26
PAIR = 2

_BOTH = re.compile(
    r"\b(?:the (?:two|three)|both|they|the (?:sides|parties|officials|ministers))\b", re.IGNORECASE
)
_TEAMS = re.compile(
    r"\b(?:negotiators|experts|delegations|teams|officials|ministers|regulators|administrations)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|these|those)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_LEADS_TO = re.compile(r"\bwith\s(?:the\s)?$|\b(?:delegations?|officials|representatives|team)\b")
_HIM = re.compile(r"\s(?:him|her|them)\b(?!\s(?:\w+\s){0,3}counterpart)")
_PRONOUN = re.compile(
    r"\b(?:with\b|he|she|his|her|the (?:minister|official|secretary|governor|president|director|visitor))\b",
    re.IGNORECASE,
)


def find_encounters(story: Story, cast: Cast) -> list[Encounter]:
    """Return the meetings of a story, each once, in the order in which they are first told of."""
    return _Log(story, cast).read()


class _Log:
    """What has been read so far: the meetings, and who the story is about."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story = story
        self.cast = cast
        self.found: list[Encounter] = []
        self.lead: Actor | None = None

    def read(self) -> list[Encounter]:
        for sentence in self.story.sentences:
            add_details(sentence, self.found, self.story)
            told = list(self._told(sentence))
            for encounter in told:
                self._keep(encounter)
            self.lead = self._leading(sentence) or self.lead
        self._name_offices()
        share_occasion(self.found)
        return [encounter for encounter in self.found if encounter.is_told_enough]

    def _told(self, sentence: Sentence) -> Iterator[Encounter]:
        cues = load_cues("meetings", "cues")
        hits = find_cues(cues, sentence.text, sentence.start, sentence.end, sentence.words)
        taken: list[Encounter] = []
        for hit in hits:
            for encounter in self._encounters(sentence, hit):
                if not any(encounter.is_same(one) for one in taken):
                    taken.append(encounter)
                    yield encounter
        if not taken and (sitting := find_sitting(sentence, self.story, self.found)):
            taken.append(sitting)
            yield sitting
        if not taken:
            yield from self._gathered(sentence)

    def _gathered(self, sentence: Sentence) -> Iterator[Encounter]:
        """Yield the encounter of people of several sides whom a sentence names around a sign of one.

        It says that they met without any turn of phrase that tells who met whom.
        """
        signs = load_cues("meetings", "signs")
        for hit in find_cues(signs, sentence.text, sentence.start, sentence.end, sentence.words):
            status = meeting_status(sentence, hit)
            if status is None:
                continue
            groups = _several([self._sided(sentence, hit, self._around(sentence))])
            if found := list(self._meetings(sentence, hit, groups, status)):
                yield from found
                return

    def _around(self, sentence: Sentence) -> list[Actor]:
        """Return the people of a sentence who have a side, and whom “he” or “they” stand for."""
        people = [a for a in sentence.actors if a.kind in PEOPLE and not _is_source(sentence, a)]
        acting = [actor for actor in self.cast.acting(people) if not _is_vague(actor)]
        sides = {actor.side for actor in acting}
        lead = self.lead if len(sides) == 1 else None
        if lead and lead.side not in sides and _PRONOUN.match(sentence.text, sentence.start):
            return [lead, *acting]
        return acting

    def _encounters(self, sentence: Sentence, hit: Hit) -> Iterator[Encounter]:
        status = meeting_status(sentence, hit)
        if status is None:
            return
        level = find_level(sentence, hit.end)
        groups = [level_actors(level, self._scene())] if level else self._groups(sentence, hit)
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
                signing="signing" in hit.cue.says,
                topics=find_topics(sentence.text, hit.end, sentence.end),
            )
            add_circumstances(encounter, sentence, hit.start, self.story)
            if _bears_out(hit, encounter):
                yield encounter

    def _groups(self, sentence: Sentence, hit: Hit) -> list[list[Actor]]:
        """Return who met, once for each meeting that the cue tells of."""
        after = self._objects(sentence, hit)
        shape = hit.cue.says["shape"]
        if shape == "between":
            scene = self._scene() if not after and _BOTH.match(sentence.text, hit.end + 1) else []
            return _several([self._sided(sentence, hit, after or scene)])
        if shape == "with" and not after:
            return []
        before = self._subject(sentence, hit, after)
        if after:
            others = _separate(sentence, after)
            return _several([self._sided(sentence, hit, [*before, *other]) for other in others])
        if not before and shape == "together":
            before = _named_pair(sentence)
        return _several([self._sided(sentence, hit, before)])

    def _objects(self, sentence: Sentence, hit: Hit) -> list[Actor]:
        if hit.cue.says["shape"] == "together":
            return []
        strict = "strict" in hit.cue.says
        if self.lead and _HIM.match(sentence.text, hit.end):
            return [self.lead]
        near = FAR_REACH if "far" in hit.cue.says else STRICT_REACH
        after = actors_behind(sentence, hit.end, near if strict else REACH)
        if after and not _is_reached(sentence, hit, after[0]):
            return []
        known = self.cast.acting(after)
        return [actor for actor in known if actor.kind in {"person", "office"} or not strict]

    def _subject(self, sentence: Sentence, hit: Hit, after: Sequence[Actor]) -> list[Actor]:
        """Return who met them: before the cue, else behind it, else whom the story was about."""
        before = self.cast.acting(actors_before(sentence, hit.start, after))
        if before := [actor for actor in before if not _is_vague(actor)]:
            return before
        if _BOTH.search(sentence.text, sentence.start, hit.start):
            return self._scene()
        if not after and _TEAMS.search(sentence.text, sentence.start, hit.start):
            return self._scene()
        inside = [a for a in sentence.actors if hit.start <= a.start and a.end <= hit.end]
        if after and (hosts := self.cast.acting(a for a in inside if a.kind != "country")):
            return hosts[:1]
        stop = max((actor.end for actor in after), default=sentence.end)
        later = [a for a in sentence.actors if a.start >= stop and not depends(sentence, a)]
        acting = [a for a in self.cast.acting(later) if a.kind in {"person", "office"}]
        if acting:
            return acting[:1]
        if _DEFINITE.search(sentence.text, sentence.start, hit.start):
            return self._met_before(after)
        alone = after or _PRONOUN.search(sentence.text, sentence.start, hit.start)
        return [self.lead] if self.lead and alone else []

    def _met_before(self, after: Sequence[Actor]) -> list[Actor]:
        """Return who “the talks with Peru” were held by, which have been told of before."""
        sides = {actor.side for actor in after}
        met = [one for one in self.found if one.level is None and sides & set(one.sides)]
        return list(met[-1].actors) if met else []

    def _sided(self, sentence: Sentence, hit: Hit, actors: Sequence[Actor]) -> list[Actor]:
        """Join the actors, and give those without a side the sides that the story leaves."""
        place = place_near(sentence, hit.start)
        here = [m for m in sentence.mentions if place and m.start == place.start]
        placed = self.cast.placed(join_actors(actors), here)
        if len(placed) > 1 and all(actor.side is None for actor in placed):
            return [*placed, *self.cast.pair()]
        return placed

    def _scene(self) -> list[Actor]:
        """Return who met last, else the two sides that the headline names, else the body that sat."""
        met = [one for one in self.found if one.level is None]
        sat = self.found[-1].actors if self.found else []
        return list(met[-1].actors) if met else self.cast.pair() or list(sat)

    def _keep(self, encounter: Encounter) -> None:
        for known in reversed(self.found):
            if known.is_same(encounter):
                known.add(encounter)
                return
        self.found.append(encounter)

    def _leading(self, sentence: Sentence) -> Actor | None:
        """Return the first person or office that acts in a sentence."""
        people = [a for a in sentence.actors if a.kind in {"person", "office"}]
        acting = self.cast.acting(a for a in people if not depends(sentence, a))
        named = [actor for actor in self.cast.acting(people) if actor.name]
        return next(iter(acting), named[0] if len(named) == 1 else None)

    def _name_offices(self) -> None:
        """Let a person of unknown side be the minister without a name who has just met somebody."""
        for stranger in (person for person in self.cast.strangers() if person.role is None):
            before = [one for one in self.found if one.start < stranger.start and one.level is None]
            if before and len(offices := _unnamed(before[-1])) == 1:
                person = self.cast.join(stranger, offices[0])
                before[-1].actors[before[-1].actors.index(offices[0])] = person


def _is_vague(actor: Actor) -> bool:
    """Tell “the minister” and “ministers”, which say nothing of whose."""
    return not (actor.name or actor.side) and " " not in (actor.role or "")


def _is_source(sentence: Sentence, actor: Actor) -> bool:
    """Tell “according to Lin”, who only tells of it."""
    return sentence.text[: actor.start].rstrip().endswith(("ccording to", "told", "quoting"))


def _is_reached(sentence: Sentence, hit: Hit, first: Actor) -> bool:
    """Tell “met Peru” and “met on Monday with Peru” from “met its target for exports to Peru”."""
    gap = sentence.text[hit.end : first.start]
    people = first.kind in {"person", "office"}
    return people or len(gap) <= STRICT_REACH or bool(_LEADS_TO.search(gap))


def _bears_out(hit: Hit, encounter: Encounter) -> bool:
    """Tell whether a weak cue is a meeting: it needs two persons, a call also where or when."""
    people = [actor for actor in encounter.actors if actor.name or actor.role]
    if "signing" in hit.cue.says:
        return len(people) > 1
    if "visit" in hit.cue.says:
        return bool(encounter.place or encounter.when)
    return "people" not in hit.cue.says or len(people) > 1


def _unnamed(encounter: Encounter) -> list[Actor]:
    """Return the offices of a meeting whose holders are not named."""
    named = {actor.side for actor in encounter.actors if actor.name}
    offices = [a for a in encounter.actors if a.role and not a.name and not a.is_counterpart]
    return [office for office in offices if office.side not in named]


def _named_pair(sentence: Sentence) -> list[Actor]:
    """Return the two countries that a sentence names, if they are two."""
    countries = [actor for actor in sentence.actors if actor.kind == "country" and actor.code]
    joined = join_actors(actor for actor in countries if not sentence.tells_where(actor.start))
    return joined if len(joined) == PAIR else []


def _separate(sentence: Sentence, after: list[Actor]) -> list[list[Actor]]:
    """Take “his A and B counterparts” apart: a meeting with each, and with each of one side."""
    by_side: dict[str | None, list[Actor]] = {}
    for actor in after:
        by_side.setdefault(actor.side, []).append(actor)
    told = sentence.text[sentence.start : after[-1].end]
    each = all(actor.is_counterpart for actor in after) or says("one_by_one", told)
    return list(by_side.values()) if each and None not in by_side else [after]


def _several(groups: Sequence[list[Actor]]) -> list[list[Actor]]:
    """Keep the groups that are two sides or more, and no side's own affair."""
    return [actors for actors in groups if len({actor.side for actor in actors}) > 1]


def _quote(sentence: Sentence, hit: Hit, actors: Sequence[Actor]) -> str:
    before = [a.start for a in actors if sentence.start <= a.start and a.end <= hit.start]
    starts = [sentence.start, *sorted(before), hit.start]
    near = (s for s in starts if len(sentence.text[s : hit.end].split()) <= MOST_BEFORE)
    return quote(sentence, next(near, hit.start), hit.end)
