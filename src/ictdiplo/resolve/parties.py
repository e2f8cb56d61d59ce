"""Parties: from words to the side that acts, such as “Dushanbe” to Tajikistan.

A capital, a demonym beside an office, a ministry and a regulator act for their country. Companies,
universities, foundations and chambers act for themselves, whatever country is in their name.
Where words name two countries, or none that a table knows, there is no code; nothing is guessed.

The words that tell the sorts apart are in `data/party_words.json`; names are the gazetteer's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ..language.folding import fold
from ..language.gazetteer import Entry, Mention, city_country, find_mentions, lookup, usual_form
from ..records import Party, PartyKind

_OUTER = " \t\r\n\"'“”‘’«»,;:"
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
# What stands behind these is where somebody is or is sent to, not whom he acts for.
_AWAY = re.compile(r"\b(?P<sent>to)\b|\b(?:in|at|with)\b")
_BRACKETED = re.compile(r"(?P<long>[^()]+?)\s*\((?P<short>[^()]+)\)")
_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "de", "la", "in", "on"})
# The longest name of a city in the gazetteer has four words.
_MOST_CITY_WORDS = 4
# "Rostelecom" and "Uztelecom" have no other word that tells what they are.
_TELECOM = re.compile(r"\w*(?:telecom|telekom|телеком)")


def resolve_party(words: str, context: str = "") -> Party:
    """Return the party that `words` name.

    `context` is the text around them; it settles names and initials that several countries share
    (“Congo”, “NCC”) if it mentions only one of these countries. A party without a code keeps its
    own words as its name.
    """
    contested = _contested(words)
    around = _countries_in(context) if contested and context else {}
    return _resolved(words, frozenset(contested & around.keys()))


@lru_cache(maxsize=4096)  # a corpus names the same sides over and over
def _resolved(words: str, around: frozenset[str]) -> Party:
    """Resolve words; `around` are the codes of countries near them that could be meant."""
    bare = _bare(words)
    settled = _settled(bare, around)
    if entry := lookup(settled):
        return _known(words, entry, around)
    acting = _acting_part(settled)
    return (
        _country_party(words, bare, acting)
        or _organisation_party(words, acting)
        or Party(text=words, name=bare, kind=_own_kind(fold(bare)))
    )


def same_party(one: Party, other: Party) -> bool:
    """Tell whether two parties are one: by code, else by name, short form in brackets or initials."""
    if one.code or other.code:
        return one.code == other.code
    ours, theirs = _names(one.name), _names(other.name)
    return bool(ours & theirs or ours & _initials(other.name) or theirs & _initials(one.name))


def unique_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return each party once, in order, in its best form: a country before its ministry."""
    unique: list[Party] = []
    for party in parties:
        known = next((at for at, seen in enumerate(unique) if same_party(seen, party)), None)
        if known is None:
            unique.append(party)
        else:
            unique[known] = max(unique[known], party, key=_fullness)
    return tuple(unique)


def country_of(words: str) -> str | None:
    """Return the alpha-3 code of the country in which a place lies, None where no table knows it.

    Of places set off by commas, or by “in”, the last that is known decides: it is the largest.
    """
    bare = _bare(words)
    parts = [bare, *reversed(bare.split(",")), bare.rpartition(" in ")[2]]
    known = (_known_place(part) for part in parts)
    return next((code for code in known if code), None) or _only_code(_place_mentions(bare))


def _bare(words: str) -> str:
    """Return the words without outer punctuation, article and possessive."""
    bare = _POSSESSIVE.sub("", words.strip(_OUTER))
    return _THE.sub("", bare) or words


@lru_cache(maxsize=4096)
def _contested(words: str) -> frozenset[str]:
    """Return the codes of the countries that share a name or initials in these words."""
    bare = _bare(words)
    shared = (code for word in _shared_name().findall(bare) for code in _shared()[fold(word)])
    entry = lookup(bare)
    rivals = (entry.code, *entry.rivals) if entry and entry.rivals else ()
    return frozenset(code for code in (*shared, *rivals) if code)


def _settled(bare: str, around: Collection[str]) -> str:
    """Write a name that countries share, such as “Congo”, as the one that is mentioned around."""
    if not around or any(mention.entry.code for mention in find_mentions(bare)):
        return bare

    def written_out(word: re.Match[str]) -> str:
        meant = [code for code in _shared()[fold(word[0])] if code in around]
        name = usual_form(meant[0], "country") if len(meant) == 1 else None
        return name or word[0]

    return _shared_name().sub(written_out, bare)


def _known(words: str, entry: Entry, around: Collection[str]) -> Party:
    """Return the party for a name that is in the gazetteer as it stands."""
    kind: PartyKind = "organisation" if entry.kind in {"body", "organisation"} else "country"
    code = entry.code
    if entry.rivals and code not in around:
        rivals = [rival for rival in entry.rivals if rival in around]
        code = rivals[0] if len(rivals) == 1 else code
    return Party(text=words, name=entry.name, code=code, kind=kind)


def _acting_part(bare: str) -> str:
    """Cut off where somebody is or is sent: “Iran's ambassador [to Russia]”."""
    mentions = find_mentions(bare)
    for cut in _AWAY.finditer(bare):
        if any(mention.start <= cut.start() < mention.end for mention in mentions):
            continue
        before = bare[: cut.start()]
        sent = cut["sent"] and _has("accredited", fold(before))
        if sent or any(mention.end <= cut.start() for mention in mentions):
            return before
    return bare


