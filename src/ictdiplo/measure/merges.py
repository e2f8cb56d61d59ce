"""How well reports were put together: pairs of them that are one in gold, in the ledger, in both.

Each pair of reports that a merged record holds is right if gold holds it, too (pairwise precision
and recall, as for entity resolution). Gold names each report that has a partner; a report that
it does not name has none, so whatever it is merged with counts as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from ..errors import EvaluationError
from ..gather.ledger import Ledger
from ..records import Value

KINDS = ("meetings", "proposals", "mous")
Groups = Iterable[Iterable[str]]
Pair = tuple[str, str]


class MergeScore(Value):
    """The pairs of one kind of record, or of all."""

    gold: int
    """Pairs that are one."""
    found: int
    """Pairs that were merged."""
    right: int
    """Pairs that are and were."""
    missed: tuple[Pair, ...] = ()
    """Pairs that were not merged, and are one."""
    wrong: tuple[Pair, ...] = ()
    """Pairs that were merged, and are two."""

    @property
    def precision(self) -> float | None:
        """Return which part of what was merged is one; None where nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Return which part of what is one was merged; None where nothing is."""
        return self.right / self.gold if self.gold else None


class MergeScores(Value):
    """How well a ledger's records were put together."""

    all: MergeScore
    meetings: MergeScore
    proposals: MergeScore
    mous: MergeScore


def evaluate_merges(
    ledger: Ledger, gold: str | Path | Mapping[str, Sequence[Sequence[str]]]
) -> MergeScores:
    """Measure how well reports were put together.

    Args:
        ledger: what `merge` made of the extractions that gold is about.
        gold: a JSON file, or what is in it: under `meetings`, `proposals` and `mous` a list of
            groups, each the names (`article/record`) of the reports that are one.

    Raises:
        EvaluationError: the file is missing or not in form, or names a report that is not there.
    """
    groups = gold if isinstance(gold, Mapping) else _read(Path(gold))
    merged = {"meetings": ledger.meetings, "proposals": ledger.proposals, "mous": ledger.texts}
    scores, pairs, found = {}, set[Pair](), set[Pair]()
    for kind in KINDS:
        records = [[source.id for source in record.sources] for record in merged[kind]]
        known = {name for record in records for name in record}
        if missing := {name for group in groups.get(kind, ()) for name in group} - known:
            raise EvaluationError(f"Gold names {min(missing)}, which is in no extraction.")
        ours, theirs = _pairs(groups.get(kind, ())), _pairs(records)
        scores[kind] = _score(ours, theirs)
        pairs |= ours
        found |= theirs
    return MergeScores(all=_score(pairs, found), **scores)


def _pairs(groups: Groups) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _score(gold: set[Pair], found: set[Pair]) -> MergeScore:
    return MergeScore(
        gold=len(gold),
        found=len(found),
        right=len(gold & found),
        missed=tuple(sorted(gold - found)),
        wrong=tuple(sorted(found - gold)),
    )


def _read(path: Path) -> dict[str, list[list[str]]]:
    try:
        groups = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{path}: the file cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise EvaluationError(f"{path}: this is not JSON ({error}).") from error
    if not isinstance(groups, dict) or not all(map(_in_form, groups.values())):
        raise EvaluationError(f"{path}: this is no object with lists of groups of names in it.")
    return groups


def _in_form(groups: object) -> bool:
    return isinstance(groups, list) and all(
        isinstance(group, list) and all(isinstance(name, str) for name in group) for group in groups
    )
