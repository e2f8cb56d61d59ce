"""Reports put together, the most definite first: each goes to the one cluster that it is most like.

A report that is as much like one cluster as like another goes to neither. Because every report has
its place in one order, whatever order it came in, the outcome is the same for any order of input.
Only clusters under a key in common are looked at, so that the time grows with the reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from ..records import Meeting, MoU, Proposal
from .reports import Report
from .spans import UNBOUNDED, Span

Record = TypeVar("Record", Meeting, Proposal, MoU)


@dataclass(eq=False)
class Cluster(Generic[Record]):
    """Reports of one event or text, and what they say together."""

    reports: list[Report[Record]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    people: dict[str, list[str]] = field(default_factory=dict)
    faces: dict[Hashable, Report[Record]] = field(default_factory=dict)
    """One report for each that is different in what merging looks at: a thousand copies are one."""
    candidates: list[Cluster[Record]] = field(default_factory=list)
    """The clusters to which its first report could have gone as well as to each other."""
    span: Span = UNBOUNDED
    """The narrowest span that is stated, else the narrowest."""

    def add(self, report: Report[Record], face: Hashable) -> None:
        """Take a report in."""
        self.faces.setdefault(face, report)
        spans = [report.span, self.span]
        self.span = min(spans, key=lambda span: (not span.stated, span.days, span.first))
        self.reports.append(report)
        self.sources.add(report.source)
        for each, names in report.people.items():
            known = self.people.setdefault(each, [])
            known.extend(name for name in names if name not in known)


def cluster(
    reports: Iterable[Report[Record]],
    *,
    definiteness: Callable[[Report[Record]], tuple[Any, ...]],
    kept_under: Callable[[Report[Record]], Iterable[Hashable]],
    sought_under: Callable[[Report[Record]], Iterable[Hashable]],
    likeness: Callable[[Cluster[Record], Report[Record]], float | None],
    face: Callable[[Report[Record]], Hashable],
) -> list[Cluster[Record]]:
    """Put reports together.

    `definiteness` sorts them, the most definite first. A report can go to the clusters whose first
    one was kept under a key that it is sought under; without keys it stays alone. `likeness` is
    None where the two cannot be one. Reports with the same `face` are alike to all others.
    In the end the reports of each cluster are in order of publication.
    """
    index: dict[Hashable, list[Cluster[Record]]] = defaultdict(list)
    clusters: list[Cluster[Record]] = []
    for report in sorted(reports, key=lambda each: (*definiteness(each), each.id)):
        near = {id(each): each for key in sought_under(report) for each in index.get(key, ())}
        scored = [
            (score, each) for each in near.values() if (score := likeness(each, report)) is not None
        ]
        best = max((score for score, _ in scored), default=0.0)
        fitting = [each for score, each in scored if score == best]
        if len(fitting) == 1:
            fitting[0].add(report, face(report))
            continue
        alone: Cluster[Record] = Cluster(candidates=fitting)
        alone.add(report, face(report))
        clusters.append(alone)
        for key in kept_under(report):
            index[key].append(alone)
    for each in clusters:
        each.reports.sort(key=lambda report: (report.article.published or date.max, report.id))
    return clusters
