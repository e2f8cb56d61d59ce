"""What comes back instead of an answer, and what the SDK raises, as errors of ours.

Status codes and codes decide; messages only where nothing else tells two faults apart.
No body is quoted, since providers echo keys and messages in them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import (
    BadCertificate,
    BadKey,
    ContentFiltered,
    ContextOverflow,
    InvalidAnswer,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    OutputTruncated,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    UnknownModel,
    UnsupportedMode,
)
from .habits import json_in

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT}
_NO_MONEY = {"insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"}
_PAY = HTTPStatus.PAYMENT_REQUIRED
_NOT_ALLOWED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_FILTERED = re.compile(r"content_(filter|policy|management)")
_TOO_LONG = re.compile(
    r"(context|prompt|input)[ _](length|size|window)|maximum context|too long|exceeds the maximum"
)
_CODE = re.compile(r"[a-z0-9_.-]{1,40}")
# Statuses and words of endpoints that do not take a schema or a tool; some call it their own fault.
_ABOUT_FORM = re.compile(
    r"response_format|json_schema|tool_choice|\btools?\b|grammar|function.?call|structured.?output"
)
_MAY_BE_ABOUT_FORM = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.NOT_IMPLEMENTED,
}
# Seconds; a longer wait is not told more exactly.
_FOR_EVER = 1e9
_CHECK_ADDRESS = "if it always does, check the base URL, which mostly ends in /v1."
_ELSEWHERE = "another model or provider may read it."
# How an answer in JSON begins: at once, or in a block of code.
_BEGINS_JSON = re.compile(r"\s*(?:```|[{\[])")


class _Shape(BaseModel):
    """What must be there for an answer to be one; endpoints send all sorts of things with a 200."""

    model_config = ConfigDict(from_attributes=True)


class _Function(_Shape):
    name: str
    arguments: str


class _ToolCall(_Shape):
    function: _Function


class _Message(_Shape):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(_Shape):
    finish_reason: str | None = None
    message: _Message


class _Completion(_Shape):
    choices: list[_Choice] = Field(min_length=1)


def guard(response: Any) -> ChatCompletion:
    """Pass answers; raise for everything that only looks like one, before instructor parses it."""
    try:
        choice = _Completion.model_validate(response).choices[0]
    except ValidationError:
        raise ModelUnavailable(
            f"The endpoint sent something that is no chat completion; {_CHECK_ADDRESS}"
        ) from None
    if choice.message.refusal:
        raise ModelRefused("The model declined to read this article; another one may.")
    if choice.finish_reason == "content_filter":
        raise ContentFiltered(
            f"The provider's filter withheld the answer to this article; {_ELSEWHERE}"
        )
    if choice.finish_reason == "length":
        cut_off = "The answer was cut off; raise `max_tokens`, or lower `part_size`."
        raise OutputTruncated(cut_off) if _is_json(choice.message) else ProseTruncated(cut_off)
    calls = choice.message.tool_calls
    if calls and len({call.function.arguments for call in calls}) > 1:
        raise SeveralAnswers("The model gave several answers at once, of which none is whole.")
    if not calls and not (choice.message.content or "").strip():
        raise EmptyAnswer("The model sent an empty answer.")
    if not calls:
        response.choices[0].message.content = json_in(choice.message.content or "")
    completion: ChatCompletion = response
    return completion


class EmptyAnswer(ModelUnavailable):
    """Nothing came. Asking again may help; if not, the form was perhaps dropped without a word."""

    def as_told(self) -> ModelUnavailable:
        """Return the error that is told of it."""
        return ModelUnavailable(self.message)


class SeveralAnswers(ModelUnavailable):
    """A tool was called once for each record, or so: taking the first would lose the others."""

    def as_told(self) -> InvalidAnswer:
        """Return the error that is told of it."""
        return InvalidAnswer(self.message)


class ProseTruncated(OutputTruncated):
    """What was cut off was no JSON: the endpoint did not enforce the form that was asked for."""

    def as_told(self) -> OutputTruncated:
        """Return the error that is told of it."""
        return OutputTruncated(self.message)


def _is_json(message: _Message) -> bool:
    return bool(message.tool_calls or _BEGINS_JSON.match(message.content or ""))


@contextmanager
def own_errors(timeout: float) -> Iterator[None]:
    """Turn what the SDK raises into our errors."""
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise _of_status(error) from None
    except (openai.APITimeoutError, TimeoutError):
        raise ModelUnavailable(f"The endpoint did not answer within {timeout:g} s.") from None
    except openai.APIConnectionError as error:
        raise _of_connection(_root(error)) from None
    except (openai.OpenAIError, ValueError, RecursionError):
        # ValueError: no JSON, or no UTF-8; RecursionError: JSON nested without end
        raise ModelUnavailable(
            f"The endpoint sent something that is no JSON; {_CHECK_ADDRESS}"
        ) from None


def _root(error: BaseException) -> BaseException:
    """Return what an error arose from: no route, no name, no TLS."""
    while below := error.__cause__ or error.__context__:
        error = below
    return error


def _of_connection(root: BaseException) -> ModelError:
    import ssl

    if isinstance(root, ssl.SSLCertVerificationError):
        return BadCertificate(
            f"The endpoint's certificate is not to be trusted ({root.verify_message.rstrip('.')}), "
            "so nothing was sent. Check the base URL; if you trust whoever signed it, set "
            "SSL_CERT_FILE to a file with their certificate."
        )
    return ModelUnavailable(
        f"The endpoint could not be reached ({type(root).__name__}); is a server running at that "
        "address?"
    )


def _of_status(error: openai.APIStatusError) -> ModelError:
    """Name an HTTP error."""
    status, code = error.status_code, _code(error)
    said = f"HTTP {status}{f', {code}' if code else ''}"
    if _is_about_form(error):
        return UnsupportedMode(
            f"The endpoint does not take this way of asking ({said}); another `mode` may help."
        )
    if final := _final(status, code, said):
        return final
    told = error.response.headers.get("x-should-retry")
    if told != "false" and status == HTTPStatus.TOO_MANY_REQUESTS:
        return _too_many(said, _retry_after(error))
    passing = status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if told == "true" or (passing and told != "false"):
        return ModelUnavailable(
            f"The endpoint is in trouble ({said}); try again later.", _retry_after(error)
        )
    return _of_bad_request(error, said)


def _too_many(said: str, retry_after: float | None) -> RateLimited:
    when = "later" if retry_after is None else f"in {min(retry_after, _FOR_EVER):.0f} s"
    return RateLimited(
        f"Too many requests ({said}); try again {when}, or ask for fewer at a time.", retry_after
    )


def _is_about_form(error: openai.APIStatusError) -> bool:
    words = f"{error.code} {error.type} {error.message}".lower()
    return (
        error.status_code in _MAY_BE_ABOUT_FORM
        and _ABOUT_FORM.search(words) is not None
        and not _TOO_LONG.search(words)
    )


def _final(status: int, code: str, said: str) -> ModelError | None:
    """Name what no second try would change."""
    if code in _NO_MONEY or code.endswith("_spend_limit_exceeded") or status == _PAY:
        return QuotaExhausted(f"The account has nothing left to spend ({said}); top it up.")
    if _FILTERED.search(code):
        return ContentFiltered(f"The provider's filter refused this article ({said}); {_ELSEWHERE}")
    if status in _NOT_ALLOWED:
        return BadKey(
            f"The endpoint does not accept the key ({said}); check OPENAI_API_KEY, or the variable "
            "of its own that the server's key is in."
        )
    if status == HTTPStatus.NOT_FOUND:
        return UnknownModel(f"No such model or address ({said}); check the name and the base URL.")
    return None


def _code(error: openai.APIStatusError) -> str:
    """Return the provider's code for an error; whatever is no plain code may quote anything."""
    codes = (str(code) for code in (error.code, error.type) if code)
    return next((code for code in codes if _CODE.fullmatch(code)), "")


def _of_bad_request(error: openai.APIStatusError, said: str) -> ModelError:
    words = f"{error.code} {error.type} {error.message}".lower()
    if _FILTERED.search(words):
        return ContentFiltered(f"The provider's filter refused this article ({said}); {_ELSEWHERE}")
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or _TOO_LONG.search(words):
        return ContextOverflow(
            f"The article does not fit into the model ({said}); lower `part_size`."
        )
    if error.status_code < HTTPStatus.BAD_REQUEST:
        return UnknownModel(
            f"The address redirects ({said}), which is not followed; give the new one."
        )
    return RequestRefused(
        f"The endpoint does not take this request ({said}); another `mode` may help."
    )


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Read how many seconds to wait: RFC 9110's number or HTTP date, or OpenAI's milliseconds."""
    headers = error.response.headers
    said = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(headers.get("retry-after-ms", "")) / 1000)
    with suppress(ValueError):
        return max(0.0, float(said))
    return _seconds_until(said)


def _seconds_until(http_date: str) -> float | None:
    with suppress(ValueError):
        return max(0.0, parsedate_to_datetime(http_date).timestamp() - time.time())
    return None
