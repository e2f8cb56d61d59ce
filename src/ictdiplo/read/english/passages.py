"""Passages around a cue: who stands before and behind it, the words to quote, and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from ...language.date_phrases import DatePhrase, Interval, find_date_phrases
from .actors import PEOPLE, Actor
from .story import Sentence

# A quote says who did what; a second annotator's have at most 25 words.
MOST_QUOTED_WORDS = 30
# A long sentence is quoted up to the last break of a clause, unless fewer characters are left.
LEAST_QUOTED = 80
# How far behind a cue the one it is done to may begin, in characters: "talks here on Monday with X".
REACH = 60
STRICT_REACH = 6
FAR_REACH = 60

_BETWEEN_NAMES = re.compile(
    r"(?:\s*\([^()]{1,40}\))?,?\s*(?:and|&|as well as|along with|together with|in addition to)?\s*(?:also|by|with|between)?\s*(?:the|his|her|a|its)?"
    r"\s*(?:(?:visiting|guest|host|visitor|interlocutor)\b)?\s*,?\s*"
)
_PREPOSITION = re.compile(
    r"\b(?:with|to|(?<!led )(?<!headed )by|from|of|between|for|on|in|at|including|under|via|like|than|among|about|toward|towards|as)"
    r"(?: (?:the|its|his|her|their|a|an|neighbouring|neighboring))?\s*$"
    r"|\b(?:visit(?:ed|s|ing)?|tour(?:ed|ing)|left|leaving|reached|entered|urg(?:ed|es|ing)|told|telling|invit(?:ed|es|ing)"
    r"|ask(?:ed|s|ing)|briefed|received|hosted|welcomed|met|congratulated|reassured|thank(?:ed|s|ing)|inform(?:ed|s|ing)|assur(?:ed|es|ing)|help(?:ed|s|ing)|support(?:ed|s|ing))\s(?:the\s)?$",
    re.IGNORECASE,
)
# “including neighbouring ”, in characters.
_LONGEST_PREPOSITION = 30
_OTHER_DEED = re.compile(
    r"(?<!and )(?<!was )(?<!were )(?<!been )\b(?:(?:launched|founded|established|created|started|adopted|introduced|published|set\sup"
    r"|inaugurated|commissioned|completed|laid|built|unveiled|approved|ratified)"
    r"\s(?:back\s)?(?:(?:in|on)\s)?|(?:signed|agreed)\s(?:back\s)?(?:in\s)?)$"
    r"|\bto\s(?:hold|host|open|build|establish|set\sup|create|launch|implement|introduce|attend|train|finish|complete)"
    r"\s[^,;.]{1,80}$"
    r"|(?:(?<=\w)\s(?:that|which|who|where)|,\s(?:which|who|where))"
    r"\s(?!(?:took|takes|will\stake)\splace|(?:was|were|is|will\sbe)\s(?:being\s)?held)[^,;]{1,120}$"
)
_ASIDE = re.compile(
    r"(?P<aside>,\s(?:who|which|whose|whom|where)\s(?:(?!,\s(?:who|which)\s)[^;]){1,200}?,)"
    r"\s(?:[a-z]+\s){0,2}$"
)
# “was received on Tuesday and met”: the day is the reception's.
_AND_THEN = re.compile(r"\s(?:and|then|before|after)\s(?:[a-z]+\s){0,3}$")
_SAID_ON = re.compile(
    r"\b(?:said|says|announced|announces|reported|reports|informed|informs|stated|wrote|disclosed|revealed"
    r"|told(?:\s[\w’'-]+){1,3}|learned(?:\s[\w’'-]+){0,4}|quoted(?:\s[\w’'-]+){0,5}|tweeted)"
    r"(?:\s(?:here|earlier|late|in\s[\w’'-]+|in\sa\s[\w’'-]+))?\s(?:(?:late\s|earlier\s)?on\s)?$"
)
_AND = re.compile(r"\b(?:and|as well as|with)\b|&")
_WORD = re.compile(r"\S+")
# A comma is the better break: “and” also stands within offices and lists.
_BREAKS = (re.compile(r"[,;:]\s(?!\d)"), re.compile(r"\s(?:and|but)\s(?=[a-z])"))
_TRAILING = " ,;:–—-(“\"'"


def actors_behind(sentence: Sentence, at: int, reach: int) -> list[Actor]:
    """Return the actors that are named one after the other behind a cue that ends at `at`."""
    behind = [a for a in sentence.actors if a.start >= at and not _is_where(sentence, a)]
    if not behind or behind[0].start - at > reach or _stops(sentence.text[at : behind[0].start]):
        return []
    return _chain(sentence, behind)


def _is_where(sentence: Sentence, actor: Actor) -> bool:
    """Tell “paid a visit to Peru” from “paid a visit to Minister Ro”."""
    return actor.kind not in PEOPLE and sentence.tells_where(actor.start)


def actors_before(sentence: Sentence, at: int, others: Sequence[Actor] = ()) -> list[Actor]:
    """Return who acts in a cue at `at`: the nearest actors before it that depend on no preposition.

    Those who are on the side of `others`, whom they act with, are passed over.
    """
    theirs = {actor.side for actor in others if actor.side}
    stop, _ = _aside_before(sentence, at) or (at, at)
    before = [actor for actor in sentence.actors if actor.end <= stop]
    while before and ";" not in sentence.text[before[-1].end : at]:
        chain = _chain_back(sentence, before)
        if not depends(sentence, chain[0]) and not {actor.side for actor in chain} <= theirs:
            return chain
        before = before[: -len(chain)]
    return []


def _aside_before(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return where “, who accompanied President Ro,” stands right before a cue, if it does."""
    found = _ASIDE.search(sentence.text, sentence.start, at)
    return found.span("aside") if found else None


