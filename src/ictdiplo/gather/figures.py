"""Who is who across articles: one figure for all spellings of a name, within one side.

Full names come first, and “Hashemi” goes to the one full name that it can be; where there are two, it
stays by itself. An office without a name stays an office: no name is supplied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from ..language.folding import fold
from ..language.names import beginnings, fullness, names_alike, same_name
from ..records import Person
from .ledger import Figure, Told
from .reports import side
from .telling import told

Mention = tuple[str, Person]
"""The source that names a person, and the person as it is named there."""


@dataclass
class _Bearer:
    """One person, and all mentions."""

    spellings: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def figures(persons: Iterable[Mention]) -> tuple[Figure, ...]:
    """Return the figures of one event, side by side; offices that a named person may hold go to them."""
    by_side: dict[str, list[Mention]] = defaultdict(list)
    for source, person in persons:
        by_side[side(person.party) if person.party else ""].append((source, person))
    return tuple(chain.from_iterable(_of_side(by_side[each]) for each in sorted(by_side)))


def everybody(persons: Iterable[Mention]) -> tuple[Figure, ...]:
    """Return all who are named, by side and name."""
    named = figures((source, person) for source, person in persons if person.name and person.party)
    return tuple(sorted(named, key=lambda figure: (figure.side or "", figure.name or "")))


def _of_side(mentions: list[Mention]) -> list[Figure]:
    """Return who acted for one side; the side stands for itself where nobody else does."""
    bearers = _bearers([(source, person) for source, person in mentions if person.name])
    vacant: dict[str, list[Mention]] = defaultdict(list)
    for source, person in mentions:
        if not person.name and not _stands_for_side(person):
            holders = [bearer for bearer in bearers if _holds(bearer, person)]
            group = holders[0].mentions if len(holders) == 1 else vacant[fold(person.role or "")]
            group.append((source, person))
    groups = [*(bearer.mentions for bearer in bearers), *(vacant[role] for role in sorted(vacant))]
    return [_figure(group) for group in groups or [mentions]]


def _bearers(mentions: list[Mention]) -> list[_Bearer]:
    """Put the spellings of each name together, the fullest first."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for source, person in mentions:
        by_name[str(person.name)].append((source, person))
    index: dict[str, list[_Bearer]] = defaultdict(list)
    bearers: list[_Bearer] = []
    for name in sorted(by_name, key=lambda name: (*(-size for size in fullness(name)), name)):
        near = {id(b): b for begins in beginnings(name) for b in index[begins]}
        bearer = _one_of(near.values(), name)
        if bearer is None:
            bearers.append(bearer := _Bearer())
        bearer.spellings.append(name)
        bearer.mentions.extend(by_name[name])
        for begins in beginnings(name):
            if all(bearer is not known for known in index[begins]):
                index[begins].append(bearer)
    return bearers


def _one_of(bearers: Iterable[_Bearer], name: str) -> _Bearer | None:
    """Return the one whose every spelling the name can be; the most alike of several, None of equals."""
    fitting = [b for b in bearers if all(same_name(name, known) for known in b.spellings)]
    scores = [max(names_alike(name, known) for known in bearer.spellings) for bearer in fitting]
    best = [b for b, score in zip(fitting, scores, strict=True) if score == max(scores)]
    return best[0] if len(best) == 1 else None


def _holds(bearer: _Bearer, office: Person) -> bool:
    """Tell whether a named person is said to hold just this office, “Iranian” apart."""
    words = _office(office)
    return any(words == _office(person) for _, person in bearer.mentions if person.role)


def _office(person: Person) -> set[str]:
    words = set(fold(person.role or "").split())
    return words - set(fold(person.party.text).split()) if person.party else words


def _stands_for_side(person: Person) -> bool:
    """Tell whether only the side is named: “Bhutan” among those who met."""
    return person.party is not None and person.role == person.party.text


def _figure(mentions: list[Mention]) -> Figure:
    mentions = sorted(mentions, key=lambda mention: (mention[0], mention[1].name or ""))
    spellings = told((source, person.name, None) for source, person in mentions)
    party = mentions[0][1].party
    return Figure(
        name=_fullest(spellings),
        side=(party.code or party.name) if party else None,
        spellings=spellings,
        roles=told((source, person.role, None) for source, person in mentions),
        sources=tuple(dict.fromkeys(source for source, _ in mentions)),
    )


def _fullest(spellings: tuple[Told, ...]) -> str | None:
    """Return the fullest spelling, in Latin letters if there is one, the commonest of equals."""
    names = [each.value for each in spellings]
    return min(
        names,
        key=lambda name: (not fold(name)[:1].isascii(), -fullness(name)[0], names.index(name)),
        default=None,
    )
