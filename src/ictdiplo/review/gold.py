"""Results after a review: without what was rejected, with what was corrected or added; and as gold."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ..article import Article
from ..errors import SettingsError
from ..gather.run import Failure, Outcome
from ..publish.output import replacing
from ..publish.shown import RecordType, type_of
from ..publish.wording import Record, records_in
from ..records import Extraction, Meeting, MoU, Proposal, Rejected
from .corrections import added, as_typed, corrected
from .decisions import Decision, hash_of, standing

Text: TypeAlias = tuple[str, str]
"""An article's id, and the hash of its text."""

REASON = "a reviewer rejected it"
LISTS: dict[RecordType, str] = {"meeting": "meetings", "proposal": "proposals", "mou": "mous"}

# What gold calls the fields that records have under another name.
_IN_GOLD = {
    "place": "location",
    "title": "title_or_subject",
    "proposers": "proposer",
    "addressees": "addressee_party",
}
# What gold writes as a list; of a proposal, everything is one string.
_LISTED = {"parties", "participants", "signatories"}
# Names of gold files: what can be a file's stem everywhere.
_STEM = re.compile(r"[\w][\w .~-]*")


class Reviewed(NamedTuple):
    """An article after its review."""

    extraction: Extraction
    undecided: tuple[str, ...]
    """The ids of the records that nobody decided on."""
    complete: bool
    """True where a reviewer said that nothing is missing, and every record is decided on."""
    applied: tuple[Decision, ...] = ()
    """The decisions that were made on this, acceptances included."""

    def why_left_out(self) -> str:
        """Say why an article that is not complete makes no gold."""
        undecided = len(self.undecided)
        why = f"{undecided} record(s) undecided" if undecided else "not said to be complete"
        return f"{self.extraction.article.id}: left out, {why}."


class Applied(NamedTuple):
    """Results after a review, and what became of each decision."""

    outcomes: tuple[Outcome, ...]
    """The extractions as reviewed; failures as they were."""
    applied: tuple[Decision, ...]
    """The decisions that were made on these, acceptances included."""
    strays: tuple[Decision, ...]
    """Those without effect: made on articles, texts, records or words that are not here."""
    undecided: int
    """How many records nobody decided on."""


def apply_decisions(
    results: Iterable[Extraction], decisions: Iterable[Decision]
) -> Iterator[Reviewed]:
    """Apply decisions to the results that they were made on; those on other texts have no effect.

    Rejected records go to `rejected`; records that nobody decided on stay as they are.

    Raises:
        SettingsError: a correction makes no sense.
    """
    decided = _by_text(decisions)
    for found in results:
        yield _reviewed(found, decided.get(_text_of(found), {}))


def apply_review(outcomes: Iterable[Outcome], decisions: Iterable[Decision]) -> Applied:
    """Apply decisions to all results, and tell which had no effect.

    Raises:
        SettingsError: a correction makes no sense, or an article that was reviewed is there twice,
            so that what was rejected in one reading would come back with the other.
    """
    decided = _by_text(decisions)
    done, applied, undecided = list[Outcome](), list[Decision](), 0
    seen = set[Text]()
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            done.append(outcome)
            continue
        text = _text_of(outcome)
        if text in seen and text in decided:
            raise SettingsError(
                f"{text[0]} was reviewed, and is in the results twice; give one run."
            )
        seen.add(text)
        reviewed = _reviewed(outcome, decided.get(text, {}))
        done.append(reviewed.extraction)
        applied += reviewed.applied
        undecided += len(reviewed.undecided)
    had_effect = set(map(id, applied))
    every = (one for records in decided.values() for one in records.values())
    strays = tuple(one for one in every if id(one) not in had_effect)
    return Applied(tuple(done), tuple(applied), strays, undecided)


