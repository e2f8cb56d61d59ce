"""The report: the draft as a model is asked to fill it, and what is put back to the model.

instructor asks again when pydantic refuses an answer, so objections to its words are raised there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ..draft import Check, Draft
from .cache import cache_key
from .habits import forgiven

_OBJECTION = "not_in_article"  # as pydantic's errors call their kinds


class Report(BaseModel):
    """Write down everything that the article reports; each list may be empty."""

    # This is what instructor is given. It walks through all fields of a model, several times a call,
    # and writes its schema anew, so it is given one without fields: 5 ms less for each article.
    _draft: Draft = PrivateAttr(default_factory=Draft)

    @property
    def draft(self) -> Draft:
        """What was written down."""
        return self._draft

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        """Return the draft's schema without words, which are in the prompt already: half of it."""
        return {"title": "Report", **_bare_schema()}  # by which instructor names the tool

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_: Any) -> Self:
        """Validate an answer, and raise objections to its words, once.

        Raises:
            ValidationError: it is not in form, or the article does not hold its words.
        """
        report = cls()
        report._draft = _validated(json_data)
        return report


class _Answer(Draft):
    model_config = ConfigDict(title="Report")  # which errors call it

    @model_validator(mode="after")
    def stands_in_the_article(self) -> Self:
        """Put words that the article does not hold back to the model, once."""
        objections = _objections.get()
        if objections is not None and (wrong := objections.raise_once(self)):
            raise PydanticCustomError(_OBJECTION, "{wrong}", {"wrong": "\n".join(wrong)})
        return self


class _ForgivenAnswer(_Answer):
    @model_validator(mode="before")
    @classmethod
    def as_it_was_meant(cls, said: Any) -> Any:
        """Forgive the habits of local models, in which no word is changed."""
        return forgiven(said, cls)


def _validated(said: str | bytes | bytearray) -> Draft:
    """Validate an answer as it stands, which is quicker, else as it was meant."""
    try:
        answer = _Answer.model_validate_json(said)
    except ValidationError as error:
        if any(each["type"] == _OBJECTION for each in error.errors()):
            raise
        answer = _ForgivenAnswer.model_validate_json(said)
    return Draft.model_construct(**dict(answer))


@cache
def _bare_schema() -> dict[str, Any]:
    schema: dict[str, Any] = _without_words(Draft.model_json_schema())
    return schema


@cache
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
