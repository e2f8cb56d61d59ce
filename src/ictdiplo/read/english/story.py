"""The story: an article's own sentences, without menus, lists of other articles and page feet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from ...language.gazetteer import Mention, city_country, find_mentions, lookup
from ...language.machine_talk import find_machine_talk, touches
from ...language.sentences import Span, split_sentences
from .actors import Actor, find_actors
from .aliases import find_aliases
from .cues import load_on, load_pattern
from .words import find_namesakes, is_of_a_person, sort_words

# A line without a full stop is a sentence from this many words on, unless most have capitals.
LEAST_WORDS = 12
# Behind the heading of a list, only a paragraph of this many words is the story again.
LEAST_WORDS_AFTER_LIST = 25
# No reporter writes a longer sentence, in characters: it is a table, or a page without full stops.
LONGEST_SENTENCE = 2000

_start = attrgetter("start")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BULLET = re.compile(r"[>•·*▪►»|]|&gt;")
_DATELINE = re.compile(
    r"(?:(?<=\s)|^)(?P<place>[A-Z][A-Z’'.]+(?: [A-Z][A-Z’'.]+){0,3}|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,2})"
    r"(?:[,/] ?[\w ./]{1,24}|, [\w ,.]{1,60}(?=\s{0,2}[–—-]| \([A-Z]{3,4}\)))?(?: ?\([^()]{1,40}\))?"
    r"(?:\s{0,2}(?:[–—-]{1,3}|:|//)|(?<=\d \([A-Z]{3}\))|(?<=\d \([A-Z]{4}\)))\s"
)
# What ends a dateline; most first sentences hold none of it.
_DATELINE_END = re.compile(r"[–—:/)-]\s")
_DATELINE_WINDOW = 90
MOST_DATELINE_WORDS = 5
# Characters; names of news agencies are shorter than those of places that no table knows.
LONGEST_AGENCY = 5
_WORD = re.compile(r"[\w-]+")
# “throughout the”, and a name before the next: no more need be looked at.
_WHERE_WINDOW = 60
_WHERE = re.compile(
    r"\b(?:(?:in|at|across|throughout|into|near)\s(?:the\s|[A-Z]\w+\s?,?\s?(?:and\s)?)?"
    r"|(?:(?:visit|trip|travel|travell?ed|journey|tour|return|returned|flew)\s(?:to|of)|visit(?:ed|s|ing)?)\s(?:the\s)?)$"
)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of the story and who acts in it; offsets are the article's.

    It is equal to itself only, so that what is worked out of it can be kept by it.
    """

    start: int
    end: int
    text: str
    """The whole article's text, so that `text[start:end]` is the sentence."""
    paragraph: int
    words: frozenset[str]
    """Its words, casefolded."""
    pieces: frozenset[str]
    """The same, cut at hyphens."""
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]

    def __str__(self) -> str:
        return self.text[self.start : self.end]

    def may_hold(self, table: str, key: str) -> bool:
        """Tell whether a pattern of `data/cues_<table>.json` has to be tried: by its `on` words."""
        on = load_on(table, key)
        return not on or not on.isdisjoint(self.pieces)

    def find(self, table: str, key: str, start: int, end: int) -> re.Match[str] | None:
        """Return where a pattern first stands in `text[start:end]`, which lies in the sentence."""
        if not self.may_hold(table, key):
            return None
        return load_pattern(table, key).search(self.text, start, end)

    def says(self, table: str, key: str) -> bool:
        """Tell whether a pattern stands in the sentence, taken by itself."""
        return self.may_hold(table, key) and bool(load_pattern(table, key).search(str(self)))

    def last_before(self, at: int) -> int:
        """Return where the last word or mark before a place ends, be it another sentence's."""
        while at and self.text[at - 1].isspace():
            at -= 1
        return at

    def tells_where(self, at: int) -> bool:
        """Tell whether the name at a place is only where something lies: “masts in Peru and Chile”."""
        return _WHERE.search(self.text, max(self.start, at - _WHERE_WINDOW), at) is not None


