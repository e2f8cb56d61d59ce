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
import math
import os
import random
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..draft import Check, Draft
from ..errors import (
    DeadlineExceeded,
    InvalidAnswer,
    ModelUnavailable,
    RateLimited,
    UnsupportedMode,
)
from .bill import Bill
from .breaker import Breaker
from .connection import Create
from .faults import EmptyAnswer, ProseTruncated, SeveralAnswers, guard, own_errors
from .limiter import Limiter
from .modes import ENFORCED, Mode
from .prompt import Message
from .report import Objections, Report, asking, is_asking
from .time_limit import within
from .traffic import Traffic

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion
    from tenacity import RetryCallState, Retrying

# Kinds of pydantic's errors that cannot be if an endpoint enforces a schema.
RULED_OUT = frozenset({"json_invalid", "missing", "extra_forbidden", "enum", "literal_error"})
# Seconds. A longer Retry-After is not waited for: the caller has better things to do.
LONGEST_WAIT = 60.0
# Seconds. A socket knows no longer timeout than some weeks, and none without end.
LONGEST_REPLY = 86_400.0
# Replaced by tests, so that none of them sleeps.
sleep = time.sleep
clock = time.monotonic


@dataclass
class Exchange:
    """The requests that one answer takes."""

    create: Create
    bill: Bill
    attempts: int
    timeout: float
    traffic: Traffic
    answers: int = 0
    rested_until: float = -math.inf

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
            sleep=self._rest,
            reraise=True,
        )
        completion: ChatCompletion = retrying(self._try, **request)
        self.answers += 1
        return completion

    def _try(self, **request: Any) -> ChatCompletion:
        limiter, breaker = self.traffic
        with limiter.turn(self.bill.until, self.rested_until), breaker.watch():
            response = self._send_in_time(request)
        self.bill.count(response)
        return guard(response)

    def _send_in_time(self, request: dict[str, Any]) -> Any:
        started = clock()
        seconds = min(self.timeout, self.bill.until - started, LONGEST_REPLY)
        if seconds <= 0:
            raise DeadlineExceeded("The time for this article is up; raise `deadline`.")
        self.bill.requests += 1
        try:
            with own_errors(seconds):
                return within(seconds, lambda: self.create(timeout=seconds, **request))
        except ModelUnavailable as error:
            if clock() < self.bill.until or isinstance(error, RateLimited):
                raise
            raise DeadlineExceeded(
                f"The time for this article is up; raise `deadline`. {error.message}"
            ) from None
        finally:
            self.bill.seconds += clock() - started

    def _rest(self, seconds: float) -> None:
        self.rested_until = clock() + seconds
        sleep(seconds)

    def _gives_up(self, state: RetryCallState) -> bool:
        out_of_time = clock() + state.upcoming_sleep >= self.bill.until
        return out_of_time or state.attempt_number >= self.attempts


def ask(
    exchange: Exchange,
    messages: list[Message],
    mode: Mode,
    reasks: int,
    check: Check,
    *,
    on_trial: bool = False,
    **options: Any,
) -> Draft:
    """Ask until the answer validates; `check` may object to an answer once.

    `on_trial` says that it is not known yet whether the endpoint enforces this mode.

    Raises:
        UnsupportedMode: it does not take the mode, or, on trial, does not enforce it.
        ModelError: as `errors` describes them.
    """
    import instructor
    from instructor.core import InstructorRetryException

    tool_required = mode == "tools_required"
    if tool_required:
        options["extra_body"] = {**options.get("extra_body", {}), "tool_choice": "required"}
    form = instructor.Mode["TOOLS" if tool_required else mode.upper()]
    create = instructor.patch(create=exchange.send, mode=form)
    again = _again(reasks, forgiving=not (on_trial and mode in ENFORCED))
    with asking(Objections(check, lambda: exchange.answers <= reasks)):
        try:
            report = create(response_model=_form(), messages=messages, max_retries=again, **options)
        except InstructorRetryException as error:
            failure = _cause(error, reasks, on_trial=on_trial)
        else:
            draft: Draft = report.draft
            return draft
    failure.__cause__ = failure.__context__ = None  # they hold requests, with article and key
    raise failure


@cache
def _form() -> type[Report]:
    """Wrap the report once, as instructor would at each call."""
    import instructor

    return instructor.openai_schema(Report)


def _again(reasks: int, *, forgiving: bool) -> Retrying:
    """Let instructor ask again; unless forgiving, not after an answer that a schema rules out."""
    from tenacity import Retrying, retry_if_exception, stop_after_attempt

    return Retrying(
        retry=retry_if_exception(lambda error: _is_invalid(error, forgiving=forgiving)),
        stop=stop_after_attempt(reasks + 1),
        reraise=True,
    )


def _is_invalid(error: BaseException, *, forgiving: bool) -> bool:
    from instructor.core import ResponseParsingError

    if isinstance(error, ValidationError):
        return forgiving or not {each["type"] for each in error.errors()} & RULED_OUT
    return forgiving and isinstance(error, (json.JSONDecodeError, ResponseParsingError))


def traffic(address: str, *of: str) -> Traffic:
    """Return what is shared by all that ask at an address, and there `of` one name with one key."""
    return Traffic(
        _limiters.setdefault(address, Limiter(_now, _let_pass)),
        # By a hash, which gives no key away.
        _breakers.setdefault(hash((address, *of)), Breaker(_now)),
    )


def forget_traffic() -> None:
    """Begin anew: a child process has none of its parent's threads, and a test no other's past."""
    _limiters.clear()
    _breakers.clear()


def _now() -> float:
    return clock()


def _let_pass(seconds: float) -> None:
    sleep(seconds)


_limiters: dict[str, Limiter] = {}
_breakers: dict[int, Breaker] = {}
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget_traffic)


def _can_heal(error: BaseException) -> bool:
    if not isinstance(error, ModelUnavailable) or isinstance(error, DeadlineExceeded):
        return False
    return error.retry_after is None or error.retry_after <= LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    """Wait as long as the endpoint says, else exponentially longer with full jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, ModelUnavailable) and error.retry_after is not None:
        return error.retry_after
    return random.uniform(0, min(LONGEST_WAIT, 0.5 * 2**state.attempt_number))  # noqa: S311 - jitter  # nosec B311


def _cause(error: Exception, reasks: int, *, on_trial: bool) -> Exception:
    """Find what lies behind instructor's exception, which itself carries the whole article."""
    from instructor.core import ResponseParsingError

    cause = error.__cause__
    never_valid = (ValidationError, json.JSONDecodeError, ResponseParsingError)
    if on_trial and isinstance(cause, (EmptyAnswer, ProseTruncated, SeveralAnswers, *never_valid)):
        return UnsupportedMode("The endpoint does not enforce this way of asking.")
    if isinstance(cause, EmptyAnswer | ProseTruncated | SeveralAnswers):
        return cause.as_told()
    if isinstance(cause, Exception) and not isinstance(cause, never_valid):
        return cause
    return InvalidAnswer(
        f"The model answered {reasks + 1} times, but never in the form that was asked for; "
        "another `mode` or a larger model may help."
    )


class _Quiet(logging.Filter):
    """instructor logs failed answers, and with them the article's words; not while we ask."""

    def filter(self, _record: logging.LogRecord) -> bool:
        return not is_asking()


logging.getLogger("instructor.v2.retry").addFilter(_Quiet())
