"""Memoranda and other texts: which there are, who is bound, and what stage each has reached.

One text told of several times is one record with its latest stage. Words are in
`data/cues_memoranda.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ...draft import MOST_RECORDS
from ...language.date_phrases import DatePhrase
from ...records import Instrument, MoUStatus
from .binding import PAIR, Binding
from .cast import Cast
from .circumstances import is_background
from .cues import Hit, compile_pattern, find_cues, load_cues, load_pattern, load_table
from .encounters import RECENT, Encounter
from .modality import is_denied, is_unreal
from .passages import date_near, is_dating, is_past, quote
from .story import Sentence, Story
from .texts import REPLACED, Text, replaced
from .topics import find_topics

# A stage is told by the words around a text's name, within this many characters.
BEFORE, BEHIND = 110, 160
BEGINNING = 110
# “A third memorandum” is told from “the memorandum” by what stands that near before it.
RIGHT_BEFORE = 30
# Characters: a signing is told within the next sentences.
NEAR = 500

_SOME = re.compile(r"\ban?\s(?:[\w-]+\s){0,3}", re.IGNORECASE)
_CLAUSE = re.compile(r";|,\s(?:and|but|which|while|who)\s")
# “; it expired in May” is still about the text.
_NEXT = re.compile(r";(?!\s(?:it|this|that|which)\b)")
_EACH = re.compile(r"\b(?:each|separately|respectively)\b")
# “the pact” may be any text, but “the programme that …” is one of its own.
_PLAIN_NAMES = frozenset(f"memoranda/{rule}" for rule in ("agreement", "pact", "document"))
_TOLD_APART = re.compile(r"\s(?:that|which|with|between|of|on|for)\b")
_DEFINITE = re.compile(r"\b(?:the|this)\s$", re.IGNORECASE)
_SIGNED = frozenset({"signed", "agreed"})
_STANDS = re.compile(
    r"\b(?:in force|into (?:force|effect)|in place|valid|remain\w*|implement\w*|extended)\b"
)
_WEAK_STAGES = frozenset({"signed", "agreed", "drafted", "negotiating", "implemented", "expired"})
# Stages behind which another is expected: the signing, or the end of the term.
_OPEN_STAGES = frozenset({"agreed", "in_force"})
# Stages that a date near them belongs to; a wish and what is expected have none yet.
_DATED = frozenset({"signed", "drafted", "negotiating", "implemented", "expired"})


def find_memoranda(story: Story, cast: Cast, encounters: Sequence[Encounter]) -> list[Text]:
    """Return the texts of a story, each once."""
    return _Shelf(cast, encounters).read(story)


def share_signing_dates(encounters: Sequence[Encounter], texts: Sequence[Text]) -> None:
    """Date a signing by its text, and a text by its signing, where one of them has no date."""
    signings = [e for e in encounters if any("sign" in rule for rule in e.rules)][:MOST_RECORDS]
    signed = [text for text in texts if text.status == "signed"][:MOST_RECORDS]
    for text in signed:
        for signing in signings:
            near = (
                abs(signing.last_told(text.start) - text.start) <= NEAR
                or signing.start >= text.start
            )
            if not near or set(signing.sides) != set(text.sides):
                continue
            if signing.when is None:
                signing.when = text.when
            if text.when is None and not text.refers_back:
                text.when = signing.when


class _Shelf:
    """The texts found so far."""

    def __init__(self, cast: Cast, encounters: Sequence[Encounter]) -> None:
        self.cast = cast
        self.texts: list[Text] = []
        self.binding = Binding(cast, encounters, self.texts)

    def read(self, story: Story) -> list[Text]:
        for sentence in story.sentences:
            told = list(self._named(sentence))
            for text in told or self._again(sentence):
                self._keep(text)
        return [text for text in self.texts if text.is_told_enough]

    def _named(self, sentence: Sentence) -> Iterator[Text]:
        """Yield the texts that a sentence calls by their name, each kind once."""
        seen: set[str] = set()
        cues = load_cues("memoranda", "texts")
        hits = find_cues(cues, sentence.text, sentence.start, sentence.end, sentence.words)
        for hit in hits:
            instrument = hit.cue.says["instrument"]
            text = None if instrument in seen else self._text(sentence, hit)
            if text:
                seen.add(instrument)
                yield from _one_each(sentence, hit, text)
                others = [one for one in hits if one.cue.says["instrument"] != instrument]
                yield from replaced(sentence, hit, text, others)

    def _text(self, sentence: Sentence, hit: Hit) -> Text | None:
        window = _window(sentence, hit)
        stage = _stage(window)
        if is_denied(sentence, hit) or is_unreal(sentence, hit):
            return None
        if load_pattern("memoranda", "negated_stage").search(window):
            return None
        if "weak" in hit.cue.says and not self._is_borne_out(sentence, hit, stage, window):
            return None
        if stage is None and not self.texts and len(sentence.mentions) < PAIR:
            return None  # a mere mention, which tells neither whose text nor what became of it
        text = self._make(sentence, hit, stage or "agreed", _instrument(hit))
        return self._called_otherwise(sentence, hit, text)

    def _called_otherwise(self, sentence: Sentence, hit: Hit, text: Text) -> Text:
        """Take “the pact” behind a memorandum of the same sides for that memorandum."""
        last = self.texts[-1] if self.texts else None
        if hit.cue.rule not in _PLAIN_NAMES or _TOLD_APART.match(sentence.text, hit.end):
            return text
        if last is None or hit.start - last.last_told(hit.start) > NEAR:
            return text
        ours, theirs = text.sides.keys(), last.sides.keys()
        nested = ours <= theirs or theirs <= ours
        definite = _DEFINITE.search(sentence.text, sentence.start, hit.start)
        return replace(text, instrument=last.instrument) if nested and definite else text

    def _is_borne_out(
        self, sentence: Sentence, hit: Hit, stage: MoUStatus | None, window: str
    ) -> bool:
        """Tell an agreement between states from any other: by its stage, its name or its sides."""
        if load_pattern("memoranda", "wide").search(window):
            return False
        if hit.cue.says["weak"] == "signed":
            return stage in _SIGNED
        if stage in _WEAK_STAGES:
            return True
        if stage == "in_force" and not _STANDS.search(window):
            return False  # what was done “under an agreement” is no news of it
        official = load_pattern("memoranda", "official").search(window)
        sides = {m.entry.code for m in sentence.mentions} | {a.code for a in self.cast.pair()}
        return bool(official) and len(sides) > 1

    def _older(self, text: Text) -> Text | None:
        """Return the text told of before that a new one, told of last, has taken the place of."""
        before = self.texts[-RECENT:-1]
        alike = (one for one in before if one.sides.keys() == text.sides.keys())
        return next((one for one in alike if one.refers_back or one.status == "in_force"), None)

    def _again(self, sentence: Sentence) -> Iterator[Text]:
        """Yield what a sentence tells of “the document” that was named before."""
        if not self.texts:
            return
        found = sentence.find("memoranda", "again", sentence.start, sentence.end)
        if not found:
            return
        cue = replace(load_cues("memoranda", "texts").rows[0], rule="memoranda/again")
        hit = Hit(cue, found.start(), found.end())
        other = load_pattern("memoranda", "another").search(sentence.text, hit.start, hit.end)
        stage = _stage(_window(sentence, hit)) or (self.texts[-1].status if other else None)
        if stage:
            text = self._make(sentence, hit, stage, self.texts[-1].instrument)
            told = any(actor.side or actor.name for actor in sentence.actors)
            yield text if told else replace(text, bound=self.texts[-1].bound)

    def _make(
        self, sentence: Sentence, hit: Hit, status: MoUStatus, instrument: Instrument
    ) -> Text:
        called = sentence.text[max(sentence.start, hit.start - RIGHT_BEFORE) : hit.end]
        older = load_pattern("memoranda", "older").search(_window(sentence, hit)) is not None
        ahead = status in _OPEN_STAGES
        when = date_near(
            sentence,
            _told_at(sentence, hit, status),
            lambda date: is_dating(date) and not (ahead and is_past(date)),
        )
        signatories, sides = self.binding.of(sentence, hit)
        return Text(
            start=hit.start,
            bound=sides,
            status=status,
            instrument=instrument,
            evidence=[_quote(sentence, hit)],
            rules=[hit.cue.rule, f"memoranda/{status}"],
            signatories=signatories if status in {"signed", "agreed"} else [],
            when=when.text if when and status in _DATED else None,
            expected=when.text if when and ahead else None,
            refers_back=older and status != "agreed",
            another=_is_another(called) or bool(when and _is_older(called, when)),
            topics=find_topics(sentence.text, sentence.start, sentence.end),
        )

    def _keep(self, text: Text) -> None:
        if text.rules[0] == REPLACED and (older := self._older(text)):
            older.add(text)
            return
        for known in reversed(self.texts[-RECENT:]):
            if known.is_same(text):
                known.add(text)
                return
        self.texts.append(text)


def _one_each(sentence: Sentence, hit: Hit, text: Text) -> list[Text]:
    """Take “Ghana has agreements with Togo and Benin” for two texts."""
    each = _EACH.search(sentence.text, sentence.start, hit.start)
    if each and len(text.bound) > PAIR and text.bound[-1].start > hit.end > text.bound[-2].end:
        *signers, partner = text.bound
        return [replace(text, bound=[signer, partner], another=True) for signer in signers]
    plural = sentence.text[hit.start : hit.end].casefold().split()[0].endswith(("s", "da"))
    if not plural or len(text.bound) <= PAIR:
        return [text]
    own, *others = text.bound
    if own.end > hit.start or any(other.start < hit.end for other in others):
        return [text]
    return [replace(text, bound=[own, other], another=True) for other in others]


def _is_another(called: str) -> bool:
    """Tell “a third memorandum” and what a text replaces from “the memorandum”."""
    patterns = ("another", "replaces")
    return any(load_pattern("memoranda", name).search(called) for name in patterns)


def _is_older(called: str, when: DatePhrase) -> bool:
    """Tell “in 2013 they signed an MoU” from the text that is the news."""
    return _SOME.search(called) is not None and is_background(when)


def _told_at(sentence: Sentence, hit: Hit, status: MoUStatus) -> int:
    """Return where the expiry or the signing is told: a date belongs to it rather than to the text."""
    pattern = (
        dict(_stages())["expired"] if status == "expired" else load_pattern("memoranda", "sign")
    )
    told = pattern.finditer(sentence.text, sentence.start, sentence.end)
    return min((f.start() for f in told), key=lambda at: abs(at - hit.start), default=hit.start)


def _instrument(hit: Hit) -> Instrument:
    instrument: Instrument = hit.cue.says["instrument"]  # type: ignore[assignment]  # a word of the table
    return instrument


def _window(sentence: Sentence, hit: Hit) -> str:
    """Return the clause around a text's name, up to what it replaces."""
    start = max(sentence.start, hit.start - BEFORE)
    end = min(sentence.end, hit.end + BEHIND)
    before = _CLAUSE.split(sentence.text[start : hit.start])[-1]
    replaces = sentence.find("memoranda", "replaces", hit.end, end)
    behind = _NEXT.split(sentence.text[hit.end : replaces.start() if replaces else end])[0]
    return before + sentence.text[hit.start : hit.end] + behind


def _stage(window: str) -> MoUStatus | None:
    for status, pattern in _stages():
        if pattern.search(window):
            return status
    return None


def _quote(sentence: Sentence, hit: Hit) -> str:
    if hit.start - sentence.start <= BEGINNING:
        return quote(sentence, sentence.start, hit.end)
    breaks = [found.end() for found in _CLAUSE.finditer(sentence.text, sentence.start, hit.start)]
    return quote(sentence, breaks[-1] if breaks else sentence.start, hit.end)


@cache
def _stages() -> tuple[tuple[MoUStatus, re.Pattern[str]], ...]:
    table = load_table("memoranda")
    return tuple(
        (row["status"], compile_pattern(row["pattern"], table["fragments"]))
        for row in table["stages"]
    )
