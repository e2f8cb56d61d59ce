"""Allegiance: the side that the words of an office or an institution name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .aliases import party_words
from .cues import load_words
from .words import Word

_ABROAD = "q"


def told_side(
    text: str, span: Sequence[Word], *, institution: bool
) -> tuple[str | None, str | None]:
    """Return the words for the side of an actor, and its code: the first country, else an organisation.

    What stands behind “ambassador to” is where somebody is sent.
    """
    known = [word for word in _before_abroad(text, span) if word.mention and word.kind != "x"]
    known.sort(key=lambda word: word.entry is None or word.entry.code is None)
    code = known[0].entry.code if known and known[0].entry else None
    if institution:
        return _side_of_institution(text, span, code)
    if known and known[0].mention:
        return party_words(known[0].mention), code
    firm = next((word for word in span if word.kind == "V"), None) or _employer(text, span)
    return (text[firm.start : firm.end] if firm else None), None


def _side_of_institution(
    text: str, span: Sequence[Word], code: str | None
) -> tuple[str | None, str | None]:
    """Return the side of a ministry, which is its country's, or of a company, which is its own."""
    words = bare(text[span[0].start : span[-1].end])
    bodied = [text[word.start : word.end] for word in span if word.kind == "Y"]
    any_firms = bool(bodied) and all(word.islower() and word.endswith("s") for word in bodied)
    alone = not any_firms and (_acts_for_itself(words) or not bodied)
    bodies = [w.mention for w in span if w.mention and w.mention.entry.kind == "body"]
    if bodies and _acts_for_itself(words):
        return party_words(bodies[0]), bodies[0].entry.code
    named = _own_name(text, span) if alone else None
    return named or words, None if alone else code


def _own_name(text: str, span: Sequence[Word]) -> str | None:
    """Return “Beltelsoft” of “the Belarusian company Beltelsoft”."""
    at = next((at for at, word in enumerate(span) if word.kind == "Y"), len(span))
    behind = span[at + 1 :]
    if not behind or text[span[at].start].isupper() or {w.kind for w in behind} - {"N", "U"}:
        return None
    return text[behind[0].start : behind[-1].end]


def _employer(text: str, span: Sequence[Word]) -> Word | None:
    """Return the company of “the CEO of Orange”, which no table knows."""
    for head, of, firm in zip(span, span[1:], span[2:], strict=False):
        executive = text[head.start : head.end].casefold() in load_words("names", "executives")
        if executive and of.kind == "o" and firm.kind in "NU":
            return firm
    return None


def _acts_for_itself(words: str) -> bool:
    """Tell a company or university, whatever country is in its name."""
    return not load_words("names", "acts_for_itself").isdisjoint(words.casefold().split())


def _before_abroad(text: str, span: Sequence[Word]) -> Iterator[Word]:
    if all(word.kind != _ABROAD for word in span):
        yield from span
        return
    sent = False
    for word in span:
        if word.kind == _ABROAD and sent:
            return
        sent = sent or text[word.start : word.end].casefold() in load_words("names", "sent")
        yield word


def bare(words: str) -> str:
    """Return the words without an article or possessive pronoun before them."""
    first, _, rest = words.partition(" ")
    return (
        rest.strip()
        if first.casefold() in {"the", "a", "an", "his", "her", "its", "their"}
        else words
    )
