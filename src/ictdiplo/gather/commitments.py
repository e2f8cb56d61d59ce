"""Who promised what to whom, in order of time, and what was heard of it since.

Every proposal is a commitment, and so is every stage of a text. Later evidence of one is whatever goes
further and is newer: a later stage of the same text, or a text of the same sides on the same
subject that was drafted, agreed or signed after it was proposed; what was signed at one sitting with
the proposal is not later. Urging is no evidence that something was done: it names the text that it
is about, and the text's last stage names whoever urged.
"""

from __future__ import annotations

import datetime as dt  # its `date` is also a field's name
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from ..records import MoUStatus, Quote, Value
from .ledger import Ledger, Merged, MergedProposal, Side, Source, Stage, Thread, Told
from .spans import Span, before, span_of
from .subjects import is_of_carrying_out, is_of_signing, names_text

Act = Literal[
    "proposed",
    "ready",
    "urged",
    "text_proposed",
    "drafted",
    "negotiating",
    "agreed",
    "signed",
    "in_force",
    "implemented",
    "expired",
]
State = Literal["open", "overdue", "followed", "accepted", "declined", "closed"]
ACTS: tuple[Act, ...] = get_args(Act)
_FIRST_OF_TEXTS = ACTS.index("text_proposed")
_DONE = frozenset({"implemented", "expired"})
_ACT_OF: dict[MoUStatus, Act] = {"proposed": "text_proposed"}


class Commitment(Value):
    """One thing that was proposed, urged, agreed, signed or reported as done."""

    id: str
    """The id of the proposal or text, and the act."""
    act: Act
    """What was done: `ready` is readiness or interest, `urged` asks for an agreed text to be carried
    out, `implemented` is reported as done; the rest are the stages of a text."""
    sides: tuple[str, ...]
    """Codes, else names, of all concerned, in the order of the alphabet."""
    names: tuple[str, ...]
    """Their usual English names, in the same order."""
    by: tuple[str, ...]
    """Of a proposal, the sides that made it; of a text, all."""
    to: tuple[str, ...] = ()
    """Of a proposal, the sides it was put to."""
    persons: tuple[str, ...] = ()
    """Who proposed or signed, as far as named."""
    topics: tuple[str, ...] = ()
    """Headings of the taxonomy, the commonest first; without “other”."""
    subject: str | None = None
    """The text's title, or what was proposed in a reader's own words."""
    instrument: str | None = None
    """Of a text, what sort of text it is."""
    text: str | None = None
    """The id of the text that it is a stage of, or asks to be signed or carried out."""
    candidates: tuple[str, ...] = ()
    """Of a text that is only recalled, the ids of the texts that it can be."""
    date: str | None = None
    """When, in EDTF."""
    reported: dt.date | None = None
    """The first publication that tells of it."""
    due: str | None = None
    """By when it is to be done, or the next stage reached, in EDTF."""
    state: State
    """`open`: nothing later is reported. `overdue`: nor was by the day that it was due, and later
    articles have been read. `followed`: see `evidence`. `closed`: it was itself the end."""
    evidence: tuple[str, ...] = ()
    """The ids of later commitments that go further."""
    urged: tuple[str, ...] = ()
    """Of a text's last stage, the ids of the commitments that ask for the text to be carried out."""
    last_reported: dt.date | None = None
    """The last publication that tells of it, or recalls it."""
    quotes: tuple[Quote, ...] = ()
    """The words of the first source."""
    sources: tuple[Source, ...]
    """All sources, with their words."""


def commitments(
    ledger: Ledger, *, between: Iterable[str] = (), topic: str | None = None
) -> tuple[Commitment, ...]:
    """Return what was proposed, urged, agreed, signed and reported as done, in order of time.

    Args:
        ledger: what `merge` returned.
        between: codes or names of sides that all have to be concerned; none for everybody.
        topic: a heading of the taxonomy, such as `fibre`.
    """
    found = [*_of_proposals(ledger), *_of_texts(ledger)]
    judged = _judged(sorted(found, key=_in_time), ledger.until)
    wanted = {side.casefold() for side in between}
    return tuple(
        one
        for one in judged
        if wanted <= {side.casefold() for side in (*one.sides, *one.names)}
        and (topic is None or topic in one.topics)
    )


def _of_proposals(ledger: Ledger) -> Iterator[Commitment]:
    by_article = _texts_by_article(ledger)
    for proposal in ledger.proposals:
        sides = _unique((*proposal.proposer_party, *proposal.addressees))
        text = _text_meant(proposal, set(map(_key, sides)), by_article)
        act = _act(proposal, text)
        yield Commitment(
            id=f"{proposal.id}:{act}",
            act=act,
            sides=tuple(map(_key, sides)),
            names=tuple(side.name for side in sides),
            by=tuple(side.name for side in proposal.proposer_party),
            to=tuple(side.name for side in proposal.addressees),
            persons=tuple(figure.name for figure in proposal.proposers if figure.name),
            topics=_topics(proposal) or (_topics(text) if text else ()),
            subject=_first(proposal.summary),
            text=text.id if text else None,
            date=_first(proposal.date),
            reported=proposal.reported,
            last_reported=_last(proposal.sources),
            due=_first(proposal.due),
            state=_response(proposal),
            quotes=proposal.sources[0].quotes,
            sources=proposal.sources,
        )


