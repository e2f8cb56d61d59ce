"""Answers of a model as the cache keeps them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from ..draft import Draft
from .bill import Bill
from .cache import Answers

# Raised whenever an answer is stored or shaped in a new way, so that older ones are not read.
ENVELOPE = 2


def pack(draft: Draft, bill: Bill) -> str:
    """Write an answer as text, with what is known of its model."""
    said = draft.model_dump(mode="json", exclude_defaults=True)
    envelope = {"model": bill.model_reported, "mode": bill.mode, "draft": said}
    return json.dumps(envelope, ensure_ascii=False)


def unpack(stored: str | None, bill: Bill) -> Draft | None:
    """Read a stored answer; none, or one that no longer validates, is a miss."""
    try:
        envelope = json.loads(stored or "")
        draft = Draft.model_validate(envelope["draft"])
    except (ValidationError, ValueError, KeyError, TypeError):
        return None
    bill.model_reported = envelope.get("model") or bill.model_reported
    bill.mode = envelope.get("mode") or bill.mode
    return draft


def open_answers(directory: Path) -> Answers:
    """Open a directory once for all threads."""
    with _opening:  # a damaged cache is put aside once, and not by each thread
        return _opened(directory)


_opening = Lock()


@lru_cache(maxsize=8)
def _opened(directory: Path) -> Answers:
    return Answers.open(directory)
