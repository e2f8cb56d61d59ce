"""Attendance: who met whom, as the words around a cue tell, and what was told of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .actors import PEOPLE, Actor
from .cast import Cast
from .cues import Hit
from .encounters import RECENT, Encounter, join_actors
from .grouping import PAIR, named_pair, separate, several
from .passages import (
    FAR_REACH,
    REACH,
    STRICT_REACH,
    actors_before,
    actors_behind,
    depends,
)
from .places import place_near
from .standing import (
    head_of,
    is_reached,
    is_right_before,
    is_somebody,
    is_source,
    is_vague,
    main_subject,
)
from .story import Sentence

# A list of so many sides behind “sessions were held with” are an organisation's partners.
PARTNERS = 3

_BOTH = re.compile(
    r"\b(?:the (?:two|three)|both|they|the (?:sides|parties|officials|ministers))\b", re.IGNORECASE
)
_TEAMS = re.compile(
    r"\b(?:negotiators|experts|delegations|teams|officials|ministers|regulators|administrations)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
# Who signed for them is not told.
_BODIES = re.compile(
    r"\b(?:two|three|four|both)\s(?:countries|sides|parties|regulators|governments|ministries|companies"
    r"|agencies|institutions|bodies|organi[sz]ations|kingdoms|states|nations|neighbou?rs)\b",
    re.IGNORECASE,
)
_BODIES_SIGN = re.compile(rf"{_BODIES.pattern}\s(?:(?:had|have|also)\s)?$", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|these|those)\s(?:\w+\s){0,2}$", re.IGNORECASE)
# What stands behind “met” where nobody is met but those before it.
_NO_OBJECT = re.compile(
    r"\s(?:in|on|at|to|for|here|there|today|yesterday|again|this|last|next|via|by|under|during|when|after|before)\b|[,.]"
)
_MET_BEFORE = re.compile(
    r"\b(?:[Tt]he two|[Bb]oth|[Tt]hey|[Tt]he sides|[Tt]he ministers)(?:\s\w+)?\s(?P<had>had\s)?(?:\w+\s)?met$"
)
_GOES_ON = re.compile(
    r"(?:(?:In|At|On|During|After|Before|Later|Then|Earlier)\b[^,.;]{0,60}?,?\s)?(?:[Hh]e|[Ss]he)\s"
)
_HE_AND = re.compile(r"\b(?:he|she)\s(?:and|with)\s(?:the\s)?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TEAM_MET = re.compile(
    r"\s(?:with\s)?the\s(?:visiting\s)?(?:delegation|team|delegates|visitors)\b(?!\s(?:from|of))"
)
_HIM = re.compile(r"\s(?:him|her|them)\b(?!\s(?:\w+\s){0,3}counterpart)")
_PRONOUN = re.compile(
    r"\b(?:with\b|he|she|his|her|the (?:minister|official|secretary|governor|president|director|visitor))\b",
    re.IGNORECASE,
)


class Attendance:
    """Tells who met, and remembers who met before and who the story is about."""

    def __init__(self, cast: Cast, found: Sequence[Encounter]) -> None:
        self.cast = cast
        self.found = found
        self.lead: Actor | None = None
        self.leads: list[Actor] = []

    def groups(self, sentence: Sentence, hit: Hit) -> list[list[Actor]]:
        """Return who met, once for each meeting that the cue tells of."""
        after = self._objects(sentence, hit)
        shape = hit.cue.says["shape"]
        if shape == "between":
            scene = self._both_behind(sentence, hit) if not after else []
            return several([self._sided(sentence, hit, after or scene)])
        if shape == "with" and not after:
            return several([self._among_themselves(sentence, hit)])
        before = self._subject(sentence, hit, after)
        if after:
            others = separate(sentence, after)
            return several([self._sided(sentence, hit, [*before, *other]) for other in others])
        if shape == "together":
            before = [*self._pronoun_before(sentence, before), *before] or named_pair(sentence)
        if "near" in hit.cue.says and not is_right_before(sentence, hit, before):
            return []
        return several([self._sided(sentence, hit, before)])

    def around(self, sentence: Sentence, hit: Hit) -> list[list[Actor]]:
        """Return the people of a sentence who have a side, and whom “he” or “they” stand for."""
        people = [a for a in sentence.actors if a.kind in PEOPLE and not is_source(sentence, a)]
        acting = [actor for actor in self.cast.acting(people) if not is_vague(actor)]
        sides = {actor.side for actor in acting}
        lead = self.lead if len(sides) == 1 else None
        if lead and lead.side not in sides and _PRONOUN.match(sentence.text, sentence.start):
            acting = [lead, *acting]
        return several([self._sided(sentence, hit, acting)])

    def follow(self, sentence: Sentence) -> None:
        """Note the first person or office that acts in a sentence as whom the story is about."""
        people = [a for a in sentence.actors if a.kind in PEOPLE]
        acting = (a for a in people if not depends(sentence, a))
        first = next((known for a in acting if (known := self.cast.known(a))), None)
        if first and self.lead and _GOES_ON.match(sentence.text, sentence.start, first.start):
            return  # “In Lima he met Ro” is about him, and not about Ro
        if (
            first is None
            and self.lead
            and _GOES_ON.match(sentence.text, sentence.start, sentence.end)
        ):
            return
        if first is None:
            named = [actor for actor in self.cast.acting(people) if actor.name]
            self.lead = named[0] if len(named) == 1 else self.lead
            return
        self.lead = self._meant(first) if is_vague(first) else first
        self.leads += [self.lead] if self.lead.name else []

    def _meant(self, office: Actor) -> Actor:
        """Return who “the minister” is: the last whom the story was about with such an office."""
        word = (office.role or "").casefold().split()[-1:]
        alike = (one for one in reversed(self.leads[-RECENT:]) if _ends(one.role, word))
        return next(alike, None) or self.cast.holder(office.role or "", self.lead) or office

    def scene(self) -> list[Actor]:
        """Return who met last, else the two sides that the headline names, else the body that sat."""
        last = next((one for one in self._recent() if one.level is None), None)
        sat = self.found[-1].actors if self.found else []
        return list(last.actors) if last else self.cast.pair() or list(sat)

    def _both_behind(self, sentence: Sentence, hit: Hit) -> list[Actor]:
        """Return who met last for “talks between the two”; who signs for two states is not told."""
        signing = "signing" in hit.cue.says and _BODIES.search(
            sentence.text, hit.end, min(sentence.end, hit.end + REACH)
        )
        return self.scene() if _BOTH.match(sentence.text, hit.end + 1) and not signing else []

    def _among_themselves(self, sentence: Sentence, hit: Hit) -> list[Actor]:
        """Return who “Peru and Cuba met in Lima” and “They had last met in May” are about."""
        if "alone" not in hit.cue.says or not _NO_OBJECT.match(sentence.text, hit.end):
            return []
        before = [a for a in actors_before(sentence, hit.start) if not is_vague(a)]
        if not before and _met_before(sentence, hit):
            return self.scene()
        alike = len({actor.kind in PEOPLE for actor in before}) == 1
        return self.cast.acting(before) if alike else []

    def _pronoun_before(self, sentence: Sentence, actors: Sequence[Actor]) -> list[Actor]:
        """Return whom “he” means in “he and Minister Ro”."""
        start = actors[0].start if actors else sentence.start
        named = self.lead and _HE_AND.search(sentence.text, sentence.start, start)
        return [self.lead] if named and self.lead else []

    def _recent(self) -> Iterator[Encounter]:
        return reversed(self.found[-RECENT:])

    def _objects(self, sentence: Sentence, hit: Hit) -> list[Actor]:
        if hit.cue.says["shape"] == "together":
            return []
        strict = "strict" in hit.cue.says
        if self.lead and _HIM.match(sentence.text, hit.end):
            return [self.lead]
        if team := self._delegation_behind(sentence, hit):
            return [team]
        near = FAR_REACH if "far" in hit.cue.says else STRICT_REACH
        at = self._person_behind(sentence, hit) if "far" in hit.cue.says else hit.end
        after = actors_behind(sentence, at, near if strict else REACH)
        if after and not is_reached(sentence, hit, after[0]):
            return []
        known = self.cast.acting([*after, *head_of(sentence, after)])
        return [actor for actor in known if not strict or is_somebody(sentence, actor)]

    def _person_behind(self, sentence: Sentence, hit: Hit) -> int:
        """Return where the first person behind “welcomed at the ministry in Lima” is named."""
        behind = [actor for actor in sentence.actors if actor.start >= hit.end]
        if not behind or is_somebody(sentence, behind[0]):
            return hit.end
        named = (a.start for a in behind if a.kind in PEOPLE and self.cast.known(a))
        at = next(named, hit.end)
        return at if at - hit.end <= FAR_REACH else hit.end

    def _delegation_behind(self, sentence: Sentence, hit: Hit) -> Actor | None:
        """Return whom “met the delegation” is about."""
        found = _TEAM_MET.match(sentence.text, hit.end, sentence.end)
        return self.cast.delegation(sentence, found.end()) if found else None

    def _subject(self, sentence: Sentence, hit: Hit, after: Sequence[Actor]) -> list[Actor]:
        """Return who met them: before the cue, else behind it, else whom the story was about."""
        before = self.cast.acting(actors_before(sentence, hit.start, after))
        if not before and (team := self.cast.delegation(sentence, hit.start)):
            return [team]
        # “the memorandum that the two countries signed” is not what those named before have signed.
        signing = "signing" in hit.cue.says
        bodies = signing and _BODIES_SIGN.search(sentence.text, sentence.start, hit.start)
        if before := [actor for actor in before if not (bodies or is_vague(actor))]:
            return main_subject(sentence, hit, before)
        if after and (body := self._in_session(after)):
            return body
        if signing and _BODIES.search(sentence.text, sentence.start, hit.start):
            return []
        teams = not after and _TEAMS.search(sentence.text, sentence.start, hit.start)
        if teams or _BOTH.search(sentence.text, sentence.start, hit.start):
            return self.scene()
        return self._host(sentence, hit, after) or self._told_of(sentence, hit, after)

    def _in_session(self, after: Sequence[Actor]) -> list[Actor]:
        """Return the organisation that sat last, which then met its partners one after another."""
        last = self.found[-1] if self.found else None
        others = {actor.side for actor in after}
        if last is None or last.level is None or len(others) < PARTNERS:
            return []
        return [] if others & set(last.sides) or len(last.sides) > 1 else last.actors

    def _host(self, sentence: Sentence, hit: Hit, after: Sequence[Actor]) -> list[Actor]:
        """Return who stands within the cue or behind those met: “the talks Lin held with Ro”."""
        inside = [a for a in sentence.actors if hit.start <= a.start and a.end <= hit.end]
        if after and (hosts := self.cast.acting(a for a in inside if a.kind != "country")):
            return hosts[:1]
        stop = max((actor.end for actor in after), default=sentence.end)
        later = [a for a in sentence.actors if a.start >= stop and not depends(sentence, a)]
        return [a for a in self.cast.acting(later) if a.kind in PEOPLE][:1]

    def _told_of(self, sentence: Sentence, hit: Hit, after: Sequence[Actor]) -> list[Actor]:
        """Return whom only the sentences before name."""
        if _DEFINITE.search(sentence.text, sentence.start, hit.start):
            met = self._met_before(after)
            if met or not _PRONOUN.search(sentence.text, sentence.start, hit.start):
                return met
        alone = after or _PRONOUN.search(sentence.text, sentence.start, hit.start)
        return [self.lead] if self.lead and alone else []

    def _met_before(self, after: Sequence[Actor]) -> list[Actor]:
        """Return who “the talks with Peru” were held by, which have been told of before."""
        sides = {actor.side for actor in after}
        met = (one for one in self._recent() if one.level is None and sides & set(one.sides))
        return list(last.actors) if (last := next(met, None)) else []

    def _sided(self, sentence: Sentence, hit: Hit, actors: Sequence[Actor]) -> list[Actor]:
        """Join the actors, and give those without a side the sides that the story leaves."""
        place = place_near(sentence, hit.start)
        near = place is not None and place.start < hit.end + REACH
        here = [m for m in sentence.mentions if near and place and m.start == place.start]
        placed = self.cast.placed(join_actors(actors), here)
        if len(placed) > 1 and all(actor.side is None for actor in placed):
            return self._named_at_last(placed) or [*placed, *self.cast.pair()]
        return placed

    def _named_at_last(self, people: Sequence[Actor]) -> list[Actor]:
        """Take two people for the two ministers who were told of before without their names."""
        last = next((one for one in self._recent() if one.level is None), None)
        offices = [a for a in last.actors if a.role and a.side and not a.name] if last else []
        known = len(people) == len(offices) == PAIR and all(person.name for person in people)
        return (
            [self.cast.join(*pair) for pair in zip(people, offices, strict=True)] if known else []
        )


def _met_before(sentence: Sentence, hit: Hit) -> bool:
    """Tell “the two had last met” and “they met in 2023” from the meeting that is the news."""
    earlier = _MET_BEFORE.search(sentence.text, sentence.start, hit.end)
    return earlier is not None and bool(earlier["had"] or _YEAR.search(str(sentence)))


def _ends(role: str | None, word: Sequence[str]) -> bool:
    return bool(word) and word[0] in (role or "").casefold().split()