@dataclass(frozen=True, slots=True)
class Story:
    """What an article tells, in order."""

    sentences: tuple[Sentence, ...]
    headline: tuple[Mention, ...]
    """The countries and organisations of the headline that names most."""
    here: str | None
    """The place of the dateline."""
    unread: int
    """How many sentences were too long to be read."""
    capitals: dict[str | None, str]
    """The first capital of each country that is named, by the country's code."""


def read_story(text: str) -> Story:
    """Find the sentences of an article that are its story, with their actors."""
    page = page_of(text)
    headings: list[tuple[Mention, ...]] = []
    sentences: list[Sentence] = []
    here: str | None = None
    unread = 0
    for number, (is_story, spans) in enumerate(page.paragraphs):
        if not is_story:
            headings += [] if sentences else [page.mentions(Span(spans[0].start, spans[-1].end))]
            continue
        dateline = _dateline(text, spans[0])
        here = here or (_place(dateline["place"]) if dateline else None)
        for span in [_behind(dateline, spans[0]), *spans[1:]]:
            if not sentences and (place := page.is_dateline(span)):
                here = here or place
            elif span.end - span.start > LONGEST_SENTENCE:
                unread += 1
            else:
                sentences.append(page.sentence(span, number))
    headline = max(headings, key=lambda found: len({m.entry for m in found}), default=())
    return Story(tuple(sentences), headline, here, unread, _capitals(sentences))


def _capitals(sentences: Sequence[Sentence]) -> dict[str | None, str]:
    capitals: dict[str | None, str] = {}
    for mention in (each for sentence in sentences for each in sentence.mentions):
        if mention.entry.kind == "capital":
            capitals.setdefault(mention.entry.code, mention.text)
    return capitals


