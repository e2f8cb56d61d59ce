"""Probes: an article changed in one place, so that a reader who reads must say something else.

From gold and its article, by rule and without a model:

    party swap     two countries trade places everywhere: the records follow them
    negation       “met” becomes “did not meet”: what is denied is no record
    year           the year in a record's sentence is another one: the date follows it
    status         “signed” becomes “will sign”: what is to come is not reported as done
    injection      a paragraph speaks to the reader: nothing comes of it

What a reader that remembers, guesses or obeys would still say is what a probe finds out. The words
that are written into articles stand in `data/probes.json`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, count
from typing import Any, Literal, NamedTuple
from zlib import crc32

from ..language.gazetteer import Mention, find_mentions, lookup, usual_form
from ..resolve.quotes import Text
from .compared import KINDS, Compared, Kind, compared
from .sources import Gold

ProbeKind = Literal["party_swap", "negation", "year", "status", "injection"]
PROBE_KINDS: tuple[ProbeKind, ...] = ("party_swap", "negation", "year", "status", "injection")

# Years by which a date is moved: out of reach of “last year”, and the weekday differs.
_YEARS_BACK = 9
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
# Words with which “will meet” would make no sense.
_SAYS_WHEN = re.compile(r"\b(?:last|ago|yesterday|earlier|previous|today|(?:19|20)\d\d)\b")
# A year beside these would contradict what they date.
_RELATIVE = re.compile(r"\b(?:last|ago|yesterday|earlier|previous|today|this|next)\b")
# What is denied in one clause should not be taken for granted in the next.
_GOES_ON = re.compile(r", and |;| (?:where|when|after|while) ")
# The status of what has happened; a proposal has none.
_DONE: dict[Kind, str | None] = {"meetings": "held", "proposals": None, "mous": "signed"}


class Probe(NamedTuple):
    """A changed article, and what of its gold the change is about."""

    kind: ProbeKind
    name: str
    """The article's name, with the probe's behind it."""
    of: Gold
    """The article as it was."""
    text: str
    """The changed article, header included."""
    written: str
    """The sentence or paragraph as it now stands there; for a swap, the two countries."""
    record_kind: Kind = "meetings"
    """Of which type `target` is."""
    target: Compared | None = None
    """The gold record that the change is about, as it was."""
    year: str | None = None
    """The year that now dates it."""
    swapped: Gold | None = None
    """The changed article with all its records, after a swap."""
    planted: tuple[str, ...] = ()
    """Codes of sides that only the injection names."""


def make_probes(gold: Gold) -> Iterator[Probe]:
    """Yield the probes that can be made from one article: at most one of each kind and type."""
    yield from _party_swap(gold)
    text = Text(gold.text)
    for kind in KINDS:
        records = [compared(record, kind) for record in gold.records.get(kind) or []]
        for record in reversed(records):  # what is told last is seldom told twice
            if made := list(_about(gold, text, kind, record)):
                yield from made
                break
    yield from _injection(gold)


def _party_swap(gold: Gold) -> Iterator[Probe]:
    """Let the two countries that the records name most trade places, and their capitals too."""
    mentions = find_mentions(gold.text)
    sides = Counter(side for kind in KINDS for side in _sides(gold, kind))
    named = {mention.entry.code for mention in mentions if mention.entry.kind == "country"}
    bodies = {mention.entry.code for mention in mentions if mention.entry.kind == "body"}
    both = [code for code, _ in sides.most_common() if code in named and code not in bodies][:2]
    if len(both) == 2:  # noqa: PLR2004 - a pair
        swap = _Swap(dict(zip(both, reversed(both), strict=True)), mentions)
        changed = gold._replace(text=swap.text(gold.text), records=swap.records(gold.records))
        name = f"{gold.name}/party_swap"
        yield Probe("party_swap", name, gold, changed.text, " and ".join(both), swapped=changed)


def _sides(gold: Gold, kind: Kind) -> Iterator[str]:
    for record in gold.records.get(kind) or []:
        sides = compared(record, kind)
        yield from sides.proposer_party if kind == "proposals" else sides.parties


class _Swap:
    """Writes each country's names where the other's stood, form by form."""

    def __init__(self, codes: Mapping[str, str], mentions: Iterable[Mention]) -> None:
        self._codes = codes
        self._forms: dict[tuple[str | None, str], str] = {}
        for mention in mentions:
            self._forms.setdefault((mention.entry.code, mention.entry.kind), mention.text)

    def text(self, text: str) -> str:
        written, end = [], 0
        for mention in find_mentions(text):
            if code := self._codes.get(mention.entry.code or ""):
                written += [text[end : mention.start], self._form(code, mention)]
                end = mention.end
        return "".join(written) + text[end:]

    def records(self, records: Mapping[str, Any]) -> dict[str, Any]:
        return {
            kind: [
                {name: self._value(name, value) for name, value in record.items()}
                for record in records.get(kind) or []
            ]
            for kind in KINDS
        }

    def _value(self, name: str, value: Any) -> Any:
        match value:
            case list():
                return [self._value(name, item) for item in value]
            case str() if name in {"parties", "proposer_party", "addressee_party"}:
                return ";".join(self._codes.get(side.strip(), side) for side in value.split(";"))
            case str():
                return self.text(value)
        return value

    def _form(self, code: str, mention: Mention) -> str:
        """Return the other country's name of the same sort, as the article or the gazetteer has it."""
        kind = mention.entry.kind
        found = self._forms.get((code, kind)) or usual_form(code, kind) or mention.entry.name
        shouted = mention.text.isupper() and len(mention.text) > len("USA")
        return found.upper() if shouted else found