def _of_texts(ledger: Ledger) -> Iterator[Commitment]:
    for thread in ledger.texts:
        for stage in thread.stages:
            yield _of_stage(thread, stage)


def _of_stage(thread: Thread, stage: Stage) -> Commitment:
    act = _ACT_OF.get(stage.status) or _as_act(stage.status)
    sides = _unique(thread.parties)
    told = tuple(source for source in thread.sources if source.id in stage.sources)
    return Commitment(
        id=f"{thread.id}:{act}",
        act=act,
        sides=tuple(map(_key, sides)),
        names=tuple(side.name for side in sides),
        by=tuple(side.name for side in sides),
        persons=tuple(figure.name for figure in thread.signatories if figure.name),
        topics=_topics(thread),
        subject=_first(thread.title),
        instrument=_first(thread.instrument),
        text=thread.id,
        candidates=thread.candidates,
        date=_first(stage.date),
        reported=stage.reported,
        last_reported=_last(told),
        due=_first(stage.expected),
        state="closed" if act in _DONE else "open",
        quotes=told[0].quotes,
        sources=told,
    )


def _judged(found: Sequence[Commitment], until: dt.date | None) -> Iterator[Commitment]:
    """Say of each what is heard of it later; `found` is in order of time."""
    texts: dict[tuple[str, ...], list[Commitment]] = defaultdict(list)
    urging: dict[str | None, list[str]] = defaultdict(list)
    for one in found:
        if one.act == "urged":
            urging[one.text].append(one.id)
        elif ACTS.index(one.act) >= _FIRST_OF_TEXTS:
            texts[one.sides].append(one)
    for one in found:
        later = tuple(other.id for other in texts[one.sides] if _goes_further(one, other))
        state = one.state
        if state == "open":
            state = "followed" if later else "overdue" if _is_over(one.due, until) else "open"
        last_stage = ACTS.index(one.act) >= _FIRST_OF_TEXTS and not later
        urged = tuple(urging[one.text]) if last_stage else ()
        yield one.model_copy(update={"state": state, "evidence": later, "urged": urged})


def _goes_further(one: Commitment, other: Commitment) -> bool:
    """Tell whether another is later evidence: a further stage, or a text on what was proposed."""
    rank, other_rank = ACTS.index(one.act), ACTS.index(other.act)
    if rank >= _FIRST_OF_TEXTS:
        return other.text == one.text and other_rank > rank
    if one.act == "urged":
        return other.text == one.text is not None and other_rank > ACTS.index("signed")
    later = _days(other).first > _days(one).last
    if one.text is not None and other.text == one.text:
        return later and other_rank >= ACTS.index("signed")
    alike = bool(set(one.topics) & set(other.topics))
    return later and alike and other_rank >= ACTS.index("drafted")


def _days(one: Commitment) -> Span:
    """Return when it was, else the day of the first report."""
    return span_of(one.date) or before(one.reported, 0)


def _is_over(due: str | None, until: dt.date | None) -> bool:
    span: Span | None = span_of(due)
    return span is not None and until is not None and span.last < until.toordinal()


def _in_time(one: Commitment) -> tuple[int, int, str]:
    return _days(one).first, ACTS.index(one.act), one.id


def _act(proposal: MergedProposal, text: Thread | None) -> Act:
    said = _words(proposal)
    if any(is_of_carrying_out(words) and (text or names_text(words)) for words in said):
        return "urged"
    return "ready" if _first(proposal.strength) == "readiness" else "proposed"


def _as_act(status: MoUStatus) -> Act:
    return next(act for act in ACTS if act == status)


def _response(proposal: MergedProposal) -> State:
    """Return what became of it at once; where outlets differ, nothing is certain."""
    values = {told.value for told in proposal.response}
    if len(values) != 1:
        return "open"
    return "accepted" if values == {"accepted"} else "declined"


def _texts_by_article(ledger: Ledger) -> dict[str, list[Thread]]:
    texts: dict[str, list[Thread]] = defaultdict(list)
    for thread in ledger.texts:
        for source in thread.sources:
            texts[_article(source)].append(thread)
    return texts


def _text_meant(
    proposal: MergedProposal, sides: set[str], texts: dict[str, list[Thread]]
) -> Thread | None:
    """Return the text that is to be signed or carried out: the one of these sides in the articles."""
    if not any(is_of_carrying_out(words) or is_of_signing(words) for words in _words(proposal)):
        return None
    told = {
        thread.id: thread
        for source in proposal.sources
        for thread in texts[_article(source)]
        if sides <= set(map(_key, thread.parties))
    }
    return next(iter(told.values())) if len(told) == 1 else None


def _words(proposal: MergedProposal) -> list[str]:
    return [quote.quote for source in proposal.sources for quote in source.quotes]


def _article(source: Source) -> str:
    return source.id.rpartition("/")[0]


def _key(side: Side) -> str:
    """Return the code of a side, else its name."""
    return side.code or side.name


def _unique(sides: Iterable[Side]) -> list[Side]:
    return [side for _, side in sorted({_key(side): side for side in sides}.items())]


def _topics(merged: Merged) -> tuple[str, ...]:
    return tuple(told.value for told in merged.topics if told.value != "other")


def _first(told: Sequence[Told]) -> str | None:
    return told[0].value if told else None


def _last(sources: Iterable[Source]) -> dt.date | None:
    return max((source.published for source in sources if source.published), default=None)
