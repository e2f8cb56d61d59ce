"""What was worked out of an article, beside the answers that it was worked out of.

Working it out again takes some twenty times as long as reading it back. It is forgotten as soon as a
file of this package changes: the answers stay, and are worked out anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ..records import Extraction, Meeting, MoU, Proposal, Usage
from .cache import cache_key
from .model import Model
from .versions import code_sha256

if TYPE_CHECKING:
    from ..draft import Reader


class Memory:
    """Where the records of one article are kept, if its reader keeps answers at all.

    `given` is what the article is made of: its text and date, or all its fields.
    """

    def __init__(self, reader: Reader, given: Mapping[str, object]) -> None:
        self._answers = reader.answers() if isinstance(reader, Model) else None
        self._key = _key(reader, given) if isinstance(reader, Model) and self._answers else ""

    def recall(self) -> Extraction | None:
        """Return what is kept; None if nothing is, or nothing that holds against its article."""
        kept = self._answers.get(self._key) if self._answers else None
        if kept is None:
            return None
        try:
            found = Extraction.model_validate_json(kept)
        except ValidationError:
            return None
        return found if _stands(found) else None

    def keep(self, found: Extraction, warnings: tuple[str, ...]) -> None:
        """Keep it as the next reading will have it: paid for, and with these warnings only."""
        if self._answers is None:
            return
        recalled = found.model_copy(
            update={
                "provenance": found.provenance.model_copy(update={"cached": True, "attempts": 0}),
                "usage": Usage(cost=0.0),
                "warnings": warnings,
            }
        )
        self._answers.put(self._key, recalled.model_dump_json(exclude_defaults=True))


def _key(model: Model, given: Mapping[str, object]) -> str:
    kind = f"{type(model).__module__}.{type(model).__qualname__}"
    return cache_key(records_of=given, reader=kind, code=code_sha256(), **model.shaping())


def _stands(found: Extraction) -> bool:
    """Tell whether every quote stands where it says, whoever wrote the row."""
    text = found.article.text
    records: tuple[Meeting | Proposal | MoU, ...] = (*found.meetings, *found.proposals, *found.mous)
    quotes = (quote for record in records for quote in record.evidence)
    return all(text[quote.start : quote.end] == quote.quote for quote in quotes)
