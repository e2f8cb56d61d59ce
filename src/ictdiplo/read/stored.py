"""What is kept of an answer, and of the model that gave it."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from ..draft import Draft
from .bill import Bill
from .cache import Answers, cache_key

# Raised whenever an answer is stored or shaped in a new way, so that older ones are not read.
ENVELOPE = 2


def pack(draft: Draft, bill: Bill) -> str:
    """Write an answer, and what gave it, as it is stored."""
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


def renamed(endpoint: str, name: str, bill: Bill, answers: Answers | None) -> tuple[str, ...]:
    """Warn where a name stands for another model than when it was last asked, as it reports itself.

    Providers let a name stand for their newest model. What was last reported lies with the answers;
    without them there is nothing to compare with.
    """
    reported = bill.model_reported
    if answers is None or reported is None or bill.requests == 0:
        return ()
    key = cache_key(reported_by=endpoint, model=name)
    before = answers.get(key)
    if before == reported:
        return ()
    answers.put(key, reported)
    if before is None:
        return ()
    warning = (
        f"The endpoint says that the model is {reported}; last time it was {before}. Articles that "
        "were read before may have been read differently."
    )
    return (warning,)


def open_answers(directory: Path) -> Answers:
    """Open a directory once for all threads."""
    with _opening:  # a damaged cache is put aside once, and not by each thread
        return _opened(directory)


_opening = Lock()


@lru_cache(maxsize=8)
def _opened(directory: Path) -> Answers:
    return Answers.open(directory)
