"""What an HTML page holds and no reader sees, taken out before anything reads the page.

The tags, classes and inline styles that hide are in `data/hidden_elements.json`, each style under
the name of its trick. Styles are compared in small letters and without white space.

Of a page's own style sheets, the rules for one class or one id are followed, but for those under a
condition such as `@media`, and for those that would hide most of the page: a script shows that.
Style sheets in other files are not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

# No more of an inline style is looked at, so that none can take quadratic time.
LONGEST_STYLE = 2_000

# Characters of a page's own style sheets that are looked at.
LONGEST_SHEET = 200_000
# What hides more than this share of the page's text is what the page is about.
MOST_HIDDEN = 0.5

_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_CSS_RULE = re.compile(r"([^{}]*)\{([^{}]*)")
_CSS_NAME = re.compile(r"[a-z]{0,20}(?P<kind>[.#])(?P<name>[\w-]{1,60})")
_WHITE = re.compile(r"white|#f{3}(?:f{3})?(?![0-9a-f])|rgba?\(255,255,255")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,0?\.?0+%?\)|#[0-9a-f]{6}00")


class _Signs(NamedTuple):
    """What tells a hidden element."""

    tags: frozenset[str]
    classes: frozenset[str]
    styles: re.Pattern[str]


def drop_hidden(tree: Any) -> None:
    """Take the elements that no reader sees out of an lxml tree, with all that is in them."""
    elements = tree.xpath("//body//*")
    names = set(_hiding_names(tree))
    if names:
        names -= _names_of_most(tree, elements, names)
    for element in elements:
        if _is_hidden(element) or not names.isdisjoint(_names(element)):
            element.drop_tree()


def _hiding_names(tree: Any) -> Iterator[str]:
    """Yield `.class` and `#id` of rules that hide, in the page's own style sheets."""
    sheet = "".join(style.text or "" for style in tree.xpath("//style"))[:LONGEST_SHEET].lower()
    depth = 0
    for part in _CSS_COMMENT.sub("", sheet).split("}"):
        rule = _CSS_RULE.search(part)
        inner = part.count("{")
        if rule and not depth and inner == 1 and "@" not in rule[1]:
            style = re.sub(r"\s+", "", rule[2][:LONGEST_STYLE])
            if _signs().styles.search(style):
                matches = map(_CSS_NAME.fullmatch, map(str.strip, rule[1].split(",")))
                yield from (match["kind"] + match["name"] for match in matches if match)
        depth = max(0, depth + inner - 1)


def _names_of_most(tree: Any, elements: Any, names: set[str]) -> set[str]:
    """Return those of `names` that would hide too much of the page."""
    hidden: Counter[str] = Counter()
    for element in elements:
        for name in names.intersection(_names(element)):
            hidden[name] += _length(element)
    most = MOST_HIDDEN * _length(tree)
    return {name for name, length in hidden.items() if length > most}


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))


def _names(element: Any) -> Iterator[str]:
    yield from (f".{name}" for name in element.get("class", "").lower().split())
    yield f"#{element.get('id', '').lower()}"


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
