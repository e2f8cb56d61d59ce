"""What contenders without a prompt of their own ask: a short instruction, and our form to fill."""

from __future__ import annotations

from typing import Any

from ictdiplo.draft import Draft

INSTRUCTION = (
    "You read news about ICT diplomacy. Report every meeting, proposal and memorandum in the "
    "article. Copy all words letter for letter and leave out what the article does not say."
)
RESPONSE_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "Draft", "schema": Draft.model_json_schema()},
}


def messages(text: str) -> list[dict[str, str]]:
    """Build the messages for one article."""
    return [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": text}]


def request(model: str, text: str) -> dict[str, Any]:
    """Build the whole request for one article; the schema is the same object each time."""
    return {"model": model, "messages": messages(text), "response_format": RESPONSE_FORMAT}
