"""Whether a report is of a meeting that others report: sides, days, persons, place and occasion.

The less a date says, the more else has to agree. Two of three sides are another meeting, and so
are other persons of a side, another country, or a call in the place of a visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..language.folding import fold
from ..language.names import same_name
from ..records import Meeting, Place
from .clusters import Cluster
from .reports import Report
from .subjects import occasion_stems

# Outlets differ by a day: they write at night, far away, or of the day of their source.
DAY_APART = 1
# What else has to agree, by how many days it may have been; more days need more than that.
NEEDED = ((1, 0.0), (31, 1.0), (366, 2.0))
NEEDED_AT_MOST = 3.0
# Same persons on either side make up for a day.
BOTH_SIDES = 2
# Days: whatever may be of any day in more than a year is looked for everywhere.
LONG = 400
# Of several sides, some are left out by some reports.
FEW_SIDES = 2
SIDES_IN_COMMON = 2 / 3
MOST_SIDES = 8

_AWAY = frozenset({"virtual", "phone"})


def definiteness(report: Report[Meeting]) -> tuple[float, ...]:
    """Return what comes first: a day before a month, many names before few."""
    return not report.span.stated, report.span.days, -sum(map(len, report.people.values()))


def kept_under(report: Report[Meeting]) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which a meeting is found again: its sides, and each month it may be of."""
    for sides in _sides_by_which_found(report.sides):
        yield sides, "ever"
        if report.span.days <= LONG:
            yield from ((sides, month) for month in report.span.months())


def sought_under(report: Report[Meeting]) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which meetings are that a report may be of."""
    for sides in _sides_by_which_found(report.sides):
        if report.span.days > LONG:
            yield sides, "ever"
        else:
            yield from ((sides, month) for month in report.span.widened(DAY_APART).months())


def face(report: Report[Meeting]) -> tuple[object, ...]:
    """Return what of a report `likeness` looks at, besides days and persons."""
    place, record = report.record.place, report.record
    return place and (place.name, place.code), record.occasion, record.format


def likeness(meeting: Cluster[Meeting], report: Report[Meeting]) -> float | None:
    """Return how well a report fits to the others; None if it is of another meeting."""
    apart = meeting.span.gap(report.span)
    if report.source in meeting.sources or apart > DAY_APART:
        return None
    others = meeting.faces.values()
    if not _same_sides(meeting.reports[0].sides, report.sides) or any(
        _elsewhere(other.record, report.record) for other in others
    ):
        return None
    persons = shared_people(meeting.people, report.people)
    if persons is None:
        return None
    support = persons + max(_same_setting(other.record, report.record) for other in others)
    if apart:
        return support if persons >= BOTH_SIDES and meeting.span.stated else None
    days = max(meeting.span.days, report.span.days)
    needed = next((need for most, need in NEEDED if days <= most), NEEDED_AT_MOST)
    return None if support < needed else support + (days == 1)


def shared_people(known: dict[str, list[str]], named: dict[str, tuple[str, ...]]) -> int | None:
    """Return of how many sides a person is named in both; None if a side names others."""
    shared = 0
    for side, names in named.items():
        if others := known.get(side):
            if not any(same_name(name, other) for name in names for other in others):
                return None
            shared += 1
    return shared


def _sides_by_which_found(sides: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Yield two sides; of more, each two of them, because others may leave some out."""
    known = sorted(sides)
    if len(known) <= FEW_SIDES:
        if known:
            yield tuple(known)
        return
    yield from (("several", *two) for two in combinations(known[:MOST_SIDES], 2))


def _same_sides(one: frozenset[str], other: frozenset[str]) -> bool:
    if one == other:
        return True
    fewer = min(len(one), len(other))
    return fewer > FEW_SIDES and len(one & other) >= SIDES_IN_COMMON * fewer


def _elsewhere(one: Meeting, other: Meeting) -> bool:
    """Tell whether two meetings were held in two countries, or one of them in none."""
    countries = {each.place.code for each in (one, other) if each.place and each.place.code}
    formats = {one.format, other.format}
    return len(countries) > 1 or ("in_person" in formats and bool(formats & _AWAY))


def _same_setting(one: Meeting, other: Meeting) -> float:
    """Return 1 for the same place, half of it for the same country, and 1 for the same occasion."""
    return _same_place(one.place, other.place) + bool(
        one.occasion
        and other.occasion
        and occasion_stems(one.occasion) & occasion_stems(other.occasion)
    )


def _same_place(one: Place | None, other: Place | None) -> float:
    if one is None or other is None:
        return 0.0
    words, others = (set(fold(place.name).split()) for place in (one, other))
    if words <= others or others <= words:
        return 1.0
    return 0.5 if one.code and one.code == other.code else 0.0
