"""How well reports were put together, as a person reads it."""

from __future__ import annotations

from typing import TextIO

from ..measure.merges import MergeScore, MergeScores


def write_merge_scores(scores: MergeScores, stream: TextIO) -> None:
    """Write a table of pairs, and the pairs that were missed or wrong."""
    print("            gold  merged  right  precision  recall", file=stream)
    for kind in MergeScores.model_fields:
        score: MergeScore = getattr(scores, kind)
        print(
            f"{kind:<10} {score.gold:>5} {score.found:>7} {score.right:>6}"
            f" {_figure(score.precision):>10} {_figure(score.recall):>7}",
            file=stream,
        )
    for what in ("missed", "wrong"):
        for one, other in getattr(scores.all, what):
            print(f"{what}: {one} and {other}", file=stream)


def _figure(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
