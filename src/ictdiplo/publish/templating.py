"""Pages out of templates: all that is put into one is escaped, and nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .wording import spaced

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **values: Any) -> str:
    """Fill one of the templates; a blank left unfilled is an error."""
    return _environment().get_template(template).render(values)


def render_page(
    template: str, *, style: str, script: str | None = None, answers: bool = False, **values: Any
) -> str:
    """Fill a template of a whole page, which may use this style and script and nothing else.

    With `answers`, it may also speak to where it came from.
    """
    allowed = policy(style=style, script=script, answers=answers)
    made_by = version("ictdiplo")
    return render(template, policy=allowed, style=style, script=script, version=made_by, **values)


def source(name: str) -> str:
    """Return a file that lies beside the templates, such as a style."""
    return (files("ictdiplo.publish") / "templates" / name).read_text(encoding="utf-8")


def policy(*, style: str, script: str | None = None, answers: bool = False) -> str:
    """Return a content security policy that lets a page use these two, and nothing else at all.

    With `answers`, it may also speak to where it came from.
    """
    allowed = ["default-src 'none'", f"style-src {_hash(style)}"]
    if script is not None:
        allowed.append(f"script-src {_hash(script)}")
    if answers:
        allowed.append("connect-src 'self'")
    return "; ".join([*allowed, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["spaced"] = spaced
    # As it is given, in its own letters; what could end a script is escaped all the same.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment
