"""Modality: whether what a cue tells of happened, is planned, was called off, or is denied."""

from __future__ import annotations

import re

from ...records import MeetingStatus
from .cues import Hit, load_pattern
from .story import Sentence

# How much text before and behind a cue tells, in characters: about an auxiliary with its adverbs,
# and about a clause.
BEFORE, BEHIND = 45, 90
RIGHT_BEFORE = 30

_WENT = re.compile(
    r"\b(?:travell?ed|flew|(?:was|were)\sin|came|went|arrived|visited|stopped|stopped\sover|returned|journeyed|headed|crossed)"
    r"(?:\s[\w’'-]+){0,9}\sto\s$"
    r"|\b(?:took|used|seized|found|had|got|made\suse\sof)\s(?:the|this|an|his|her)\s(?:[\w’'-]+\s){0,6}to\s$"
    r"|\b(?:managed|(?:was|were)\sable)\sto\s$"
)
_NOT = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]|\s(?:and|but|that)\s")
_FINITE = re.compile(
    r"(?!be\s)(?:\w+\s)?(?:\w+\s)?(?:met|meets|spoke|sat|rang|phoned|received|held|had)\b"
    r"|(?:discuss|consider|examin|review|explor|exchang|talk|conferr|deliberat|touch|agre|welcom|host|greet|brief)ed\b|t(?:ook|old)\b",
    re.IGNORECASE,
)


def meeting_status(sentence: Sentence, hit: Hit) -> MeetingStatus | None:
    """Return what became of a meeting; None if it is denied or only wished for."""
    behind = sentence.text[hit.end : min(sentence.end, hit.end + BEHIND)]
    if is_denied(sentence, hit) or is_unreal(sentence, hit) or _is_no_event(hit, behind):
        return None
    before = sentence.text[max(sentence.start, hit.start - BEFORE) : hit.start]
    clause = _CLAUSE.split(before)[-1]
    if sentence.says("meetings", "cancelled"):
        ahead = any(sentence.says("meetings", key) for key in ("considered", "moved"))
        return "planned" if ahead else "cancelled"
    if says("negated", clause) or _NOT.search(sentence.text, hit.start, hit.end):
        return None
    if "base" in hit.cue.says:
        return _of_infinitive(sentence, hit, before)
    if says("wished", clause):
        return None
    return "planned" if _is_ahead(sentence, hit, before) else "held"


def _is_no_event(hit: Hit, behind: str) -> bool:
    """Tell talks that go on, and “a committee that would meet twice a year”."""
    return says("goes_on", behind) or ("base" in hit.cue.says and says("habitual", behind))


def is_denied(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a denial governs what a cue tells: “rejected reports that Lin had met Ro”.

    “Denied at a meeting with Ro that …” denies something, but not the meeting.
    """
    if not any(sentence.may_hold("meetings", key) for key in ("rumour", "denial")):
        return False
    before = sentence.text[sentence.start : hit.start]
    if says("in_passing", before):
        return False
    rumours = load_pattern("meetings", "rumour").finditer(
        sentence.text, sentence.start, sentence.end
    )
    if any(rumour.start() < hit.start < rumour.end() for rumour in rumours):
        return True
    return any(
        not says("denial_ends", between := before[denial.end() :])
        and not ("," in between and says("aside", before[: denial.start()]))
        for denial in load_pattern("meetings", "denial").finditer(before)
    )


def is_unreal(sentence: Sentence, hit: Hit) -> bool:
    """Tell “would have met” and “if they met, they would sign” from what is planned."""
    if not sentence.may_hold("meetings", "unreal"):
        return False
    unreal = load_pattern("meetings", "unreal").finditer(str(sentence))
    at = hit.start - sentence.start
    return any(found.start() <= at < found.end() for found in unreal)


def _of_infinitive(sentence: Sentence, hit: Hit, before: str) -> MeetingStatus | None:
    """Tell “will meet” and “travelled to Lima to meet” from “failed to meet”."""
    far = sentence.text[max(sentence.start, hit.start - BEHIND) : hit.start]
    if _WENT.search(far) and not says("ahead_auxiliary", far):
        return "held"
    return "planned" if says("licence", before) else None


def _is_ahead(sentence: Sentence, hit: Hit, before: str) -> bool:
    words = sentence.text[hit.start : hit.end]
    if hit.cue.says.get("status") == "planned" or says(
        "ahead", f"{before[-RIGHT_BEFORE:]} {words}"
    ):
        return True
    if _FINITE.match(words):
        return False
    behind = sentence.text[hit.end : min(sentence.end, hit.end + BEHIND)]
    return says("ahead_after", behind) or says("licence", _CLAUSE.split(before)[-1])


def says(name: str, words: str) -> bool:
    """Tell whether a pattern of `data/cues_meetings.json` stands in the words."""
    return load_pattern("meetings", name).search(words) is not None
