"""Results as one page: the articles with their evidence marked, and the records beside them.

The page is one file that loads nothing. Without its script it can be read and its links work; the
script lights what belongs together, and filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..gather.run import Failure, Outcome
from ..records import Extraction
from .drawing import Kind, can_draw, svg
from .facets import choices, facets_of
from .figures import Address, ToPage, counted, figure
from .output import replacing
from .overview import Overview, overview_of
from .shown import show_articles
from .templating import render_page, source

SIGNS = {"meeting": "●", "proposal": "▲", "mou": "■", "overlooked": "?"}
"""Shapes that tell the types apart where colours do not."""
PLURALS = {"meeting": "meetings", "proposal": "proposals", "mou": "memoranda or agreements"}
LOOKS = {"meeting": "a meeting", "proposal": "a proposal", "mou": "a memorandum or agreement"}
FEW = 3
"""Articles whose texts are all unfolded from the start; of more, records alone make an overview."""


def write_page(results: Extraction | Iterable[Outcome], path: str | Path) -> None:
    """Write one page, in one file that loads nothing, with articles, records and their evidence.

    Args:
        results: an extraction or several; a `Failure` among them is listed as not read.
        path: the file to write; it takes the place of an older one when it is complete.

    Raises:
        SettingsError: nothing can be written there.
    """
    with replacing(Path(path)) as stream:
        stream.write(results_page([results] if isinstance(results, Extraction) else results))


def results_page(results: Iterable[Outcome], review: Mapping[str, Any] | None = None) -> str:
    """Return the HTML of a page; with what is decided so far, one that a review's server can serve."""
    outcomes = list(results)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    articles = show_articles(one for one in outcomes if isinstance(one, Extraction))
    parts = ["results"] if review is None else ["results", "review"]
    style, script = ("".join(source(f"{part}.{kind}") for part in parts) for kind in ("css", "js"))
    overview = overview_of(articles)
    single = len(articles) == 1 and not failures
    chosen, to_page = choices(articles), ToPage()
    return render_page(
        "results.html.jinja",
        style=style,
        script=script,
        answers=review is not None,
        title=articles[0].title if single else f"ICT diplomacy in {len(articles)} articles",
        review=review,
        articles=articles,
        failures=failures,
        single=single,
        few=FEW,
        facets=list(facets_of(articles)),
        choices=chosen,
        overview=overview,
        drawn=_drawn(overview, to_page) if can_draw() and not single else None,
        address=to_page,
        lists=to_page.lists,
        names={one.value: one.label for facet in chosen.values() for one in facet},
        counted=counted,
        signs=SIGNS,
        plurals=PLURALS,
        looks=LOOKS,
    )


def _drawn(overview: Overview, to_page: Address) -> dict[Kind, str]:
    """Draw what lies on a line or a net; matrix and board are tables, which a browser sets better."""
    kinds: tuple[Kind, ...] = ("timeline", "network")
    return {kind: svg(figure(kind, overview, to_page)) for kind in kinds}
