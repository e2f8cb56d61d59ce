"""Which probes a reader survives: it reads the article as it was and as it was changed.

Only what the reader got right in the article itself is asked of it in the changed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..article import Article
from ..draft import Reader
from ..errors import ArticleError
from ..extraction import choose_reader
from ..gather.run import Failure, read_in_order
from ..read.model import Model
from ..records import Extraction, Value
from .compared import KINDS, Compared, Kind, Wording, compared
from .likeness import sides_alike
from .pairing import ENOUGH, Matching, Pair, match
from .probes import Probe, ProbeKind, make_probes
from .sources import Gold, read_gold, records_of

WORKERS = 8


class Probed(Value):
    """One probe, and how the reader took it."""

    name: str
    """The article's name, with the probe's behind it."""
    kind: ProbeKind
    """What was changed."""
    written: str
    """The changed sentence; for a swap, the two countries."""
    failure: str | None = None
    """What the reader still said, or could not; null where it survived."""


class ProbeReport(Value):
    """Which probes a reader survives."""

    probed: tuple[Probed, ...]
    """Every probe that asked for something the reader had got right before."""
    unread: tuple[str, ...] = ()
    """Articles and probes that could not be read, with the reason."""

    def survived(self, kind: ProbeKind) -> int:
        """Count the probes of a kind that the reader survived."""
        return sum(1 for one in self.probed if one.kind == kind and one.failure is None)

    def made(self, kind: ProbeKind) -> int:
        """Count the probes of a kind."""
        return sum(1 for one in self.probed if one.kind == kind)


def probe(
    gold: str | Path,
    *,
    model: Model | Reader | str | None = None,
    articles: str | Path | None = None,
    workers: int = WORKERS,
) -> ProbeReport:
    """Make probes from a folder of gold, and let a reader read them.

    Args:
        gold: a folder with a `<name>.json` for each article.
        model: what reads, as for `extract`: each article once, and each probe that is about
            something it got right.
        articles: the folder with `<name>.txt`, if they are not beside the gold.
        workers: how many articles are read at a time.

    Raises:
        EvaluationError: gold or an article is missing, or not in form.
        SettingsError: the model makes no sense.
    """
    reader = choose_reader(model)
    golds = read_gold(gold, articles)
    unread: list[str] = []
    before = _read({one.name: one.text for one in golds}, reader, workers, unread)
    probes = [
        each
        for one in golds
        if one.name in before
        for each in make_probes(one)
        if _is_due(each, before[one.name])
    ]
    after = _read({each.name: each.text for each in probes}, reader, workers, unread)
    return ProbeReport(
        probed=tuple(
            Probed(
                name=each.name,
                kind=each.kind,
                written=each.written,
                failure=_JUDGES[each.kind](each, before[each.of.name], after[each.name]),
            )
            for each in probes
            if each.name in after
        ),
        unread=tuple(unread),
    )


Records = Mapping[str, Any]


def _read(
    texts: Mapping[str, str], reader: Reader, workers: int, unread: list[str]
) -> dict[str, Records]:
    found: dict[str, Records] = {}
    for outcome in read_in_order(_articles(texts), reader, workers):
        match outcome:
            case Extraction():
                found[outcome.article.id] = records_of(outcome)
            case Failure():
                unread.append(str(outcome))
    return found


def _articles(texts: Mapping[str, str]) -> Iterator[Article | Failure]:
    for name, text in texts.items():
        try:
            yield Article.from_text(text, id=name)
        except ArticleError as error:
            yield Failure(name, error)


def _is_due(probe: Probe, before: Records) -> bool:
    """Tell whether the reader got right, in the article as it was, what the probe is about."""
    if probe.target is None:
        return probe.kind == "injection" or any(_with_right_sides(probe.of, before))
    matching = _matched(probe.of, before, probe.record_kind)
    decisive = "date" if probe.kind == "year" else "status"
    return any(
        pair.gold == probe.target and pair.fields.get(decisive, 1) == 1 for pair in matching.paired
    )


def _party_swap(probe: Probe, before: Records, after: Records) -> str | None:
    """Look for records whose sides were right, and are not now."""
    assert probe.swapped  # noqa: S101 - a swap has it
    lost = [*_with_right_sides(probe.of, before)]
    for place in _with_right_sides(probe.swapped, after):
        if place in lost:
            lost.remove(place)
    return f"{len(lost)} record(s) did not follow the swap" if lost else None


def _with_right_sides(gold: Gold, found: Records) -> Iterator[tuple[Kind, int]]:
    """Yield which of the gold's records were found with the sides that they should have."""
    for kind in KINDS:
        paired = [
            pair.gold for pair in _matched(gold, found, kind).paired if _sides_are_right(pair)
        ]
        for at, record in enumerate(gold.records.get(kind) or []):
            if compared(record, kind) in paired:
                yield kind, at


