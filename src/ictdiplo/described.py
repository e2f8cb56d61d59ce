"""Models whose fields are described by the docstrings below them.

pydantic does this itself (`use_attribute_docstrings`), but reads the source when a class is made: a
tenth of a second for a command that shows no schema. Here it is read when a schema is asked for.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler


class Described:
    """What makes a pydantic model's JSON Schema hold what its source says of each field."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> Any:
        """Write the schema, with the docstrings of the fields as descriptions."""
        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema).get("properties", {})
        for name, words in descriptions(cls).items():  # type: ignore[arg-type]  # a base of models
            fields[name].setdefault("description", words)
        return schema


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return what is said of each field of a model; nothing where its source is not at hand."""
    # A class without fields of its own has nothing to be read, and may be one of thousands:
    # instructor makes one of a model at each call.
    classes = [each for each in reversed(model.__mro__) if vars(each).get("__annotations__")]
    below = {name: words for each in classes for name, words in _docstrings(each).items()}
    beside = {name: field.description for name, field in model.model_fields.items()}
    return {name: said for name in beside if (said := beside[name] or below.get(name))}


@cache
def _docstrings(model: type) -> dict[str, str]:
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):
        return {}
    defined: Any = ast.parse(textwrap.dedent(source)).body[0]
    return {
        one.target.id: inspect.cleandoc(next_one.value.value)
        for one, next_one in pairwise(defined.body)
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and isinstance(next_one, ast.Expr)
        and isinstance(next_one.value, ast.Constant)
        and isinstance(next_one.value.value, str)
    }
