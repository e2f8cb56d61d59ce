"""Records of one article, put together: repetitions merged, proposals and texts tied to meetings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import TypeVar

from ..language.folding import fold
from ..records import Meeting, MoU, Party, Person, Proposal, Quote

Record = TypeVar("Record", Meeting, Proposal, MoU)
Linked = TypeVar("Linked", Proposal, MoU)

# Letters of a word that tells what a text is about, and the words that only tell what it is.
LEAST_LETTERS = 5
KINDS_OF_TEXT = frozenset(
    [
        "agreement",
        "memorandum",
        "memoranda",
        "understanding",
        "protocol",
        "contract",
        "letter",
        "programme",
        "program",
        "document",
        "text",
        "draft",
        "treaty",
        "signed",
        "between",
        "which",
    ]
)
# Characters, some three sentences: “He made the remarks in a meeting with …” follows them closely.
SOON = 600


def merge_repeated(
    parts: Iterable[Iterable[Record]],
) -> tuple[tuple[Record, ...], dict[str, str]]:
    """Join records of one kind that say the same; return them, and which id went into which.

    Within one part of an article the reader had all before its eyes, so only what it says twice of
    the same words is joined; a record of a later part is joined with one of an earlier part also if
    nothing tells them apart. What the first lacks is taken from the later ones, lists are united.
    """
    kept: list[Record] = []
    merged: dict[str, str] = {}
    # Only what has the same sides can be the same; a long article has thousands of records.
    of_sides: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for part in parts:
        before = len(kept)
        for record in part:
            same = _same_as(record, kept, of_sides[_sides(record)], before)
            if same is None:
                of_sides[_sides(record)].append(len(kept))
                kept.append(record)
            else:
                merged[record.id] = kept[same].id
                kept[same] = _merged(kept[same], record)
    return tuple(kept), merged


def _same_as(
    record: Record, kept: Sequence[Record], candidates: Iterable[int], before: int
) -> int | None:
    """Return which of the candidates a record repeats; the first `before` are of earlier parts."""
    earlier_parts = []
    for at in candidates:
        if _repeats(record, kept[at]) or (at < before and _is_same(record, kept[at])):
            return at
        earlier_parts += [at] if at < before else []
    return _recalled(record, kept, earlier_parts)


class Meetings:
    """An article's meetings, by who held them and where they are told of."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._by_id = {meeting.id: meeting for meeting in meetings}
        self._of_side: defaultdict[str, list[tuple[int, Meeting]]] = defaultdict(list)
        for meeting in sorted(self._by_id.values(), key=_start):
            for side in _sides(meeting) if meeting.status == "held" else ():
                self._of_side[side].append((_start(meeting), meeting))

    def link(self, record: Linked) -> Linked:
        """Tie a proposal or text to the meeting it belongs to, if that can be told.

        A meeting can be it if all the sides concerned held it. Of several, it is the last one told
        of before the record; if there is none before, the first one told of soon behind it.
        A proposal that names no addressee is put to the other sides of its meeting.
        """
        sides = _sides(record)
        meeting = self._nearest(_concerned(record), _start(record)) if sides else None
        if meeting is None:
            return record
        changes: dict[str, object] = {"meeting": meeting.id}
        if isinstance(record, Proposal) and not record.addressees:
            changes["addressees"] = tuple(p for p in meeting.parties if _key(p) not in sides)
        return record.model_copy(update=changes)

    def date(self, mou: MoU) -> MoU:
        """Date a signing without a date by the meeting of the same sides that it is tied to."""
        if mou.status != "signed" or mou.date or mou.refers_back:
            return mou
        meeting = self._by_id.get(mou.meeting or "")
        if meeting is None or not meeting.date or _sides(meeting) != _sides(mou):
            return mou
        rule = f"{meeting.date.rule}; date of {meeting.id}, to which the signing belongs"
        return mou.model_copy(update={"date": meeting.date.model_copy(update={"rule": rule})})

    def _nearest(self, sides: frozenset[str], start: int) -> Meeting | None:
        told = min((self._of_side.get(side, []) for side in sides), key=len)
        at = bisect_right(told, start, key=itemgetter(0))
        for place in chain(range(at - 1, -1, -1), range(at, len(told))):
            where, meeting = told[place]
            if where > start + SOON:
                break
            if sides <= _sides(meeting):
                first = bisect_left(told, where, key=itemgetter(0))  # of those told of there
                return next(m for _, m in islice(told, first, None) if sides <= _sides(m))
        return None


def _repeats(record: Record, earlier: Record) -> bool:
    overlap = any(_overlap(a, b) for a in record.evidence for b in earlier.evidence)
    days = {_day(record), _day(earlier)} - {None}
    return (
        overlap
        and (len(days) < 2 or isinstance(record, MoU))  # noqa: PLR2004 - two days are two meetings
        and _could_be_same(record, earlier)
        and _agree(_title(record), _title(earlier))
    )


