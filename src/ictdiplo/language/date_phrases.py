"""Date phrases: where a text names a day, a month or a year, and what the words alone say.

Nothing is worked out here. “Last Wednesday” is a weekday with a turn to the past; which day that
was, only the publication date can tell (`resolve.dates`).

A text is cut into tokens, each with a letter for its kind (`M` a month, `Y` a year: `date_words`),
and the grammar is a few regular expressions over these letters, so it is the same for every language
whose words stand in `data/calendar.json`. English is covered in full, Persian, Arabic, Russian and
Spanish as far as names of months and weekdays and the commonest relative phrases go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .date_words import Calendar, Facts, Token, Unit, may_hold_date, tokenise
from .folding import fold_with_offsets, original_span


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, month or year as far as the words tell; whatever they leave open is None."""

    calendar: Calendar = "gregorian"
    year: int | None = None
    month: int | None = None
    """1 to 12, in `calendar`."""
    day: int | None = None
    """1 to 31 as written; whether that day exists has not been looked at."""
    weekday: int | None = None
    """0 (Monday) to 6 (Sunday)."""
    unit: Unit | None = None
    """What `shift` counts."""
    shift: int | None = None
    """How many units from the publication, or from `elsewhere`: -1 in “yesterday”, 0 in “this month”."""
    turn: int | None = None
    """-1, 0 or 1 for “last”, “this” or “next” before the name of a weekday, month or season."""
    part: str | None = None
    """The folded word that narrows a longer time down, such as “early” or “spring”."""
    event: bool = False
    """True if the year is part of an event's name, as in “WTDC-25”."""
    bound: bool = False
    """True after “before” or “after”: the words give a limit and no date."""
    elsewhere: bool = False
    """True if counted from a date named somewhere else: “two days earlier”, “December of that year”."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first moment to the last; `last` is None in “since 2016”."""

    first: Moment
    last: Moment | None


Meaning = Moment | Interval


class DatePhrase(NamedTuple):
    """A date phrase and where it stands: `text_searched[start:end] == text`."""

    start: int
    end: int
    text: str
    meaning: Meaning


def find_date_phrases(text: str) -> list[DatePhrase]:
    """Return the date phrases of `text` in its order, the longest at each place, never overlapping.

    Bare numbers, times and ages are none, nor are “May” and “March” without a sign that the months
    are meant; but a string that holds nothing else is read with good will (“May”, “2025”).
    Takes time linear in the length of `text`.
    """
    paragraphs = _PARAGRAPH.finditer(text)
    return [phrase for found in paragraphs for phrase in _in_paragraph(found[0], found.start())]


# -- Grammar: regular expressions over the kinds of tokens, which `date_words` lists ---------------

_DAY = "(?:t?O|N)"
_MONTH = r"(?:[Mm]|s\.?)"
_WEEKDAY = r"(?:[Ww]|q\.?)"
_OF_YEAR = "(?:,?[fr]?U?[YJ]y?|,?[fri]?V)"
_DATE = f"(?:{_WEEKDAY},?p?)?(?:{_DAY}f?{_MONTH}{_OF_YEAR}?|{_MONTH}{_DAY}{_OF_YEAR}?|I)"
_LONE_DAY = rf"{_WEEKDAY},?t?O(?!x)|(?:(?<=p)|^)t?O(?=[.,i)]|$)|{_DAY}fR"
_MONTH_YEAR = f"{_MONTH}{_OF_YEAR}|[Ll]{_MONTH}|{_MONTH}l"
_LONE_MONTH = r"M|(?<=[iSPLrupz])m|^(?:m|s\.?)$"
_LONE_WEEKDAY = "[Ll]?(?:W|(?<=[iptLlSz])w)l?(?:,?f?R)?|^w$"
_LONE_YEAR = "(?<=[ipSzrubUvftc])Yy?|(?<=U)Jy?|^[YJ]y?$"
_PART = f"t?[PBCZ]-?[fi]?U?(?:{_MONTH_YEAR}|{_MONTH}|[YJ]y?|[RVv])|LZ"
_EVENT = "eY|e-[YNn]|EY|Y[KE]{0,6}E"
_COUNTED = "[cNn][Uy][ABC]|h[cNn]U"
_MOMENT = (
    f"{_EVENT}|{_COUNTED}|{_PART}|{_DATE}|{_LONE_DAY}|{_MONTH_YEAR}|{_LONE_MONTH}|{_LONE_WEEKDAY}"
    f"|[TRV]|{_LONE_YEAR}"
)
_END = f"(?:{_DATE}|{_MONTH_YEAR}|{_MONTH})"
_RANGE = "|".join(
    (
        f"[rb]?(?:{_WEEKDAY},?)?{_DAY}[k~u&-]{_DAY}f?{_MONTH}{_OF_YEAR}?",
        f"[rb]?(?:{_WEEKDAY},?)?{_MONTH}{_DAY}[ku&-]{_DAY}{_OF_YEAR}?",
        f"r?{_END}[k~u-]{_END}|b{_END}&{_END}",
        "r?Yy?[ku]Yy?|bYy?&Yy?|Y-Y",
        "r?W[ku-]W|b?W&W",
    )
)
_CONNECTORS = "k~u&-"
_CENTURY = 100
_PIVOT = 69  # two digits from here on belong to the twentieth century, as POSIX reads `%y`
_GREGORIAN = 1900  # years before it that `date_words` reads belong to the Jalali or Hijri calendar


# -- Building meanings -----------------------------------------------------------------------------


