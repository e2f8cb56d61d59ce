"""Where sentences begin and end: news in English first, other scripts as far as marks tell.

A sentence ends at a mark (`. ! ? … ؟ ۔ । 。`) that white space and no small letter follows, and at
the end of a paragraph. A full stop behind an abbreviation, an initial or a list's number ends none.
The abbreviations are in `data/abbreviations.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

# Hand and mail programs wrap lines within these widths; other line breaks end a paragraph.
NARROWEST_WRAP, WIDEST_WRAP = 50, 120
# No abbreviation of the table is longer, so no more needs to be looked at before a full stop.
LONGEST_ABBREVIATION = 20

_STOP = re.compile(r"([.!?…؟۔।॥]+|[。！？]+)[\"'”’»)\]）」』]*(\s*)")
_NEEDS_NO_SPACE = "。！？"
_FIRST_WORD = re.compile(rf"\S{{0,{WIDEST_WRAP}}}")
_LETTERS = re.compile(r"[^\W\d_]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_LIST_NUMBER = re.compile(r"\d{1,2}")
_OPENING_MARKS = "([{\"'“‘«"


class Span(NamedTuple):
    """Where something stands: `text[start:end]`, in code points."""

    start: int
    end: int


@lru_cache(maxsize=4)  # several steps ask for those of one article
def split_sentences(text: str) -> tuple[Span, ...]:
    """Find the sentences of `text`, in order, without white space around them.

    Every character that is no white space lies in exactly one span. Takes linear time.
    """
    return tuple(
        span for paragraph in split_paragraphs(text) for span in _sentences_within(text, paragraph)
    )


@lru_cache(maxsize=4)
def split_paragraphs(text: str) -> tuple[Span, ...]:
    """Find the stretches between line breaks that end a sentence; at least one, in order."""
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Span]:
    width = max(map(len, text.split("\n")))
    start = line_start = 0
    for gap in re.finditer(r"\n\s*", text):
        if not _is_wrapped(text, line_start, gap, width):
            yield Span(start, gap.start())
            start = gap.end()
        line_start = gap.end()
    yield Span(start, len(text))


def _is_wrapped(text: str, line_start: int, gap: re.Match[str], width: int) -> bool:
    """Tell a line break inside a sentence: a small letter, or a word that had no room, follows."""
    if gap.group().count("\n") > 1:
        return False
    word = _FIRST_WORD.match(text, gap.end())
    following = word.group() if word else ""
    is_full = gap.start() - line_start + 1 + len(following) > width
    return following[:1].islower() or (NARROWEST_WRAP <= width <= WIDEST_WRAP and is_full)


def _sentences_within(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for stop in _STOP.finditer(text, *paragraph):
        if _ends_sentence(text, stop, paragraph.end):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, paragraph.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without white space at its ends, unless nothing is left."""
    words = text[start:end]
    if kept := words.strip():
        start += len(words) - len(words.lstrip())
        yield Span(start, start + len(kept))


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    marks, gap = stop.groups()
    if marks[0] in _NEEDS_NO_SPACE or stop.end() == end:
        return True
    if not gap or text[stop.end()].islower():
        return False
    return marks != "." or not _is_abbreviated(text, stop)


def _is_abbreviated(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to the word before it."""
    head = text[max(0, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
    word = re.split(r"\s", head)[-1].lstrip(_OPENING_MARKS)
    table = _abbreviations()
    if word in table["before_a_name"]:
        return True
    if word in table["before_a_number"]:
        return text[stop.end()].isdigit()
    if word in table["within_a_sentence"] or _INITIALS.fullmatch(word):
        return not _opens_sentence(text, stop.end())
    return _LIST_NUMBER.fullmatch(word) is not None and _begins_line(text, stop.start() - len(word))


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _opens_sentence(text: str, start: int) -> bool:
    """Tell a word such as “The”, which no name begins with; “A.” is an initial."""
    word = _LETTERS.match(text, start)
    return (
        word is not None
        and word.group() in _abbreviations()["openers"]
        and text[word.end() : word.end() + 1] != "."
    )


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    table = files("ictdiplo").joinpath("data/abbreviations.json").read_text(encoding="utf-8")
    return {group: frozenset(words) for group, words in json.loads(table).items()}
