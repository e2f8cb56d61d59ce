"""A run beside another one, or beside the offline reader, which reads the same articles."""

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
    against: Evaluation | None = None
    """How another run fares; null where none was named."""
    baseline: Evaluation | None = None
    """How the offline reader fares on the same articles; null where it was not asked for."""
    comparison: Comparison | None = None
    """How much better the run is than the other one, else than the offline reader; null where
    there is nothing to compare."""

    def evaluations(self) -> dict[str, Evaluation]:
        """Return those that are there, by name."""
        runs = {"predicted": self.predicted, "against": self.against, "offline": self.baseline}
        return {name: one for name, one in runs.items() if one}

    def has_failures(self) -> bool:
        """Tell whether some article could not be read, by the run or by the offline reader."""
        return any(one.failed for one in self.evaluations().values())


def report_on(
    gold: Path,
    articles: Path | None,
    predicted: Path | None,
    *,
    against: Path | None = None,
    with_baseline: bool,
) -> Report:
    """Evaluate what was predicted, what another run did, and the offline reader.

    Raises:
        EvaluationError: something is missing or not in form, or there is nothing to evaluate.
    """
    if not predicted and (against or not with_baseline):
        raise EvaluationError("There is nothing to evaluate: no predictions, and no baseline.")
    golds = read_gold(gold, articles)
    run, other = (
        evaluate_all(golds, read_predictions(path)) if path else None
        for path in (predicted, against)
    )
    baseline = evaluate_baseline(golds) if with_baseline else None
    second = other or baseline
    comparison = run.compare(second) if run and second else None
    return Report(predicted=run, against=other, baseline=baseline, comparison=comparison)


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
