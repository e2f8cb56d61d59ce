"""Passages that speak to a machine which reads the page: instructions, turns of a chat, JSON.

No reporter writes them. What they say happened is no report, whoever reads the article: the offline
reader leaves them out, and no record may rest on them. The words that tell them are in
`data/machine_talk.json`. A planted sentence that reads as news cannot be told this way.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from .disguises import undisguise
from .folding import fold_article
from .sentences import Span, split_paragraphs

Scope = Literal["paragraph", "block", "rest", "ends"]
# How far what was found so far goes on.
Reach = Literal["paragraph", "block", "items", "next", "rest"]

# Long enough for a sentence in base64, and longer than what words and addresses run to.
_BASE64 = re.compile(r"(?<![\w/+.:-])(?:[A-Za-z0-9+/]{4}){10,}(?:[A-Za-z0-9+/]{2,3}={0,2})?")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_ANNOUNCES = re.compile(r"[::][\s\"'”’»*_]{0,9}$")
# A short line, in characters, whose sentence goes on in the next paragraph.
_SHORT_LINE = 80
_UNFINISHED = re.compile(r"(?<!\S)(?:[^\W_]|\u200c){1,20}[\s,;–—-]{0,9}$")
_ITEM = re.compile(r"[\s]*(?:[-–—•·*>]|\(?\d{1,4}[.):]|[\"'{}\[\]<])")
# What text holds besides what is printed: white space, and the joiner of Persian words.
_WITHIN_TEXT = "\n\t\u200c"
_LONGEST_WORD = 40  # characters; what is packed in base64 has no white space, and is longer
# Characters. A phrase is shorter; the table's longest may take some 700.
_LONGEST_PHRASE = 1_000
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = {code: " " for code in range(128) if not chr(code).isalnum()}
# A letter of the script that a language is written in; the others are in Latin letters.
_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "kk", "tg"), "[а-я]"),
    **dict.fromkeys(("fa", "ar", "ur"), "[ا-ی]"),
    **dict.fromkeys(("zh", "ja"), "[一-鿿]"),
    "ko": "[가-힣]",
    "hi": "[ऀ-ॿ]",
    "he": "[א-ת]",
    "el": "[α-ω]",
    "th": "[ก-ฮ]",
}


class _Hit(NamedTuple):
    start: int
    scope: Scope


class _Phrase(NamedTuple):
    language: str
    on: frozenset[str]
    pattern: re.Pattern[str]
    scope: Scope
    is_spaced: bool

    def found_in(self, folded: str, at: int, end: int) -> Iterator[re.Match[str]]:
        """Yield where it stands and, if it is spaced, is no part of a word.

        A lookbehind at the pattern's head would do, and keep `re` from skipping to its first letter.
        """
        while found := self.pattern.search(folded, at, end):
            start = found.start()
            if self.is_spaced and start and _is_within_word(folded[start - 1]):
                at = start + 1
            else:
                yield found
                at = found.end()


class _Mark(NamedTuple):
    on: frozenset[str]
    holds: tuple[str, ...]
    pattern: re.Pattern[str]
    scope: Scope

    def may_stand_in(self, folded: str, words: frozenset[str]) -> bool:
        if not self.on and not self.holds:
            return True
        return not self.on.isdisjoint(words) or any(piece in folded for piece in self.holds)


@lru_cache(maxsize=4)  # several steps ask for those of one article
def find_machine_talk(text: str) -> tuple[Span, ...]:
    """Find the paragraphs of `text` that speak to machines, in order; takes linear time."""
    folded, offsets = fold_article(text)
    words = _words(folded)
    hits = [
        *_phrases_in(folded, offsets, words),
        *_marks_in(text, folded, words),
        *_packed_in(text),
    ]
    if undisguised := undisguise(folded, offsets, words, _tells()):
        hits += _phrases_in(*undisguised, _words(undisguised[0]))
    return tuple(_reached(text, hits)) if hits else ()


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether `start` to `end` shares a character with one of `spans`, which are in order."""
    index = bisect_right(spans, start, key=lambda span: span.end)
    return index < len(spans) and spans[index].start < end


def _reached(text: str, hits: Sequence[_Hit]) -> Iterator[Span]:
    """Yield the paragraphs that hits stand in, and those that they reach beyond them."""
    paragraphs = split_paragraphs(text)
    scopes = _by_paragraph(paragraphs, hits)
    reach: Reach = "paragraph"
    before = 0
    for at, paragraph in enumerate(paragraphs):
        is_apart = text.count("\n", before, paragraph.start) > 1
        before = paragraph.end
        is_item = _ITEM.match(text, paragraph.start) is not None
        covered = _covers(reach, scopes[at], is_apart=is_apart, is_item=is_item)
        words = text[slice(*paragraph)]
        goes_on = len(words) <= _SHORT_LINE and _UNFINISHED.search(words) is not None
        if not covered:
            reach = "paragraph"
        elif reach == "next" and (is_item or not goes_on):
            reach = "items"
        if own := scopes[at] - {"ends"}:
            is_unfinished = goes_on and "paragraph" in own  # data end anyhow
            announces = is_unfinished or _ANNOUNCES.search(words) is not None
            reach = _wider(reach, own, announces=announces)
        if own or covered:
            yield paragraph


