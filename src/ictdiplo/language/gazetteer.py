"""The gazetteer: names of countries, of the bodies that act for them, and of organisations.

It tells what a name stands for, and where names stand in a text. Which of them is a party is
judged elsewhere.

A name counts only if it is written with the capitals that the table gives it: “Turkey” and not
“turkey”, “US” and neither “us” nor “Us”. Persian and Arabic have none, so there any form will do.
Of several names that begin at one word the longest wins, and names that hide another, such as
“Gulf of Oman” or “China Mobile”, are passed over.

Decisions: “Georgia” is the country; “Korea” and “Korean” are the South, as news of the field has it;
“Washington” is the capital; “Guinea” is the one whose capital is Conakry; “Dominican” belongs to the
Dominican Republic; “Congo” and “Congolese” alone are either of two countries, so neither is here.

The tables are `data/gazetteer.json` (generated) and `data/organisations.json` (kept by hand).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from .folding import fold, fold_article, original_span

EntryKind = Literal["country", "demonym", "capital", "body", "organisation"]

# Where one form could be several things, the first of these wins: "Singapore" is the country.
_KINDS: dict[str, EntryKind] = {
    "names": "country",
    "demonyms": "demonym",
    "capitals": "capital",
    "bodies": "body",
}
_WORD = re.compile(r"\w+")
_WITHIN_WORD = re.compile(r"(?<=\w)(?=\w)")
_NO_WORD = re.compile(r"\W")
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_ARABIC_PARTICLE = re.compile(r"[وفبلك][\u0621-\u064a]{3}")
# As in: International Telecommunication Union (ITU).
_WITH_SHORT_FORM = re.compile(r"(?P<long>[^()]+?)\s*\((?:the )?(?P<short>[^()]+)\)")


@dataclass(frozen=True)
class Entry:
    """What a name stands for."""

    name: str
    """The usual English name: of the country for country, demonym and capital, else its own."""
    code: str | None
    """ISO 3166-1 alpha-3 code of the country that it is or acts for; XKX is Kosovo."""
    kind: EntryKind
    """What sort of name it is; a body acts for a country, an organisation does not."""
    rivals: tuple[str, ...] = ()
    """Codes of other countries that have a body of the same name or initials."""


class Mention(NamedTuple):
    """A name in a text: `text` is what stands from `start` to `end`."""

    start: int
    end: int
    text: str
    entry: Entry


class _Form(NamedTuple):
    """One way to write a name; without an entry it is there to hide shorter names."""

    written: str
    entry: Entry | None

    def fits(self, text: str) -> bool:
        """Tell whether `text`, which folds to this form, has its capitals."""
        if self.written.isupper():
            return text.isupper()
        return text[0].isupper() or not self.written[0].isupper()


@lru_cache(maxsize=4096)  # an article names the same few over and over
def lookup(words: str) -> Entry | None:
    """Return what the whole of `words` stands for, or None if no table knows it.

    A leading “the” is ignored. “International Telecommunication Union (ITU)” is found by either
    half, unless the halves stand for different things.
    """
    bare = _THE.sub("", words.strip())
    if form := _fitting(_forms(), bare):
        return form.entry
    if both := _WITH_SHORT_FORM.fullmatch(bare):
        found = {entry for part in both.groups() if (entry := lookup(part))}
        return found.pop() if len(found) == 1 else None
    return _behind_particle(bare)


def _behind_particle(words: str) -> Entry | None:
    """Look up what stands behind an Arabic “and”, “to” or “in”, which is written with its word."""
    if not _ARABIC_PARTICLE.match(words):
        return None
    name = f"ال{words[2:]}" if words.startswith("لل") else words[1:]
    form = _fitting(_forms(), name)
    return form.entry if form else None


def city_country(words: str) -> str | None:
    """Return the alpha-3 code of the country in which a well-known city lies, capitals aside."""
    form = _fitting(_cities(), words.strip())
    return form.entry.code if form and form.entry else None


def usual_form(code: str, kind: EntryKind) -> str | None:
    """Return the first name, demonym or capital that the table has for a country, by its code."""
    key = next((key for key, sort in _KINDS.items() if sort == kind), None)
    known: list[str] = _table("gazetteer")["territories"].get(code, {}).get(key, [])
    return known[0] if known else None


def alpha_2(code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country, by its alpha-3 code."""
    known: str | None = _table("gazetteer")["territories"].get(code, {}).get("alpha_2")
    return known


def find_mentions(text: str) -> list[Mention]:
    """Return every name in `text`, in order; they do not overlap, and time is linear in `text`."""
    folded, offsets = fold_article(text)
    mentions: list[Mention] = []
    names, forms = _by_first_word(), _forms()
    resume = 0
    for word in _WORD.finditer(folded):
        begun = names.get(word[0])
        if begun is None or word.start() < resume or not folded.startswith(begun, word.start()):
            continue
        for name in _names_at(folded, word.start(), begun):
            start, end = original_span(text, offsets, word.start(), word.start() + len(name))
            form = forms[name]
            if form.fits(text[start:end]):
                resume = word.start() + len(name)
                if form.entry:
                    mentions.append(Mention(start, end, text[start:end], form.entry))
                break
    return mentions


def _names_at(folded: str, start: int, names: Iterable[str]) -> Iterator[str]:
    """Yield those of the names that stand at a place and end with a word, in their order."""
    for name in names:
        if folded.startswith(name, start) and not _splits_word(folded, start + len(name)):
            yield name


def _splits_word(folded: str, at: int) -> bool:
    """Tell whether a word goes on at this place; “U.S.” may be followed by anything."""
    return _WITHIN_WORD.match(folded, at) is not None


def _fitting(forms: dict[str, _Form], words: str) -> _Form | None:
    form = forms.get(fold(words))
    return form if form and form.fits(words) else None


@cache
def _forms() -> dict[str, _Form]:
    """Return every form, folded, with what it stands for.

    A name that is also written without all its capitals, as “Arcep” is, needs only the first.
    """
    forms: dict[str, _Form] = {}
    for form in [*_hiding_names(), *_territory_names(), *_organisation_names()]:
        known = forms.setdefault(fold(form.written), form)
        if known.entry == form.entry and known.written.isupper():
            forms[fold(form.written)] = form
    return forms


@cache
def _by_first_word() -> dict[str, tuple[str, ...]]:
    """Return the folded forms by their first word, longest first."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(_forms(), key=len, reverse=True):
        first = _NO_WORD.split(name, maxsplit=1)[0]
        index[first].append(name)
    return {first: tuple(names) for first, names in index.items()}


@cache
def _cities() -> dict[str, _Form]:
    territories = _table("gazetteer")["territories"].items()
    return {
        fold(city): _Form(city, Entry(forms["name"], code, "capital"))
        for code, forms in territories
        for city in forms.get("cities", [])
    }


def _territory_names() -> Iterator[_Form]:
    territories = _table("gazetteer")["territories"].items()
    for key, kind in _KINDS.items():
        for code, forms in territories:
            for written in forms.get(key, []):
                name = written if kind == "body" else forms["name"]
                yield _Form(written, Entry(name, code, kind))


def _organisation_names() -> Iterator[_Form]:
    table = _table("organisations")
    for row in [*table["bodies"], *table["organisations"]]:
        kind: EntryKind = "body" if "code" in row else "organisation"
        entry = Entry(row["name"], row.get("code"), kind, tuple(row.get("rivals", ())))
        for written in [row["name"], *row.get("forms", [])]:
            yield _Form(written, entry)


def _hiding_names() -> Iterator[_Form]:
    for written in _table("organisations")["hiding_names"]:
        yield _Form(written, None)


@cache
def _table(name: str) -> dict[str, Any]:
    text = files("ictdiplo").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