def _is_same(record: Record, earlier: Record) -> bool:
    """Tell that a meeting or a text is told of again in other words; of proposals nobody can."""
    if not _could_be_same(record, earlier) or not _agree(_day(record), _day(earlier)):
        return False
    if isinstance(record, Meeting) and isinstance(earlier, Meeting):
        return _share_name(record, earlier) or _share_day(record, earlier)
    if isinstance(record, MoU) and isinstance(earlier, MoU):
        return _share_subject(record, earlier) or _share_day(record, earlier)
    return False


def _recalled(record: Record, kept: Sequence[Record], earlier: Iterable[int]) -> int | None:
    """Return which earlier meeting one recalls that says nothing of its own, if it can be only one.

    “The talks between Lusaka and Lilongwe”, with neither date nor name, are no new ones.
    """
    if not isinstance(record, Meeting) or _day(record) or any(_names(record).values()):
        return None
    same = [at for at in earlier if _could_be_same(record, kept[at])]
    return same[0] if len(same) == 1 else None


def _share_name(one: Meeting, other: Meeting) -> bool:
    names, others = _names(one), _names(other)
    return any(words & others.get(side, set()) for side, words in names.items())


def _share_subject(one: MoU, other: MoU) -> bool:
    """Tell that “roaming agreement” and “roaming text” are one, also if only one has a title."""
    titles = [_title(text) for text in (one, other)]
    if None in titles:
        return True
    words, others = (set(re.findall(rf"\w{{{LEAST_LETTERS},}}", str(title))) for title in titles)
    return bool(words & others - KINDS_OF_TEXT)


def _share_day(one: Meeting | MoU, other: Meeting | MoU) -> bool:
    day, other_day = _day(one), _day(other)
    return day is not None and day == other_day and len(day) == len("2025-11-24")


def _could_be_same(record: Record, earlier: Record) -> bool:
    return (
        bool(_sides(record))
        and _sides(record) == _sides(earlier)
        and all(
            _agree(one, other) for one, other in zip(_marks(record), _marks(earlier), strict=True)
        )
        and not _met_others(record, earlier)
    )


def _met_others(one: Record, other: Record) -> bool:
    """Tell “conferred with Ro and was received by Sol”, both of one side: two meetings."""
    if not (isinstance(one, Meeting) and isinstance(other, Meeting)):
        return False
    theirs = _names(other)
    return any(theirs.get(side, words) & words == set() for side, words in _names(one).items())


def _names(meeting: Meeting) -> dict[str, set[str]]:
    """Return the words of the names of those who met, by their side."""
    names: dict[str, set[str]] = {}
    for person in meeting.participants:
        if person.party and person.name:
            names.setdefault(_key(person.party), set()).update(fold(person.name).split())
    return names


def _marks(record: Meeting | Proposal | MoU) -> tuple[str | None, ...]:
    """Return what tells two records with the same sides and words apart, where both have it."""
    if isinstance(record, Meeting):
        return record.status, fold(record.place.name) if record.place else None
    if isinstance(record, MoU):
        return record.status, record.instrument
    return (record.kind,)


def _day(record: Meeting | Proposal | MoU) -> str | None:
    return record.date.edtf if isinstance(record, Meeting | MoU) and record.date else None


def _title(record: Meeting | Proposal | MoU) -> str | None:
    return fold(record.title) if isinstance(record, MoU) and record.title else None


def _agree(one: str | None, other: str | None) -> bool:
    """Tell whether two are equal, one is unknown, or one is a less precise date: 2025-11."""
    if one is None or other is None or one == other:
        return True
    return one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _merged(first: Record, second: Record) -> Record:
    """Unite lists without repetition, and fill what the first lacks; the sides are the same."""
    names = set(type(first).model_fields) - {"parties", "proposer_party"}
    united = {name: _united(getattr(first, name), getattr(second, name)) for name in names}
    return first.model_copy(update=united)


def _united(ours: object, theirs: object) -> object:
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        both = tuple(dict.fromkeys((*ours, *theirs)))
        return tuple(one for one in both if not any(_is_fuller(other, one) for other in both))
    return theirs if ours is None else ours


def _is_fuller(one: object, other: object) -> bool:
    """Tell that “Solange Mukamana” is “Mukamana” with all of her name."""
    if not (isinstance(one, Person) and isinstance(other, Person) and one.name and other.name):
        return False
    words, fewer = (set(fold(name).split()) for name in (one.name, other.name))
    return fewer < words and one.party == other.party


def _start(record: Meeting | Proposal | MoU) -> int:
    return record.evidence[0].start


def _concerned(record: Proposal | MoU) -> frozenset[str]:
    """Return the sides, and the countries among those addressed."""
    addressed = record.addressees if isinstance(record, Proposal) else ()
    return _sides(record) | {party.code for party in addressed if party.code}


def _sides(record: Meeting | Proposal | MoU) -> frozenset[str]:
    if isinstance(record, Proposal):
        return frozenset(map(_key, record.proposer_party))
    return frozenset(map(_key, record.parties))


def _key(party: Party) -> str:
    return party.code or fold(party.name)


def _overlap(a: Quote, b: Quote) -> bool:
    return a.start < b.end and b.start < a.end
