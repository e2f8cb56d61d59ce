"""A model that says what it was told to: for the tests of whoever builds on this library."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..draft import Draft
from .connection import Create
from .model import Model

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

Answer = Draft | Mapping[str, Any] | str | Exception
"""A draft, its JSON as a mapping or as text, any other text, or an error to raise."""


class FakeModel(Model):
    """Answers in the order given, through all that a real model's answers pass through.

    Only the transport is replaced: instructor, the guard, the re-asks and the grounding are real.
    Nothing is sent and nothing is cached. Each request uses up one answer, re-asks included; a
    request for which none is left raises `LookupError`. `requests` keeps what would have been
    sent. Other settings are those of `Model`.
    """

    requests: list[dict[str, Any]]

    def __init__(self, answers: Iterable[Answer], **settings: Any) -> None:
        super().__init__(
            "fake",
            **{
                "base_url": "http://fake.invalid/v1",
                "mode": "json_schema",
                "cache": False,
                **settings,
            },
        )
        object.__setattr__(self, "requests", [])
        object.__setattr__(self, "_left", deque(answers))

    def _create(self) -> Create:
        return self._reply

    def _reply(self, *, timeout: float, **request: Any) -> ChatCompletion:  # noqa: ARG002 - SDK's shape
        self.requests.append(json.loads(json.dumps(request)))
        left: deque[Answer] = self.__dict__["_left"]
        if not left:
            raise LookupError("FakeModel was asked more often than it has answers.")
        answer = left.popleft()
        if isinstance(answer, Exception):
            raise answer
        return _completion(request, _text(answer))


def _text(answer: Draft | Mapping[str, Any] | str) -> str:
    if isinstance(answer, Draft):
        return answer.model_dump_json(exclude_defaults=True)
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def _completion(request: Mapping[str, Any], text: str) -> ChatCompletion:
    """Wrap the text the way the request asked for it: as a tool call, or as content."""
    from openai.types.chat import ChatCompletion

    message: dict[str, Any] = {"role": "assistant", "content": text}
    for tool in request.get("tools", []):
        call = {"name": tool["function"]["name"], "arguments": text}
        calls = [{"id": "call_1", "type": "function", "function": call}]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
    return ChatCompletion.model_validate(
        {
            "id": "fake",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": request["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        }
    )
