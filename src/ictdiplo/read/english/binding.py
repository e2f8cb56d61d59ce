"""Binding: who signs a text, and the sides that it binds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ...language.gazetteer import find_mentions
from .actors import Actor
from .cast import Cast, is_homeless, side_of
from .cues import Hit, load_words
from .encounters import RECENT, Encounter, join_actors
from .passages import REACH, actors_before, actors_behind
from .story import Sentence
from .texts import Text

# A text binds two, as a rule.
PAIR = 2

# What may stand between a company and “signed”.
_NAMES = r"(?:the\s)?[A-ZÀ-Þ][\w’'.&-]*(?:\s(?!and\s)[\w’'.&-]+){0,6}(?:\s\([^()]{1,30}\))?"
_SIGNS = re.compile(
    rf"(?:\s\([^()]{{1,30}}\))?(?:(?:,\s(?:and\s)?|\s(?:and|&)\s){_NAMES}){{0,4}}?"
    r"\s(?:(?:have|has|had|also|today|yesterday|jointly|each|both|on\s\w+day)\s){0,4}"
)
# Behind which a company stands that signs, or is bound.
_BINDS = re.compile(r"\b(?:with|between)\s(?:the\s)?$|\bbetween\s[^,.;]{3,120}\sand\s(?:the\s)?$")
_DEFINITE = re.compile(r"\b(?:the|this)\s$", re.IGNORECASE)
_TOLD_APART = re.compile(r",?\s(?:that|which|with|between|of|on|for|now)\b")
_CAPITALS = re.compile(r"(?<![\w(/&-])(?=[A-Z0-9]*[A-Z][A-Z])[A-Z][A-Z0-9]{2,9}(?![\w)/&-])")
_SHORT_FORM = re.compile(r"[A-Z]{2,}|[a-z][A-Z]")
_PREPOSITIONS = re.compile(r"\b(?:between|with|by)\b")


class Binding:
    """Finds the sides of texts, also where a sentence does not name them all."""

    def __init__(self, cast: Cast, encounters: Sequence[Encounter], texts: Sequence[Text]) -> None:
        self.cast = cast
        self.encounters = encounters
        self.texts = texts

    def of(self, sentence: Sentence, hit: Hit) -> tuple[list[Actor], list[Actor]]:
        """Return who signs, and the sides that are bound."""
        behind: list[Actor] = []
        for found in _PREPOSITIONS.finditer(sentence.text, hit.end, sentence.end):
            behind = self.cast.acting(actors_behind(sentence, found.end(), REACH // 2))
            if behind:
                break
        before = self.cast.acting(actors_before(sentence, hit.start))
        both = [actor for actor in [*before, *behind] if actor.name or actor.side]
        placed = [a for a in self.cast.placed(both) if not (a.side and is_homeless(a))]
        people = [actor for actor in placed if actor.name or actor.role]
        sides = _sides(placed)
        if len(sides) < PAIR:
            sides = _sides([*sides, *self._companies(sentence, hit, sides)])
        if self._is_of_firms(sentence):
            return people, [side for side in sides if side.code is None]
        if len(sides) < PAIR and hit.cue.says["instrument"] != "contract":
            sides = self._more_sides(sentence, hit, sides)
        return people, sides

    def _is_of_firms(self, sentence: Sentence) -> bool:
        """Tell what “the two companies” signed from what states conclude."""
        return sentence.find("memoranda", "firms", sentence.start, sentence.end) is not None

    def _companies(self, sentence: Sentence, hit: Hit, sides: Sequence[Actor]) -> Iterator[Actor]:
        """Yield the names around a signing that are no persons: companies of no known sort."""
        official = any(actor.code for actor in sides) or hit.cue.says["instrument"] == "memorandum"
        signing = sentence.find("memoranda", "signing", sentence.start, sentence.end)
        if not official or not signing:
            return
        named = [actor for actor in sentence.actors if self._may_be_company(actor)]
        for actor in sorted([*named, *_short_forms(sentence)], key=lambda one: one.start):
            first = actor.end <= signing.start()
            before = sentence.text[actor.end : signing.start()] if first else "?"
            behind = _BINDS.search(sentence.text, sentence.start, actor.start)
            if behind or _SIGNS.fullmatch(before):
                yield actor._replace(kind="institution", name=None, party=actor.name)

    def _may_be_company(self, actor: Actor) -> bool:
        """Tell a name that is no person's, as far as the story tells: “Huawei”, “VTEL Ltd”."""
        if actor.kind != "person" or actor.role or actor.name is None:
            return False
        known = self.cast.known(actor)
        return known is None or (
            known.side is None and not known.role and _SHORT_FORM.search(actor.name) is not None
        )

    def _more_sides(self, sentence: Sentence, hit: Hit, sides: list[Actor]) -> list[Actor]:
        """Complete the sides from the sentence, the meeting at hand, or the headline."""
        own = {actor.side for actor in sides}
        mentioned = [
            side_of(m)
            for m in sentence.mentions
            if m.entry.code and not sentence.tells_where(m.start)
        ]
        last = bisect_right(self.encounters, hit.start, key=lambda one: one.start)
        near = self.encounters[max(0, last - RECENT) : last + RECENT]
        known = [encounter for encounter in near if encounter.level is None]
        told = max(known, key=lambda one: one.last_told(hit.start), default=None)
        scene = [_as_side(actor) for actor in told.actors if actor.side] if told else []
        pair = self.cast.pair()
        only_later = told is not None and told.last_told(hit.start) < 0
        scenes = (pair, scene) if only_later else (scene, pair)
        last_text = self.texts[-1].bound if self.texts else []
        if (
            _DEFINITE.search(sentence.text, sentence.start, hit.start)
            and not _TOLD_APART.match(sentence.text, hit.end)
            and len(last_text) >= PAIR
            and own <= {actor.side for actor in last_text}
        ):
            return list(last_text)
        signer = [actor for text in self.texts[-1:] for actor in text.bound[:1]]
        for more in (mentioned, scenes[0], signer, scenes[1]):
            joined = _sides([*sides, *more])
            if len(joined) == PAIR and own <= {actor.side for actor in joined}:
                return joined
        return _sides([*sides, *mentioned])


def _short_forms(sentence: Sentence) -> Iterator[Actor]:
    """Yield the short forms, as “BSNL”, that no table and no other words of the article explain."""
    taken = [(actor.start, actor.end) for actor in sentence.actors]
    taken += [(mention.start, mention.end) for mention in sentence.mentions]
    for found in _CAPITALS.finditer(sentence.text, sentence.start, sentence.end):
        word = found[0].casefold()
        explained = any(start < found.end() and found.start() < end for start, end in taken)
        others = ("field", "capitalised_words", "honorific", "office")
        if not explained and all(word not in load_words("names", each) for each in others):
            yield Actor(*found.span(), "institution", found[0])


def _sides(actors: Sequence[Actor]) -> list[Actor]:
    """Return the sides of actors, each once; a country goes where one of its bodies signs itself."""
    joined = join_actors(_as_side(actor) for actor in actors if actor.side)
    of_bodies = {
        mention.entry.code
        for actor in joined
        if actor.code is None and actor.party
        for mention in find_mentions(actor.party)
    }
    return [actor for actor in joined if not (actor.code and actor.code in of_bodies)]


def _as_side(actor: Actor) -> Actor:
    return Actor(actor.start, actor.end, "country", None, None, actor.party, actor.code)
