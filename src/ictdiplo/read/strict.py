"""Strict schemas: what OpenAI and Azure want before they leave a model no other form.

There, without `strict` a schema is advice; with it, every field must be required, every object
closed, and many keywords may not occur. What those keywords ask for (lengths, numbers of items) is
checked here in any case, when the answer is validated.

instructor sets the flag but leaves the schema as it was, which these endpoints refuse; so the
request is made strict on its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# What Azure's page “Structured outputs” lists as not supported, and defaults, which a required
# field has no use for. OpenAI's own endpoint takes some of these by now.
NOT_TAKEN = frozenset(
    [
        "default",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minimum",
        "maximum",
        "multipleOf",
        "patternProperties",
        "unevaluatedProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedItems",
        "contains",
        "minContains",
        "maxContains",
        "minItems",
        "maxItems",
        "uniqueItems",
    ]
)


def strictly(create: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap openai's `create`, so that the form it asks for is a strict one."""

    def create_strictly(**request: Any) -> Any:
        return create(**_strict(request))

    return create_strictly


def strict_schema(schema: Any, *, names: bool = False) -> Any:
    """Return a JSON schema with every field required, and no keyword that is not taken.

    `names` says that the keys are names of fields or definitions, and no keywords. A field that
    may be left out is null, empty, or says its default in words.
    """
    if isinstance(schema, list):
        return [strict_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {
        key: strict_schema(value, names=key in {"properties", "$defs"} and not names)
        for key, value in schema.items()
        if names or key not in NOT_TAKEN
    }
    if not names and "properties" in strict:
        strict |= {"required": list(strict["properties"]), "additionalProperties": False}
    return strict


def _strict(request: dict[str, Any]) -> dict[str, Any]:
    """Return a request as instructor built it, its tools or response format made strict."""
    request = dict(request)
    if tools := request.get("tools"):
        request["tools"] = [
            {**tool, "function": _form(tool["function"], "parameters")} for tool in tools
        ]
    asked = request.get("response_format") or {}
    if named := asked.get("json_schema"):
        request["response_format"] = {**asked, "json_schema": _form(named, "schema")}
    return request


def _form(form: dict[str, Any], key: str) -> dict[str, Any]:
    return {**form, "strict": True, key: strict_schema(form[key])}
