"""Quotes: from words to the place in the article where they stand.

A quote is found if it is there letter for letter once both are folded (`language.folding`), or but
for the marks within a sentence: commas, quote marks, brackets. What is returned is always the
article's own. Nothing is accepted for being alike: an alike sentence with another year, another
country or without its “not” says something else. What is most like words that are missing can be looked up,
to tell a reader what it may have meant.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib import resources

from ..language.folding import counting, fold, fold_article, fold_with_offsets, original_span
from ..language.machine_talk import find_machine_talk, touches
from ..language.sentences import Span, split_sentences
from ..records import Quote

# Scripts written without spaces (Thai to Khmer, kana, Han) have no word ends to look for.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents that have no letter of their own (as in Arabic) are no \w, yet belong to the word.
_ACCENTS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_WORD_CHARACTER = rf"(?![{_UNSPACED}])[\w{_ACCENTS}]"
_WITHIN_WORD = rf"(?<={_WORD_CHARACTER})(?={_WORD_CHARACTER})"
_WORD = re.compile(rf"[{_UNSPACED}]|[\w{_ACCENTS}]+")
# “3” is not said in “3.5”, nor “5”; nor is “can” in “can't”.
_CAME_BEFORE = re.compile(rf"{_WITHIN_WORD}|(?<=\d[.,:])(?=\d)")
_GOES_ON = re.compile(rf"{_WITHIN_WORD}|(?<=\d)[.,:]\d|'t(?!\w)")
# Arabic writes “and”, “so”, “in”, “to” and “as” in one with the word behind them, in folded letters;
# words of fewer than four letters could be another word's end.
_PARTICLES = "وفبلک"
_BEHIND_PARTICLE = re.compile(
    rf"(?<=[{_PARTICLES}])(?<!{_WORD_CHARACTER}[{_PARTICLES}])(?=[\u0621-\u064aکی]{{4}})"
)
# What a model leaves out or puts in when it copies. A full stop is none of it: whatever is said over
# the end of a sentence is no longer what either says.
_MARKS = re.compile(r"[,;:'()\[\]]+|-+")
_ENDS = ".!? "
# Characters: the longest negator, with as many words between as anyone would write.
_FAR_BEFORE = 80


class Text:
    """An article's text, made ready to look for quotes in; build it once per article.

    What speaks to machines (`language.machine_talk`) stands in the text, but nothing is found
    there: `has` tells of the whole text, `find` and `find_all` of what the article reports.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded, self._offsets = fold_article(text)
        self._known: dict[str, list[tuple[int, int]]] = {}
        self._exactly: dict[str, list[tuple[int, int]]] = {}

    def find(self, words: str, near: int | None = None) -> Quote | None:
        """Find `words`, whole words only.

        Of several places, one where they stand exactly so counts before one that only folds to
        them; then the one nearest to the offset `near`, else the first.
        None if they do not stand in the text, or hold neither a letter nor a digit.
        """
        places = self._reported(words)
        if len(places) > 1:
            places = self._exact(words, places)
            at = bisect_left(places, (near or 0,))
            around = places[max(0, at - 1) : at + 1]
            return self._quote(*min(around, key=lambda span: abs(span[0] - (near or 0))))
        return self._quote(*places[0]) if places else None

    def find_all(self, words: str) -> list[Quote]:
        """Find every place where `words` stand, in the order of the text, never overlapping."""
        return [self._quote(*place) for place in self._reported(words)]

    def has(self, words: str) -> bool:
        """Tell whether `words` stand in the text, whole words only."""
        return bool(self._places(fold(words)))

    def reports(self, words: str) -> bool:
        """Tell whether `words` stand where the article reports, and not only in machine talk."""
        if not self.to_machines and words.lower() in self._vocabulary:  # most names, at once
            return True
        return bool(self._reported(words))

    def begins_word(self, beginning: str) -> bool:
        """Tell whether some word of the text begins so, once both are folded."""
        folded = fold(beginning)
        words = (word for word in self._words if word[0].startswith(folded))
        spans = (self._span(*word.span()) for word in words)
        return any(not touches(self.to_machines, *span) for span in spans)

    def nearest(self, words: str) -> Quote | None:
        """Find the passage that shares most words with `words`; None if it is less than half.

        For telling what may have been meant, never for accepting it. Takes time linear in both.
        """
        wanted = Counter(_WORD.findall(fold(words)))
        width = wanted.total()
        shared, best = 0, (0, 0)
        for index, match in enumerate(self._words):
            shared += wanted[match[0]] > 0
            wanted[match[0]] -= 1
            if index >= width:
                gone = self._words[index - width][0]
                wanted[gone] += 1
                shared -= wanted[gone] > 0
            best = max(best, (shared, -index))
        if not width or best[0] * 2 < width:
            return None
        last = -best[1]
        first = self._words[max(0, last - width + 1)]
        return self._quote(*self._span(first.start(), self._words[last].end()))

    def negated_before(self, quote: Quote) -> str | None:
        """Return the words just before `quote`, in its sentence, that turn it into its opposite.

        “signed” is denied in “has not been signed” and in “denied having signed”: a quote that
        leaves those words out is not what the article says. None if there are no such words.
        """
        before = self.text[self.sentence_at(quote.start).start : quote.start]
        folded, offsets = fold_with_offsets(before)
        found = _negation().search(folded, max(0, len(folded) - _FAR_BEFORE))
        return before[offsets[found.start()] :].strip() if found else None

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence at `offset`; between two sentences, the one before."""
        index = bisect_right(self._sentences, offset, key=lambda span: span.start)
        return self._sentences[max(0, index - 1)] if self._sentences else Span(0, len(self.text))

    @cached_property
    def _sentences(self) -> Sequence[Span]:
        return split_sentences(self.text)

    @cached_property
    def to_machines(self) -> Sequence[Span]:
        """The passages that speak to machines, in order."""
        return find_machine_talk(self.text)

    @cached_property
    def _bare(self) -> tuple[str, Sequence[int]]:
        return _without_marks(self._folded)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words that white space parts: whatever is among them stands in the text."""
        return frozenset(filter(str.isalnum, self._folded.split(" ")))

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self._folded))

    def _quote(self, start: int, end: int) -> Quote:
        return Quote(quote=self.text[start:end], start=start, end=end)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text the folded characters `start` to `end` stand."""
        return original_span(self.text, self._offsets, start, end)

    def _reported(self, words: str) -> list[tuple[int, int]]:
        places = self._places(fold(words))
        if not self.to_machines:
            return places
        return [place for place in places if not touches(self.to_machines, *place)]

    def _exact(self, words: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return those of several places where words stand exactly so; all, if there is none."""
        if words not in self._exactly:
            exact = [place for place in places if self.text[slice(*place)] == words]
            self._exactly[words] = exact or places
        return self._exactly[words]

    def _places(self, needle: str) -> list[tuple[int, int]]:
        """Return where folded words stand; they are looked for once, for many ask for the same."""
        if needle not in self._known:
            forms = _forms(needle) if _WORD.search(needle) else ()
            whole = sorted(start for form in forms for start in self._whole_words(form))
            places = [(start, start + len(needle)) for start in whole] or self._but_for_marks(
                needle
            )
            self._known[needle] = [self._span(*place) for place in places]
        return self._known[needle]

    def _but_for_marks(self, needle: str) -> list[tuple[int, int]]:
        """Return where words stand in the folded text with other commas, quote marks or brackets."""
        words = _without_marks(needle)[0].rstrip(_ENDS)
        bare, offsets = self._bare
        found = _places_of(words, bare) if _WORD.search(words) else ()
        places = ((offsets[start], offsets[start + len(words) - 1] + 1) for start in found)
        return [place for place in places if self._begins_at(place[0]) and self._ends_at(place[1])]

    def _whole_words(self, needle: str) -> Iterator[int]:
        start = self._folded.find(needle)
        while start >= 0:
            end = start + len(needle)
            whole = self._begins_at(start) and self._ends_at(end)
            if whole:
                yield start
            start = self._folded.find(needle, end if whole else start + 1)

    def _begins_at(self, place: int) -> bool:
        """Tell whether a word, a number or a mark can begin at `place` of the folded text."""
        if place and self._offsets[place] == self._offsets[place - 1]:
            return False
        if _BEHIND_PARTICLE.match(self._folded, place):
            return True
        return not _CAME_BEFORE.match(self._folded, place)

    def _ends_at(self, place: int) -> bool:
        if place == len(self._folded):
            return True
        if self._offsets[place] == self._offsets[place - 1]:
            return False
        return not _GOES_ON.match(self._folded, place)


