"""Standing: what somebody is in a sentence: who acts, whom a cue reaches, whose words it only is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .actors import PEOPLE, Actor
from .cues import Hit
from .passages import STRICT_REACH, depends
from .story import Sentence

# “, on Monday ”: what stands between two people and what they did together, in characters.
NEAR = 20
_SAYING_NOTHING = frozenset({"visiting", "new", "host", "senior", "same", "then", "top"})
_LEADS_TO = re.compile(
    r"\bwith\s(?:the\s)?$|\b(?:delegations?|officials|representatives|team|partners?)\b"
)
# “during a ” before “meeting with”: who met is who the sentence is about.
_ADJUNCT = re.compile(
    r"\b(?:during|in|at|after|before|following|amid|on the sidelines of)\s(?:(?:a|an|the|his|her|their)\s)?(?:[\w-]+\s){0,2}$"
    r"|\b(?:when|as|while|after|before)\s(?:he|she|they)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_HEADED_BY = re.compile(r",?\s(?:led|headed|chaired)\sby\s(?:(?:its|the)\s)?")


def is_right_before(sentence: Sentence, hit: Hit, actors: Sequence[Actor]) -> bool:
    """Tell whether two people of one list are who does it: “Lin and Ro launched …”."""
    named = [actor for actor in actors if actor.name]
    ends = [a.end for a in named if sentence.start <= a.start and a.end <= hit.start]
    return len(named) > 1 and bool(ends) and hit.start - max(ends) <= NEAR


def head_of(sentence: Sentence, after: Sequence[Actor]) -> list[Actor]:
    """Return who leads “a delegation from Cuba headed by Minister Ro”."""
    end = after[-1].end if after else sentence.end
    head = next((actor for actor in sentence.actors if actor.start >= end), None)
    return [head] if head and _HEADED_BY.fullmatch(sentence.text, end, head.start) else []


def main_subject(sentence: Sentence, hit: Hit, before: list[Actor]) -> list[Actor]:
    """Return who “Lin invited Cuban firms during talks with Ro” is about: Lin, and not the firms."""
    if any(actor.kind in PEOPLE for actor in before) or not _ADJUNCT.search(
        sentence.text, sentence.start, hit.start
    ):
        return before
    first = next(
        (a for a in sentence.actors if a.kind in PEOPLE and a.end <= before[0].start), None
    )
    return [first] if first and not depends(sentence, first) else before


def is_somebody(sentence: Sentence, actor: Actor) -> bool:
    """Tell people and “a delegation from Cuba” from the country."""
    words = sentence.text[actor.start : actor.end].casefold()
    return actor.kind in PEOPLE or any(
        team in words for team in ("delegation", "team", "officials")
    )


def is_vague(actor: Actor) -> bool:
    """Tell “the visiting minister” and “ministers”, which say nothing of whose."""
    before = (actor.role or "").casefold().split()[:-1]
    return not (actor.name or actor.side) and _SAYING_NOTHING.issuperset(before)


def is_source(sentence: Sentence, actor: Actor) -> bool:
    """Tell “according to Lin”, who only tells of it."""
    end = sentence.last_before(actor.start)
    return sentence.text.endswith(("ccording to", "told", "quoting"), 0, end)


def is_reached(sentence: Sentence, hit: Hit, first: Actor) -> bool:
    """Tell “met Peru” and “met on Monday with Peru” from “met its target for exports to Peru”."""
    gap = sentence.text[hit.end : first.start]
    people = is_somebody(sentence, first)
    return people or len(gap) <= STRICT_REACH or bool(_LEADS_TO.search(gap))
