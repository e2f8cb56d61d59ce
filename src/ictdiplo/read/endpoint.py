"""One live question to an endpoint.

    instructor        asks again when the answer does not validate
      └ tenacity      tries again when the transport fails
          └ guard     tells refusals, filters, cuts and non-answers from answers
              └ openai's client, its own retries off

Each layer handles one kind of trouble, so that their numbers of attempts add up in the open.
Nothing of openai or instructor leaves this module: what they raise is turned into our errors,
without the messages, the article or the key that theirs carry.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit
from weakref import finalize

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ..draft import Check, Draft
from ..errors import (
    DeadlineExceeded,
    InvalidAnswer,
    ModelUnavailable,
    RateLimited,
)
from ..records import Usage
from .faults import guard, own_errors
from .prompt import Message

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion
    from tenacity import RetryCallState

Mode = Literal["tools", "json_schema", "json", "md_json"]
Create = Callable[..., Any]
"""openai's `chat.completions.create`, or something of its shape."""

# Seconds. A longer Retry-After is not waited for: the caller has better things to do.
LONGEST_WAIT = 60.0
# Replaced by tests, so that none of them sleeps.
sleep = time.sleep
clock = time.monotonic


@dataclass
class Bill:
    """What one article has cost so far; requests that failed count too."""

    until: float
    requests: int = 0
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    seconds: float = 0.0
    model_reported: str | None = None

    def count(self, response: Any) -> None:
        """Add what a response says of itself; once one does not say, the sum is unknown."""
        usage, name = getattr(response, "usage", None), getattr(response, "model", None)
        self.model_reported = name if isinstance(name, str) else self.model_reported
        self.input_tokens = _sum(self.input_tokens, getattr(usage, "prompt_tokens", None))
        self.output_tokens = _sum(self.output_tokens, getattr(usage, "completion_tokens", None))

    def usage(self, cost: float | None) -> Usage:
        """Express it as a record; `cost` is in US dollars."""
        return Usage(
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cost=cost,
            seconds=round(self.seconds, 3),
        )


@dataclass
class Exchange:
    """The requests that one answer takes."""

    create: Create
    bill: Bill
    attempts: int
    timeout: float
    answers: int = 0

    def send(self, **request: Any) -> ChatCompletion:
        """Send one request, again where that can help, and return a completion that is an answer.

        Raises:
            ModelError: as `errors` describes them.
        """
        from tenacity import Retrying, retry_if_exception

        retrying = Retrying(
            retry=retry_if_exception(_can_heal),
            stop=self._gives_up,
            wait=_wait,
            sleep=sleep,
            reraise=True,
        )
        completion: ChatCompletion = retrying(self._try, **request)
        self.answers += 1
        return completion

    def _try(self, **request: Any) -> ChatCompletion:
        left = self.bill.until - clock()
        if left <= 0:
            raise DeadlineExceeded("The time for this article is up; raise `deadline`.")
        self.bill.requests += 1
        started = clock()
        try:
            with own_errors(self.timeout):
                response = self.create(timeout=min(self.timeout, left), **request)
        finally:
            self.bill.seconds += clock() - started
        self.bill.count(response)
        return guard(response)

    def _gives_up(self, state: RetryCallState) -> bool:
        out_of_time = clock() + state.upcoming_sleep >= self.bill.until
        return out_of_time or state.attempt_number >= self.attempts


def ask(
    exchange: Exchange,
    messages: list[Message],
    mode: Mode,
    reasks: int,
    check: Check,
    **options: Any,
) -> Draft:
    """Ask until the answer validates; `check` may object to an answer once.

    Raises:
        ModelError: as `errors` describes them.
    """
    import instructor
    from instructor.core import InstructorRetryException

    create = instructor.patch(create=exchange.send, mode=instructor.Mode[mode.upper()])
    with _asking(_Objections(check, exchange, reasks)):
        try:
            report = create(response_model=Report, messages=messages, max_retries=reasks, **options)
        except InstructorRetryException as error:
            raise _cause(error, reasks) from None
    return Draft.model_validate(report.model_dump())


