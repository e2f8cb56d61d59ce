"""What triage tells of an article."""

from __future__ import annotations

from pydantic import Field

from .records import Value


class Triage(Value):
    """Whether an article is worth reading by a model."""

    article: str
    """The article's id."""
    relevant: bool
    """False where nothing in the article looks like a record."""
    score: float | None = Field(ge=0, le=1)
    """How sure that is, from 0 to 1; null where the article could not be read offline."""
    reason: str
    """What was found, or why not."""