def _country_party(words: str, bare: str, acting: str) -> Party | None:
    """Return the country, or the part of its government, that the words stand for."""
    mentions = find_mentions(acting)
    code = _only_code(mentions)
    if code is None or mentions[0].entry.kind == "organisation":
        return None
    rest = _rest(acting, mentions)
    if not _has("state", rest) and (_has("company", rest) or _has("civil", rest)):
        return None
    for mention in mentions:
        if mention.entry.kind == "body":
            return Party(text=words, name=mention.entry.name, code=code, kind="organisation")
    if _has("side", rest) or _says_nothing_else(rest):
        return Party(text=words, name=mentions[0].entry.name, code=code, kind="country")
    if _has("body", rest) or _has("state", rest):
        return Party(text=words, name=bare, code=code, kind="organisation")
    return None


def _organisation_party(words: str, acting: str) -> Party | None:
    """Return the organisation that somebody acts for: “Secretary-General of the ITU”."""
    mentions = find_mentions(acting)
    entries = {mention.entry for mention in mentions}
    if len(entries) != 1 or mentions[0].entry.code:
        return None
    rest = _rest(acting, mentions)
    acts = _has("side", rest) or _has("body", rest) or _has("office", rest)
    if _has("company", rest) or _has("civil", rest) or not (acts or _says_nothing_else(rest)):
        return None
    return Party(text=words, name=mentions[0].entry.name, kind="organisation")


def _own_kind(folded: str) -> PartyKind:
    """Return the sort of a party that no table knows."""
    if _has("office", folded) or (_has("side", folded) and not _has("collective", folded)):
        return "office"
    last = _WORD.findall(folded)[-1:]
    if _has("company", folded) or any(map(_TELECOM.fullmatch, last)):
        return "organisation" if _has("state", folded) else "company"
    return "organisation"


def _only_code(mentions: Sequence[Mention]) -> str | None:
    """Return the one country that all mentions agree on.

    A body whose name is shared yields to the country beside it: “Qatar's CRA”.
    """
    named = {m.entry.code for m in mentions if m.entry.code and m.entry.kind != "body"}
    bodies = {
        m.entry.code for m in mentions if m.entry.kind == "body" and not named & {*m.entry.rivals}
    }
    codes = [code for code in named | bodies if code]
    return codes[0] if len(codes) == 1 else None


def _rest(text: str, mentions: Iterable[Mention]) -> str:
    """Return what the text says besides the names, folded."""
    for mention in mentions:
        text = text.replace(mention.text, " ", 1)
    return fold(text)


def _says_nothing_else(rest: str) -> bool:
    empty = {*_words("filler"), *_words("side"), *_words("body"), *_words("state")}
    return all(word in empty for word in _WORD.findall(rest))


def _known_place(place: str) -> str | None:
    """Return the country of a place that is, or begins with, a name that a table knows."""
    bare = _bare(place)
    if (entry := lookup(bare)) and entry.kind in {"country", "capital"}:
        return entry.code
    leading = bare.split()[:_MOST_CITY_WORDS]
    beginnings = (" ".join(leading[:count]) for count in range(len(leading), 0, -1))
    return next((code for name in beginnings if (code := city_country(name))), None)


def _place_mentions(place: str) -> list[Mention]:
    """Return the names that tell where a place lies; “Chinese” does so only in “Chinese port”."""
    located = _has("located", fold(place))
    kinds = {"country", "capital", "demonym"} if located else {"country", "capital"}
    return [mention for mention in find_mentions(place) if mention.entry.kind in kinds]


def _names(name: str) -> set[str]:
    """Return the name, folded, and with a bracketed short form also its halves."""
    halves = _BRACKETED.fullmatch(name)
    return {fold(name), *map(fold, halves.groups() if halves else ())}


def _initials(name: str) -> set[str]:
    """Return the initials of a name of at least three words that count, folded, else nothing."""
    words = [
        word
        for word in _WORD.findall(_BRACKETED.sub(r"\g<long>", name))
        if word.lower() not in _SMALL_WORDS
    ]
    enough = 3
    return {fold("".join(word[0] for word in words))} if len(words) >= enough else set()


def _fullness(party: Party) -> tuple[bool, int]:
    return party.kind == "country", 0 if party.code else len(party.name)


@lru_cache(maxsize=16)
def _countries_in(context: str) -> dict[str, str]:
    """Return code → usual name of the countries that a text mentions by name, demonym or capital."""
    mentions = find_mentions(context)
    return {m.entry.code: m.entry.name for m in mentions if m.entry.code and m.entry.kind != "body"}


def _has(sort: str, folded: str) -> bool:
    return bool(_pattern(sort).search(folded))


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _words(sort)))})(?!\w)")


@cache
def _words(sort: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _lexicon()[sort])


@cache
def _shared_name() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_shared())})\b", re.IGNORECASE)


def _shared() -> dict[str, list[str]]:
    shared: dict[str, list[str]] = _lexicon()["shared"]
    return shared


@cache
def _lexicon() -> dict[str, Any]:
    text = files("ictdiplo").joinpath("data/party_words.json").read_text(encoding="utf-8")
    lexicon: dict[str, Any] = json.loads(text)
    return lexicon
