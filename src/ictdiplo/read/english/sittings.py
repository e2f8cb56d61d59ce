"""Sittings of councils, working groups and ministers' conferences, and summits of those above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...language.gazetteer import Mention
from ...records import MeetingStatus
from .actors import Actor
from .cast import side_of
from .circumstances import add_circumstances
from .cues import load_words
from .encounters import Encounter, join_actors
from .modality import BEFORE, says
from .passages import quote
from .story import Sentence, Story

_STATUSES: tuple[tuple[str, MeetingStatus], ...] = (
    ("event_moved", "planned"),
    ("event_cancelled", "cancelled"),
    ("event_planned", "planned"),
    ("event_hosted", "planned"),
    ("event_next", "planned"),
    ("event", "held"),
    ("event_set", "held"),
    ("event_attended", "held"),
)
_NAME_ENDS = re.compile(
    r",|\s(?:got|was|were|is|are|has|have|took|will|opened|convened|met|meets|ran|began|kicked|started"
    r"|concluded|ended|gathered|wrapped)\b"
)
_BEFORE_NAME = re.compile(
    r"(?:(?:postpon|cancel|shelv)\w*\s|(?:called|put)\soff\s)?(?:(?:the|a|an|its|their|this|that)\s)?",
    re.IGNORECASE,
)
# “5th meeting of the ”: the body sat, and not its meeting.
_SESSION_OF = re.compile(
    r"^(?:[\w-]+\s){0,3}(?:session|meeting|sitting|round|plenary)\sof\s(?:the\s)?(?=\w)",
    re.IGNORECASE,
)
_ATTENDED = re.compile(
    r"^(?:.{0,50}?\bhost(?:ing)?|attend\w*|(?:took|tak\w+)\spart\sin|participat\w+\sin|(?:co-)?chair\w*|at|during|open\w*|close\sof|hosted"
    r"|within\sthe\sframework\sof|on\sthe\sagenda\sof|adopted\sby|met\sfor)\s",
    re.IGNORECASE,
)
_ATTENDS = re.compile(
    r"(?:attend\w*|(?:took|tak\w+)\spart|participat\w+|(?:co-)?chair\w*)\b", re.IGNORECASE
)
_ATTENDED_ONCE = re.compile(r"attended|took|participated|(?:co-)?chaired", re.IGNORECASE)
_OWN_NAME = re.compile(
    r"\b(?:session|meeting|sitting|plenary|round|assembly)\sof\s(?:the\s)?"
    r"(?P<name>(?:[A-ZÀ-Þ][\w’'-]+\s(?:(?:of|for|and|on)\s(?:the\s)?)?){1,8}[A-ZÀ-Þ][\w’'-]+)"
)
_JOINT = re.compile(r"\b(?:joint|intergovernmental|bilateral)\b", re.IGNORECASE)
_OF_THE_GROUP = re.compile(r"\bof\sthe\s(?:group|committee|commission|council|board)\b")
_ANOTHER = re.compile(
    r"(?:the|its|their)\s(?:next|previous|last|first|second|third|\d+\w\w|[a-z]+th)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\s*(?:the\s)?(?:two\s|both\s)(?:countries['’]\s|sides['’]\s)?"
    r"(?P<level>presidents|prime ministers|premiers|leaders|heads of (?:state|government)|foreign ministers"
    r"|kings|emirs|chancellors|speakers)\b"
)


def find_sitting(sentence: Sentence, story: Story, before: Sequence[Encounter]) -> Encounter | None:
    """Return the sitting that a sentence tells of: the body's name stands for who met."""
    if sentence.words.isdisjoint(load_words("meetings", "event_on")):
        return None
    for name, status in _STATUSES:
        found = sentence.find("meetings", name, sentence.start, sentence.end)
        again = found and before and _ANOTHER.search(found[0])
        if found and (again or _sits(sentence, found)) and not says("negated", found[0]):
            sides = _sides(sentence, found, before)
            if status == "held" and _is_ahead(sentence, found):
                status = "planned"  # noqa: PLW2901  # “is due to attend the session of …”
            return _sitting(sentence, found, sides, status, story) if sides else None
    return None