def _by_paragraph(paragraphs: Sequence[Span], hits: Sequence[_Hit]) -> defaultdict[int, set[Scope]]:
    starts = [paragraph.start for paragraph in paragraphs]
    scopes: defaultdict[int, set[Scope]] = defaultdict(set)
    for hit in hits:
        scopes[max(0, bisect_right(starts, hit.start) - 1)].add(hit.scope)
    return scopes


def _covers(reach: Reach, scopes: set[Scope], *, is_apart: bool, is_item: bool) -> bool:
    """Tell whether what went before reaches a paragraph; one is apart behind an empty line."""
    return {
        "paragraph": False,
        "block": not is_apart,
        "items": not is_apart or is_item,
        "next": True,
        "rest": "ends" not in scopes,
    }[reach]


def _wider(reach: Reach, own: set[Scope], *, announces: bool) -> Reach:
    """Return how far a paragraph reaches; one with a colon announces a next one, or a list."""
    if reach == "rest" or "rest" in own:
        return "rest"
    if announces:
        return "next"
    return "block" if reach == "paragraph" and "block" in own else reach


def _words(folded: str) -> frozenset[str]:
    if folded.isascii():  # three times as fast
        return frozenset(folded.translate(_NO_WORD).split())
    return frozenset(_WORD.findall(folded))


def _phrases_in(folded: str, offsets: Sequence[int], words: frozenset[str]) -> Iterator[_Hit]:
    """Find phrases around their words: in a long text, some word of each stands somewhere."""
    unwritten = _unwritten(folded)
    for phrase in _phrases():
        if phrase.language in unwritten:
            continue
        spans = _around(folded, phrase.on & words) if phrase.on else [Span(0, len(folded))]
        for start, end in spans:
            for found in phrase.found_in(folded, start, end):
                # Its other end may stand in another paragraph.
                yield _Hit(offsets[found.start()], phrase.scope)
                yield _Hit(offsets[found.end() - 1], phrase.scope)


def _around(folded: str, words: Iterable[str]) -> Iterator[Span]:
    """Yield the stretches that a phrase with one of these words can stand in, in order."""
    places = sorted(at for word in words for at in _standing(folded, word))
    start = end = 0
    for at in places:
        if at - _LONGEST_PHRASE > end:
            if end:
                yield Span(start, end)
            start = at - _LONGEST_PHRASE
        if at + _LONGEST_PHRASE > end:
            # Between two words, so that a phrase ends there as it does at the end of the text.
            blank = folded.find(" ", at + _LONGEST_PHRASE)
            end = blank if blank >= 0 else len(folded)
    if end:
        yield Span(start, end)


def _standing(folded: str, word: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
            yield at
        at = folded.find(word, end)


def _unwritten(folded: str) -> frozenset[str]:
    """Return the languages of whose script the text has no letter."""
    if folded.isascii():
        return frozenset(_SCRIPTS)
    letters = "".join(set(folded))  # a few dozen, in the longest text
    return frozenset(code for code, letter in _SCRIPTS.items() if not re.search(letter, letters))


def _marks_in(text: str, folded: str, words: frozenset[str]) -> Iterator[_Hit]:
    for mark in _marks():
        for found in mark.pattern.finditer(text) if mark.may_stand_in(folded, words) else ():
            blank = len(found[0]) - len(found[0].lstrip())  # perhaps of the paragraph before
            yield _Hit(found.start() + blank, mark.scope)


def _packed_in(text: str) -> Iterator[_Hit]:
    """Find base64, or hexadecimal digits, of something that can be read."""
    if max(map(len, text.split()), default=0) < _LONGEST_WORD:
        return
    for found in _BASE64.finditer(text):
        packed = found[0].rstrip("=")
        try:
            if _HEX.fullmatch(packed):
                plain = bytes.fromhex(packed).decode()
            else:
                plain = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if all(char.isprintable() or char in _WITHIN_TEXT for char in plain):
            yield _Hit(found.start(), "block")


@cache
def _phrases() -> tuple[_Phrase, ...]:
    table = load_machine_talk()
    return tuple(
        _Phrase(
            row["rule"].partition("/")[0],
            frozenset(row.get("on", "").split()),
            _compiled(row, table["fragments"]),
            row.get("scope", "paragraph"),
            "unspaced" not in row,
        )
        for row in table["phrases"]
    )


def _compiled(row: dict[str, Any], fragments: dict[str, str]) -> re.Pattern[str]:
    pattern: str = row["pattern"]
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{fragment})")
    return re.compile(rf"(?:{pattern})" + ("" if "open" in row or "unspaced" in row else r"(?!\w)"))


def _is_within_word(char: str) -> bool:
    return char.isalnum() or char == "_"


@cache
def _tells() -> frozenset[str]:
    """Return the English words that some phrase is looked for at."""
    return frozenset().union(*(each.on for each in _phrases() if each.language == "en"))


@cache
def _marks() -> tuple[_Mark, ...]:
    return tuple(
        _Mark(
            frozenset(row.get("on", "").split()),
            tuple(row.get("holds", "").split()),
            re.compile(row["pattern"], re.IGNORECASE | re.MULTILINE),
            row["scope"],
        )
        for row in load_machine_talk()["marks"]
    )


@cache
def load_machine_talk() -> dict[str, Any]:
    """Return the table `data/machine_talk.json`."""
    text = (files("ictdiplo") / "data/machine_talk.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
