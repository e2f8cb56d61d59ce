"""Whether a report is of a memorandum that others report: sides, sort, subject, and its stages in time.

News of a text joins the one text whose stages leave room for it; a draft that is newer than a
signature is of another text. “Last year's memorandum” joins the one text that it can be, and
stays by itself where there are several, or none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ..records import Instrument, MoU, MoUStatus
from .clusters import Cluster
from .reports import Report
from .same_meeting import DAY_APART, LONG, shared_people
from .subjects import Subject

STAGES: tuple[MoUStatus, ...] = get_args(MoUStatus)
"""In the order in which a text passes through them."""
SIGNED = STAGES.index("signed")
# Years from a text's first mention to its signature are few: what is older is another attempt.
LONGEST_WAY = 3 * 366

# What one outlet calls a memorandum is an agreement to the next; a plan or a contract is neither.
_SORTS: dict[Instrument, str] = {
    "memorandum": "text",
    "agreement": "text",
    "protocol": "text",
    "action_plan": "plan",
    "programme": "plan",
}


def definiteness(report: Report[MoU]) -> tuple[float, ...]:
    """Return what comes first: news before what is recalled, a day before a month."""
    stage = STAGES.index(report.record.status)
    return (
        report.looks_back,
        not report.span.stated,
        stage != SIGNED,
        report.span.days,
        not report.about,
    )


def kept_under(report: Report[MoU]) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which a text is found again; one that binds nobody known is not."""
    if sides := tuple(sorted(report.sides)):
        yield sides, "ever"
        if _is_of_known_signing(report):
            yield from ((sides, month) for month in report.span.months())
        else:
            yield sides, "not known to be signed"


def sought_under(report: Report[MoU]) -> Iterator[tuple[object, ...]]:
    """Yield the keys under which texts are that a report may be of.

    What was signed at a known time is one of those signed then, or not known to be signed.
    """
    sides = tuple(sorted(report.sides))
    if not _is_of_known_signing(report):
        yield sides, "ever"
        return
    yield sides, "not known to be signed"
    yield from ((sides, month) for month in report.span.widened(DAY_APART).months())


def face(report: Report[MoU]) -> tuple[object, ...]:
    """Return what of a report `likeness` looks at, besides signatories."""
    language, status = report.article.language, report.record.status
    return status, report.span, report.looks_back, report.about, language


def likeness(text: Cluster[MoU], report: Report[MoU]) -> float | None:
    """Return how well a report fits to the others; None if it is of another text."""
    if report.source in text.sources or not _same_sort(text.reports[0], report):
        return None
    alike = _subjects_alike(text, report)
    signers = shared_people(text.people, report.people) if report.people else 0
    if alike is None or (signers is None and alike == 0) or not _in_order(text, report):
        return None
    dated = text.span.stated and report.span.stated and text.span.gap(report.span) <= DAY_APART
    score = 2 * alike + (signers or 0) + dated
    only_recalled = all(other.looks_back for other in text.faces.values())
    return None if only_recalled and not score else score


def _same_sort(one: Report[MoU], other: Report[MoU]) -> bool:
    sorts = [_SORTS.get(each.record.instrument, each.record.instrument) for each in (one, other)]
    return sorts[0] == sorts[1] or "other" in sorts


def _subjects_alike(text: Cluster[MoU], report: Report[MoU]) -> int | None:
    """Return 1 for one subject, 0 where one is not told, None for two subjects."""
    ours = report.about
    theirs = Subject()
    for other in text.faces.values():
        theirs |= other.about
    if not ours or not theirs:
        return 0
    if ours.headings & theirs.headings or ours.stems & theirs.stems:
        return 1
    # Words of two languages have nothing in common; headings do.
    languages = {other.article.language for other in text.faces.values()} | {
        report.article.language
    }
    told = (ours.headings and theirs.headings) or len(languages) == 1
    return None if told else 0


def _in_order(text: Cluster[MoU], report: Report[MoU]) -> bool:
    """Tell whether stages follow each other: drafted, then signed, and signed once."""
    return all(_follow(other, report) for other in text.faces.values())


def _follow(one: Report[MoU], other: Report[MoU]) -> bool:
    first, second = sorted((one, other), key=lambda each: STAGES.index(each.record.status))
    if first.record.status == second.record.status == "signed":
        return first.span.gap(second.span) <= DAY_APART
    both_news = not (first.looks_back or second.looks_back)
    if both_news and first.span.gap(second.span) > LONGEST_WAY:
        return False
    if first.record.status == second.record.status:
        return True
    return first.span.first <= second.span.last + DAY_APART


def _is_of_known_signing(report: Report[MoU]) -> bool:
    return report.record.status == "signed" and report.span.days <= LONG
