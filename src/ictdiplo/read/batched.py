"""Questions that are put down now, and answered in one go by a batch later.

They are built by what asks live, which is kept from sending them; and their answers go through what
reads live ones, which is kept from sending anything for them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from ..article import Article
from ..draft import Check, Reading
from ..errors import InvalidAnswer, ModelError, ModelUnavailable, OutputTruncated
from ..records import Usage
from .bill import Bill
from .connection import Create
from .deputy import Deputy, answered_by
from .model import Model
from .modes import Mode
from .prompt import Message

# “50% cost discount compared to synchronous APIs”: OpenAI's guide to batches.
PRICE = 0.5
# Codes of requests that nobody got to, by the reference of batches.
_NOT_REACHED = {
    "batch_expired": "expired",
    "batch_cancelled": "was cancelled",
    "batch_failed": "failed as a whole",
}


class _Kept(Exception):
    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__()
        self.body = body


def request_body(model: Model, messages: list[Message], mode: Mode) -> dict[str, Any]:
    """Return the body that a live call with these messages would send first."""

    def keep(**request: Any) -> Any:
        del request["timeout"]
        further = request.pop("extra_body", {})
        raise _Kept(request | further)

    try:
        with answered_by(Deputy(lambda _key: keep, mode)):
            model.ask(messages, Bill(until=math.inf), lambda _draft: [])
    except _Kept as kept:
        return kept.body
    raise AssertionError("A request was answered before it was sent.")


@dataclass(frozen=True)
class BatchReader:
    """Reads articles by the answers of a batch, and asks for nothing else."""

    model: Model
    mode: Mode
    """The mode that the batch was asked in."""
    line: Callable[[str], Mapping[str, Any] | None]
    """Returns what the batch's output has under a key."""

    def read(self, article: Article, check: Check) -> Reading:
        """Say what the batch says that the article reports.

        Raises:
            ModelError: as `errors` describes them; `InvalidAnswer` also where a live model would be
                asked again.
        """
        try:
            with answered_by(Deputy(self._answer, self.mode)):
                reading = self.model.read(article, check)
        except ModelError as error:
            error.usage = _at_half(error.usage)
            raise
        return replace(reading, usage=_at_half(reading.usage))

    def _answer(self, key: str) -> Create:
        lines = [self.line(key)]

        def create(**_request: Any) -> Any:
            if not lines:
                raise InvalidAnswer(
                    "The batch's answer is out of form, or quotes what the article does not say; "
                    "a batch cannot ask again, so let a live run read this article."
                )
            line = lines.pop()
            if line is None:  # a half of what was cut off
                raise OutputTruncated(
                    "The batch's answer was cut off; let a live run read this article in smaller "
                    "parts, or raise `max_tokens`."
                )
            return completion_of(line)

        return create


def _at_half(usage: Usage) -> Usage:
    cost = None if usage.cost is None else usage.cost * PRICE
    return usage.model_copy(update={"cost": cost})


def completion_of(line: Mapping[str, Any]) -> Any:
    """Return the completion in a line of a batch's output, as openai's client would.

    Raises:
        openai.APIStatusError: the line tells of an error instead.
        ModelUnavailable: nobody got to the request.
    """
    from openai import APIStatusError
    from openai.types.chat import ChatCompletion

    response, error = line.get("response") or {}, line.get("error") or {}
    body, status = response.get("body"), response.get("status_code")
    if not isinstance(body, dict) or not isinstance(status, int):
        why = _NOT_REACHED.get(str(error.get("code")), "had no answer for it")
        raise ModelUnavailable(
            f"The batch {why}; submit the article again, or let a live run read it."
        )
    if status == HTTPStatus.OK:
        return ChatCompletion.construct(**body)
    # Of a response only these are looked at, and a batch's output has no more of it.
    told: Any = SimpleNamespace(status_code=status, headers={}, request=None)
    said = body.get("error")
    message = str(said.get("message", "")) if isinstance(said, dict) else ""
    raise APIStatusError(message, response=told, body=said)
