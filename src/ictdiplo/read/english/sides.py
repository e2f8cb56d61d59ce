"""Sides: whom somebody acts for, as the words around a name tell."""

from __future__ import annotations

import re

from ...language.gazetteer import Mention
from .actors import Actor
from .aliases import party_words
from .story import Sentence

# How far behind a name its side may be told: "X, who directs cooperation at the Japanese ministry".
WHO_WINDOW = 160
# “the Tongan delegation”, in characters.
NEAR = 12

LED_BY = re.compile(
    r"\bdelegation\b(?:(?!delegation)[^.;]){0,160}?\b(?:led|headed|chaired|comprising)\sby\s(?:(?:its|the)\s)?$"
)
_ON_BEHALF = re.compile(r",?\s(?:signing\s)?(?:(?:on|in)\sbehalf\sof|representing)\s(?:the\s)?")
# A body that no table knows; “the minister” and “his country” are none.
_BODY = re.compile(r"[A-ZÀ-Þ][\w’'-]*[A-Z][\w’'-]*(?=[\s,.;)]|$)")
_WHO = re.compile(r",?\s(?:who|whose)\b")


def told_around(sentence: Sentence, actor: Actor) -> Actor:
    """Read the side off what stands around a person.

    It is whom he acts on behalf of, the delegation that he leads, what “its” before the office
    refers to, or what a clause behind the name tells.
    """
    if principal := _on_behalf_of(sentence, actor):
        return principal
    if actor.side:
        return actor
    mentions: list[Mention] = []
    told = "delegation" in sentence.words
    if told and (led := LED_BY.search(sentence.text, sentence.start, actor.start)):
        mentions = [m for m in sentence.mentions if led.start() - NEAR < m.end <= actor.start]
    elif sentence.text.startswith("its ", actor.start):
        mentions = [m for m in sentence.mentions if m.end <= actor.start]
    elif _WHO.match(sentence.text, actor.end, sentence.end):
        stop = min(sentence.end, actor.end + WHO_WINDOW)
        mentions = [m for m in sentence.mentions if actor.end <= m.start < stop and m.entry.code]
    if not mentions:
        return actor
    return actor._replace(party=mentions[0].text, code=mentions[0].entry.code)


def signs_for_another(text: str, at: int) -> bool:
    """Tell whether somebody named up to `at` acts on behalf of what stands behind."""
    return _ON_BEHALF.match(text, at) is not None


def _on_behalf_of(sentence: Sentence, actor: Actor) -> Actor | None:
    """Return somebody with the side for which he signs, if a country or body is told behind the name."""
    behalf = _ON_BEHALF.match(sentence.text, actor.end, sentence.end)
    if behalf is None:
        return None
    named = [m for m in sentence.mentions if m.start == behalf.end()]
    if named:
        return actor._replace(party=party_words(named[0]), code=named[0].entry.code)
    body = _BODY.match(sentence.text, behalf.end(), sentence.end)
    return actor._replace(party=body[0], code=None) if body else None