def _moment(tokens: Sequence[Token]) -> Moment | None:
    kinds = {token.kind for token in tokens}
    if kinds & {"A", "h"}:
        return _counted(tokens, -1)
    if "U" in kinds and kinds & {"B", "C"}:
        return replace(_counted(tokens, 1 if "C" in kinds else -1), elsewhere=True)
    if kinds & {"E", "e"}:
        return _event(tokens)
    return _merged(tokens)


def _counted(tokens: Sequence[Token], sign: int) -> Moment:
    count = next(_number(token) for token in tokens if token.kind in "cNn")
    unit: Unit = next((token.facts["unit"] for token in tokens if token.kind == "U"), "year")
    return Moment(unit=unit, shift=sign * count)


def _event(tokens: Sequence[Token]) -> Moment:
    year = next(_number(token) for token in tokens if token.kind in "YNn")
    if year < _PIVOT:
        year += 2000
    elif year < _CENTURY:
        year += 1900
    return Moment(year=year, event=True)


def _number(token: Token) -> int:
    return token.facts.get("shift") or token.facts.get("day") or token.facts["year"]


def _merged(tokens: Sequence[Token]) -> Moment | None:
    """Put the tokens' facts together; None if the year cannot be one of the month's calendar."""
    facts: Facts = {}
    for token in tokens:
        if token.kind != "U":
            # What came first stays: in “November of last year” the calendar is the month's.
            facts = {**token.facts, **facts}
    moment = Moment(**facts)
    if moment.year is None or (moment.year < _GREGORIAN) == (moment.calendar != "gregorian"):
        return moment
    return replace(moment, calendar="jalali") if moment.month is None else None


def _before_or_after(tokens: Sequence[Token]) -> Moment | None:
    moment = _moment(tokens[1:])
    return replace(moment, bound=True) if moment else None


def _since(tokens: Sequence[Token]) -> Interval | None:
    first = _moment(tokens[1:])
    return Interval(first, None) if first else None


def _range(tokens: Sequence[Token]) -> Meaning | None:
    cut = next(index for index, token in enumerate(tokens) if token.kind in _CONNECTORS)
    first, last = _merged(tokens[:cut]), _merged(tokens[cut + 1 :])
    if first is None or last is None:
        return None
    first, last = _with_years(_with_month(first, last), _with_month(last, first))
    if first.calendar != last.calendar:
        return None
    listed = tokens[cut].kind == "&" and tokens[0].kind != "b"
    if listed and not _neighbours(first, last):
        return _in_common(first, last)
    return Interval(first, last) if _in_order(first, last) else None


def _with_month(one: Moment, other: Moment) -> Moment:
    """Give a lone day the month of the other: “17 to 28 November”."""
    if one.day is None or one.month is not None:
        return one
    return replace(one, month=other.month, calendar=other.calendar)


def _with_years(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """Give both the year that only one has: “28 December to 3 January 2026”."""
    if first.month is None or last.month is None or first.calendar != last.calendar:
        return first, last
    over_new_year = first.month > last.month
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - over_new_year)
    if last.year is None and first.year is not None:
        last = replace(last, year=first.year + over_new_year)
    if first.shift is None:
        first = replace(first, unit=last.unit, shift=last.shift)
    return first, last


def _in_order(first: Moment, last: Moment) -> bool:
    if first.year is None and (first.month or 0) > (last.month or 0):
        return True
    return _position(first) <= _position(last)


def _position(moment: Moment) -> tuple[int, int, int]:
    return moment.year or 0, moment.month or 0, moment.day or 0


def _neighbours(first: Moment, last: Moment) -> bool:
    """Tell one stretch of two days from a list: “October 9 and 10”, but not “October 9 and 12”."""
    if first.day is None or last.day is None:
        return ((last.weekday or 0) - (first.weekday or 0)) % 7 == 1
    return first.month == last.month and last.day - first.day == 1


def _in_common(first: Moment, last: Moment) -> Moment | None:
    """Return the month of two days in it: “October 9 and 12”."""
    return replace(first, day=None, weekday=None) if first.day and last.day else None


_RULES = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (_RANGE, _range),
        (f"St?U?(?:{_MOMENT})", _since),
        (f"z(?!t?P)(?:{_MOMENT})", _before_or_after),
        (_MOMENT, _moment),
    )
)


# With any other word or mark no phrase begins.
_OPENING = re.compile(r"[^xK.,()~-]")
# A headline and the line after it are not read as one.
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def _in_paragraph(text: str, offset: int) -> Iterator[DatePhrase]:
    folded, offsets = fold_with_offsets(text)
    if not may_hold_date(folded):
        return
    tokens = tokenise(text, folded, offsets)
    kinds = "".join([token.kind for token in tokens])
    index = 0
    while opening := _OPENING.search(kinds, index):
        index = opening.start()
        length, meaning = _match(tokens, kinds, index)
        if meaning is not None:
            end_token = tokens[index + length - 1]
            start, end = original_span(text, offsets, tokens[index].start, end_token.end)
            yield DatePhrase(offset + start, offset + end, text[start:end], meaning)
        index += length


def _match(tokens: Sequence[Token], kinds: str, index: int) -> tuple[int, Meaning | None]:
    """Return how many tokens to go on by, and what they mean if they are a date phrase."""
    for pattern, build in _RULES:
        found = pattern.match(kinds, index)
        if found and (meaning := build(tokens[index : found.end()])):
            return found.end() - index, meaning
    return 1, None
