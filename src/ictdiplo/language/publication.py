"""The date that a page gives as its own: alone on a line near its top, or behind “Published:”.

Full dates only. A dateline's day without a year, a date inside a sentence and the day of an update
are not the publication date. The words of such lines are in `data/publication_words.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice

from .date_phrases import DatePhrase, Moment, find_date_phrases
from .folding import fold

# The top of a page: its first lines, down to the second paragraph of running text. Menus and
# teasers with dates of their own come below that.
TOP_LINES = 12
TOP_PARAGRAPHS = 2
LONGEST_LINE = 150
# “Posted on 24 November 2025 by …” is a label; with more words, or a full stop, it is a sentence.
LONGEST_REST = 30

_COMPACT = re.compile(r"\A(\d{4})(\d\d)(\d\d)(?:T.*)?\Z")
_SEGMENT = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|\s{2,}")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?|[+-]\d{2}:?\d{2}")
_WORD = re.compile(r"[^\W_]+")


def parse_publication_date(words: str) -> date | None:
    """Read one full date, with or without a time: `2025-11-24`, “Nov. 24, 2025”, “۳ آذر ۱۴۰۴”.

    None if `words` hold anything else, or a date that can be read in two ways (03/04/2025).
    """
    words = _COMPACT.sub(r"\1-\2-\3", words.strip())
    found = {day for _, day in _full_dates(words[:LONGEST_LINE])}
    if len(found) != 1 or len(words) > LONGEST_LINE or _unknown_words(words, _words()["beside"]):
        return None
    return found.pop()


def find_publication_dates(text: str) -> list[date]:
    """Return the dates that the top of `text` gives as its own, each once.

    One that is labelled (“Published:”) outdoes all others. If several are left, the page does not
    say which of them is its date.
    """
    claims = [claim for segment in _segments(text) for claim in _claims(segment)]
    labelled = [day for is_labelled, day in claims if is_labelled]
    return labelled[:1] or list(dict.fromkeys(day for _, day in claims))


def _top(text: str) -> Iterator[str]:
    paragraphs = 0
    for line in islice(filter(str.strip, text.split("\n")), TOP_LINES):
        yield line.strip()[: 2 * LONGEST_LINE]
        paragraphs += len(line) > LONGEST_LINE
        if paragraphs == TOP_PARAGRAPHS:
            return


def _segments(text: str) -> Iterator[str]:
    """Yield what bars, dashes and wide gaps set apart on each line, a label with what it labels."""
    label = ""
    for line in _top(text):
        segments = _SEGMENT.split(line)
        for segment in segments if len(line) <= LONGEST_LINE else segments[:1]:
            if _label(segment) in _words()["published"] | _words()["updated"]:
                label = f"{segment} "
            else:
                yield label + segment
                label = ""


def _claims(segment: str) -> Iterator[tuple[bool, date]]:
    """Yield each full date that is no part of a sentence, and whether it has a label."""
    for phrase, day in _full_dates(segment):
        if _is_labelled(segment, phrase):
            yield True, day
        elif not _unknown_words(segment, _words()["beside"]):
            yield False, day


def _label(words: str) -> str:
    return fold(words).rstrip(" :").removesuffix(" on")


def _is_labelled(segment: str, phrase: DatePhrase) -> bool:
    if _label(segment[: phrase.start]) not in _words()["published"]:
        return False
    is_figures = phrase.text[:4].isdecimal()
    is_short = len(segment) - phrase.end <= LONGEST_REST and not segment.endswith(".")
    return is_figures or is_short or ":" in segment[: phrase.start]


def _full_dates(words: str) -> Iterator[tuple[DatePhrase, date]]:
    for phrase in find_date_phrases(words):
        if isinstance(phrase.meaning, Moment) and (day := _calendar_day(phrase.meaning)):
            yield phrase, day


def _calendar_day(moment: Moment) -> date | None:
    """Return the day that a moment names, None if that is no single day of the calendar.

    Hijri dates depend on who sighted the moon, so they name none.
    """
    year, month, day = moment.year, moment.month, moment.day
    if not (year and month and day) or moment.bound or moment.calendar == "hijri":
        return None
    try:
        if moment.calendar == "gregorian":
            return date(year, month, day)
        import jdatetime  # only Persian pages need it

        converted: date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return converted


def _unknown_words(words: str, known: frozenset[str]) -> list[str]:
    """Return the words that belong neither to a date nor to a time and are not `known`."""
    for phrase in reversed(find_date_phrases(words)):
        words = f"{words[: phrase.start]} {words[phrase.end :]}"
    return [word for word in _WORD.findall(_TIME.sub(" ", fold(words))) if word not in known]


@cache
def _words() -> dict[str, frozenset[str]]:
    path = files("ictdiplo").joinpath("data/publication_words.json")
    table: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return {group: frozenset(map(fold, words)) for group, words in table.items()}
