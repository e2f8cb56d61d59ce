"""Grouping: how the people whom a sentence names fall into meetings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .actors import Actor
from .encounters import join_actors
from .modality import says
from .story import Sentence

PAIR = 2
# So many people, each of another side, are not met together: “met Minister Ro, Minister Sol and …”.
MANY = 3


def separate(sentence: Sentence, after: list[Actor]) -> list[list[Actor]]:
    """Take “his A and B counterparts” apart: a meeting with each, and with each of one side."""
    by_side: dict[str | None, list[Actor]] = {}
    for actor in after:
        by_side.setdefault(actor.side, []).append(actor)
    told = sentence.text[sentence.start : after[-1].end]
    each = all(actor.is_counterpart for actor in after) or says("one_by_one", told)
    each = each or all(" with" in sentence.text[a.end : b.start] for a, b in pairwise(after))
    each = each or len({actor.start for actor in after if actor.name}) >= MANY
    return list(by_side.values()) if each and None not in by_side else [after]


def several(groups: Sequence[list[Actor]]) -> list[list[Actor]]:
    """Keep the groups that are two sides or more, and no side's own affair."""
    return [actors for actors in groups if len({actor.side for actor in actors}) > 1]


def named_pair(sentence: Sentence) -> list[Actor]:
    """Return the two countries that a sentence names, if they are two."""
    countries = [actor for actor in sentence.actors if actor.kind == "country" and actor.code]
    joined = join_actors(actor for actor in countries if not sentence.tells_where(actor.start))
    return joined if len(joined) == PAIR else []
