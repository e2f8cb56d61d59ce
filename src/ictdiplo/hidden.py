"""What an HTML page holds and no reader sees, taken out before anything reads the page.

The tags, classes and inline styles that hide are in `data/hidden_elements.json`, each style under
the name of its trick. Styles are compared in small letters and without white space.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

# No more of an inline style is looked at, so that none can take quadratic time.
LONGEST_STYLE = 2_000

_WHITE = re.compile(r"white|#f{3}(?:f{3})?(?![0-9a-f])|rgba?\(255,255,255")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,0?\.?0+%?\)|#[0-9a-f]{6}00")


class _Signs(NamedTuple):
    """What tells a hidden element."""

    tags: frozenset[str]
    classes: frozenset[str]
    styles: re.Pattern[str]


def drop_hidden(tree: Any) -> None:
    """Take the elements that no reader sees out of an lxml tree, with all that is in them."""
    for element in tree.xpath("//body//*"):
        if _is_hidden(element):
            element.drop_tree()


def _is_hidden(element: Any) -> bool:
    signs, style = _signs(), _style(element)
    return bool(
        element.tag in signs.tags
        or "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or signs.classes.intersection(element.get("class", "").lower().split())
        or signs.styles.search(style)
        or _is_invisible_ink(element, style)
    )


def _style(element: Any) -> str:
    return re.sub(r"\s+", "", element.get("style", "")[:LONGEST_STYLE].lower())


def _is_invisible_ink(element: Any, style: str) -> bool:
    """Tell text in no colour, in that of its own background, or in white where nothing is darker."""
    ink = _value(style, "color") or element.get("color", "").lower()
    if not ink:
        return False
    if _CLEAR.match(ink) or ink == _background(element):
        return True
    behind = map(_background, (element, *element.iterancestors()))
    return bool(_WHITE.match(ink)) and all(
        not colour or _WHITE.match(colour) or _CLEAR.match(colour) for colour in behind
    )


def _background(element: Any) -> str:
    style = _style(element)
    return str(
        _value(style, "background-color")
        or _value(style, "background")
        or element.get("bgcolor", "").lower()
    )


def _value(style: str, name: str) -> str:
    """Return what the last declaration of a property says, the one that counts."""
    values = re.findall(rf"(?:^|;){name}:([^;]*)", style)
    return values[-1].removesuffix("!important") if values else ""


@cache
def _signs() -> _Signs:
    path = files("ictdiplo").joinpath("data/hidden_elements.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    styles = re.compile("|".join(table["styles"].values()))
    return _Signs(frozenset(table["tags"]), frozenset(table["classes"]), styles)
