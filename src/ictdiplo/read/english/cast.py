"""The cast: who is who in an article, and who speaks when only “he” or “the minister” is written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from heapq import nlargest

from ...language.gazetteer import Mention, lookup
from .actors import PEOPLE, Actor
from .aliases import party_words
from .cues import load_table, load_words
from .persons import RANKS, Persons, role_words
from .sides import LED_BY, signs_for_another, told_around
from .story import Sentence, Story

PAIR = 2
# The second of two sides is named at least so often, and so many times as often as the third.
LEAST_NAMED, LEAD = 2, 2

_TEAMS = frozenset({"delegation", "team", "delegates", "visitors"})
_THE_DELEGATION = re.compile(
    r"\b[Tt]he\s(?:visiting\s)?(?:delegation|team|delegates|visitors)\b(?!\s(?:from|of|led|headed))"
)
_AND_HIS = re.compile(r"\s(?:and|with)\s(?:his|her|a|the|their)\s(?:accompanying\s)?delegation\b")
_THE = "the "


class Cast:
    """The persons of a story, each with the fullest name, office and side that it gives."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.text = story.sentences[0].text if story.sentences else ""
        self._persons = Persons()
        for sentence in story.sentences:
            for actor in sentence.actors:
                if actor.name and (" " in actor.name or actor.role or _is_titled(sentence, actor)):
                    self._enrol(told_around(sentence, actor))

    def known(self, actor: Actor) -> Actor | None:
        """Return the actor with what the whole article tells of him; None for a mere capital."""
        if actor.name is None:
            return self._holding(actor)
        person = self._persons.find(actor.name)
        if person is None:
            return actor if actor.role or actor.party else None
        own = actor.party and not (person.party and signs_for_another(self.text, actor.end))
        return actor._replace(
            name=person.name,
            role=actor.role or person.role,
            party=actor.party if own else person.party,
            code=actor.code if own else person.code,
        )

    def _holding(self, office: Actor) -> Actor:
        """Return who “the Indian minister” is: the one person told of before with that office there."""
        if office.role is None or office.side is None or office.is_counterpart:
            return office
        if self.text[office.start : office.start + len(_THE)].casefold() != _THE:
            return office
        ranks = RANKS & role_words(office.role)
        alike = [
            person
            for person in self._persons.of(office.side)
            if person.start < office.start
            and not (role_words(person.role) & role_words(office.role)).isdisjoint(
                load_words("names", "office")
            )
            and RANKS & role_words(person.role) == ranks
        ]
        return office._replace(name=alike[0].name) if len(alike) == 1 else office

    def acting(self, actors: Iterable[Actor]) -> list[Actor]:
        """Return those of the actors that the story knows, in order."""
        return [known for actor in actors if (known := self.known(actor))]

    def delegation(self, sentence: Sentence, at: int) -> Actor | None:
        """Return the head, else the side, of “the delegation” that acts in a sentence before `at`."""
        if sentence.words.isdisjoint(_TEAMS) or not _THE_DELEGATION.search(
            sentence.text, sentence.start, at
        ):
            return None
        told = bisect_left(self._delegations, sentence.start, key=lambda one: one[0])
        team = self._delegations[told - 1][1] if told else None
        if team and team.name is None and team.side is None:
            return self.holder(team.role or "", None)
        return self.known(team) if team else None

    @cached_property
    def _delegations(self) -> list[tuple[int, Actor]]:
        """The delegations that the story names, each with where and whom it stands for."""
        return [
            (actor.start, actor)
            for sentence in self.story.sentences
            if "delegation" in sentence.words
            for actor in sentence.actors
            if LED_BY.search(sentence.text, sentence.start, actor.start)
            or _AND_HIS.match(sentence.text, actor.end, sentence.end)
            or "delegation" in sentence.text[actor.start : actor.end]
        ]

    def holder(self, role: str, current: Actor | None) -> Actor | None:
        """Return the one person whose office is like “the ambassador”, else the current one.

        “The minister” is no prime minister where there is another one.
        """
        words = role_words(role)
        alike = words | {other for word in words for other in _synonyms().get(word, ())}
        return self._persons.holder(alike, plain=RANKS.isdisjoint(words)) or current

    def place_on(self, actor: Actor, mention: Mention) -> Actor:
        """Give someone without a side the one that the context has for him, from now on."""
        sided = actor._replace(party=mention.text, code=mention.entry.code)
        if actor.name:
            person = self._persons.find(actor.name) or actor
            self._persons.put(person._replace(party=sided.party, code=sided.code))
        return sided

    def placed(self, actors: Sequence[Actor], here: Iterable[Mention] = ()) -> list[Actor]:
        """Give a single actor without a side the one side that is left for it.

        It is looked for in the headline, `here` (where they met), the dateline, and the lede; else
        it is the one that the story names far more often than any other.
        """
        homeless = [a for a in actors if is_homeless(a)]
        if len(homeless) == PAIR == len(actors):
            return self._placed_apart(actors, here)
        if len(homeless) > 1:
            return self._placed_there(actors, here)
        if not homeless:
            return list(actors)
        home = self._home({actor.side for actor in actors}, here)
        return [
            self.place_on(actor, home) if home and actor is homeless[0] else actor
            for actor in actors
        ]

    def _placed_there(self, actors: Sequence[Actor], here: Iterable[Mention]) -> list[Actor]:
        """Take all without a side for officials of where they met a guest who has one."""
        sides = {actor.side for actor in actors if actor.side}
        hosts = [mention for mention in here if mention.entry.code not in {None, *sides}]
        if not (sides and hosts):
            return list(actors)
        return [self.place_on(one, hosts[0]) if is_homeless(one) else one for one in actors]

    def _placed_apart(self, actors: Sequence[Actor], here: Iterable[Mention]) -> list[Actor]:
        """Take the first for the story's own official, and the second for one of where they met."""
        own = self._home(set(), ())
        hosts = [mention for mention in here if own and mention.entry.code != own.entry.code]
        if not (own and hosts):
            return list(actors)
        return [self.place_on(actors[0], own), self.place_on(actors[1], hosts[0])]

    def pair(self) -> list[Actor]:
        """Return the two sides that the story is about.

        They are the two of the headline, else of the first sentences, else those that are named
        far more often than any third.
        """
        return list(self._pair)

    @cached_property
    def _pair(self) -> tuple[Actor, ...]:
        for mentions in (self.story.headline, self._lede):
            known = [m for m in mentions if m.entry.code or m.entry.kind == "organisation"]
            by_side = {_side(m): m for m in reversed(known)}
            if len(by_side) == PAIR:
                return _in_order(by_side.values())
        return _in_order(self._most_named())

    def _most_named(self) -> list[Mention]:
        """Return a mention of each of the two sides that are named most, if no third comes near."""
        first: dict[str, Mention] = {}
        counts: Counter[str] = Counter()
        for sentence in self.story.sentences:
            for mention in sentence.mentions:
                if mention.entry.code and not sentence.tells_where(mention.start):
                    first.setdefault(mention.entry.code, mention)
                    counts[mention.entry.code] += 1
        ranked = [*counts.most_common(PAIR + 1), ("", 0), ("", 0), ("", 0)]
        clear = ranked[1][1] >= LEAST_NAMED and ranked[1][1] >= LEAD * ranked[2][1]
        return [first[code] for code, _ in ranked[:PAIR]] if clear else []

    def strangers(self) -> list[Actor]:
        """Return the persons whose side the story does not tell."""
        return [person for person in self._persons if person.side is None]

    def join(self, person: Actor, office: Actor) -> Actor:
        """Make a person the holder of an office, from now on."""
        holder = person._replace(
            role=person.role or office.role, party=office.party, code=office.code
        )
        self._persons.put(holder)
        return holder

    def _home(self, taken: set[str | None], here: Iterable[Mention]) -> Mention | None:
        """Return the country that an unplaced official of the story most likely acts for."""
        for mentions in (self.story.headline, here, self._dateline, self._lede):
            left = {m.entry.code: m for m in mentions if m.entry.code and m.entry.code not in taken}
            if len(left) == 1:
                return next(iter(left.values()))
        return self._most_often(taken)

    def _most_often(self, taken: set[str | None]) -> Mention | None:
        """Return the country that the story names far more often than any other that is left."""
        left = [(times, code) for code, times in self._named.items() if code not in taken]
        (most, top), (next_most, _) = [*nlargest(PAIR, left), (0, ""), (0, "")][:PAIR]
        if most < LEAST_NAMED or most < LEAD * next_most:
            return None
        return next(m for one in self.story.sentences for m in one.mentions if m.entry.code == top)

    @cached_property
    def _named(self) -> Counter[str]:
        """How often the story names each country."""
        return Counter(
            mention.entry.code
            for sentence in self.story.sentences
            for mention in sentence.mentions
            if mention.entry.code
        )

    @cached_property
    def _lede(self) -> list[Mention]:
        return [
            mention
            for sentence in self.story.sentences[:PAIR]
            for mention in sentence.mentions
            if not sentence.tells_where(mention.start)
        ]

    @cached_property
    def _dateline(self) -> list[Mention]:
        here = self.story.here
        entry = lookup(here) if here else None
        return [Mention(0, 0, here, entry)] if here and entry else []

    def _enrol(self, actor: Actor) -> None:
        name = actor.name or ""
        person = self._persons.find(name)
        if person is None:
            self._persons.put(actor)
            return
        self._persons.put(
            person._replace(
                name=max(person.name or "", name, key=lambda words: len(words.split())),
                role=person.role or actor.role,
                party=person.party or actor.party,
                code=person.code if person.party else actor.code,
            )
        )


def _is_titled(sentence: Sentence, actor: Actor) -> bool:
    """Tell “Ms Lin” and “Sheikha Lin” from any other single capitalised word."""
    return sentence.text[actor.start : actor.end] != actor.name


def _side(mention: Mention) -> str:
    return mention.entry.code or mention.entry.name


def side_of(mention: Mention) -> Actor:
    """Return the side that a mention names, as someone who can act."""
    party = party_words(mention)
    return Actor(mention.start, mention.end, "country", party=party, code=mention.entry.code)


def _in_order(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    return tuple(map(side_of, sorted(mentions, key=lambda mention: mention.start)))


def is_homeless(actor: Actor) -> bool:
    """Tell somebody whose side is not told, or a “Communications Authority” of no told country."""
    if actor.party:
        words = actor.party.casefold().split()
        return actor.code is None and not load_words("names", "state_bodies").isdisjoint(words)
    return actor.kind in PEOPLE and not actor.is_counterpart


@cache
def _synonyms() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load_table("names")["same_office"]["words"]
    return table