class Report(Draft):
    """Write down everything that the article reports; each list may be empty."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Leave out titles and descriptions, which are in the prompt already: half of the schema."""
        bare: dict[str, Any] = _without_words(super().model_json_schema(*args, **kwargs))
        return {"title": cls.__name__, **bare}  # by which instructor names the tool

    @model_validator(mode="after")
    def stands_in_the_article(self) -> Report:
        """Put words that the article does not hold back to the model, once."""
        objections = _objections.get()
        if objections is not None and (wrong := objections.raise_once(self)):
            raise PydanticCustomError("not_in_article", "{wrong}", {"wrong": "\n".join(wrong)})
        return self


def _without_words(schema: Any, *, names: bool = False) -> Any:
    """Drop titles and descriptions; under `properties` such a key is a field's name."""
    match schema:
        case dict():
            return {
                key: _without_words(value, names=key in {"properties", "$defs"})
                for key, value in schema.items()
                if names or key not in {"title", "description"}
            }
        case list():
            return [_without_words(item) for item in schema]
    return schema


@dataclass
class _Objections:
    """Objects once, and only while the model can still be asked again: what is left is rejected."""

    check: Check
    exchange: Exchange
    reasks: int
    raised: bool = False

    def raise_once(self, draft: Draft) -> list[str]:
        if self.raised or self.exchange.answers > self.reasks:
            return []
        wrong = self.check(draft)
        self.raised = bool(wrong)
        return wrong


# instructor would take the article as `context=`, but then renders every message as a template.
_objections: ContextVar[_Objections | None] = ContextVar("objections", default=None)


@contextmanager
def _asking(objections: _Objections) -> Iterator[None]:
    token = _objections.set(objections)
    try:
        yield
    finally:
        _objections.reset(token)


def connect(address: str, api_key: str) -> openai.OpenAI:
    """Build the client: 23 ms for its trust store, so callers keep it.

    It follows no redirect, which would carry the article to a host that nobody named. The account
    that OPENAI_ORG_ID and OPENAI_PROJECT_ID name is OpenAI's business and nobody else's.
    """
    import openai

    http = openai.DefaultHttpxClient(follow_redirects=False)
    client = openai.OpenAI(base_url=address, api_key=api_key, max_retries=0, http_client=http)
    finalize(client, http.close)  # as the SDK does with a client of its own
    if not is_openai(address):
        client.organization = client.project = None
    return client


def is_openai(address: str) -> bool:
    """Tell OpenAI's own endpoint, or Azure's, from all that only speak like it."""
    host = urlsplit(address).hostname or ""
    return host == "api.openai.com" or host.endswith(".openai.azure.com")


def _can_heal(error: BaseException) -> bool:
    if isinstance(error, RateLimited):
        return error.retry_after is None or error.retry_after <= LONGEST_WAIT
    return isinstance(error, ModelUnavailable) and not isinstance(error, DeadlineExceeded)


def _wait(state: RetryCallState) -> float:
    """Wait as long as the endpoint says, else exponentially longer with full jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return error.retry_after
    return random.uniform(0, min(LONGEST_WAIT, 0.5 * 2**state.attempt_number))  # noqa: S311 - jitter


def _cause(error: Exception, reasks: int) -> Exception:
    """Find what lies behind instructor's exception, which itself carries the whole article."""
    from instructor.core import ResponseParsingError

    cause = error.__cause__
    never_valid = (ValidationError, json.JSONDecodeError, ResponseParsingError)
    if isinstance(cause, Exception) and not isinstance(cause, never_valid):
        return cause
    return InvalidAnswer(
        f"The model answered {reasks + 1} times, but never in the form that was asked for; "
        "another `mode` or a larger model may help."
    )


def _sum(total: int | None, more: object) -> int | None:
    return total + more if isinstance(total, int) and isinstance(more, int) else None


class _Quiet(logging.Filter):
    """instructor logs failed answers, and with them the article's words; not while we ask."""

    def filter(self, _record: logging.LogRecord) -> bool:
        return _objections.get() is None


logging.getLogger("instructor.v2.retry").addFilter(_Quiet())
