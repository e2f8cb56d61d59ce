"""The story: an article's own sentences, without menus, lists of other articles and page feet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ...language.gazetteer import Mention, find_mentions
from ...language.sentences import Span, split_sentences
from .actors import Actor, find_actors
from .cues import load_table
from .words import sort_words

# A line without a full stop is a sentence from this many words on, unless most have capitals.
LEAST_WORDS = 12
# Behind the heading of a list, only a paragraph of this many words is the story again.
LEAST_WORDS_AFTER_LIST = 25

_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BULLET = re.compile(r"[>•·*▪►»|]|&gt;")
_DATELINE = re.compile(
    r"(?:(?<=\s)|^)(?P<place>[A-Z][A-Z’'.]+(?: [A-Z][A-Z’'.]+){0,3}|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2})"
    r"(?:[,/] ?[\w ./]{1,24})?(?: ?\([^()]{1,40}\))?\s{0,2}(?:[–—-]{1,2}|:)\s"
)
_DATELINE_WINDOW = 70
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the story and who acts in it; offsets are the article's."""

    start: int
    end: int
    text: str
    """The whole article's text, so that `text[start:end]` is the sentence."""
    paragraph: int
    words: frozenset[str]
    """Its words, casefolded."""
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]

    def __str__(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Story:
    """What an article tells, in order."""

    sentences: tuple[Sentence, ...]
    headline: tuple[Mention, ...]
    """The countries and organisations of the headline that names most."""
    here: str | None
    """The place of the dateline."""


def read_story(text: str) -> Story:
    """Find the sentences of an article that are its story, with their actors."""
    mentions = find_mentions(text)
    starts = [mention.start for mention in mentions]

    def within(start: int, end: int) -> tuple[Mention, ...]:
        return tuple(mentions[bisect_left(starts, start) : bisect_left(starts, end)])

    sentences: list[Sentence] = []
    headings: list[tuple[Mention, ...]] = []
    here: str | None = None
    for number, (is_story, spans) in enumerate(_paragraphs(text)):
        if not is_story:
            headings.extend([within(spans[0].start, spans[-1].end)] if not sentences else [])
            continue
        for index, span in enumerate(spans):
            start = span.start
            if index == 0 and (dateline := _dateline(text, span)):
                here = here or dateline["place"]
                start = dateline.end()
            if start < span.end:
                sentences.append(_sentence(text, Span(start, span.end), number, within))
    headline = max(headings, key=lambda found: len({m.entry for m in found}), default=())
    return Story(tuple(sentences), headline, here)


def _sentence(text: str, span: Span, paragraph: int, within: object) -> Sentence:
    mentions: tuple[Mention, ...] = within(*span)  # type: ignore[operator]
    words = frozenset(word.casefold() for word in _WORD.findall(text, *span))
    actors = tuple(find_actors(text, sort_words(text, *span, mentions)))
    return Sentence(*span, text, paragraph, words, actors, mentions)


def _paragraphs(text: str) -> Iterator[tuple[bool, list[Span]]]:
    """Yield each paragraph's sentences, and whether they belong to the story."""
    in_list = False
    for spans in _by_paragraph(text, split_sentences(text)):
        words = text[spans[0].start : spans[-1].end]
        if _list_heading().match(words.lstrip(" -–—>*•|")) and not _is_long(words):
            in_list = True
        elif _is_prose(words) and (not in_list or _is_long(words)):
            in_list = False
            kept = [span for span in spans if not _notice().search(text, *span)]
            if kept:
                yield True, kept
        elif not in_list:
            yield False, spans


def _by_paragraph(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    paragraph: list[Span] = []
    for span in spans:
        if paragraph and _breaks(text, paragraph[-1], span):
            yield paragraph
            paragraph = []
        paragraph.append(span)
    if paragraph:
        yield paragraph


def _breaks(text: str, one: Span, other: Span) -> bool:
    """Tell whether a line ends between two sentences; text wrapped by hand breaks anywhere."""
    gap = text[one.end : other.start]
    return (
        "\n\n" in gap
        or ("\n" in gap and not _ENDS_SENTENCE.search(text[one.start : one.end]))
        or ("\n" in gap and _BULLET.match(text, other.start) is not None)
        or "\n" in gap
    )


def _is_prose(words: str) -> bool:
    if _BULLET.match(words):
        return False
    count = len(words.split())
    if _ENDS_SENTENCE.search(words):
        return count > 3  # noqa: PLR2004  # "Photo: A. Name." and the like
    capitals = sum(word[0].isupper() for word in words.split())
    return count >= LEAST_WORDS and 2 * capitals < count


def _is_long(words: str) -> bool:
    return len(words.split()) >= LEAST_WORDS_AFTER_LIST and bool(_ENDS_SENTENCE.search(words))


def _dateline(text: str, span: Span) -> re.Match[str] | None:
    """Return the place and date before a report: “TEHRAN, Jul. 31 -”."""
    return _DATELINE.search(text, span.start, min(span.end, span.start + _DATELINE_WINDOW))


@cache
def _list_heading() -> re.Pattern[str]:
    return re.compile(load_table("story")["list_heading"], re.IGNORECASE)


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(load_table("story")["notice"], re.IGNORECASE)
