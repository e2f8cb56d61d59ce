"""Speakers: who says a sentence, also where only “he”, “the official” or “the Tajik side” is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from ...language.folding import fold
from .actors import PEOPLE, Actor
from .cast import Cast
from .cues import load_pattern, load_table, load_words
from .encounters import RECENT, Encounter, Scene
from .passages import actors_before, depends
from .persons import role_words
from .story import Sentence
from .texts import Text

_QUOTED = re.compile(r"\bquot(?:ed|es|ing)\s$|\bas quoted by\s$")
LONGEST_QUOTED = 20  # “as quoted by ”, in characters, with a few to spare
_ACCORDING = re.compile(r"\b[Aa]ccording\sto\s")
_OPEN_QUOTE = '“"‘«'
# How far a name may stand before or behind the verb of saying, in characters.
NEAR_VERB = 40
# A meeting is still what is told of within so many characters.
JUST_BEFORE = 600
# “he then also said” has as many words between as a sentence bears.
MOST_ADVERBS = 2


class Speakers:
    """Follows who has the word, from sentence to sentence."""

    def __init__(self, cast: Cast, encounters: Sequence[Encounter], texts: Sequence[Text]) -> None:
        self.cast = cast
        held = [one for one in encounters if one.level is None and one.status == "held"]
        ahead = [one for one in encounters if one.level is None and one.status != "held"]
        self.scenes: tuple[Sequence[Scene], ...] = (held, texts, ahead)
        self._sides = [[frozenset(scene.sides) for scene in scenes] for scenes in self.scenes]
        self._starts = [sentence.start for sentence in cast.story.sentences]
        self.current: Actor | None = None
        self.nation: Actor | None = None

    def scene(self, at: int, sides: AbstractSet[str | None]) -> Scene | None:
        """Return what was last told of before a place and concerns one of the sides, else any.

        A meeting that was held comes before a text, and that before a meeting that is planned.
        """
        for scenes, known in zip(self.scenes, self._sides, strict=True):
            last = bisect_right(scenes, at, key=lambda one: one.start)
            near = slice(max(0, last - RECENT), last + RECENT)
            pairs = zip(scenes[near], known[near], strict=True)
            theirs = [one for one, its in pairs if not sides.isdisjoint(its)]
            if theirs:
                return max(theirs, key=lambda one: one.last_told(at))
        return None

    def is_in_talks(self, at: int, own: Sequence[Actor]) -> bool:
        """Tell whether a meeting that one of the sides held was told of just before a place."""
        scene = self.scene(at, {actor.side for actor in own})
        told = (
            scene.last_told(at) if isinstance(scene, Encounter) and scene.status == "held" else -1
        )
        return told >= 0 and at - told <= JUST_BEFORE

    def is_among_others(self, sentence: Sentence, own: Sequence[Actor]) -> bool:
        """Tell whether a sentence, or the one before or behind it, names another side."""
        ours = {actor.side for actor in own}
        at = bisect_right(self._starts, sentence.start) - 1
        near = self.cast.story.sentences[max(0, at - 1) : at + 2]
        return any(
            (mention.entry.code or fold(mention.entry.name)) not in ours
            for one in near
            for mention in one.mentions
            if not one.tells_where(mention.start)
        )

    def who_acts(self, sentence: Sentence, at: int) -> list[Actor]:
        """Return who does what a cue at `at` tells; empty where the sentence does not say."""
        subject = self._subject(sentence, at)
        saying = self._saying(sentence)
        if subject and subject[0].kind in PEOPLE:
            return subject
        if subject and saying and subject[0].code and saying.side not in {None, subject[0].side}:
            return subject
        if saying and subject and subject[0].code and saying.side is None:
            return [saying._replace(party=subject[0].party, code=subject[0].code)]
        if saying:
            return [saying]
        if subject:
            return subject
        return [self.current] if self.current and self._goes_on(sentence, at) else []

    def who_says(self, sentence: Sentence) -> Actor | None:
        """Return who says what a sentence tells that somebody should do, if that is told."""
        saying = self._saying(sentence)
        quoted = sentence.text[sentence.start] in _OPEN_QUOTE
        return saying or (self.current if self.current and quoted else None)

    def follow(self, sentence: Sentence) -> None:
        """Note who had the word last in a sentence that has been read."""
        self.current = (
            self._saying(sentence)
            or self._acting(sentence)
            or self._alone(sentence)
            or self._other(sentence)
            or self.current
        )
        nations = (a for a in sentence.actors if a.kind == "country" and not depends(sentence, a))
        self.nation = next(nations, self.nation)

    def _acting(self, sentence: Sentence) -> Actor | None:
        """Return the first person or office that depends on no preposition."""
        people = (a for a in sentence.actors if a.kind in PEOPLE and not depends(sentence, a))
        return next((who for a in people if (who := self._identified(a, sentence.start))), None)

    def _alone(self, sentence: Sentence) -> Actor | None:
        """Return the only person whom a sentence names, if the story tells who that is."""
        named = [actor for actor in self.cast.acting(sentence.actors) if actor.name]
        return named[0] if len(named) == 1 and (named[0].role or named[0].side) else None

    def _other(self, sentence: Sentence) -> Actor | None:
        """Return whom “the guest” at the beginning of a sentence means."""
        start = sentence.text[sentence.start : min(sentence.end, sentence.start + NEAR_VERB)]
        if self.current is None or not _names_other(start):
            return None
        return _other_of(self.current, self.scene(sentence.start, {self.current.side}))

    def _subject(self, sentence: Sentence, at: int) -> list[Actor]:
        before = actors_before(sentence, at)
        if not before and (team := self.cast.delegation(sentence, at)):
            return [team]
        start = before[-1].end if before else sentence.start
        pronouns = list(load_pattern("proposals", "pronoun").finditer(sentence.text, start, at))
        if pronouns and self.current and not (before and before[-1].kind in PEOPLE):
            scene = self.scene(at, {self.current.side})
            if scene and load_pattern("proposals", "plural").fullmatch(pronouns[-1][0]):
                return list(scene.actors)
            other = _names_other(sentence.text[sentence.start : at])
            return [_other_of(self.current, scene) if other else self.current]
        if (
            not before
            and self.nation
            and load_pattern("proposals", "thing").search(sentence.text, start, at)
        ):
            return [self.nation]
        return [who for actor in before if (who := self._identified(actor, at))]

    def _identified(self, actor: Actor, at: int) -> Actor | None:
        """Return the person behind an office: “the Tajik official” is the one who met last."""
        known = self.cast.known(actor)
        if known is None or known.name or known.kind not in PEOPLE:
            return known
        if known.side is None:
            return self._unsided(known, at)
        scene = self.scene(at, {known.side})
        there = (
            [one for one in scene.actors if one.side == known.side and one.name] if scene else []
        )
        alike = (one for one in there if _share_office(one, known))
        return next(alike, there[0] if there else known)

    def _unsided(self, office: Actor, at: int) -> Actor | None:
        """Return who “the ambassador” is; with “for his part”, somebody else than the last speaker."""
        before = self.cast.text[max(0, office.start - NEAR_VERB) : office.start]
        if self.current and _names_other(before):
            return _other_of(self.current, self.scene(at, {self.current.side}))
        scene = self.scene(at, {self.current.side}) if self.current else None
        alike = [one for one in scene.actors if _share_office(one, office)] if scene else []
        return alike[0] if len(alike) == 1 else self.cast.holder(office.role or "", self.current)

    def _saying(self, sentence: Sentence) -> Actor | None:
        """Return the person before or behind a verb of saying, else behind “according to”."""
        if "according" in sentence.words and (source := self._source(sentence)):
            return source
        if sentence.words.isdisjoint(_report_words()):
            return None
        for verb in load_pattern("proposals", "report").finditer(
            sentence.text, sentence.start, sentence.end
        ):
            near = [
                actor
                for actor in sentence.actors
                if actor.kind in PEOPLE and self._says(sentence, actor, verb)
            ]
            known = [who for actor in near if (who := self._identified(actor, verb.start()))]
            if known:
                return known[-1]
            if self.current and self._pronoun_by(sentence, verb):
                return self.current
        return None

    def _source(self, sentence: Sentence) -> Actor | None:
        """Return the person according to whom something is so."""
        found = _ACCORDING.search(sentence.text, sentence.start, sentence.end)
        named = (a for a in sentence.actors if found and a.kind in PEOPLE)
        near = (a for a in named if found and 0 <= a.start - found.end() <= 1)
        return next((who for a in near if (who := self._identified(a, a.start))), None)

    def _says(self, sentence: Sentence, actor: Actor, verb: re.Match[str]) -> bool:
        if actor.end <= verb.start():
            if verb.start() - actor.end > NEAR_VERB:
                return False
            quoted = _QUOTED.search(
                sentence.text[max(0, actor.start - LONGEST_QUOTED) : actor.start]
            )
            return bool(quoted) or not depends(sentence, actor)
        end = sentence.last_before(verb.start())
        near = 0 <= actor.start - verb.end() <= 1
        return near and sentence.text[max(0, end - 1) : end] in ',”"’'

    def _pronoun_by(self, sentence: Sentence, verb: re.Match[str]) -> bool:
        stop = max(sentence.start, verb.start() - NEAR_VERB)
        found = list(
            load_pattern("proposals", "pronoun").finditer(sentence.text, stop, verb.start())
        )
        between = sentence.text[found[-1].end() : verb.start()] if found else "."
        return len(between.split()) <= MOST_ADVERBS and not any(mark in between for mark in ".;")

    def _goes_on(self, sentence: Sentence, at: int) -> bool:
        """Tell whether the last speaker goes on: “he”, or a quotation without a name."""
        if load_pattern("proposals", "pronoun").search(sentence.text, sentence.start, at):
            return True
        return sentence.text[sentence.start] in _OPEN_QUOTE


def _names_other(words: str) -> bool:
    """Tell “for his part” and “the guest”, which mean somebody else than the last speaker."""
    return load_pattern("proposals", "other_speaker").search(words) is not None


def _other_of(current: Actor, scene: Scene | None) -> Actor:
    """Return the one whom the current speaker met, else himself."""
    met = scene.actors if scene else ()
    return next((one for one in met if one.name and one.side != current.side), current)


def _share_office(one: Actor, other: Actor) -> bool:
    shared = role_words(one.role) & role_words(other.role)
    return one.side is not None and not shared.isdisjoint(load_words("names", "office"))


@cache
def _report_words() -> frozenset[str]:
    """Return the words that any verb of saying holds, so that few sentences need a search."""
    verbs = load_table("proposals")["patterns"]["report"]["pattern"]
    return frozenset(verb.split()[0] for verb in verbs.split("|"))
