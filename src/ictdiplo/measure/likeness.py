"""How alike two sides, persons, dates and places are: 1 the same, 0 not at all.

These are definitions of the measure, and no business of the reader's: a figure stays comparable
only as long as they stay as they are, whatever is learnt about reading.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple
from unicodedata import combining, normalize

LONGEST_HALF = 366
"""Days between the ends of a span, a year: a date inside a longer one is no longer half right."""
SHORTEST_INITIALS = 3
"""Letters of an abbreviation that is taken for a name: “ITU”, but not “UN”."""

_APOSTROPHES = re.compile("[‘’ʼ`´']")
_NO_LETTERS = re.compile(r"[^\w]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_WITHOUT_INITIAL = {"of", "the", "for", "and", "on", "in"}
_ABBREVIATED = {"eu", "european union"}  # the one short form of two letters
# Where something is held that is held nowhere.
_NOWHERE = {"online", "virtual", "telephone", "phone", "video", "videoconference", "video link"}


class Days(NamedTuple):
    """The first and the last day that a date may mean."""

    first: date
    last: date


def bare(text: str) -> str:
    """Return the letters and digits of `text` in lower case, with one space between words.

    More is lost than in `language.folding`, accents and punctuation too: gold is typed by hand.
    """
    letters = normalize("NFKD", text).casefold()
    letters = "".join(char for char in letters if not combining(char))
    return _NO_LETTERS.sub(" ", _APOSTROPHES.sub("", letters)).strip()


def sides_alike(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return the F1 of two sets of sides; initials stand for the full name."""
    one, other = (sorted({bare(side) for side in sides} - {""}) for sides in (gold, found))
    return _f1(one, other, _side)


def persons_alike(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return the F1 of two lists of persons; “Hashemi” is “Seyyed Sattar Hashemi”."""
    return _f1([bare(name) for name in gold], [bare(name) for name in found], _person)


def topics_alike(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return the F1 of two lists of subjects; “roaming” is “mobile roaming”."""
    return _f1([bare(topic) for topic in gold], [bare(topic) for topic in found], _within)


def places_alike(gold: str, found: str) -> float:
    """Return 1 where one place is written within the other, or neither is any place."""
    one, other = (
        "" if name in _NOWHERE else name for name in (bare(where) for where in (gold, found))
    )
    return float(one == other or bool(one and other and (one in other or other in one)))


def dates_alike(gold: str | None, found: str | None) -> float:
    """Return 1 for the same days, 0.5 where one date lies within the other, such as 2025-11-20 in 2025-11.

    Open ends and impossible dates are like themselves only.
    """
    if gold == found:
        return 1.0
    one, other = days(gold or ""), days(found or "")
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    narrow, wide = sorted((one, other), key=lambda span: span.last - span.first)
    within = wide.first <= narrow.first and narrow.last <= wide.last
    return 0.5 if within and (wide.last - wide.first).days <= LONGEST_HALF else 0.0


def days(edtf: str) -> Days | None:
    """Return the days of an EDTF date, or of an interval that both ends of are known."""
    ends = [_DATE.fullmatch(end.strip("?~%")) for end in edtf.split("/")]
    opening, closing = ends[0], ends[-1]
    if not opening or not closing or len(ends) > 2:  # noqa: PLR2004 - an interval has two ends
        return None
    year, month, day = (int(part or 1) for part in opening.groups())
    last_year, last_month = int(closing[1]), int(closing[2] or 12)
    try:
        last_day = int(closing[3] or monthrange(last_year, last_month)[1])
        found = Days(date(year, month, day), date(last_year, last_month, last_day))
    except ValueError:
        return None
    return found if found.first <= found.last else None


def _f1(gold: list[str], found: list[str], same: Callable[[str, str], bool]) -> float:
    """Match each name with the first that is left for it; two empty lists are alike."""
    if not gold and not found:
        return 1.0
    left = list(found)
    for name in gold:
        match = next((other for other in left if same(name, other)), None)
        if match is not None:
            left.remove(match)
    return 2 * (len(found) - len(left)) / (len(gold) + len(found))


def _side(one: str, other: str) -> bool:
    return (
        one == other
        or _is_short_for(one, other)
        or _is_short_for(other, one)
        or {one, other} == _ABBREVIATED
    )


def _is_short_for(short: str, name: str) -> bool:
    initials = "".join(word[0] for word in name.split() if word not in _WITHOUT_INITIAL)
    return len(short) >= SHORTEST_INITIALS and short == initials


def _person(one: str, other: str) -> bool:
    """Tell whether the last words are the same, or one's words are all among the other's."""
    return _within(one, other) or one.split()[-1:] == other.split()[-1:] != []


def _within(one: str, other: str) -> bool:
    fewer, more = sorted((one.split(), other.split()), key=len)
    return bool(fewer) and set(fewer) <= set(more)
