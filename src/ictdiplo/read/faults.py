"""What comes back instead of an answer, and what the SDK raises, as errors of ours.

Status codes and codes decide; messages only where nothing else tells two faults apart.
No body is quoted, since providers echo keys and messages in them.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..errors import (
    BadKey,
    ContentFiltered,
    ContextOverflow,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    OutputTruncated,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    UnknownModel,
)

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT}
_NO_MONEY = {"insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached"}
_TOO_LONG = re.compile(r"(context|prompt|input)[ _](length|size|window)|maximum context|too long")


def guard(response: Any) -> ChatCompletion:
    """Pass answers; raise for everything that only looks like one, before instructor parses it."""
    choices = getattr(response, "choices", None)
    if not choices:
        raise ModelUnavailable("The endpoint sent something that is no chat completion.")
    choice, message = choices[0], choices[0].message
    if getattr(message, "refusal", None):
        raise ModelRefused("The model declined to read this article.")
    if choice.finish_reason == "content_filter":
        raise ContentFiltered("The provider's filter withheld the answer to this article.")
    if choice.finish_reason == "length":
        raise OutputTruncated("The answer was cut off; raise `max_tokens`, or lower `part_size`.")
    if not message.tool_calls and not (message.content or "").strip():
        raise ModelUnavailable("The model sent an empty answer.")
    completion: ChatCompletion = response
    return completion


@contextmanager
def own_errors(timeout: float) -> Iterator[None]:
    """Turn what the SDK raises into our errors."""
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        raise _of_status(error) from None
    except openai.APITimeoutError:
        raise ModelUnavailable(f"The endpoint did not answer within {timeout:g} s.") from None
    except openai.APIConnectionError as error:
        reason = type(error.__cause__ or error).__name__
        raise ModelUnavailable(f"The endpoint could not be reached ({reason}).") from None
    except (openai.OpenAIError, json.JSONDecodeError):
        raise ModelUnavailable("The endpoint sent something that is no JSON.") from None


def _of_status(error: openai.APIStatusError) -> ModelError:
    """Name an HTTP error."""
    status, code = error.status_code, str(error.code or error.type or "")
    said = f"HTTP {status}{f', {code}' if code else ''}"
    if (
        code in _NO_MONEY
        or code.endswith("_spend_limit_exceeded")
        or status == HTTPStatus.PAYMENT_REQUIRED
    ):
        return QuotaExhausted(f"The account has nothing left to spend ({said}).")
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return BadKey(f"The endpoint does not accept the key ({said}); check OPENAI_API_KEY.")
    if status == HTTPStatus.NOT_FOUND:
        return UnknownModel(f"No such model or address ({said}); check the name and the base URL.")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(f"Too many requests ({said}).", _retry_after(error))
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR or _told_to_retry(error):
        return ModelUnavailable(f"The endpoint is in trouble ({said}).")
    return _of_bad_request(error, said)


def _of_bad_request(error: openai.APIStatusError, said: str) -> ModelError:
    words = f"{error.code} {error.type} {error.message}".lower()
    if "content_filter" in words or "content_policy" in words:
        return ContentFiltered(f"The provider's filter refused this article ({said}).")
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or _TOO_LONG.search(words):
        return ContextOverflow(
            f"The article does not fit into the model ({said}); lower `part_size`."
        )
    return RequestRefused(
        f"The endpoint does not take this request ({said}); another `mode` may help."
    )


def _told_to_retry(error: openai.APIStatusError) -> bool:
    return bool(error.response.headers.get("x-should-retry") == "true")


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Read how many seconds to wait: RFC 9110's number or HTTP date, or OpenAI's milliseconds."""
    headers = error.response.headers
    try:
        if "retry-after-ms" in headers:
            return float(headers["retry-after-ms"]) / 1000
        return float(headers["retry-after"])
    except KeyError:
        return None
    except ValueError:
        return _seconds_until(headers["retry-after"])


def _seconds_until(http_date: str) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(http_date).timestamp() - time.time())
    except ValueError:
        return None
