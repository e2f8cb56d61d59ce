"""Predictions held against gold: every record that is right, missed or invented, and the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import EvaluationError
from ..records import Value
from .bootstrap import Interval, interval, resample
from .compared import KINDS, Kind, Wording, compared
from .pairing import Matching, match
from .scores import Confusion, Counts, Score, add, confuse, count, figures, score
from .sources import Gold, Predicted, Prediction, read_gold, read_predictions

_MOST_NAMED = 5  # articles, in a warning


class Judged(Value):
    """One article: which of its records were found, missed and invented."""

    article: str
    """The stem of its gold file."""
    meetings: Matching
    """Its meetings."""
    proposals: Matching
    """Its proposals."""
    mous: Matching
    """Its memoranda and other texts."""

    def counts(self) -> Counts:
        """Count them."""
        return count({kind: getattr(self, kind) for kind in KINDS})


class Difference(Value):
    """How much more one run has than another."""

    value: float
    """The one's figure less the other's."""
    interval: Interval
    """Where it would lie with other articles of the same sort, 95 times in 100."""


class Comparison(Value):
    """Two runs held against the same gold."""

    detection_f1: Difference
    """In finding records at all."""
    headline: Difference
    """In finding them and getting their fields right."""


class Evaluation(Value):
    """How a run fares against gold."""

    meetings: Score
    """How well meetings were found."""
    proposals: Score
    """How well proposals were found."""
    mous: Score
    """How well memoranda and other texts were found."""
    detection_f1: float
    """Mean F1 of the types that occur."""
    detection_f1_interval: Interval
    """Where it would lie with other articles of the same sort, 95 times in 100."""
    headline: float
    """Mean of F1 times field accuracy of the types that occur."""
    headline_interval: Interval
    """Where it would lie with other articles of the same sort, 95 times in 100."""
    confusions: dict[Kind, Confusion]
    """Of each type: what a status, or a proposal's kind, should be, was found to be, how often."""
    articles: tuple[Judged, ...]
    """The articles of the gold, in the order of their names."""
    failed: tuple[str, ...] = ()
    """Articles that could not be read; they count as if nothing was found in them."""
    warnings: tuple[str, ...] = ()
    """What a careful user should know: failed, missing and unscored articles."""

    def compare(self, other: Evaluation) -> Comparison:
        """Say how much better than `other` this one is, with intervals over the same draws.

        Raises:
            EvaluationError: they are not of the same gold.
        """
        if _gold_of(self) != _gold_of(other):
            raise EvaluationError("Two runs can be compared only if the gold is the same.")
        mine, others = (
            list(resample([one.counts() for one in run.articles])) for run in (self, other)
        )
        detection, headline = (
            interval([a - b for a, b in zip(*pair, strict=True)])
            for pair in zip(zip(*mine, strict=True), zip(*others, strict=True), strict=True)
        )
        return Comparison(
            detection_f1=Difference(
                value=self.detection_f1 - other.detection_f1, interval=detection
            ),
            headline=Difference(value=self.headline - other.headline, interval=headline),
        )


def evaluate(
    gold: str | Path, predicted: Predicted, articles: str | Path | None = None
) -> Evaluation:
    """Hold records against gold, article by article, and work out how well they were found.

    Args:
        gold: a folder with a `<name>.json` for each article: lists `meetings`, `proposals`, `mous`.
        predicted: a JSON Lines file as `ictdiplo extract --format jsonl` writes it, a folder in the
            form of gold, or extractions. An article's id is the name of its gold, or a path that
            ends so. Articles without a prediction count as if nothing was found in them.
        articles: the folder with `<name>.txt`, if they are not beside the gold.

    Raises:
        EvaluationError: something is missing or not in form, or an article is predicted twice.
    """
    return evaluate_all(read_gold(gold, articles), read_predictions(predicted))


def evaluate_all(golds: Sequence[Gold], predictions: Iterable[Prediction]) -> Evaluation:
    """Do what `evaluate` does with gold that is already read."""
    said = _sorted_out(predictions, {gold.name for gold in golds})
    judged = [_judge(gold, said.found.get(gold.name, {})) for gold in golds]
    counts = [one.counts() for one in judged]
    scores = score(add(counts))
    overall = figures(scores)
    detection, headline = map(interval, zip(*resample(counts), strict=True))
    return Evaluation(
        **scores,
        detection_f1=overall.detection_f1,
        detection_f1_interval=detection,
        headline=overall.headline,
        headline_interval=headline,
        confusions={kind: confuse([getattr(one, kind) for one in judged], kind) for kind in KINDS},
        articles=tuple(judged),
        failed=tuple(said.failed),
        warnings=_warnings(said, [gold.name for gold in golds]),
    )


class _Said(NamedTuple):
    found: Mapping[str, Mapping[str, Any]]
    failed: Mapping[str, str]
    """Why, by name."""


def _sorted_out(predictions: Iterable[Prediction], names: Collection[str]) -> _Said:
    """Put each prediction under its gold's name; what failed first and was read later, was read."""
    found: dict[str, Mapping[str, Any]] = {}
    failed: dict[str, str] = {}
    for article, records, error in predictions:
        name = article if article in names else Path(article).stem
        if error is not None:
            failed[name] = error
        elif name in found:
            raise EvaluationError(f"Article {name} is predicted twice; keep one of the two.")
        else:
            found[name] = records
    return _Said(found, {name: why for name, why in failed.items() if name not in found})


def _judge(gold: Gold, found: Mapping[str, Any]) -> Judged:
    text = Wording(gold.text)
    matchings = {}
    for kind in KINDS:
        ours, theirs = (
            [compared(record, kind) for record in side.get(kind) or []]
            for side in (gold.records, found)
        )
        matchings[kind] = match(ours, theirs, kind, text)
    return Judged(article=gold.name, **matchings)


def _gold_of(run: Evaluation) -> list[tuple[str, list[int]]]:
    """Return the articles, and how many records of each type are to be found in them."""
    return [
        (
            one.article,
            [len(m.paired) + len(m.missed) for m in (one.meetings, one.proposals, one.mous)],
        )
        for one in run.articles
    ]


def _warnings(said: _Said, names: Sequence[str]) -> tuple[str, ...]:
    absent = [name for name in names if name not in said.found and name not in said.failed]
    strangers = [name for name in [*said.found, *said.failed] if name not in names]
    doubts = [
        (
            "could not be read and count as empty",
            [f"{name} ({why.rstrip('.')})" for name, why in said.failed.items()],
        ),
        ("have no prediction and count as empty", absent),
        ("were predicted and have no gold: not scored", strangers),
    ]
    return tuple(
        f"{len(which)} article(s) {what}: {_listed(which)}." for what, which in doubts if which
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