def _without_marks(folded: str) -> tuple[str, Sequence[int]]:
    """Return folded words without the marks around them, and where each character stood."""
    counted = counting(len(folded))
    pieces: list[str] = []
    offsets = array("I")
    kept = 0
    for marks in _MARKS.finditer(folded):
        start, end = marks.span()
        opens = start == 0 or folded[start - 1] == " "
        closes = end == len(folded) or folded[end] == " "
        alone = opens and closes
        if alone or (marks[0][0] != "-" and (opens or closes)):
            pieces.append(folded[kept:start])
            offsets.extend(counted[kept:start])
            kept = end + alone  # with the blank behind it
    return "".join([*pieces, folded[kept:]]), offsets + counted[kept : len(folded)]


def _places_of(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _forms(needle: str) -> tuple[str, ...]:
    """Return folded words as they may stand: behind an Arabic “to”, the article's first letter goes."""
    return (needle, f"لل{needle[2:]}") if needle.startswith("ال") else (needle,)


def says_not_done(words: str) -> bool:
    """Tell whether words deny whatever they say was done: “had also not met”, “did not sign”."""
    folded = fold(words)
    done = list(_done().finditer(folded))
    far = (max(0, verb.start() - _FAR_BEFORE) for verb in done)
    return bool(done) and all(
        _negation().search(folded, begin, verb.start())
        for begin, verb in zip(far, done, strict=True)
    )


@lru_cache(maxsize=1)
def _done() -> re.Pattern[str]:
    """Match words for what has happened, in folded text."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(_lists()['done'])})(?!\w)")


@lru_cache(maxsize=1)
def _negation() -> re.Pattern[str]:
    """Return what negates whatever comes right behind a stretch of folded text."""
    negators, between = (_alternatives(_lists()[key]) for key in ("negators", "between"))
    return re.compile(rf"(?:(?<!\w)(?:{negators})|\b\w+n't)(?: (?:{between}))*[ '(]*$")


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    path = resources.files("ictdiplo") / "data" / "negators.json"
    lists: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return lists


def _alternatives(lists: dict[str, list[str]]) -> str:
    words = {fold(words) for listed in lists.values() for words in listed}
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
