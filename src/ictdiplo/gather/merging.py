"""Many articles to one ledger: reports put together, named, and tied to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from ..records import Extraction, Meeting, MoU, Proposal
from . import same_meeting, same_proposal, same_text
from .clusters import Cluster, cluster
from .entries import Named, meeting_entry, proposal_entry, reported, thread_entry
from .figures import Mention, everybody
from .ledger import Ledger
from .reports import distinct, meetings_of, proposals_of, texts_of
from .run import Failure, Outcome
from .spans import span_of
from .telling import dates

Record = TypeVar("Record", Meeting, Proposal, MoU)
Articles = Sequence[tuple[str, Extraction]]


def merge(outcomes: Iterable[Outcome]) -> Ledger:
    """Put together what many articles report: one event, proposal or text out of many reports.

    Deterministic, and the same for any order of the articles. Of several readings of one article
    the one with the most records counts. What can be one of several events stays by itself.

    Args:
        outcomes: extractions, such as `read_results` yields; the articles of failures among them
            are listed in `Ledger.unread`.
    """
    found, unread = list[Extraction](), set[str]()
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            unread.add(outcome.article)
        else:
            found.append(outcome)
    articles = distinct(found)
    met, written = _named("meeting", _meetings(articles)), _named("text", _texts(articles))
    at = {report.id: each.name for each in met for report in each.reports}
    made_at = _belonging(articles, at)
    proposed = _named("proposal", _proposals(articles, made_at))
    proposals, texts = _by_meeting(proposed, made_at), _by_meeting(written, made_at)
    meetings = {e.name: meeting_entry(e, proposals[e.name], texts[e.name]) for e in met}
    return Ledger(
        articles=len(articles),
        unread=tuple(sorted(unread - {name for name, _ in articles})),
        until=max((a.article.published for _, a in articles if a.article.published), default=None),
        meetings=tuple(meetings.values()),
        proposals=tuple(
            proposal_entry(each, meetings.get(_common_meeting(each, made_at))) for each in proposed
        ),
        texts=tuple(map(thread_entry, written)),
        persons=everybody(_persons(articles)),
    )


def _meetings(articles: Articles) -> list[Cluster[Meeting]]:
    return cluster(
        meetings_of(articles),
        definiteness=same_meeting.definiteness,
        kept_under=same_meeting.kept_under,
        sought_under=same_meeting.sought_under,
        likeness=same_meeting.likeness,
        face=same_meeting.face,
    )


def _texts(articles: Articles) -> list[Cluster[MoU]]:
    return cluster(
        texts_of(articles),
        definiteness=same_text.definiteness,
        kept_under=same_text.kept_under,
        sought_under=same_text.sought_under,
        likeness=same_text.likeness,
        face=same_text.face,
    )


def _proposals(articles: Articles, made_at: Mapping[str, str]) -> list[Cluster[Proposal]]:
    return cluster(
        proposals_of(articles),
        definiteness=same_proposal.definiteness,
        kept_under=same_proposal.keys,
        sought_under=same_proposal.keys,
        likeness=same_proposal.likeness_at(made_at),
        face=same_proposal.face_at(made_at),
    )


def _belonging(articles: Articles, at: Mapping[str, str]) -> dict[str, str]:
    """Return at which merged meeting each proposal was made and each text signed or discussed."""
    made_at: dict[str, str] = {}
    for name, found in articles:
        records: tuple[Proposal | MoU, ...] = (*found.proposals, *found.mous)
        made_at |= {
            f"{name}/{record.id}": meeting
            for record in records
            if (meeting := at.get(f"{name}/{record.meeting}"))
        }
    return made_at


def _common_meeting(made: Named[Proposal], made_at: Mapping[str, str]) -> str:
    """Return the first meeting that a report of the proposal ties it to."""
    return next((made_at[each.id] for each in made.reports if each.id in made_at), "")


def _by_meeting(named: Iterable[Named[Record]], made_at: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names of what belongs to each meeting, each once."""
    belonging: dict[str, list[str]] = defaultdict(list)
    for each in named:
        for meeting in {
            made_at[report.id]: None for report in each.reports if report.id in made_at
        }:
            belonging[meeting].append(each.name)
    return belonging


def _named(kind: str, clusters: Iterable[Cluster[Record]]) -> list[Named[Record]]:
    """Name clusters by sides and date, such as “text:IRN-TJK:2024”, in order of time.

    A name stays what it is as long as nothing more precise is learnt about the date, and no
    earlier report of the same sides and day turns up.
    """
    ordered = sorted(clusters, key=_in_time)
    taken: Counter[str] = Counter()
    names: dict[int, str] = {}
    for each in ordered:
        name = f"{kind}:{_sides(each) or 'nobody'}:{_day(each)}"
        taken[name] += 1
        names[id(each)] = name if taken[name] == 1 else f"{name}.{taken[name]}"
    return [
        Named(
            names[id(each)],
            each.reports,
            tuple(sorted(names[id(other)] for other in each.candidates)),
        )
        for each in ordered
    ]


def _in_time(each: Cluster[Record]) -> tuple[int, str]:
    published = reported(each.reports)
    when = each.span.first if each.span.stated else published.toordinal() if published else 0
    return when, min(report.id for report in each.reports)


def _sides(each: Cluster[Record]) -> str:
    """Return codes and names in order, without spaces, so that a shell takes them for one word."""
    record: Meeting | Proposal | MoU = each.reports[0].record
    parties = record.proposer_party if isinstance(record, Proposal) else record.parties
    return "-".join(sorted({(party.code or party.name).replace(" ", "_") for party in parties}))


def _day(each: Cluster[Record]) -> str:
    """Return the best date, of a proposal that of its meeting, else the month of the first report."""
    found = dates(each.reports, lambda r: None if isinstance(r, Proposal) else r.date)
    if stated := next((told.value for told in found if span_of(told.value)), None):
        return stated
    if each.span.stated and each.span.days == 1:
        return date.fromordinal(each.span.first).isoformat()
    published = reported(each.reports)
    return f"~{published:%Y-%m}" if published else "undated"


def _persons(articles: Articles) -> Iterator[Mention]:
    for name, found in articles:
        for meeting in found.meetings:
            yield from ((f"{name}/{meeting.id}", person) for person in meeting.participants)
        for proposal in found.proposals:
            yield from ((f"{name}/{proposal.id}", person) for person in proposal.proposers)
        for mou in found.mous:
            yield from ((f"{name}/{mou.id}", person) for person in mou.signatories)
