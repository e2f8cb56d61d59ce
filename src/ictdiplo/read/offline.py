"""The built-in reader: no model, no network, the same answer every time. It reads English.

It finds the sentences of the story, who acts in them, and what the cues in `data/cues_*.json` say
was done. Every string of its drafts is cut out of the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..article import Article
from ..draft import MOST_RECORDS, Check, Draft, Reading
from ..records import Provenance, Usage
from .english.cast import Cast
from .english.encounters import Encounter
from .english.meetings import find_encounters
from .english.memoranda import find_memoranda, share_signing_dates
from .english.proposals import Put, find_proposals
from .english.story import LONGEST_SENTENCE, read_story
from .english.texts import Text
from .versions import version

LANGUAGE = "en"
_FREE = Usage(cost=0.0)


class OfflineReader:
    """Reads with rules; what it cannot read, it says."""

    def read(self, article: Article, check: Check) -> Reading:  # noqa: ARG002  # it always copies
        """Return what an English article reports; for other languages nothing, and a warning."""
        if article.language not in {None, LANGUAGE}:
            return Reading(Draft(), _provenance(), _FREE, (_not_read(article.language),))
        return _read_english(article.text)


def _read_english(text: str) -> Reading:
    """Return what an English text reports, in its own words, and what was left out."""
    story = read_story(text)
    cast = Cast(story)
    encounters = find_encounters(story, cast)
    texts = find_memoranda(story, cast, encounters)
    share_signing_dates(encounters, texts)
    found: dict[str, Sequence[Encounter | Put | Text]] = {
        "meetings": encounters,
        "proposals": find_proposals(story, cast, encounters, texts),
        "mous": texts,
    }
    kept = {kind: records[:MOST_RECORDS] for kind, records in found.items()}
    return Reading(
        Draft.model_validate({kind: [one.draft() for one in kept[kind]] for kind in kept}),
        _provenance(),
        _FREE,
        (*_too_long(story.unread), *_too_many(found)),
        {
            f"{kind[:-1]}-{number}": tuple(one.rules)
            for kind, records in kept.items()
            for number, one in enumerate(records, start=1)
        },
    )


def _too_long(unread: int) -> Iterator[str]:
    if unread:
        yield f"{unread} sentence(s) of more than {LONGEST_SENTENCE} characters were not read."


def _too_many(found: Mapping[str, Sequence[object]]) -> Iterator[str]:
    for kind, records in found.items():
        if len(records) > MOST_RECORDS:
            yield f"Only the first {MOST_RECORDS} of {len(records)} {kind} were kept."


def _not_read(language: str | None) -> str:
    return (
        f"The article seems to be in another language than English ({language}), and the offline "
        "reader reads English only: nothing was read. A model is needed; name one with `model`."
    )


@cache
def _provenance() -> Provenance:
    return Provenance(reader="offline", version=version("ictdiplo"))
