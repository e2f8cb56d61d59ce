"""Clusters of reports to the records of the ledger: every value with its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from ..records import Meeting, MoU, Person, Proposal
from .figures import Mention, figures
from .ledger import MergedMeeting, MergedProposal, Stage, Thread, Told
from .reports import Report
from .same_text import STAGES
from .telling import (
    dates,
    dates_disagree,
    each,
    places_disagree,
    sides,
    sources,
    texts,
    topics,
)

Record = TypeVar("Record", Meeting, Proposal, MoU)


class Named(NamedTuple, Generic[Record]):
    """A cluster with its name, and the names of those that its first report could have gone to."""

    name: str
    reports: Sequence[Report[Record]]
    candidates: tuple[str, ...]


def meeting_entry(
    met: Named[Meeting], proposals: Sequence[str], written: Sequence[str]
) -> MergedMeeting:
    """Return a meeting, with the names of what was proposed and signed at it."""
    reports = met.reports
    when = dates(reports, lambda meeting: meeting.date)
    status = _latest_first(reports)
    formats = each(reports, lambda m: None if m.format == "unstated" else m.format)
    disagreements = {
        "date": dates_disagree(when),
        "place": places_disagree(report.record.place for report in reports),
        "format": len(formats) > 1,
        "status": {"held", "cancelled"} <= {told.value for told in status},
    }
    return MergedMeeting(
        id=met.name,
        candidates=met.candidates,
        parties=sides(reports, lambda meeting: meeting.parties),
        participants=figures(_people(reports, lambda meeting: meeting.participants)),
        date=when,
        place=texts(reports, lambda meeting: meeting.place.name if meeting.place else None),
        occasion=texts(reports, lambda meeting: meeting.occasion),
        format=formats,
        status=status,
        topics=topics(reports, lambda meeting: meeting.topics),
        summary=each(reports, lambda meeting: meeting.summary),
        proposals=tuple(proposals),
        texts=tuple(written),
        disagreements=_true(disagreements),
        reported=reported(reports),
        sources=sources(reports),
    )


def proposal_entry(made: Named[Proposal], meeting: MergedMeeting | None) -> MergedProposal:
    """Return a proposal, dated by the meeting at which it was made."""
    reports = made.reports
    strength = each(reports, lambda proposal: proposal.kind)
    response = each(reports, lambda p: None if p.response == "open" else p.response)
    due = dates(reports, lambda proposal: proposal.due)
    disagreements = {
        "strength": len(strength) > 1,
        "response": len(response) > 1,
        "due": dates_disagree(due),
    }
    return MergedProposal(
        id=made.name,
        candidates=made.candidates,
        proposer_party=sides(reports, lambda proposal: proposal.proposer_party),
        proposers=figures(_people(reports, lambda proposal: proposal.proposers)),
        addressees=sides(reports, lambda proposal: proposal.addressees),
        strength=strength,
        date=meeting.date if meeting else (),
        due=due,
        response=response,
        summary=each(reports, lambda proposal: proposal.summary),
        meeting=meeting.id if meeting else None,
        topics=topics(reports, lambda proposal: proposal.topics),
        disagreements=_true(disagreements),
        reported=reported(reports),
        sources=sources(reports),
    )


def thread_entry(text: Named[MoU]) -> Thread:
    """Return a text with its stages."""
    reports = text.reports
    stages = [
        _stage([report for report in reports if report.record.status == status])
        for status in STAGES
        if any(report.record.status == status for report in reports)
    ]
    instrument = each(reports, lambda text: text.instrument)
    recalled = tuple(report.id for report in reports if report.looks_back)
    disagreements = {
        "date": any(dates_disagree(s.date) for s in stages if s.status in {"signed", "expired"}),
        "instrument": len(instrument) > 1,
    }
    return Thread(
        id=text.name,
        candidates=text.candidates,
        parties=sides(reports, lambda text: text.parties),
        signatories=figures(_people(reports, lambda text: text.signatories)),
        title=texts(reports, lambda text: text.title),
        instrument=instrument,
        stages=tuple(stages),
        recalled=recalled,
        only_recalled=len(recalled) == len(reports),
        topics=topics(reports, lambda text: text.topics),
        disagreements=_true(disagreements),
        reported=reported(reports),
        sources=sources(reports),
    )


def reported(reports: Iterable[Report[Record]]) -> date | None:
    """Return the first publication."""
    return min((r.article.published for r in reports if r.article.published), default=None)


def _stage(reports: Sequence[Report[MoU]]) -> Stage:
    return Stage(
        status=reports[0].record.status,
        date=dates(reports, lambda text: text.date),
        expected=dates(reports, lambda text: text.expected),
        reported=reported(reports),
        sources=tuple(report.id for report in reports),
    )


def _latest_first(reports: Sequence[Report[Meeting]]) -> tuple[Told, ...]:
    """Return the statuses; what was planned is older news than what became of it."""
    last: dict[str, date] = {}
    for report in reports:
        status, published = report.record.status, report.article.published or date.min
        last[status] = max(last.get(status, date.min), published)
    told = each(reports, lambda meeting: meeting.status)
    return tuple(
        sorted(told, key=lambda each: (each.value == "planned", -last[each.value].toordinal()))
    )


def _people(
    reports: Iterable[Report[Record]], persons: Callable[[Record], Iterable[Person]]
) -> Iterable[Mention]:
    return ((report.id, person) for report in reports for person in persons(report.record))


def _true(claims: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(claim for claim, holds in claims.items() if holds)
