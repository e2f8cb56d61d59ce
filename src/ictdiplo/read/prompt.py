"""A template and an article make the messages that are sent.

The static part comes first and is the same for every article, so that providers' prefix caches
hit. The article is passed as a value and never rendered itself: braces in it arrive as braces.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from ..article import Article
from ..described import descriptions
from ..draft import DraftMeeting, DraftMoU, DraftPerson, DraftProposal, Said
from ..errors import PromptError
from ..language.sentences import Span, split_sentences
from .versions import CHECKED_OUT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Template

Message = dict[str, str]

# Characters, some 120 words: a headline and a lead.
OPENING = 800

_SHIPPED = files("ictdiplo").joinpath("prompts")
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
    opening = _opening(article) if part and not article.text.startswith(text) else ""
    return _messages(
        "read.user.md.jinja",
        article,
        part=part,
        opening=opening,
        marker=_marker(opening + text),
        text=text,
    )


def second_look_messages(
    article: Article, overlooked: Sequence[Span], found: Sequence[str]
) -> list[Message]:
    """Build the messages that ask again what some sentences report.

    `overlooked` are the spans of the sentences in the article's text, `found` the quotes of what
    was found; only the article's opening and what stands around the sentences is sent.

    Raises:
        PromptError: a template is missing, or a blank in it was left unfilled.
    """
    opening, passages = _opening(article), list(_passages(article.text, overlooked))
    return _messages(
        "second_look.user.md.jinja",
        article,
        opening=opening,
        passages=passages,
        found=found,
        marker=_marker("".join([opening, *passages, *found])),
    )


def _messages(template: str, article: Article, **values: object) -> list[Message]:
    published = article.published.isoformat() if article.published else "unknown"
    user = _render(template, published=published, **values)
    return [{"role": "system", "content": _system()}, {"role": "user", "content": user}]


def _opening(article: Article) -> str:
    """Return the first sentences, which tell who is who: at least one, and OPENING characters at most."""
    spans = split_sentences(article.text)
    ends = [span.end for span in spans[:1]] + [s.end for s in spans[1:] if s.end <= OPENING]
    return article.text[: max(ends)]


def _passages(text: str, overlooked: Iterable[Span]) -> Iterator[str]:
    """Yield what stands around the sentences, each of which begins a line with a mark."""
    sentences = split_sentences(text)
    marked = {at for at, span in enumerate(sentences) if span in {*overlooked}}
    shown = {at + step for at in marked for step in (-1, 0, 1)} & {*range(len(sentences))}
    lines: list[str] = []
    for at in sorted(shown):
        if lines and at - 1 not in shown:
            yield "\n".join(lines)
            lines = []
        lines.append(("» " if at in marked else "") + text[slice(*sentences[at])])
    yield "\n".join(lines)


@lru_cache(maxsize=1)
def prompt_sha256() -> str:
    """Hash everything that shapes the static part and the frame around the article."""
    frames = (_source("read.user.md.jinja"), _source("second_look.user.md.jinja"))
    return hashlib.sha256("".join([_system(), *frames]).encode()).hexdigest()


def examples() -> list[dict[str, Any]]:
    """Load the invented articles and the answers that a model is shown."""
    shown: list[dict[str, Any]] = json.loads(_source("examples.json"))
    return shown


def _marker(text: str) -> str:
    # A text cannot hold its own hash, so nothing in an article can close the fence around it.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _system() -> str:
    shown = [example | {"answer": _compact(example["answer"])} for example in examples()]
    return _render("read.system.md.jinja", fields=_fields(), examples=shown)


def _compact(answer: dict[str, Any]) -> str:
    """Write JSON without blanks, as a model should, since each of its tokens is paid for."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _fields() -> str:
    """Say in words what each field wants, for endpoints that do not show a schema to the model."""
    return "\n".join(
        f"{name}:\n"
        + "\n".join(
            f"- {field}{_values(info.annotation)}: {descriptions(model)[field]}"
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
        return _template(template).render(blanks)
    except TemplateError as error:
        raise PromptError(f"The template {template} cannot be filled in: {error}") from error


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 - text, not HTML  # nosec B701
    return environment.from_string(_source(name))


@lru_cache(maxsize=8)
def _source(name: str) -> str:
    folder: Traversable = _SHIPPED if _SHIPPED.is_dir() else CHECKED_OUT
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(
            f"The template {name} is missing; reinstall ictdiplo, or run it from a full checkout."
        ) from error
