"""Actors: the persons, offices, institutions and countries of a sentence, with their side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from ...language.folding import fold
from ...language.gazetteer import lookup
from .aliases import party_words
from .allegiance import bare, told_side
from .words import Word, Words

# A longer aside than this, in words and marks, tells something of its own.
MOST_BRACKETED = 8

ActorKind = Literal["person", "office", "institution", "country"]
PEOPLE: frozenset[ActorKind] = frozenset({"person", "office"})

# Patterns over the letters of `words`; every repetition is bounded.
_NAME = "T{0,3}(?:N|U(?=N))(?:P{0,2}N){0,5}"
_OF = "(?:[oq]t?[KGDOBMAYHNU](?:[MAYKGDBOUE]|,(?=M)|,?&t?(?=[MAU](?![MA]{0,4}Y)|Y|D(?![MA&]{0,6}[HSY])))*(?:(?<=G)N{1,2}(?=,))?)"
_OFFICE = f"(?:t?[GD]x(?=H))?t?[GKD]?[GKDBOUV]?(?:[MADUY](?:[MADUY]|&(?=[MADU])|,(?=[MA])){{0,6}})?H{{1,2}}A?{_OF}{{0,3}}"
_INSTITUTION = (
    f"t?[GKDBOUV]?(?:[MANDUY]|&(?=[MA])){{0,6}}Y(?:[BO]|[NU]{{1,3}}(?![NUPHV])|{_OF}{{0,2}}|i[K])"
)
_COUNTERPARTS = (
    "t?(?P<front>[DGK](?:,[DGK]){0,6},?&[DGK])(?:[MA]{0,3}H|A{0,2}S|[MA]{0,2}Y)|t?[MA]{0,3}Hf(?P<back>t?[KD](?:,t?K){0,6},?&t?K)"
    "|t?[MA]{0,3}H(?:x{0,2}o?t?[MAYS&,]{1,6})?ot?(?P<behind>[KD](?:,K){0,6},?&t?K)"
)
_ACTOR = re.compile(
    # Nothing else begins an actor, and most words of a sentence are something else.
    f"(?=t?[ABDGHKMNOSTUVY])(?:(?P<counterparts>{_COUNTERPARTS})"
    f"|(?P<office>{_OFFICE})(?:(?P<name>{_NAME})|,(?P<apposed>{_NAME})(?=[,.&()]|$))"
    f"|(?<![iN])(?P<name_first>{_NAME}),(?P<office_after>{_OFFICE})(?![TNU])"
    f"|(?P<sided>[GKDBO])(?P<bare_name>{_NAME})(?![MAYEHU])"
    f"|(?P<office_alone>{_OFFICE})"
    f"|(?P<institution>{_INSTITUTION}|N{{1,2}}K(?=[xi.,&()]|$))"
    f"|(?<![iN])(?P<someone>{_NAME})(?:oo?t?(?P<home>[KB]))?(?![MAYEHUK])"
    "|(?P<side>t?[DGK][SA]?S|t?A{0,2}S[fo]t?[KGDBO]|[GD]U|[KOB]))"
)
# Which kind of actor matched, by the last group: what names the person, and what the office.
_FORMS: dict[str, tuple[ActorKind, str | None, str | None]] = {
    "name": ("person", "name", "office"),
    "apposed": ("person", "apposed", "office"),
    "office_after": ("person", "name_first", "office_after"),
    "bare_name": ("person", "bare_name", None),
    "office_alone": ("office", None, "office_alone"),
    "institution": ("institution", None, None),
    "someone": ("person", "someone", None),
    "home": ("person", "someone", None),
    "side": ("country", None, None),
}
_EQUALS = re.compile(
    r"\b(?:counterpart|colleague|opposite number|peer|homologue)s?\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"[,\s]{0,3}(?:and|respectively)?[,\s]{0,3}")


class Actor(NamedTuple):
    """Someone who can act: `text[start:end]` names him, her or it."""

    start: int
    end: int
    kind: ActorKind
    name: str | None = None
    """A person's name as written."""
    role: str | None = None
    """The office as written."""
    party: str | None = None
    """The words for the side, if the same words name it."""
    code: str | None = None
    """The country's alpha-3 code, if it is one."""

    @property
    def side(self) -> str | None:
        """What tells one side from another: the code, else the folded words."""
        return self.code or (_folded(self.party) if self.party else None)

    @property
    def is_counterpart(self) -> bool:
        """Tell an office that is only named by what another one is."""
        return _EQUALS.search(self.role or "") is not None


@lru_cache(maxsize=1024)
def _folded(words: str) -> str:
    """Fold the name for a side, the usual one of an organisation; they are often compared."""
    entry = lookup(words)
    return fold(entry.name if entry else words)


def find_actors(text: str, words: Words) -> list[Actor]:
    """Return the actors of a sentence, given as its words, in order; they do not overlap."""
    if "(" in words.kinds:
        words = words.at(list(_outside_brackets(words.kinds)))
    found = _ACTOR.finditer(words.kinds)
    actors = [actor for each in found for actor in _actors(text, words, each)]
    if len(actors) > 1:
        actors = _one_person_each(text, actors)
    if len({actor.start for actor in actors}) < len(actors):
        actors = list(_named_in_turn(text, actors))
    return actors


