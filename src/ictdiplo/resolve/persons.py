"""Who is who within one article: “Hashemi” further down is “Sattar Hashemi” of the first line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ..draft import Draft, DraftPerson
from ..language.folding import fold
from .parties import resolve_party
from .quotes import Text


class Roll:
    """The named persons of an article's drafts, and the sides that they are said to act for.

    Only names and sides that stand in the article are on it.
    """

    def __init__(self, drafts: Iterable[Draft], text: Text) -> None:
        self._entries = [
            (_words(person.name), person.party)
            for person in chain.from_iterable(map(_persons, drafts))
            if person.name and person.party and text.has(person.name) and text.has(person.party)
        ]

    def side_of(self, name: str) -> str | None:
        """Return the side that another mention of this person gives; None if none or several."""
        words = _words(name)
        sides = {
            resolve_party(side).name: side
            for known, side in self._entries
            if words <= known or known <= words
        }
        return next(iter(sides.values())) if len(sides) == 1 else None


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())


def _persons(draft: Draft) -> Iterator[DraftPerson]:
    return chain(
        chain.from_iterable(meeting.participants for meeting in draft.meetings),
        chain.from_iterable(proposal.proposers for proposal in draft.proposals),
        chain.from_iterable(mou.signatories for mou in draft.mous),
    )
