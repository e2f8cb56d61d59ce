"""Circumstances of a meeting: when, where, on what occasion, by video or by phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ...language.date_phrases import DatePhrase, Interval, Moment
from ...language.gazetteer import lookup
from ...records import MeetingFormat, MeetingStatus
from .cues import load_pattern
from .encounters import RECENT, Encounter
from .passages import (
    date_near,
    dates_something_else,
    is_dating,
    is_future,
    is_past,
)
from .persons import same_person
from .places import Place, as_known, place_near
from .story import Sentence, Story

# Which dates what was held, is planned or was called off cannot have.
_MISFITS: dict[MeetingStatus, Callable[[DatePhrase], bool]] = {
    "held": is_future,
    "planned": is_past,
    "cancelled": lambda _: False,
}
# Where somebody has travelled to is told in the first sentences.
LEDE = 4
_VISIT = re.compile(
    r"(?<!who )(?<!which )\b(?:visit(?:ed|ing|s)?|trip|travell?ed|arrived|arrives|flew|stay)\b(?:\s(?:to|in|at|of))?\s"
    r"(?P<place>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
    r"|\b(?:said|speaking|told\s(?:reporters|journalists|the\spress))\sin\s(?P<said>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
)
_TO_COME = re.compile(
    r"\b(?:will|expected|due|scheduled|plans|when|if|upcoming|planned|forthcoming|next)\b[^.;]{0,60}$"
)
_RECEPTIONS = frozenset(
    f"meetings/{rule}"
    for rule in ("received", "was-received", "welcomed", "hosted", "called-on", "courtesy-call")
)
_ATTENDING = frozenset(
    {"meetings", "attend", "attending", "attended", "participating", "participated", "part"}
)
_HELD = re.compile(
    r"\b(?:held|hosted|running|runs|ran|taking place|takes place|took place|opened)\b"
)


def add_circumstances(
    encounter: Encounter, sentence: Sentence, at: int, story: Story, end: int | None = None
) -> None:
    """Fill in what is still open from a sentence that tells of the meeting from `at` to `end`."""
    when = date_near(
        sentence,
        at,
        lambda date: (
            is_dating(date)
            and not dates_something_else(sentence, at if end is None else end, date)
            and not _MISFITS[encounter.status](date)
        ),
    )
    occasion = sentence.find("meetings", "occasion", sentence.start, sentence.end)
    if occasion:
        encounter.occasion = (
            encounter.occasion or (occasion["occasion"] or occasion["event"]).strip()
        )
    if when and occasion and _dates_occasion(sentence, when, occasion):
        encounter.occasion_when = encounter.occasion_when or when.text
    elif when and encounter.when is None:
        encounter.when = when.text
        encounter.day = when.meaning if isinstance(when.meaning, Moment) else None
        encounter.background = is_background(when)
    if encounter.format == "unstated":
        encounter.format = _format(sentence)
    if encounter.place is None and encounter.format == "unstated":
        place = place_near(sentence, at) or (_named_by(sentence, occasion) if occasion else None)
        here = story.here if "here" in sentence.words else None
        encounter.place = _city(place.text, sentence, story) if place else here


def _named_by(sentence: Sentence, occasion: re.Match[str]) -> Place | None:
    """Return the city of “the Lima Summit”, which is named after where it is held."""
    inside = (m for m in sentence.mentions if occasion.start() <= m.start < occasion.end())
    city = next((m for m in inside if m.entry.kind == "capital"), None)
    return Place(city.start, city.text) if city else None


def add_details(sentence: Sentence, found: Sequence[Encounter], story: Story) -> None:
    """Give what a sentence such as “The meetings were held in Baku” tells to those just told of."""
    if not found or not load_pattern("meetings", "detail").match(
        sentence.text, sentence.start, sentence.end
    ):
        return
    paragraph = found[-1].paragraph
    for encounter in found[-RECENT:]:
        if encounter.paragraph == paragraph and not encounter.background:
            add_circumstances(encounter, sentence, sentence.start, story)


def share_occasion(found: Sequence[Encounter]) -> None:
    """Let meetings without a date of their own take over the first occasion that is told."""
    source = next((encounter for encounter in found if encounter.occasion), None)
    for encounter in found:
        undated = encounter.status == "held" and not encounter.background and not encounter.when
        if source and undated and encounter.level is None:
            encounter.occasion = encounter.occasion or source.occasion
            encounter.occasion_when = source.occasion_when or source.when
            if encounter.format == "unstated":
                encounter.place = encounter.place or source.place


def share_day(found: Sequence[Encounter], story: Story) -> None:
    """Give the first meeting the day of the first sentence, where that tells of the same sides.

    “Peru and Cuba on Thursday agreed to … The understanding was reached in talks between …”
    """
    first = story.sentences[0] if story.sentences else None
    early = [one for one in found if first and one.start < story.sentences[:LEDE][-1].end]
    if first is None or not early or early[0].when or early[0].occasion_when:
        return
    codes = {mention.entry.code for mention in first.mentions}
    when = date_near(first, first.start, is_dating)
    news = early[0].status == "held" and not early[0].background and early[0].start >= first.end
    if when and not is_future(when) and not is_background(when) and news:
        ours = {actor.code for actor in early[0].actors if actor.code}
        early[0].when = when.text if ours & codes else None


def share_event(found: Sequence[Encounter], story: Story) -> None:
    """Let meetings of no told place take place where the first sentences say somebody attends."""
    events = (_attended(sentence) for sentence in story.sentences[:LEDE])
    place = next((place for place in events if place), None)
    for encounter in found:
        if encounter.wants_place and not encounter.level:
            encounter.place = place


def _attended(sentence: Sentence) -> str | None:
    occasion = sentence.find("meetings", "occasion", sentence.start, sentence.end)
    if occasion is None or sentence.words.isdisjoint(_ATTENDING):
        return None
    place = place_near(sentence, occasion.start())
    return place.text if place and not place.text.endswith(" capital") else None


def share_neighbour(found: Sequence[Encounter]) -> None:
    """Let meetings of no told place take place where one of their people met somebody just before."""
    for before, encounter in pairwise(found):
        placed = before.place is not None and before.status == "held" and not before.background
        people = [actor for actor in encounter.actors if actor.name]
        shared = any(one.name and same_person(one, a) for one in before.actors for a in people)
        if encounter.wants_place and placed and shared and encounter.level is None:
            encounter.place = before.place


def share_dateline(found: Sequence[Encounter], story: Story) -> None:
    """Let a guest be received where the report was written, if no place is told."""
    here = lookup(story.here) if story.here else None
    for encounter in found:
        received = not _RECEPTIONS.isdisjoint(encounter.rules)
        host = here is not None and here.code in {actor.code for actor in encounter.actors}
        if encounter.wants_place and received and host:
            encounter.place = story.here


def share_visit(found: Sequence[Encounter], story: Story) -> None:
    """Let meetings of no told place take place where the story says somebody has travelled to."""
    lede = story.sentences[:LEDE]
    visit = next((told for one in lede if (told := _visited(one))), None)
    visited, days = visit or (_place_of_headline(story), None)
    for encounter in found:
        news = encounter.status == "held" and not encounter.background
        if encounter.wants_place:
            encounter.place = visited
        elif encounter.place != visited:
            continue
        if news and days and not (encounter.when or encounter.occasion_when):
            encounter.occasion_when = days


def _visited(sentence: Sentence) -> tuple[str, str | None] | None:
    """Return where somebody has travelled to, and on which days, if a sentence tells."""
    found = _VISIT.search(sentence.text, sentence.start, sentence.end)
    group = "place" if found and found["place"] else "said"
    place = as_known(Place(found.start(group), found[group])) if found else None
    if (
        found is None
        or place is None
        or _TO_COME.search(sentence.text, sentence.start, found.start())
    ):
        return None
    when = date_near(sentence, found.start(), is_dating)
    days = when.text if when and isinstance(when.meaning, Interval) else None
    return place.text, days


def _place_of_headline(story: Story) -> str | None:
    """Return the place of “Minister Lin in Lima”."""
    text = story.sentences[0].text if story.sentences else ""
    told = (
        mention for mention in story.headline if text.endswith((" in ", " In "), 0, mention.start)
    )
    place = next((as_known(Place(one.start, one.text)) for one in told), None)
    return place.text if place else None


def _city(place: str, sentence: Sentence, story: Story) -> str:
    """Return the name of “the Peruvian capital”, if the article has it."""
    if not place.endswith(" capital"):
        return place
    codes = {m.entry.code for m in sentence.mentions if m.text in place}
    here = lookup(story.here) if story.here else None
    if story.here and here and here.code in codes:
        return story.here
    return next((named for code, named in story.capitals.items() if code in codes), place)


def _dates_occasion(sentence: Sentence, when: DatePhrase, occasion: re.Match[str]) -> bool:
    """Tell “the conference, being held from 17 to 28 November”, which dates no meeting at it."""
    between = sentence.text[occasion.end() : sentence.start + when.start]
    return bool(_HELD.search(between))


def _format(sentence: Sentence) -> MeetingFormat:
    if sentence.says("meetings", "virtual"):
        return "virtual"
    return "phone" if sentence.says("meetings", "phone") else "unstated"


def is_background(when: DatePhrase) -> bool:
    """Tell a date that only older events are given: a month or year that is named."""
    meaning = when.meaning.first if isinstance(when.meaning, Interval) else when.meaning
    if meaning.day or meaning.weekday is not None:
        return False
    if meaning.month and meaning.shift is None and (meaning.turn or 0) <= 0:
        return True
    return meaning.year is not None or (meaning.unit == "year" and (meaning.shift or 0) < 0)