class Page:
    """The whole text, with what is found in it once: paragraphs, names, and the sentences read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = list(_paragraphs(text))
        """The sentences of each paragraph, and whether they belong to the story."""
        self._sentences: dict[Span, Sentence] = {}

    def mentions(self, span: Span) -> tuple[Mention, ...]:
        """Return the names that stand in a span."""
        first, last = (bisect_left(self._mentions, at, key=_start) for at in span)
        return tuple(self._mentions[first:last])

    @cached_property
    def _mentions(self) -> Sequence[Mention]:
        return [each for each in self._places if each.start not in self._elsewhere]

    @cached_property
    def _elsewhere(self) -> frozenset[int]:
        """Where names of places stand for somebody of the same name."""
        namesakes = find_namesakes(self.text, {each.text.casefold() for each in self._places})
        return frozenset(each.start for each in self._places if each.text.casefold() in namesakes)

    @cached_property
    def _places(self) -> Sequence[Mention]:
        places = [each for each in find_mentions(self.text) if not is_of_a_person(self.text, each)]
        places = [each for each in places if not _is_anothers(each, places)]
        return sorted([*places, *find_aliases(self.text, places)], key=_start)

    def is_dateline(self, span: Span) -> str | None:
        """Return the place of “BISHKEK. ”, which stands alone before the report."""
        named = [m for m in self.mentions(span) if m.start == span.start and m.entry.code]
        short = len(self.text[span.start : span.end].split()) <= MOST_DATELINE_WORDS
        return named[0].text if named and short else None

    def sentence(self, span: Span, paragraph: int) -> Sentence:
        """Return a sentence with its words and who acts in it."""
        if span not in self._sentences:
            self._sentences[span] = self._read(span, paragraph)
        return self._sentences[span]

    def _read(self, span: Span, paragraph: int) -> Sentence:
        mentions = self.mentions(span)
        words = words_of(self.text, span)
        hyphened = [word for word in words if "-" in word]
        pieces = words.union(*(word.split("-") for word in hyphened))
        actors = find_actors(self.text, sort_words(self.text, *span, mentions))
        if self._elsewhere:
            actors = [a for a in actors if self._elsewhere.isdisjoint(range(a.start, a.end))]
        return Sentence(*span, self.text, paragraph, words, pieces, tuple(actors), mentions)


def words_of(text: str, span: Span) -> frozenset[str]:
    """Return the words of a sentence, casefolded."""
    return frozenset(_WORD.findall(text[span.start : span.end].casefold()))


def _is_anothers(mention: Mention, others: Sequence[Mention]) -> bool:
    """Tell a short form as “NATCOM” that is a body of a country which the article does not name."""
    if mention.entry.kind != "body" or not mention.text.isupper():
        return False
    codes = {each.entry.code for each in others if each.entry.kind != "body"}
    return bool(codes) and mention.entry.code not in codes


@lru_cache(maxsize=1)  # records and signs are looked for in the same article
def page_of(text: str) -> Page:
    """Return the page that an article stands on."""
    return Page(text)


def _behind(dateline: re.Match[str] | None, span: Span) -> Span:
    """Return the sentence without its dateline."""
    return Span(dateline.end(), span.end) if dateline and dateline.end() < span.end else span


def _paragraphs(text: str) -> Iterator[tuple[bool, list[Span]]]:
    """Yield each paragraph's sentences, and whether they belong to the story.

    What speaks to a machine that reads the page is left out: no reporter writes it.
    """
    in_list = begun = False
    heading = load_pattern("story", "list_heading")
    to_machines = find_machine_talk(text)
    lowered = text.casefold()
    told = any(word in lowered for word in load_on("story", "notice"))
    pattern = load_pattern("story", "notice")
    notices = [found.start() for found in pattern.finditer(text)] if told else []
    for spans in _by_paragraph(text, split_sentences(text)):
        words = text[spans[0].start : spans[-1].end]
        if touches(to_machines, spans[0].start, spans[-1].end):
            continue
        if heading.match(words.lstrip(" -–—>*•|")) and not _is_long(words):
            in_list = True
        elif _is_prose(words, begun=begun) and (not in_list or _is_long(words)):
            in_list = False
            begun = True
            kept = [
                span
                for span in spans
                if bisect_left(notices, span.start) == bisect_left(notices, span.end)
            ]
            if kept:
                yield True, kept
        elif not in_list:
            yield False, spans


def _by_paragraph(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    paragraph: list[Span] = []
    for span in spans:
        if paragraph and "\n" in text[paragraph[-1].end : span.start]:
            yield paragraph
            paragraph = []
        paragraph.append(span)
    if paragraph:
        yield paragraph


def _is_prose(words: str, *, begun: bool) -> bool:
    """Tell running text from headings; on top, whatever has no full stop is one."""
    if _BULLET.match(words):
        return False
    count = len(words.split())
    if _ENDS_SENTENCE.search(words):
        return count > 3  # noqa: PLR2004  # "Photo: A. Name." and the like
    capitals = sum(word[0].isupper() for word in words.split())
    return begun and count >= LEAST_WORDS and 2 * capitals < count


def _is_long(words: str) -> bool:
    return len(words.split()) >= LEAST_WORDS_AFTER_LIST and bool(_ENDS_SENTENCE.search(words))


def _dateline(text: str, span: Span) -> re.Match[str] | None:
    """Return the place and date before a report: “TEHRAN, Jul. 31 -”."""
    window = span.start, min(span.end, span.start + _DATELINE_WINDOW)
    return _DATELINE.search(text, *window) if _DATELINE_END.search(text, *window) else None


def _place(words: str) -> str | None:
    """Return a dateline's place, if it is one; “SPA” before a dash is the agency."""
    known = (entry := lookup(words)) is not None and entry.kind in {"country", "capital"}
    return words if known or city_country(words) or len(words) > LONGEST_AGENCY else None
