"""A template and an article make the messages that are sent.

The static part comes first and is the same for every article, so that providers' prefix caches
hit. The article is passed as a value and never rendered itself: braces in it arrive as braces.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from ..article import Article
from ..draft import DraftMeeting, DraftMoU, DraftPerson, DraftProposal, Said
from ..errors import PromptError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment

Message = dict[str, str]

# The wheel carries the templates inside the package; an editable install does not copy them, and
# finds them at the top of the checkout.
_SHIPPED = files("ictdiplo").joinpath("prompts")
_CHECKOUT = Path(__file__).parents[3] / "prompts"
_PARTS: dict[str, type[Said]] = {
    "meetings": DraftMeeting,
    "proposals": DraftProposal,
    "mous": DraftMoU,
    "persons (participants, proposers, signatories)": DraftPerson,
}


def read_messages(article: Article, text: str, part: str | None = None) -> list[Message]:
    """Build the messages that ask what `text`, the article or a part of it, reports.

    `part` says which one, such as “2 of 3”; None if `text` is the whole article.

    Raises:
        PromptError: a template is missing, or a blank in it was left unfilled.
    """
    user = _render(
        "read.user.md.jinja",
        published=article.published.isoformat() if article.published else "unknown",
        part=part,
        marker=_marker(text),
        text=text,
    )
    return [{"role": "system", "content": _system()}, {"role": "user", "content": user}]


@lru_cache(maxsize=1)
def prompt_sha256() -> str:
    """Hash everything that shapes the static part and the frame around the article."""
    return hashlib.sha256((_system() + _source("read.user.md.jinja")).encode()).hexdigest()


def examples() -> list[dict[str, Any]]:
    """Load the invented articles and the answers that a model is shown."""
    shown: list[dict[str, Any]] = json.loads(_source("examples.json"))
    return shown


def _marker(text: str) -> str:
    # A text cannot hold its own hash, so nothing in an article can close the fence around it.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _system() -> str:
    shown = [
        example | {"answer": json.dumps(example["answer"], ensure_ascii=False)}
        for example in examples()
    ]
    return _render("read.system.md.jinja", fields=_fields(), examples=shown)


def _fields() -> str:
    """Say in words what each field wants, for endpoints that do not show a schema to the model."""
    return "\n".join(
        f"{name}:\n"
        + "\n".join(
            f"- {field}{_values(info.annotation)}: {info.description}"
            for field, info in model.model_fields.items()
        )
        for name, model in _PARTS.items()
    )


def _values(annotation: Any) -> str:
    """Name what an enumerated field may hold, in brackets."""
    if get_origin(annotation) is not Literal:
        return ""
    return f" ({', '.join(get_args(annotation))})"


def _render(template: str, **blanks: object) -> str:
    from jinja2 import TemplateError

    try:
        return _environment().from_string(_source(template)).render(blanks)
    except TemplateError as error:
        raise PromptError(f"The template {template} cannot be filled in: {error}") from error


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    return Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - text, not HTML


@lru_cache(maxsize=8)
def _source(name: str) -> str:
    folder: Traversable = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(
            f"The template {name} is missing; reinstall ictdiplo, or run it from a full checkout."
        ) from error
