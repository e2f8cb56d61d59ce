"""Places: where a sentence says that something happened."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...language.gazetteer import city_country, lookup
from .cues import load_words
from .story import Sentence

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t)\s+(?:(?:the )?(?:[a-z]+ )?(?:city|capital|town|province|island) of )?"
    r"(?P<place>[A-ZÀ-Þ][\w’'-]+(?:\s(?:de|da|do|al|el|la)?\s?[A-ZÀ-Þ][\w’'-]+){0,3})"
)
# Where something happens right there, a place needs not be one that a table knows.
_SURELY = re.compile(
    r"\b(?:place|held|met|meet|gathered|convened|talks|meeting|session|signed)"
    r"(?:\s(?:here|today|yesterday|(?:on|last|this)\s[\w ]{3,16}?)){0,2}\sin\s"
    r"(?P<place>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
    r"(?=[,.;]|\s(?:on|last|this|during|to|for|between|with|by|and|from|where|earlier)\b|$)"
)
_GOING_TO = re.compile(
    r"\b(?:(?:travel|go|fly|head|return|trip|travell?ed|went|flew|headed|returned|came|travell?ing|flying|moved|proceeded)(?:\son)?\sto"
    r"|visit(?:ed|ing|s)?)\s(?P<place>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
    r"(?=(?:\s(?:[\w’'-]+,?\s){0,4}?|,\s)(?:for|to|where|and)\s)"
)
_HALL = re.compile(
    r"\b(?:in|at)\s(?:the\s)?(?:[A-ZÀ-Þ][\w’'.-]*\s(?:of\s)?){0,4}[A-ZÀ-Þ][\w’'.-]*,\s(?P<place>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
)
# “proposed to hold the forum in Baku” tells where something else will be.
_PLANS = re.compile(
    r"\bto\s(?:hold|host|open|build|establish|set\sup|create|launch|train|attend|invest)\s[^,;.]{1,80}$"
)
_CAPITAL_OF = re.compile(r"\bin the (?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)? capital)\b")
_NO_PLACES = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)"
)


_PATTERNS = ((_CAPITAL_OF, False), (_PLACE, False), (_HALL, False), (_GOING_TO, True))


class Place(NamedTuple):
    """A place as written, and where it stands."""

    start: int
    text: str


def place_near(sentence: Sentence, at: int) -> Place | None:
    """Return the place that a sentence gives nearest to a cue; one behind it rather than before."""
    places = [
        place
        for place, told in _places(sentence)
        if told <= at and not _PLANS.search(sentence.text, at, max(at, place.start))
    ]
    return min(places, key=lambda place: _distance(place.start, at), default=None)


@lru_cache(maxsize=64)  # each cue of a sentence asks for them
def _places(sentence: Sentence) -> list[tuple[Place, int]]:
    """Return the places of a sentence, and from where on each of them counts.

    Where somebody is going to is the place of what is told behind that only.
    """
    stretch = (sentence.text, sentence.start, sentence.end)
    written = [
        (Place(found.start("place"), found["place"]), found.start() if going else 0)
        for pattern, going in _PATTERNS
        for found in pattern.finditer(*stretch)
        if not _NO_PLACES.match(found["place"])
    ]
    known = [(place, told) for each, told in written if (place := as_known(each))]
    # Towns that no table knows: “met in Trujillo on Monday”, but not “in Parliament”.
    towns = [
        (Place(found.start("place"), found["place"]), 0)
        for found in _SURELY.finditer(*stretch)
        if not _NO_PLACES.match(found["place"]) and _may_be_town(found["place"])
    ]
    return known + towns


@lru_cache(maxsize=1024)
def _may_be_town(name: str) -> bool:
    words = name.casefold().split()
    others = ("field", "institution", "event", "capitalised_words", "office")
    return lookup(name) is None and all(
        load_words("names", each).isdisjoint(words) for each in others
    )


def _distance(start: int, at: int) -> int:
    return start - at if start >= at else 2 * (at - start)


def as_known(place: Place) -> Place | None:
    """Cut a place to the part that is known, and drop what is none: “in Information Technology”."""
    words = place.text.split()
    if place.text.endswith(" capital"):
        return place
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    known = next(filter(_is_place, beginnings), None)
    return Place(place.start, known) if known else None


@lru_cache(maxsize=1024)
def _is_place(name: str) -> bool:
    entry = lookup(name)
    return bool(entry and entry.kind in {"country", "capital"}) or city_country(name) is not None