def _one_person_each(text: str, actors: Sequence[Actor]) -> list[Actor]:
    """Leave out the second office of one person: “Lin, minister of posts and chair of the board”."""
    kept = [actors[0]]
    for before, actor in pairwise(actors):
        if _stands_for(text, before, actor):
            kept[-1] = actor
            continue
        second = (
            before.name is not None
            and before.role is not None
            and actor.kind == "office"
            and text[before.end : actor.start].strip() == "and"
            and text.startswith(before.name, before.start)
            and (actor.code in {None, before.code} or before.side is None)
        )
        if second:
            party, code = (before.party or actor.party, before.code or actor.code)
            kept[-1] = before._replace(party=party, code=code)
        else:
            kept.append(actor)
    return kept


def _stands_for(text: str, office: Actor, person: Actor) -> bool:
    """Tell “his counterpart, Cuban minister Ro”, who is one person."""
    alone = office.is_counterpart and not (office.name or office.side)
    return (
        alone and person.name is not None and text[office.end : person.start].strip() in {"", ","}
    )


def _named_in_turn(text: str, actors: Sequence[Actor]) -> Iterator[Actor]:
    """Give “her Cuban and Kenyan counterparts, Leo Ro and Tim Mu” their names, in their order."""
    at = 0
    while at < len(actors):
        span = (actors[at].start, actors[at].end)
        group = [a for a in actors[at:] if (a.start, a.end) == span]
        names = actors[at + len(group) : at + 2 * len(group)]
        if len(group) > 1 and _stand_for(text, group[-1], names, len(group)):
            for office, person in zip(group, names, strict=True):
                yield office._replace(end=person.end, kind="person", name=person.name)
            at += len(group)
        else:
            yield from group
        at += len(group)


def _stand_for(text: str, offices: Actor, names: Sequence[Actor], count: int) -> bool:
    """Tell whether the persons named right behind the offices are their holders, one for each."""
    plain = [a for a in names if a.kind == "person" and a.role is None and a.party is None]
    if offices.role is None or len(plain) != count:
        return False
    gaps = [text[a.end : b.start] for a, b in pairwise([offices, *plain])]
    return all(_BETWEEN.fullmatch(gap) for gap in gaps)


def _outside_brackets(kinds: str) -> Iterator[int]:
    """Yield where words stand that are no short form: “the Regulatory Authority (CRA) President”."""
    inside = False
    for at, kind in enumerate(kinds):
        inside = inside or (kind == "(" and ")" in kinds[at : at + MOST_BRACKETED])
        if not inside:
            yield at
        inside = inside and kind != ")"


def _actors(text: str, words: Words, found: re.Match[str]) -> Iterator[Actor]:
    form = found.lastgroup or ""
    span: Sequence[Word] = words[found.start() : found.end()]
    if form == "counterparts":
        yield from _one_for_each(text, span)
        return
    kind, *groups = _FORMS[form]
    name, role = (_part(span, found, group) for group in groups)
    if form == "apposed" and _lists_companies(text, role):
        if len(name) > 1:  # “the two ministers, Ana Lin and Leo Ro”: one of several persons
            told = told_side(text, role, institution=False)
            yield Actor(name[0].start, name[-1].end, "person", _words_of(text, name), None, *told)
            return
        span, kind, name = role, "office", ()
    if kind == "institution" and not _is_named(text, span):
        return
    words_of = _words_of(text, name), _words_of(text, role)
    yield Actor(
        span[0].start,
        span[-1].end,
        kind,
        *words_of,
        *told_side(text, span, institution=kind == "institution"),
    )


def _part(span: Sequence[Word], found: re.Match[str], group: str | None) -> Sequence[Word]:
    """Return the words of a group, out of those of the whole match; none for no group."""
    if group is None:
        return ()
    start, end = found.span(group)
    return span[start - found.start() : end - found.start()]


def _one_for_each(text: str, span: Sequence[Word]) -> Iterator[Actor]:
    """Yield an actor for each side of “his A and B counterparts”, all with the same role."""
    role = bare(text[span[0].start : span[-1].end])
    sides = span[-1].kind in "SY"
    for word in span:
        if word.mention and word.entry:
            yield Actor(
                span[0].start,
                span[-1].end,
                "country" if sides else "office",
                role=None if sides else role,
                party=party_words(word.mention),
                code=word.entry.code,
            )


def _words_of(text: str, part: Sequence[Word]) -> str | None:
    """Return the article's words for a name or an office, without “Mr.” before it."""
    while len(part) > 1 and part[0].kind == "T":
        part = part[1:]
    return bare(text[part[0].start : part[-1].end]) if part else None


def _lists_companies(text: str, office: Sequence[Word]) -> bool:
    """Tell “executives of Zain, Orange and VTEL”: several people, and no name of one of them."""
    heads = (word for word in office if word.kind == "H")
    return any(text[word.start : word.end].endswith("s") for word in heads)


def _is_named(text: str, span: Sequence[Word]) -> bool:
    """Tell “Invest Bank” and “India's ministry” from “the committee”."""
    return any(
        word.mention or word.kind in "NU" or (word.kind == "Y" and text[word.start].isupper())
        for word in span
    )
