"""Records of one article, put together: repetitions merged, proposals and texts tied to meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ..language.folding import fold
from ..records import Meeting, MoU, Party, Proposal, Quote, When
from .quotes import Text

Record = TypeVar("Record", Meeting, Proposal, MoU)
Linked = TypeVar("Linked", Proposal, MoU)


def merge_repeated(records: Iterable[Record]) -> tuple[Record, ...]:
    """Join records of one kind that say the same: same sides, same stage, overlapping quotes.

    They come from the overlap of two parts of a long article, or from a reader that repeats
    itself. The first keeps its id and values; what it lacks is taken from the later ones.
    """
    kept: list[Record] = []
    for record in records:
        for index, earlier in enumerate(kept):
            if _repeats(record, earlier):
                kept[index] = _merged(earlier, record)
                break
        else:
            kept.append(record)
    return tuple(kept)


def link(record: Linked, meetings: Sequence[Meeting]) -> Linked:
    """Tie a proposal or text to the meeting it belongs to: the last one told of before it.

    A meeting can be it if it was held by all the sides concerned.
    A proposal that names no addressee is put to the other sides of its meeting.
    """
    sides = _sides(record)
    held = [m for m in meetings if m.status == "held" and sides and sides <= _sides(m)]
    if not held:
        return record
    start = record.evidence[0].start
    before = [m for m in held if m.evidence[0].start <= start]
    meeting = before[-1] if before else held[0]
    changes: dict[str, object] = {"meeting": meeting.id}
    if isinstance(record, Proposal) and not record.addressees:
        changes["addressees"] = tuple(p for p in meeting.parties if _key(p) not in sides)
    return record.model_copy(update=changes)


def date_by_meeting(mou: MoU, meetings: Sequence[Meeting], text: Text) -> MoU:
    """Date a signing that has no date of its own by the meeting that the same sentence reports."""
    if mou.status != "signed" or mou.date or mou.refers_back:
        return mou
    for meeting in meetings:
        if meeting.id == mou.meeting and meeting.date and _share_sentence(mou, meeting, text):
            date = When(
                text=meeting.date.text,
                edtf=meeting.date.edtf,
                rule=f"{meeting.date.rule}; date of {meeting.id}, told in the same sentence",
            )
            return mou.model_copy(update={"date": date})
    return mou


def _repeats(record: Record, earlier: Record) -> bool:
    return (
        _sides(record) == _sides(earlier)
        and _stage(record) == _stage(earlier)
        and any(_overlap(a, b) for a in record.evidence for b in earlier.evidence)
    )


def _merged(first: Record, second: Record) -> Record:
    lacking = {
        name: getattr(second, name)
        for name in type(first).model_fields
        if getattr(first, name) in (None, ()) and getattr(second, name)
    }
    evidence = dict.fromkeys((*first.evidence, *second.evidence))
    return first.model_copy(update=lacking | {"evidence": tuple(evidence)})


def _sides(record: Meeting | Proposal | MoU) -> frozenset[str]:
    if isinstance(record, Proposal):
        return frozenset(map(_key, record.proposer_party))
    return frozenset(map(_key, record.parties))


def _stage(record: Meeting | Proposal | MoU) -> str:
    return record.kind if isinstance(record, Proposal) else record.status


def _key(party: Party) -> str:
    return party.code or fold(party.name)


def _overlap(a: Quote, b: Quote) -> bool:
    return a.start < b.end and b.start < a.end


def _share_sentence(mou: MoU, meeting: Meeting, text: Text) -> bool:
    sentences = {text.sentence_at(quote.start) for quote in mou.evidence}
    return any(text.sentence_at(quote.start) in sentences for quote in meeting.evidence)
