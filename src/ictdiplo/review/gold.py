"""Results after a review: without what was rejected, with what was corrected or added; and as gold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..article import Article
from ..errors import SettingsError
from ..publish.output import replacing
from ..publish.shown import RecordType, type_of
from ..publish.wording import Record, records_in
from ..records import Extraction, Meeting, MoU, Proposal, Rejected
from .corrections import added, as_typed, corrected
from .decisions import Decision, hash_of, standing

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


def apply_decisions(
    results: Iterable[Extraction], decisions: Iterable[Decision]
) -> Iterator[Reviewed]:
    """Apply decisions to the results that they were made on; those on other texts have no effect.

    Rejected records go to `rejected`; records that nobody decided on stay as they are.

    Raises:
        SettingsError: a correction makes no sense.
    """
    last = standing(decisions)
    for found in results:
        hash_ = hash_of(found.article)
        yield _reviewed(
            found,
            {
                record: decision
                for (article, record), decision in last.items()
                if article == found.article.id and decision.text_sha256 == hash_
            },
        )


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


def _reviewed(found: Extraction, decided: Mapping[str | None, Decision]) -> Reviewed:
    kept: list[Record] = []
    rejected, undecided = list(found.rejected), []
    for record in records_in(found):
        decision = decided.get(record.id)
        if decision is None or (decision.evidence and decision.evidence != record.evidence):
            undecided.append(record.id)
            kept.append(record)
        elif decision.verdict == "rejected":
            rejected.append(_rejected(record))
        else:
            kept.append(corrected(record, decision.fields) if decision.fields else record)
    kept += [_added(decision) for decision in decided.values() if decision.verdict == "added"]
    extraction = found.model_copy(
        update={
            "meetings": tuple(record for record in kept if isinstance(record, Meeting)),
            "proposals": tuple(record for record in kept if isinstance(record, Proposal)),
            "mous": tuple(record for record in kept if isinstance(record, MoU)),
            "rejected": tuple(rejected),
        }
    )
    return Reviewed(extraction, tuple(undecided), None in decided and not undecided)


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
