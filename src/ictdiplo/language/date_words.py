"""Date words: a text cut into tokens, each with a letter for its kind and what it says of a date.

The word lists stand in `data/calendar.json`, by language; digits of all scripts are read.
`date_phrases` holds the grammar over the kinds:

    N 1-31   O 24th   Y 1900-2099   J 1300-1499   n another number of two digits   I 2025-11-24
    M month   m month whose name is also another word   s month that needs a number: “Jan.”, “Mehr”
    W weekday   w weekday whose name is also another word   q “Mon.”
    T yesterday, the same day   R last week, that month   V last year   v the year
    c number word   U unit   A ago   h “hace”   L last, next   l the same on either side
    P early, end   B earlier   C later   Z season   S since   z before, after   r from   b between   k to   u until   & and
    f of   t the   i in   p on, by   y “года”   E Summit   e WTDC   K capitalised   x anything else
    - dash   ~ dash with a space on both sides   . , ( ) themselves
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple, TypedDict

from .folding import fold

Calendar = Literal["gregorian", "jalali", "hijri"]
Unit = Literal["day", "week", "month", "year"]


class Facts(TypedDict, total=False):
    """What a token says of a date; the names are those of `date_phrases.Moment`."""

    calendar: Calendar
    year: int
    month: int
    day: int
    weekday: int
    unit: Unit
    shift: int
    turn: int
    part: str
    elsewhere: bool


class Token(NamedTuple):
    """A word, a number, a mark, or several words that a list knows as one."""

    kind: str
    facts: Facts
    start: int
    """Offset in the folded text."""
    end: int


class _Entry(NamedTuple):
    kind: str
    facts: Facts
    initial: bool
    """True if the words count only with a capital letter: “March”, not “march”."""


# A date in numbers, a grouped or broken number or a time, a word, a mark.
_LEXEME = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)|\d{1,2}([-/.])\d{1,2}\2\d{4}(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?!\d)|\d+[.:]\d+|\w+|[^\w\s]"
)
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\w+")
# Kinds without which there is no date phrase.
_DATING = frozenset("MmsWwqTRVvUPZBCAh")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YEARS = range(1900, 2100)
_ISLAMIC_YEARS = range(1300, 1500)
# In numbers alone, a year from 1420 on could be one of the Hijri calendar as well.
_SURELY_JALALI = range(1300, 1420)
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_SHORT_YEARS = range(32, 100)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|го|º)")
_WORD_LISTS = {
    "ago": "A",
    "it is since": "h",
    "before or after": "z",
    "since": "S",
    "from": "r",
    "between": "b",
    "to": "k",
    "until": "u",
    "and": "&",
    "of": "f",
    "the": "t",
    "in": "i",
    "on": "p",
    "after a year": "y",
    "events": "E",
    "event acronyms": "e",
    "no dates": "x",
}
_CALENDARS: tuple[Calendar, ...] = ("gregorian", "jalali", "hijri")
_UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
_CAPITALISED = frozenset("MmsWwqEe")


def may_hold_date(folded: str) -> bool:
    """Tell whether folded text has a figure or a word that dates are written with."""
    if _FIGURE.search(folded):
        return True
    return not _date_words().isdisjoint(_WORD.findall(folded))


@lru_cache(maxsize=1)
def _date_words() -> frozenset[str]:
    """Return the last words of months, weekdays, “yesterday”, “last year”, “ago” and the like.

    They tell more than the first ones, which are “the” and “that”.
    """
    entries = _lexicon()[1].items()
    return frozenset(_WORD.findall(words)[-1] for words, entry in entries if entry.kind in _DATING)


_NO_FACTS = Facts()


def tokenise(text: str, folded: str, offsets: Sequence[int]) -> list[Token]:
    """Cut `folded`, which `fold_with_offsets(text)` gave with `offsets`, into tokens."""
    lexemes = list(_LEXEME.finditer(folded))
    words = [lexeme[0] for lexeme in lexemes]
    longest = _lexicon()[0]
    found: list[Token] = []
    index = 0
    while index < len(lexemes):
        start, end = lexemes[index].span()
        initial = text[offsets[start]].isupper()
        word = words[index]
        if word not in longest and word.isalpha():  # by far the most
            found.append(Token("K" if initial else "x", _NO_FACTS, start, end))
            index += 1
            continue
        count, entry = _listed(words, index, initial=initial)
        end = lexemes[index + count - 1].end()
        kind, facts = (entry.kind, entry.facts) if entry else _unlisted(folded, start, end)
        found.append(Token("K" if kind == "x" and initial else kind, facts, start, end))
        index += count
    return found


def _listed(words: list[str], index: int, *, initial: bool) -> tuple[int, _Entry | None]:
    """Return the longest run of words from `index` on that the lists know, and its entry."""
    longest, entries = _lexicon()
    most = min(longest.get(words[index], 0), len(words) - index)
    for count in range(most, 0, -1):
        entry = entries.get(" ".join(words[index : index + count]))
        if entry and (initial or not entry.initial):
            return count, entry
    return 1, None


def _unlisted(folded: str, start: int, end: int) -> tuple[str, Facts]:
    word = folded[start:end]
    if word.isdecimal():
        return _number(word)
    if word[0].isdecimal():
        ordinal = _ORDINAL.fullmatch(word)
        return ("O", Facts(day=int(ordinal[1]))) if ordinal else _numeric_date(word)
    if word == "-":
        spaced = folded[start - 1 : start] == " " == folded[end : end + 1]
        return ("~" if spaced else "-"), Facts()
    return (word if word in ".,()" else "x"), Facts()


def _number(word: str) -> tuple[str, Facts]:
    value = int(word[:5])
    if value in _YEARS:
        return "Y", Facts(year=value)
    if value in _ISLAMIC_YEARS:
        return "J", Facts(year=value)
    if value in _DAYS:
        return "N", Facts(day=value)
    return ("n", Facts(year=value)) if value in _SHORT_YEARS else ("x", Facts())


def _numeric_date(word: str) -> tuple[str, Facts]:
    """Read 2025-11-24, 24.11.2025, 24/11/2025 or 11/24/2025; 03/04/2025 could be either."""
    if found := _YEAR_FIRST.fullmatch(word):
        year, month, day = map(int, found.groups())
        return _dated(year, month, day)
    if not (found := _YEAR_LAST.fullmatch(word)):
        return "x", Facts()
    one, two, year = map(int, found.groups())
    if "." in word or one == two or one not in _MONTHS:
        return _dated(year, two, one)
    return ("x", Facts()) if two in _MONTHS else _dated(year, one, two)


def _dated(year: int, month: int, day: int) -> tuple[str, Facts]:
    if month not in _MONTHS or day not in _DAYS:
        return "x", Facts()
    if year in _YEARS:
        return "I", Facts(year=year, month=month, day=day)
    if year in _SURELY_JALALI:
        return "I", Facts(calendar="jalali", year=year, month=month, day=day)
    return "x", Facts()


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, int], dict[str, _Entry]]:
    """Return all word lists as one, and how many words an entry with a given first word can have."""
    path = resources.files("ictdiplo") / "data" / "calendar.json"
    languages: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    longest: dict[str, int] = defaultdict(int)
    entries: dict[str, _Entry] = {}
    for language in languages.values():
        if not isinstance(language, dict):
            continue
        for words, kind, facts in _entries(language):
            lexemes = [match[0] for match in _LEXEME.finditer(fold(words))]
            longest[lexemes[0]] = max(longest[lexemes[0]], len(lexemes))
            initial = language.get("capitals", False) and kind in _CAPITALISED
            entries[" ".join(lexemes)] = _Entry(kind, facts, initial)
    return dict(longest), entries


def _entries(language: dict[str, Any]) -> Iterator[tuple[str, str, Facts]]:
    for name, kind in _WORD_LISTS.items():
        yield from ((words, kind, Facts()) for words in language.get(name, ()))
    yield from _names(language)
    yield from _counts(language)
    for name, kind in (("parts", "P"), ("earlier", "B"), ("later", "C"), ("seasons", "Z")):
        yield from ((words, kind, Facts(part=words)) for words in language.get(name, ()))


def _names(language: dict[str, Any]) -> Iterator[tuple[str, str, Facts]]:
    """Names of months and weekdays."""
    weak, short = language.get("weak", ()), language.get("short", ())
    for calendar in _CALENDARS:
        for month, names in enumerate(language.get(calendar, ()), 1):
            for name in names:
                kind = "s" if name in short else "m" if name in weak else "M"
                yield name, kind, Facts(calendar=calendar, month=month)
    for weekday, names in enumerate(language["weekdays"]):
        for name in names:
            kind = "q" if name in short else "w" if name in weak else "W"
            yield name, kind, Facts(weekday=weekday)


def _counts(language: dict[str, Any]) -> Iterator[tuple[str, str, Facts]]:
    """Words that count from the publication or another day, and the numbers and units to count with."""
    for unit, kind in zip(_UNITS, "TRRV", strict=True):
        for shift, words in _numbered(language.get(unit, {})):
            yield words, kind, Facts(unit=unit, shift=shift)
        for shift, words in _numbered(language.get("elsewhere", {}).get(unit, {})):
            yield words, kind, Facts(unit=unit, shift=shift, elsewhere=True)
        for shift, words in _numbered(language.get(f"jalali {unit}", {})):
            yield words, kind, Facts(calendar="jalali", unit=unit, shift=shift)
        yield from (
            (words, "U", Facts(unit=unit)) for words in language.get("units", {}).get(unit, ())
        )
        for words in language.get("running", {}).get(unit, ()):
            yield words, "v", Facts(unit=unit, shift=0)
    yield from (
        (words, "c", Facts(shift=count)) for count, words in _numbered(language.get("numbers", {}))
    )
    for key, kind in (("turns", "L"), ("turns either side", "l")):
        yield from (
            (words, kind, Facts(turn=turn)) for turn, words in _numbered(language.get(key, {}))
        )


def _numbered(table: dict[str, list[str]]) -> Iterator[tuple[int, str]]:
    return ((int(number), words) for number, listed in table.items() for words in listed)