def _about(gold: Gold, text: Text, kind: Kind, record: Compared) -> Iterator[Probe]:
    """Yield the probes that change the sentence which reports a record."""
    quote = next((found for words in record.quotes if (found := text.find(words))), None)
    if quote is None:
        return
    span = text.sentence_at(quote.start)
    sentence = gold.text[span.start : span.end]
    for what, changed, year in _changed(sentence, kind, record, gold.text):
        whole = gold.text[: span.start] + changed + gold.text[span.end :]
        name = f"{gold.name}/{kind}/{what}"
        yield Probe(what, name, gold, whole, changed.strip(), kind, record, year)


def _changed(
    sentence: str, kind: Kind, record: Compared, article: str
) -> Iterator[tuple[ProbeKind, str, str | None]]:
    """Yield the ways to change a sentence, and the year that then dates the record."""
    verb = _reporting_verb(sentence, kind)
    if verb and record.status == _DONE[kind]:
        yield "negation", _with_verb(verb, _denied(verb)), None
        if kind != "proposals" and not _SAYS_WHEN.search(sentence):
            yield "status", _with_verb(verb, _put_off(verb)), None
    year = (record.date or "")[:4]
    says_when = _WEEKDAY.search(sentence) or _RELATIVE.search(sentence)
    if year in _YEAR.findall(sentence) and not says_when:
        other = _other_year(year, article)
        yield "year", sentence.replace(year, other), other


def _reporting_verb(sentence: str, kind: Kind) -> re.Match[str] | None:
    """Return the verb that reports a record; None if the sentence has none, or goes on to another."""
    found = [
        match
        for match in _verbs(kind).finditer(sentence)
        if match["auxiliary"] or match["object"] is not None
    ]
    goes_on = _GOES_ON.search(sentence) or _second_deed().search(sentence)
    return found[0] if len(found) == 1 and not goes_on else None


@cache
def _second_deed() -> re.Pattern[str]:
    """Match “… and signed …”: it would stay true where only the first of two deeds is denied."""
    pasts = [re.escape(past) for verbs in _lists()["verbs"].values() for past, _ in verbs]
    return re.compile(rf" and (?:\w+ )?(?:{'|'.join(pasts)})(?!\w)")


@cache
def _verbs(kind: Kind) -> re.Pattern[str]:
    """Match past forms; one is a main verb after an auxiliary, or before the object of an active one."""
    past = "|".join(re.escape(past) for past, _ in _lists()["verbs"][kind])
    auxiliaries, adverbs, objects = (
        "|".join(_lists()[key]) for key in ("auxiliaries", "adverbs", "objects")
    )
    return re.compile(
        rf"(?<!\w)(?<!\bby )(?<!\bthe )(?<!\ba )(?:(?P<auxiliary>{auxiliaries}) )?"
        rf"(?P<adverb>(?:{adverbs}) )?(?P<past>{past})(?!\w)"
        rf"(?P<object>(?= (?:(?:{objects})(?!\w)|[A-Z])))?"
    )


def _denied(verb: re.Match[str]) -> str:
    adverb = verb["adverb"] or ""
    if verb["auxiliary"]:
        return f"{verb['auxiliary']} {adverb}not {verb['past']}"
    return f"{adverb}did not {_infinitive(verb)}"


def _put_off(verb: re.Match[str]) -> str:
    passive = verb["auxiliary"] in {"was", "were", "is", "are"}
    form = f"be {verb['past']}" if passive else _infinitive(verb)
    return f"will {verb['adverb'] or ''}{form}"


def _infinitive(verb: re.Match[str]) -> str:
    pairs = chain.from_iterable(_lists()["verbs"].values())
    infinitives: dict[str, str] = dict(pairs)
    return infinitives[verb["past"]]


def _with_verb(verb: re.Match[str], new: str) -> str:
    return verb.string[: verb.start()] + new + verb.string[verb.end() :]


def _other_year(year: str, article: str) -> str:
    """Return an earlier year of which the article does not speak."""
    earlier = (str(int(year) - back) for back in count(_YEARS_BACK))
    return next(other for other in earlier if other not in article)


def _injection(gold: Gold) -> Iterator[Probe]:
    """Put a paragraph that speaks to the reader into the middle of the article."""
    paragraphs = gold.text.split("\n\n")
    middle = 1 + len(paragraphs) // 2
    mentioned = {mention.entry.name for mention in find_mentions(gold.text)}
    sides = [side for side in _lists()["third_parties"] if side not in mentioned]
    one, other = sides[:2]
    which = crc32(gold.name.encode()) % len(_lists()["injections"])  # the same in every run
    said = _lists()["injections"][which].format(one=one, other=other)
    text = "\n\n".join([*paragraphs[:middle], said, *paragraphs[middle:]])
    planted = tuple(entry.code for side in (one, other) if (entry := lookup(side)) and entry.code)
    yield Probe("injection", f"{gold.name}/injection", gold, text, said, planted=planted)


@cache
def _lists() -> dict[str, Any]:
    text = (files("ictdiplo") / "data/probes.json").read_text(encoding="utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists
