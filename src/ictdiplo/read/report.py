"""The report: the draft as a model is asked to fill it, and what is put back to the model.

instructor asks again when pydantic refuses an answer, so objections to its words are raised there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from ..draft import Check, Draft
from .cache import cache_key
from .habits import forgiven


class Report(Draft):
    """Write down everything that the article reports; each list may be empty."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Leave out titles and descriptions, which are in the prompt already: half of the schema."""
        bare: dict[str, Any] = _without_words(super().model_json_schema(*args, **kwargs))
        return {"title": cls.__name__, **bare}  # by which instructor names the tool

    @model_validator(mode="before")
    @classmethod
    def as_it_was_meant(cls, said: Any) -> Any:
        """Forgive the habits of local models, in which no word is changed."""
        return forgiven(said, cls)

    @model_validator(mode="after")
    def stands_in_the_article(self) -> Report:
        """Put words that the article does not hold back to the model, once."""
        objections = _objections.get()
        if objections is not None and (wrong := objections.raise_once(self)):
            raise PydanticCustomError("not_in_article", "{wrong}", {"wrong": "\n".join(wrong)})
        return self


@lru_cache(maxsize=1)
def schema_sha256() -> str:
    """Hash the JSON Schema that is asked for."""
    return cache_key(schema=Report.model_json_schema())


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
class Objections:
    """Objections once, and only while the model can still be asked again: what is left is rejected."""

    check: Check
    can_ask_again: Callable[[], bool]
    raised: bool = False

    def raise_once(self, draft: Draft) -> list[str]:
        """Name what is wrong with a draft, the first time that something is."""
        if self.raised or not self.can_ask_again():
            return []
        wrong = self.check(draft)
        self.raised = bool(wrong)
        return wrong


# instructor would take the article as `context=`, but then renders every message as a template.
_objections: ContextVar[Objections | None] = ContextVar("objections", default=None)


@contextmanager
def asking(objections: Objections) -> Iterator[None]:
    """Let these objections be raised against what is validated meanwhile."""
    token = _objections.set(objections)
    try:
        yield
    finally:
        _objections.reset(token)


def is_asking() -> bool:
    """Tell whether an answer is being waited for."""
    return _objections.get() is not None
