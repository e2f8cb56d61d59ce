"""Whether a report is of a proposal that others report: who to whom, when, and what.

Of proposals, nothing but their words tells one from another: they have to be about the same, the
more so where it is not known that they were made at one meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping

from ..records import Proposal
from .clusters import Cluster
from .reports import Report, side
from .same_meeting import DAY_APART, LONG, shared_people
from .subjects import is_of_carrying_out

# Parts of the telling words of the shorter report that stand in the other, too: at one meeting, and
# where it is not known to be one.
WORDS_AT_MEETING = 0.25
WORDS_ELSEWHERE = 0.5
LEAST_WORDS = 2


def definiteness(report: Report[Proposal]) -> tuple[float, ...]:
    """Return what comes first: what is dated and long before what is neither."""
    return (
        not report.span.stated,
        report.span.days,
        -sum(len(q.quote) for q in report.record.evidence),
    )


def keys(report: Report[Proposal]) -> Iterator[tuple[object, ...]]:
    """Yield the sides that propose, with the months in which they may have."""
    if report.sides:
        months = report.span.months() if report.span.days <= LONG else ("ever",)
        yield from ((*sorted(report.sides), month) for month in months)


def face_at(meetings: Mapping[str, str]) -> Callable[[Report[Proposal]], Hashable]:
    """Return what `likeness_at` looks at, besides days and persons."""

    def face(report: Report[Proposal]) -> Hashable:
        return report.about, report.record.kind, _to(report), urges(report), meetings.get(report.id)

    return face


def likeness_at(
    meetings: Mapping[str, str],
) -> Callable[[Cluster[Proposal], Report[Proposal]], float | None]:
    """Return the measure of likeness for proposals, given at which meeting each was made."""

    def likeness(proposal: Cluster[Proposal], report: Report[Proposal]) -> float | None:
        if report.source in proposal.sources or proposal.span.gap(report.span) > DAY_APART:
            return None
        if shared_people(proposal.people, report.people) is None:
            return None
        scores = [_alike(other, report, meetings) for other in proposal.faces.values()]
        return None if None in scores else max(score for score in scores if score is not None)

    return likeness


def _alike(
    one: Report[Proposal], other: Report[Proposal], meetings: Mapping[str, str]
) -> float | None:
    """Return the part of the words in common, more for the same headings; None for two proposals."""
    to = _to(one), _to(other)
    if all(to) and not to[0] & to[1]:
        return None
    places = {meetings.get(one.id), meetings.get(other.id)}
    together = len(places) == 1 and None not in places
    if len(places - {None}) > 1 or (not together and one.record.kind != other.record.kind):
        return None
    words = one.about.stems, other.about.stems
    common = words[0] & words[1]
    part = len(common) / max(1, min(map(len, words)))
    headings = one.about.headings, other.about.headings
    same_heading = bool(headings[0] & headings[1])
    if urges(one) and urges(other) and to[0] == to[1]:
        return 1 + part
    if all(headings) and not same_heading:
        return None
    needed = WORDS_AT_MEETING if together else WORDS_ELSEWHERE
    if part >= needed and len(common) >= LEAST_WORDS - same_heading:
        return part + same_heading
    return None


def urges(report: Report[Proposal]) -> bool:
    """Tell whether it only asks for what is agreed to be carried out."""
    return any(is_of_carrying_out(quote.quote) for quote in report.record.evidence)


def _to(report: Report[Proposal]) -> frozenset[str]:
    return frozenset(map(side, report.record.addressees))
