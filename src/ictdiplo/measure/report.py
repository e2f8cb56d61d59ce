"""A run beside the offline reader, which reads the same articles as the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..article import Article
from ..errors import ArticleError, EvaluationError
from ..files import read_articles
from ..gather.run import Failure, read_in_order
from ..read.offline import OfflineReader
from ..records import Value
from .evaluation import Comparison, Evaluation, evaluate_all
from .sources import Gold, read_gold, read_predictions


class Report(Value):
    """What there is to say about a run; at least one of the two evaluations is there."""

    predicted: Evaluation | None = None
    """How the run fares; null where the offline reader itself is evaluated."""
    baseline: Evaluation | None = None
    """How the offline reader fares on the same articles; null where it was not asked for."""
    comparison: Comparison | None = None
    """How much better the run is; null where one of the two is missing."""

    def evaluations(self) -> dict[str, Evaluation]:
        """Return those that are there, by name."""
        both = {"predicted": self.predicted, "offline": self.baseline}
        return {name: one for name, one in both.items() if one}

    def has_failures(self) -> bool:
        """Tell whether some article could not be read, by the run or by the offline reader."""
        return any(one.failed for one in self.evaluations().values())


def report_on(
    gold: Path, articles: Path | None, predicted: Path | None, *, with_baseline: bool
) -> Report:
    """Evaluate what was predicted, the offline reader, or both.

    Raises:
        EvaluationError: something is missing or not in form, or there is nothing to evaluate.
    """
    if not predicted and not with_baseline:
        raise EvaluationError("There is nothing to evaluate: no predictions, and no baseline.")
    golds = read_gold(gold, articles)
    run = evaluate_all(golds, read_predictions(predicted)) if predicted else None
    baseline = evaluate_baseline(golds) if with_baseline else None
    comparison = run.compare(baseline) if run and baseline else None
    return Report(predicted=run, baseline=baseline, comparison=comparison)


def evaluate_baseline(golds: Sequence[Gold]) -> Evaluation:
    """Let the offline reader read the articles, and evaluate what it finds."""
    outcomes = read_in_order(_articles(golds), OfflineReader(), workers=1)
    return evaluate_all(golds, read_predictions(outcomes))


def _articles(golds: Sequence[Gold]) -> Iterator[Article | Failure]:
    """Yield each under its gold's name, which a line of its header may not know."""
    for gold in golds:
        for article in read_articles(gold.path):
            if isinstance(article, ArticleError):
                yield Failure(gold.name, article)
            else:
                yield article.model_copy(update={"id": gold.name})