def depends(sentence: Sentence, actor: Actor) -> bool:
    """Tell whether a preposition stands before an actor, so that he is not the one who acts."""
    return _follows_preposition(sentence, actor.start)


@lru_cache(maxsize=1024)  # whoever reads an article's sentences in turn asks for the same actors
def _follows_preposition(sentence: Sentence, at: int) -> bool:
    start = max(sentence.start, at - _LONGEST_PREPOSITION)
    return _PREPOSITION.search(sentence.text, start, at) is not None


def _chain(sentence: Sentence, actors: Sequence[Actor]) -> list[Actor]:
    """Return the list that begins with the first; it ends behind its “and”.

    “During talks with Ro, Lin said” names no list.
    """
    chain = [actors[0]]
    kept = 1
    for actor in actors[1:]:
        if not _joined(sentence, chain[-1], actor):
            break
        one = actor.start == chain[-1].start
        ends = one or _AND.search(sentence.text, chain[-1].end, actor.start)
        chain.append(actor)
        kept = len(chain) if ends else kept
    return chain[:kept]


def _chain_back(sentence: Sentence, actors: Sequence[Actor]) -> list[Actor]:
    chain = [actors[-1]]
    for actor in reversed(actors[:-1]):
        # “Before Lima, Ro and Lin met”: a list ends with an “and”, so it begins with one from here.
        one = actor.start == chain[0].start
        listed = one or len(chain) > 1 or _AND.search(sentence.text, actor.end, chain[0].start)
        if not (listed and _joined(sentence, actor, chain[0])):
            break
        chain.insert(0, actor)
    return chain


def _joined(sentence: Sentence, one: Actor, other: Actor) -> bool:
    """Tell whether two actors stand in one list; “in Doha, Minister Lin” is none."""
    if one.start == other.start:
        return True
    gap = sentence.text[one.end : other.start]
    like = (one.kind in PEOPLE) == (other.kind in PEOPLE)
    return _BETWEEN_NAMES.fullmatch(gap) is not None and (like or bool(_AND.search(gap)))


def _stops(gap: str) -> bool:
    return any(mark in gap for mark in ".;:,")


def quote(sentence: Sentence, start: int, end: int) -> str:
    """Return the words from `start` on that report something, at least up to `end`."""
    words = list(_WORD.finditer(sentence.text, start, sentence.end))
    kept = words[:MOST_QUOTED_WORDS]
    stop = kept[-1].end()
    if len(words) > len(kept):
        stop = _last_break(sentence.text, max(end, start + LEAST_QUOTED), stop)
    if stop < end:
        # The cue stands too far from its subject: quote what leads up to it and a little more.
        inside = list(_WORD.finditer(sentence.text, start, end))
        return quote(sentence, inside[-MOST_QUOTED_WORDS // 2].start(), end)
    return sentence.text[start:stop].rstrip(_TRAILING).strip()


def _last_break(text: str, start: int, end: int) -> int:
    """Return where the last clause of `text[start:end]` breaks off, else its end."""
    for pattern in _BREAKS:
        if breaks := [found.start() for found in pattern.finditer(text, start, end)]:
            return breaks[-1]
    return end


def date_near(
    sentence: Sentence, at: int, accept: Callable[[DatePhrase], bool] = lambda _: True
) -> DatePhrase | None:
    """Return the date phrase nearest to a place in a sentence; behind it rather than before."""
    start, stop = _aside_before(sentence, at) or (at, at)
    phrases = [
        phrase
        for phrase in _date_phrases(str(sentence))
        if accept(phrase)
        and not start <= sentence.start + phrase.start < stop
        and not dates_the_report(sentence, phrase)
    ]

    def distance(phrase: DatePhrase) -> int:
        start = sentence.start + phrase.start
        if start >= at:
            return start - at
        behind = sentence.text[sentence.start + phrase.end : at]
        return (2 + 10 * bool(_AND_THEN.match(behind))) * (at - start)

    return min(phrases, key=distance, default=None)


@lru_cache(maxsize=64)
def _date_phrases(sentence: str) -> tuple[DatePhrase, ...]:
    """Return the date phrases of a sentence; each kind of record asks for them."""
    return tuple(find_date_phrases(sentence))


def is_dating(phrase: DatePhrase) -> bool:
    """Tell a phrase that can date a meeting from an event's name, a limit and “since 2016”."""
    meaning = phrase.meaning
    if isinstance(meaning, Interval):
        return meaning.last is not None
    return not (meaning.event or meaning.bound)


def dates_something_else(sentence: Sentence, at: int, phrase: DatePhrase) -> bool:
    """Tell “met in Accra to review the centre that they launched in 2019”: not met in 2019.

    `at` is where the cue ends.
    """
    start = sentence.start + phrase.start
    return at < start and _OTHER_DEED.search(sentence.text, at, start) is not None


def dates_the_report(sentence: Sentence, phrase: DatePhrase) -> bool:
    """Tell “…, the ministry said on Thursday”, which dates what was said and not what happened."""
    start = sentence.start + phrase.start
    return _SAID_ON.search(sentence.text, max(sentence.start, start - REACH), start) is not None


def is_past(phrase: DatePhrase) -> bool:
    """Tell “yesterday” and “last year”, which no plan is dated by."""
    return min(_directions(phrase)) < 0


def is_future(phrase: DatePhrase) -> bool:
    """Tell “tomorrow” and “next month”, which nothing that happened is dated by."""
    return max(_directions(phrase)) > 0


def _directions(phrase: DatePhrase) -> tuple[int, int]:
    meaning = phrase.meaning.first if isinstance(phrase.meaning, Interval) else phrase.meaning
    return meaning.shift or 0, meaning.turn or 0