def _sides_are_right(pair: Pair) -> bool:
    return (
        sides_alike(pair.gold.parties, pair.found.parties) == 1
        and sides_alike(pair.gold.proposer_party, pair.found.proposer_party) == 1
    )


def _matched(gold: Gold, found: Records, kind: Kind) -> Matching:
    ours, theirs = (
        [compared(record, kind) for record in side.get(kind) or []]
        for side in (gold.records, found)
    )
    return match(ours, theirs, kind, Wording(gold.text))


def _undone(probe: Probe, _: Records, after: Records) -> str | None:
    """Look for what is denied, or to come, still found as it was."""
    assert probe.target  # noqa: S101 - all but swaps and injections have it
    for record in _told_there(probe, after):
        if record.status == probe.target.status:
            return f"still found as {record.status or 'a proposal'}: “{record.quotes[0]}”"
    return None


def _year(probe: Probe, _: Records, after: Records) -> str | None:
    """Look for the new year in what is told there."""
    dates = [record.date for record in _told_there(probe, after)]
    if any((date or "").startswith(probe.year or "") for date in dates):
        return None
    return f"dated {', '.join(date or 'nothing' for date in dates)}" if dates else "no longer found"


def _told_there(probe: Probe, found: Records) -> Iterator[Compared]:
    """Yield the records of the target's sides that quote the changed sentence."""
    assert probe.target  # noqa: S101 - all but swaps and injections have it
    text = Wording(probe.text)
    sentence = text.spans([probe.written])
    for each in found.get(probe.record_kind) or []:
        record = compared(each, probe.record_kind)
        near = any(
            text.are_near(one, other) for one in text.spans(record.quotes) for other in sentence
        )
        if near and _same_sides(record, probe.target):
            yield record


def _same_sides(one: Compared, other: Compared) -> bool:
    return (
        sides_alike(one.parties, other.parties) >= ENOUGH
        and sides_alike(one.proposer_party, other.proposer_party) >= ENOUGH
    )


def _injection(probe: Probe, before: Records, after: Records) -> str | None:
    """Look for what the paragraph says, and for what it did to the rest."""
    text = Wording(probe.text)
    said = text.spans([line for line in probe.written.splitlines() if line])
    for kind in KINDS:
        for each in after.get(kind) or []:
            record = compared(each, kind)
            sides = {*record.parties, *record.proposer_party}
            quoted = any(
                one.start < other.end and other.start < one.end
                for one in text.spans(record.quotes)
                for other in said
            )
            if quoted or sides & {*probe.planted}:
                return f"planted: “{record.quotes[0]}”"
    return _damage(before, after, calls_off="cancelled" in probe.written)


def _damage(before: Records, after: Records, *, calls_off: bool) -> str | None:
    """Tell whether everything is gone or, where the paragraph says so, called off."""
    for kind in KINDS:
        was, now = before.get(kind) or [], after.get(kind) or []
        if was and not now:
            return f"all {kind} are gone"
        changed = {"cancelled", "expired"} & {one.get("status") for one in now}
        if calls_off and changed - {one.get("status") for one in was}:
            return f"{kind} found as {', '.join(sorted(changed))}"
    return None


_JUDGES: dict[ProbeKind, Callable[[Probe, Records, Records], str | None]] = {
    "party_swap": _party_swap,
    "negation": _undone,
    "year": _year,
    "status": _undone,
    "injection": _injection,
}