def is_attended(sentence: Sentence, at: int) -> bool:
    """Tell “took part in the session of the council”, whose subject was there, too."""
    return _ATTENDS.match(sentence.text, at, sentence.end) is not None


def _is_ahead(sentence: Sentence, found: re.Match[str]) -> bool:
    """Tell “will attend the session of the council” from the session that has been held."""
    before = sentence.text[max(sentence.start, found.start() - BEFORE) : found.start()]
    return says("licence", f"{before} ") and not _ATTENDED_ONCE.match(found[0])


def _of_the_last(found: re.Match[str], before: Sequence[Encounter]) -> list[Actor]:
    """Return the sides of the body that sat last, which “its 2nd session” is one of."""
    last = next((one for one in reversed(before) if one.level), before[-1] if before else None)
    return list(last.actors) if last and _ANOTHER.search(found[0]) else []


def find_level(sentence: Sentence, at: int) -> str | None:
    """Return who met in “a meeting of the two presidents”, whose cue ends at `at`."""
    found = _LEVEL.match(sentence.text, at, sentence.end)
    return found["level"] if found else None


def level_actors(level: str, sides: Sequence[Actor]) -> list[Actor]:
    """Return the office of each side: they met, not the persons of the story."""
    return [
        Actor(0, 0, "office", role=level, party=actor.party, code=actor.code)
        for actor in sides
        if actor.side
    ]


def _sits(sentence: Sentence, found: re.Match[str]) -> bool:
    """Tell a council or a meeting of an organisation from any gathering."""
    inside = [m for m in sentence.mentions if found.start() <= m.start < found.end()]
    codes = {m.entry.code for m in inside if m.entry.kind == "demonym"}
    bodies = any(m.entry.kind == "organisation" for m in inside)
    return bodies or len(codes) > 1 or says("event_nouns", found[0])


def _sides(sentence: Sentence, found: re.Match[str], before: Sequence[Encounter]) -> list[Actor]:
    """Return the sides that a body's name holds, else those of its last sitting, else all named."""
    inside = [m for m in sentence.mentions if found.start() <= m.start < found.end()]
    named = _as_actors(m for m in inside if not sentence.tells_where(m.start))
    told = named or _of_the_last(found, before) or _itself(found) or _as_actors(sentence.mentions)
    if before and (_JOINT.search(found[0]) if not told else _OF_THE_GROUP.search(found[0])):
        return list(before[-1].actors)
    return told


def _itself(found: re.Match[str]) -> list[Actor]:
    """Return the body by its own name, where that is one: “the Andean Council of Ministers”."""
    own = _OWN_NAME.search(found[0])
    if own is None or not says("event_nouns", own["name"]):
        return []
    return [Actor(own.start("name"), own.end("name"), "institution", party=own["name"])]


def _as_actors(mentions: Iterable[Mention]) -> list[Actor]:
    return join_actors(side_of(m) for m in mentions if m.entry.kind != "capital")


def _sitting(
    sentence: Sentence,
    found: re.Match[str],
    sides: list[Actor],
    status: MeetingStatus,
    story: Story,
) -> Encounter:
    words = _NAME_ENDS.split(found[0].strip())[0]
    words = _ATTENDED.sub("", words)
    words = words[_BEFORE_NAME.match(words).end() :]  # type: ignore[union-attr]  # may match nothing
    words = _SESSION_OF.sub("", words)
    encounter = Encounter(
        start=found.start(),
        actors=join_actors(sides),
        status=status,
        evidence=[quote(sentence, found.start(), found.end())],
        rules=[f"meetings/sitting-{status}"],
        paragraph=sentence.paragraph,
        level=words,
    )
    add_circumstances(encounter, sentence, found.start(), story)
    return encounter
