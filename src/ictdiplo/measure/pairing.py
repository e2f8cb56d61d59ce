"""Gold and found records of one article: which of them report the same, and how well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..language.sentences import Span
from ..records import Value
from .compared import Compared, Kind, Wording
from .likeness import dates_alike, persons_alike, places_alike, sides_alike, topics_alike

ENOUGH = 0.5
"""F1 of the sides, or of the persons, from which on two records may be the same."""


class Pair(Value):
    """A gold record and the found one that reports the same."""

    gold: Compared
    """The record as it should be."""
    found: Compared
    """The record as it was found."""
    fields: dict[str, float]
    """How alike they are in each field that the headline counts: 1 right, 0 wrong."""
    more_fields: dict[str, float]
    """The same of the other fields, as far as the gold has them."""


class Matching(Value):
    """The records of one type in one article."""

    paired: tuple[Pair, ...] = ()
    """What was found and is in the gold, in the gold's order."""
    missed: tuple[Compared, ...] = ()
    """What is in the gold and was not found."""
    invented: tuple[Compared, ...] = ()
    """What was found and is not in the gold."""


class _Placed(NamedTuple):
    record: Compared
    spans: list[Span]


def match(
    gold: Sequence[Compared], found: Sequence[Compared], kind: Kind, text: Wording
) -> Matching:
    """Pair the records one to one, the most alike first; of equals, the later ones first."""
    likeness = _LIKENESS[kind]
    golds = [_Placed(record, text.spans(record.quotes)) for record in gold]
    founds = [_Placed(record, text.spans(record.quotes)) for record in found]
    ranked = sorted(
        (
            (likeness(one.record, other.record, _are_near(one, other, text)), at, other_at)
            for at, one in enumerate(golds)
            for other_at, other in enumerate(founds)
            if other.spans  # what quotes nothing of the article reports nothing of it
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for score, at, other_at in ranked:
        if score > 0 and at not in pairs and other_at not in pairs.values():
            pairs[at] = other_at
    return Matching(
        paired=tuple(_pair(gold[at], found[pairs[at]], kind) for at in sorted(pairs)),
        missed=tuple(record for at, record in enumerate(gold) if at not in pairs),
        invented=tuple(record for at, record in enumerate(found) if at not in pairs.values()),
    )


def _are_near(gold: _Placed, found: _Placed, text: Wording) -> bool:
    return any(text.are_near(one, other) for one in gold.spans for other in found.spans)


def _meetings(gold: Compared, found: Compared, near: bool) -> float:  # noqa: FBT001 - see _LIKENESS
    sides = sides_alike(gold.parties, found.parties)
    persons = persons_alike(gold.participants, found.participants)
    return sides + persons + near if sides >= ENOUGH and (near or persons >= ENOUGH) else 0.0


def _proposals(gold: Compared, found: Compared, near: bool) -> float:  # noqa: FBT001 - see _LIKENESS
    return (1 + sides_alike(gold.proposer_party, found.proposer_party)) * near


def _mous(gold: Compared, found: Compared, near: bool) -> float:  # noqa: FBT001 - see _LIKENESS
    sides = sides_alike(gold.parties, found.parties)
    same = gold.status == found.status
    enough = (sides >= ENOUGH and near) or (sides == 1 and same)
    return sides + near + same if enough else 0.0


def _pair(gold: Compared, found: Compared, kind: Kind) -> Pair:
    more = [name for name in MORE_FIELDS[kind] if getattr(gold, name) is not None]
    return Pair(
        gold=gold,
        found=found,
        fields={name: _likeness(gold, found, name) for name in FIELDS[kind]},
        more_fields={name: _likeness(gold, found, name) for name in more},
    )


def _likeness(gold: Compared, found: Compared, name: str) -> float:
    said = getattr(found, name)
    right = getattr(gold, name)
    return _FIELDS[name](right, () if said is None and isinstance(right, tuple) else said)


def _equal(gold: str | None, found: str | None) -> float:
    return float(gold == found)


# How alike two records are, given whether their quotes are near each other; 0 if not the same one.
_LIKENESS: dict[Kind, Callable[[Compared, Compared, bool], float]] = {
    "meetings": _meetings,
    "proposals": _proposals,
    "mous": _mous,
}
FIELDS: dict[Kind, tuple[str, ...]] = {
    "meetings": ("date", "status", "location", "participants"),
    "proposals": ("proposer_party", "kind"),
    "mous": ("status", "date", "parties"),
}
"""What is scored of each type, on the pairs alone."""
MORE_FIELDS: dict[Kind, tuple[str, ...]] = {
    "meetings": ("format", "topics"),
    "proposals": ("addressees", "topics"),
    "mous": ("instrument", "signatories"),
}
"""What is scored where the gold has it, and is no part of the headline."""
_FIELDS: dict[str, Callable[[Any, Any], float]] = {
    "date": dates_alike,
    "status": _equal,
    "kind": _equal,
    "location": places_alike,
    "participants": persons_alike,
    "parties": sides_alike,
    "proposer_party": sides_alike,
    "format": _equal,
    "topics": topics_alike,
    "addressees": sides_alike,
    "instrument": _equal,
    "signatories": persons_alike,
}
