"""The built-in reader: no model, no network, the same answer every time. It reads English.

It finds the sentences of the story, who acts in them, and what the cues in `data/cues_*.json` say
was done. Every string of its drafts is cut out of the article.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from ..article import Article
from ..draft import MOST_RECORDS, Check, Draft, Reading
from ..records import Provenance, Usage
from .english.cast import Cast
from .english.meetings import find_encounters
from .english.memoranda import find_memoranda
from .english.proposals import find_proposals
from .english.story import read_story

LANGUAGE = "en"


class OfflineReader:
    """Reads with rules; what it cannot read, it says."""

    def read(self, article: Article, check: Check) -> Reading:  # noqa: ARG002  # it always copies
        """Return what an English article reports; for other languages nothing, and a warning."""
        if article.language not in {None, LANGUAGE}:
            return Reading(Draft(), _provenance(), Usage(cost=0.0), (_not_read(article.language),))
        return Reading(read_english(article.text), _provenance(), Usage(cost=0.0))


def read_english(text: str) -> Draft:
    """Return what an English text reports, in its own words."""
    story = read_story(text)
    cast = Cast(story)
    encounters = find_encounters(story, cast)
    proposals = find_proposals(story, cast, encounters)
    memoranda = find_memoranda(story, cast, encounters)
    return Draft(
        meetings=[encounter.draft() for encounter in encounters[:MOST_RECORDS]],
        proposals=proposals[:MOST_RECORDS],
        mous=[text.draft() for text in memoranda[:MOST_RECORDS]],
    )


def _not_read(language: str | None) -> str:
    return (
        f"The article seems to be in another language than English ({language}), and the offline "
        "reader reads English only: nothing was read. A model is needed; name one with `model`."
    )


@cache
def _provenance() -> Provenance:
    return Provenance(reader="offline", version=version("ictdiplo"))
