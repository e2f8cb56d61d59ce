"""The headline: part of what an article says, since a side may be named there alone."""

from __future__ import annotations

from .folding import fold

HEADLINE_IS_AMONG = 3


def with_headline(headline: str | None, text: str) -> str:
    """Return `text` with the headline on top, once: not if one of its first lines is like it."""
    lines = [line for line in text.split("\n") if line.strip()]
    top = [fold(line) for line in lines[:HEADLINE_IS_AMONG]]
    if not headline or any(line in fold(headline) or fold(headline) in line for line in top):
        return text
    return f"{headline}\n\n{text}"
