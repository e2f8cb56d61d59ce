"""What a reader said of one record, held against the article.

Nothing gets from a draft into a record but through here: words are returned as they stand in the
article, and what does not stand there is listed as rejected, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..draft import DraftPerson
from ..records import Party, Person, Place, Quote, Rejected, Topic, When
from .dates import resolve_date, resolve_nearest
from .moments import Tense
from .parties import country_of, resolve_party
from .persons import Roll
from .quotes import Text, says_not_done
from .roles import own_role
from .summary import unsupported_claim
from .topics import make_topics


class Grounding:
    """Grounds the words said of one record, and keeps what had to be rejected."""

    def __init__(self, record: str, text: Text, published: date | None, roll: Roll) -> None:
        self.record = record
        self.text = text
        self.published = published
        self.roll = roll
        self.anchor: int | None = None
        self.rejected: list[Rejected] = []

    def evidence(
        self, said: Iterable[str], *, negated: bool = False, done: bool = False
    ) -> tuple[Quote, ...]:
        """Return the quotes that stand in the article; the first is where the record stands.

        `negated` allows words that a “not” before them turns round: a cancelled meeting's. `done`
        refuses words that deny themselves what they are said to report: “had not met”.
        """
        found = tuple(
            quote
            for words in said
            if not (done and self._denies(words))
            and (quote := self._quote(words, negated=negated)) is not None
        )
        if found:
            self.anchor = found[0].start
        return found

    def _denies(self, words: str) -> bool:
        denies = says_not_done(words)
        if denies:
            self.reject("evidence", words, "These words say themselves that it did not happen.")
        return denies

    def _quote(self, words: str, *, negated: bool) -> Quote | None:
        negators = []
        for quote in self.text.find_all(words):
            negator = None if negated else self.text.negated_before(quote)
            if negator is None:
                return quote
            negators.append(negator)
        if negators:
            reason = f"The article negates these words: “{negators[0]} …”."
        else:
            reason = self._why_missing(words)
        self.reject("evidence", words, reason)
        return None

    def _why_missing(self, words: str) -> str:
        if self.text.has(words):
            return (
                "These words stand only where the text speaks to machines, which reports nothing."
            )
        return "These words do not stand in the article."

    def words(self, field: str, said: str | None) -> str | None:
        """Return `said` as it stands in the article, nearest to the record; None if it does not."""
        if not said:
            return None
        quote = self.text.find(said, near=self.anchor)
        if quote is None:
            self.reject(field, said, self._why_missing(said))
        return quote.quote if quote else None

    def each(self, field: str, said: Iterable[str]) -> list[str]:
        """Return those of `said` that stand in the article."""
        return [found for words in said if (found := self.words(field, words))]

    def parties(self, field: str, said: Iterable[str]) -> list[Party]:
        """Return the sides that stand in the article."""
        return [self._party(words) for words in self.each(field, said)]

    def persons(self, field: str, said: Iterable[DraftPerson]) -> tuple[Person, ...]:
        """Return the persons and offices that stand in the article."""
        return tuple(self._persons(field, said))

    def _persons(self, field: str, said: Iterable[DraftPerson]) -> Iterator[Person]:
        for person in said:
            name = self.words(f"{field}.name", person.name)
            role = self.words(f"{field}.role", person.role)
            side = self.words(f"{field}.party", person.party or self._side_of(name))
            if name or role:
                party = self._party(side) if side else self._party_of(role)
                role = own_role(role, side) if role and side else role
                yield Person(name=name, role=role, party=party)
            elif side:
                self.reject(field, side, "Neither a name nor an office stands in the article.")

    def _side_of(self, name: str | None) -> str | None:
        return self.roll.side_of(name) if name else None

    def _party(self, words: str) -> Party:
        return resolve_party(words, context=self.text.text)

    def _party_of(self, role: str | None) -> Party | None:
        """Read the side off an office such as “Algerian counterpart”; None if it names no country."""
        party = self._party(role) if role else None
        return party if party and party.code else None

    def topics(self, said: Iterable[str]) -> tuple[Topic, ...]:
        """Return the topics whose words stand in the article."""
        return make_topics(self.each("topics", said))

    def when(
        self, field: str, said: str | None, tense: Tense | None, counted_from: str | None = None
    ) -> When | None:
        """Return the date that words of the article give; without a tense, on the nearer side."""
        words = self.words(field, said)
        start = self.words("counted_from", counted_from)
        return self.date_in(words, tense, start) if words else None

    def date_in(self, words: str, tense: Tense | None, counted_from: str | None = None) -> When:
        """Resolve words that are known to stand in the article."""
        if tense is None:
            return resolve_nearest(words, published=self.published)
        return resolve_date(words, published=self.published, tense=tense, counted_from=counted_from)

    def place(self, said: str | None) -> Place | None:
        """Return the place, and the country that it lies in."""
        words = self.words("place", said)
        return Place(name=words, code=country_of(words)) if words else None

    def summary(self, said: str, parties: Iterable[Party]) -> str | None:
        """Return the reader's own sentence, unless it names what the article does not."""
        claim = unsupported_claim(said, self.text, {party.code for party in parties if party.code})
        if claim:
            self.reject("summary", said, f"“{claim}” does not stand in the article.")
        return said if said and not claim else None

    def reject(self, field: str, value: str, reason: str) -> None:
        """Keep what is not passed on, and why."""
        self.rejected.append(Rejected(record=self.record, field=field, value=value, reason=reason))


def complaints(said: Iterable[tuple[str, str]], text: Text) -> list[str]:
    """Name the words that do not stand in the article, each with the passage most like it."""
    return [
        f"{path}: “{words}” does not stand in the article; copy it letter for letter or leave it out."
        + (f" The nearest passage is “{near.quote}”." if (near := text.nearest(words)) else "")
        for path, words in said
        if not text.has(words)
    ]