def write_gold(
    results: Iterable[Extraction], decisions: Iterable[Decision], folder: str | Path
) -> list[Reviewed]:
    """Write gold of the articles whose review is complete, as `ictdiplo evaluate` reads it.

    Args:
        results: what was reviewed.
        decisions: what was decided.
        folder: where each article gets a `<id>.json` with its records, and a `<id>.txt`.

    Returns:
        The articles that were left out, since some record is undecided or nobody said that nothing
        is missing.

    Raises:
        SettingsError: an article's id cannot be the name of a file, or a file cannot be written.
    """
    everything = list(apply_decisions(results, decisions))
    complete = [reviewed.extraction for reviewed in everything if reviewed.complete]
    _refuse_odd_names(complete)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for found in complete:
        _write(found, folder)
    return [reviewed for reviewed in everything if not reviewed.complete]


def gold_of(found: Extraction) -> dict[str, Any]:
    """Return the records of an article in the form of gold."""
    published = found.article.published
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS.values()}
    for record in records_in(found):
        lists[LISTS[type_of(record)]].append(_gold(record))
    return {"published": str(published) if published else None, **lists}


def _text_of(found: Extraction) -> Text:
    return found.article.id, hash_of(found.article)


def _by_text(decisions: Iterable[Decision]) -> dict[Text, dict[str | None, Decision]]:
    """Sort what stands by the text that it was decided on, and by the record."""
    made = defaultdict[Text, list[Decision]](list)
    for one in decisions:
        made[one.article, one.text_sha256].append(one)
    return {
        text: {record: one for (_, record), one in standing(these).items()}
        for text, these in made.items()
    }


def _reviewed(found: Extraction, decided: Mapping[str | None, Decision]) -> Reviewed:
    kept: list[Record] = []
    rejected, undecided, applied = list(found.rejected), [], []
    for record in records_in(found):
        decision = decided.get(record.id)
        if decision is None or (decision.evidence and decision.evidence != record.evidence):
            undecided.append(record.id)
            kept.append(record)
            continue
        applied.append(decision)
        if decision.verdict == "rejected":
            rejected.append(_rejected(record))
        else:
            kept.append(corrected(record, decision.fields) if decision.fields else record)
    more = [decision for decision in decided.values() if decision.verdict == "added"]
    kept += map(_added, more)
    applied += more + [decision for decision in decided.values() if decision.record is None]
    extraction = found.model_copy(
        update={
            "meetings": tuple(record for record in kept if isinstance(record, Meeting)),
            "proposals": tuple(record for record in kept if isinstance(record, Proposal)),
            "mous": tuple(record for record in kept if isinstance(record, MoU)),
            "rejected": tuple(rejected),
        }
    )
    complete = None in decided and not undecided
    return Reviewed(extraction, tuple(undecided), complete, tuple(applied))


def _rejected(record: Record) -> Rejected:
    words = " … ".join(quote.quote for quote in record.evidence)
    return Rejected(record=record.id, field="evidence", value=words, reason=REASON)


def _added(decision: Decision) -> Record:
    if decision.type is None or decision.record is None:
        raise SettingsError(f"{decision.article}: an added record needs a type and an id.")
    return added(decision.type, decision.record, decision.fields, decision.evidence)


def _gold(record: Record) -> dict[str, Any]:
    gold: dict[str, Any] = {}
    for name, text in as_typed(record).items():
        listed = [one for one in text.split("; ") if one]
        gold[_IN_GOLD.get(name, name)] = listed if name in _LISTED else text or None
    topics = [] if isinstance(record, MoU) else list(dict.fromkeys(t.text for t in record.topics))
    evidence = [quote.quote for quote in record.evidence]
    return {**gold, "topics": topics, "evidence": evidence}


def _refuse_odd_names(complete: Iterable[Extraction]) -> None:
    """Refuse ids that cannot be names of files, before any file is written."""
    for name in (found.article.id for found in complete):
        if not _STEM.fullmatch(name):
            raise SettingsError(
                f"“{name[:60]}” cannot be the name of a file; give the article another id."
            )


def _write(found: Extraction, folder: Path) -> None:
    name = found.article.id
    with replacing(folder / f"{name}.txt") as stream:
        stream.write(_with_header(found.article))
    with replacing(folder / f"{name}.json") as stream:
        stream.write(json.dumps(gold_of(found), ensure_ascii=False, indent=1) + "\n")


def _with_header(article: Article) -> str:
    return f"published: {article.published or 'unknown'}\n\n{article.text}\n"
