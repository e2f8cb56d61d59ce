"""Whether an endpoint enforces what it is asked for, told by a word that only the schema knows.

A model that is told to say “banana” says so, unless the form leaves it no other word than one just
made up. It is asked twice, for different things, because a model that is shown the schema may
comply by itself. A reply with status 200 proves nothing: some servers drop a schema or a tool
without a word.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from functools import partial
from typing import Any, Literal, NamedTuple

from ..errors import (
    BadCertificate,
    BadKey,
    ContextOverflow,
    ModelError,
    QuotaExhausted,
    RequestRefused,
    UnknownModel,
)
from ..records import Value
from .connection import Create, completions, is_openai
from .faults import own_errors
from .model import Model
from .modes import Mode
from .strict import strictly
from .time_limit import within

Verdict = Literal["enforced", "JSON only", "ignored", "refused"]
# Enough for a word in JSON, and for a model that explains itself first to be found out.
MOST_TOKENS = 256
MOST_WITH_THOUGHTS = 4096
FRUITS = ("banana", "apple")
# In the order in which a mode is recommended. The fifth, md_json, asks for a block of code in words
# alone, so there is nothing that could be enforced.
EXAMINED: tuple[Mode, ...] = ("json_schema", "tools", "tools_required", "json")
# How servers name the number of tokens that a model can read, beside its name or under `meta`.
_CONTEXT = ("n_ctx", "max_model_len", "context_length", "max_context_length", "n_ctx_train")
_NOT_ABOUT_FORM = (BadCertificate, BadKey, QuotaExhausted, UnknownModel, ContextOverflow)


class Diagnosis(Value):
    """What an endpoint is, and what it does with each way of asking."""

    endpoint: str
    """Its address."""
    server: str | None = None
    """What it calls itself; null where it does not say."""
    serves: tuple[str, ...] = ()
    """The models that it lists."""
    context: int | None = None
    """Tokens that the model can read; null where the endpoint does not say."""
    modes: dict[Mode, Verdict] = {}  # noqa: RUF012 - pydantic copies it
    """What became of each way of asking."""
    trouble: str | None = None
    """Why it could not be examined; null where it could."""

    @property
    def best(self) -> Mode:
        """The mode to use: the first that is enforced, else one that gives JSON at least."""
        for wanted in ("enforced", "JSON only"):
            for mode, verdict in self.modes.items():
                if verdict == wanted:
                    return "json" if wanted == "JSON only" else mode
        return "md_json"


class _Listing(NamedTuple):
    server: str | None
    serves: tuple[str, ...]
    context: int | None


def examine(model: Model) -> Diagnosis:
    """Ask an endpoint what it is, and try out each mode, with two short requests for each.

    Nothing is raised for what the endpoint does; it stands in `Diagnosis.trouble`.
    """
    try:
        client = model.client()
        create = completions(client)
        create = strictly(create) if is_openai(model.endpoint) else create
        modes = {mode: _verdict(create, model, mode) for mode in EXAMINED}
        listing = _listing(client, model)
    except ModelError as error:
        return Diagnosis(endpoint=model.endpoint, trouble=error.message)
    return Diagnosis(endpoint=model.endpoint, modes=modes, **listing._asdict())


def _verdict(create: Create, model: Model, mode: Mode) -> Verdict:
    """Ask for one fruit and then for the other, in a form that allows neither."""
    nonce = secrets.token_hex(4)
    verdicts = {_ask_for(fruit, nonce, create, model, mode) for fruit in FRUITS}
    return verdicts.pop() if len(verdicts) == 1 else "ignored"


def _ask_for(fruit: str, nonce: str, create: Create, model: Model, mode: Mode) -> Verdict:
    request = {
        "model": model.served_name,
        "messages": [{"role": "user", "content": f'Say “{fruit}”, in JSON: {{"word": "{fruit}"}}'}],
        **_limit(model),
        **_form(mode, nonce),
    }
    try:
        with own_errors(model.timeout):
            reply = within(model.timeout, partial(create, timeout=model.timeout, **request))
    except _NOT_ABOUT_FORM:
        raise
    except RequestRefused:
        return "refused"
    said = list(_said(reply))
    if nonce in [each.get("word") for each in said if isinstance(each, dict)]:
        return "enforced"
    return "JSON only" if said else "ignored"


def _limit(model: Model) -> dict[str, int]:
    if is_openai(model.endpoint):  # whose models may think first, and know only the newer name
        return {"max_completion_tokens": MOST_WITH_THOUGHTS}
    return {"max_tokens": MOST_TOKENS}


def _form(mode: Mode, nonce: str) -> dict[str, Any]:
    """Return the part of a request that asks for a word which can only be the nonce."""
    word = {"type": "string", "enum": [nonce]}
    schema = {
        "type": "object",
        "properties": {"word": word},
        "required": ["word"],
        "additionalProperties": False,
    }
    if mode == "json":
        return {"response_format": {"type": "json_object"}}
    if mode == "json_schema":
        named = {"name": "Answer", "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    tool = {"type": "function", "function": {"name": "Answer", "parameters": schema}}
    named_tool = {"type": "function", "function": {"name": "Answer"}}
    return {
        "tools": [tool],
        "tool_choice": "required" if mode == "tools_required" else named_tool,
    }


def _said(reply: Any) -> Iterator[Any]:
    """Yield what stands in a reply as JSON: the arguments of a tool, or the whole content."""
    for choice in getattr(reply, "choices", None) or []:
        calls = choice.message.tool_calls or []
        for text in [*(call.function.arguments for call in calls), choice.message.content]:
            try:
                yield json.loads(text or "")
            except ValueError:
                continue


def _listing(client: Any, model: Model) -> _Listing:
    """Return what the endpoint says of itself; servers that list no models are none the worse."""
    try:
        with own_errors(model.timeout):
            reply = client.models.with_raw_response.list(timeout=model.timeout)
            entries = [entry.model_dump() for entry in reply.parse().data]
    except ModelError:
        return _Listing(None, (), None)
    owners = {str(entry["owned_by"]) for entry in entries if entry.get("owned_by")}
    server = reply.headers.get("server") or ", ".join(sorted(owners)) or None
    own = [entry for entry in entries if entry["id"] == model.served_name] or entries[:1]
    contexts = (_context(entry) for entry in own)
    names = tuple(str(entry["id"]) for entry in entries)
    return _Listing(server, names, next((size for size in contexts if size), None))


def _context(entry: dict[str, Any]) -> int | None:
    told = {**(entry.get("meta") or {}), **entry}
    return next((told[name] for name in _CONTEXT if isinstance(told.get(name), int)), None)
