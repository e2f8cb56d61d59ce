"""Habits of local models: what is meant as the form that was asked for, brought into it.

Nothing is added and no word is changed: a block of code, a `<think>` block and pleasantries around
the JSON are taken off, null stands for an empty list, one string for a list of one, “Held” for
`held`. Whatever else is out of form is refused, and the model asked again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

# A model that thinks aloud may draft its answer there, so only what comes behind counts.
_THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.DOTALL)
_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)


def json_in(text: str) -> str:
    """Return the JSON object among what a model says around it; all of `text` if there is none."""
    said = _THOUGHT.sub("", text)
    fenced = _FENCED.search(said)
    candidates = [text, said, fenced[1] if fenced else "", _braced(said)]
    return next((candidate for candidate in candidates if _is_object(candidate)), text)


def forgiven(said: Any, form: type[BaseModel]) -> Any:
    """Return an answer in the form that its habits stand for, field by field.

    `said` is parsed JSON; what is no object, or no field of `form`, is returned as it is.
    """
    if not isinstance(said, Mapping):
        return said
    if len(said) == 1 and not said.keys() & form.model_fields.keys():
        (inner,) = said.values()  # {"Report": {…}}
        said = inner if isinstance(inner, Mapping) else said
    meant = {name: _mender(form, name)(value) for name, value in said.items()}
    return {name: value for name, value in meant.items() if value is not None}


def _braced(text: str) -> str:
    return text[text.find("{") : text.rfind("}") + 1]


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _mender(form: type[BaseModel], name: str) -> Callable[[Any], Any]:
    """Return what brings a field's value into form; None as a value leaves the field out."""
    if name not in form.model_fields:
        return _as_it_is
    kind = _kind(form.model_fields[name].annotation)
    if get_origin(kind) is list:
        item = _kind(get_args(kind)[0])
        inner = item if isinstance(item, type) and issubclass(item, BaseModel) else None
        return lambda value: _listed(value, inner)
    if get_origin(kind) is Literal:
        return lambda value: _chosen(value, get_args(kind))
    if kind is bool:
        return lambda value: {"true": True, "false": False}.get(str(value).lower(), value)
    return lambda value: None if isinstance(value, str) and not value.strip() else value


def _kind(annotation: Any) -> Any:
    """Return a field's type without `Annotated` and without `| None`."""
    if hasattr(annotation, "__metadata__"):
        return _kind(annotation.__origin__)
    if get_origin(annotation) in {Union, UnionType}:
        return _kind(next(arm for arm in get_args(annotation) if arm is not type(None)))
    return annotation


def _listed(value: Any, inner: type[BaseModel] | None) -> Any:
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    return [forgiven(item, inner) if inner else item for item in items if item is not None]


def _chosen(value: Any, values: tuple[str, ...]) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.strip().lower().replace(" ", "_").replace("-", "_")
    return plain if plain in values else value
