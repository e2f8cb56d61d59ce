"""Coverage: sentences that look like a meeting, a proposal or a text, and are in no record.

A cue counts only where its sentence names who is concerned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ...language.sentences import Span
from .actors import PEOPLE
from .cues import Hit, find_cues, load_cues
from .modality import is_denied, is_unreal, meeting_status
from .story import LONGEST_SENTENCE, Page, Sentence, page_of, words_of

Kind = Literal["meeting", "proposal", "mou"]
PAIR = 2
# What too many sentences say that report nothing.
_QUIET = frozenset({"signing", "quiet"})
_TABLES: tuple[tuple[Kind, str, str], ...] = (
    ("meeting", "meetings", "cues"),
    ("mou", "memoranda", "texts"),
    ("proposal", "proposals", "cues"),
)


class Sign(NamedTuple):
    """A sentence that looks like a record: `text[start:end]`, and by which rule."""

    start: int
    end: int
    kind: Kind
    rule: str
    likely: bool
    """True if it names two sides; else only one and an official of some other."""


def find_signs(text: str, quoted: Sequence[tuple[int, int]]) -> Iterator[Sign]:
    """Yield the sentences of an English text that look like a record and that no quote touches.

    `quoted` are the spans of the records' quotes, in any order. Each sentence is yielded at most
    once, for the likeliest and first kind that it looks like.
    """
    for sentence in _untouched(page_of(text), quoted):
        if signs := list(_signs(sentence)):
            yield max(signs, key=lambda sign: sign.likely)


def _untouched(page: Page, quoted: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    """Yield the sentences of the story outside all quotes that hold a cue and name somebody.

    Sentences and quotes are walked through once.
    """
    waiting = sorted(quoted, reverse=True)
    for number, (is_story, spans) in enumerate(page.paragraphs):
        for span in spans if is_story else ():
            while waiting and waiting[-1][1] <= span.start:
                waiting.pop()
            touched = waiting and waiting[-1][0] < span.end
            if touched or span.end - span.start > LONGEST_SENTENCE or not _has_cue(page.text, span):
                continue
            if page.mentions(span):
                yield page.sentence(span, number)


def _has_cue(text: str, span: Span) -> bool:
    """Tell whether a sentence is worth finding out who is named in it."""
    words = words_of(text, span)
    return any(
        find_cues(load_cues(table, group), text, span.start, span.end, words)
        for _, table, group in _TABLES
    )


def _signs(sentence: Sentence) -> Iterator[Sign]:
    stretch = (sentence.text, sentence.start, sentence.end, sentence.words)
    # What two people do together needs two of them.
    without = "near" if sum(bool(actor.name) for actor in sentence.actors) < PAIR else None
    for kind, table, group in _TABLES:
        for hit in find_cues(load_cues(table, group), *stretch, without):
            quiet = not _QUIET.isdisjoint(hit.cue.says)
            if quiet or not _is_real(sentence, hit, kind):
                continue
            sides = _sides(sentence)
            if kind == "meeting" and all(actor.kind not in PEOPLE for actor in sentence.actors):
                continue  # “Peru and Cuba met expectations”
            officials = any(actor.kind in PEOPLE and actor.role for actor in sentence.actors)
            if len(sides) >= PAIR or (sides and (officials or kind == "mou")):
                likely = len(sides) >= PAIR
                yield Sign(sentence.start, sentence.end, kind, hit.cue.rule, likely)


def _is_real(sentence: Sentence, hit: Hit, kind: Kind) -> bool:
    if is_denied(sentence, hit) or is_unreal(sentence, hit):
        return False
    return kind != "meeting" or meeting_status(sentence, hit) is not None


def _sides(sentence: Sentence) -> set[str]:
    return {
        mention.entry.code or mention.entry.name
        for mention in sentence.mentions
        if not sentence.tells_where(mention.start)
    }
