"""Figures drawn by Vega, through vl-convert: SVG for pages and papers, PNG for slides.

They are drawn when the page is written, not when it is read: so they are there without JavaScript and
on paper, and the page carries none of the 780 kB that Vega 6.4 and Vega-Lite 6.5 weigh as scripts, which
would also want `eval`, or an interpreter in its place.
Nothing is fetched for it: the specifications lie beside the templates, and the renderer may open no
address. What comes back is taken apart and put together anew, so that only shapes, words and our
own links are left in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple
from xml.etree import ElementTree as ET  # what is parsed here was drawn here  # nosec B405

from ..errors import SettingsError
from .templating import source

Kind = Literal["timeline", "network", "matrix", "board"]
SPECIFICATIONS: dict[Kind, str] = {
    "timeline": "timeline.vl.json",
    "network": "network.vg.json",
    "matrix": "matrix.vl.json",
    "board": "board.vl.json",
}
# Stands for the link of that number until the drawing is done; nobody can own such a name.
PLACEHOLDER = "https://link.invalid/"
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
SHAPES = {"svg", "g", "a", "path", "rect", "line", "circle", "text", "tspan", "title"}
ATTRIBUTES = {
    "cx", "cy", "d", "dx", "dy", "fill", "fill-opacity", "font-family", "font-size", "font-weight",
    "height", "href", "opacity", "pointer-events", "r", "stroke", "stroke-dasharray",
    "stroke-linecap", "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox",
    "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
NOTHING_SAID = {("opacity", "1"), ("fill", "transparent"), ("transform", "translate(0,0)")}
MARGIN = 40.0
"""Room around a network, in which names stand that reach beyond the outermost sides."""

# What XML 1.0 has no place for, and characters of two halves, between which Vega cuts long names.
_NOT_DRAWN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")
_DIGITS = re.compile(r"(\.\d\d)\d+")

ET.register_namespace("", SVG.strip("{}"))  # so that it is written without a prefix, as HTML needs


class Link(NamedTuple):
    """Where a mark leads, if anywhere, and what it is."""

    address: str | None
    label: str


class Figure(NamedTuple):
    """A kind of figure, the rows of its tables by their names, and the links its marks refer to."""

    kind: Kind
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    links: Sequence[Link]
    size: tuple[int, int] | None = None
    """Width and height, where the specification does not say."""
    order: Sequence[str] = ()
    """The rows from top to bottom, where the specification does not say."""


def svg(figure: Figure) -> str:
    """Draw a figure as SVG.

    Raises:
        SettingsError: the extra `plot` is not installed.
    """
    drawn = ET.fromstring(_vega(figure))  # noqa: S314 - what we had drawn, not what somebody sent  # nosec B314
    for parent in list(drawn.iter()):
        for child in list(parent):
            if child.tag.removeprefix(SVG) not in SHAPES or _is_invisible(child):
                parent.remove(child)
    for element in drawn.iter():
        _keep_what_is_known(element, figure.links)
    if figure.kind == "network":
        _fit(drawn)
    return ET.tostring(drawn, encoding="unicode")


def png(figure: Figure, scale: float = 2.0) -> bytes:
    """Draw a figure as PNG, `scale` times as large as the SVG.

    Raises:
        SettingsError: the extra `plot` is not installed.
    """
    drawn = svg(figure)
    return bytes(_renderer().svg_to_png(drawn, scale=scale))


def can_draw() -> bool:
    """Tell whether what draws is installed."""
    try:
        _renderer()
    except SettingsError:
        return False
    return True


def _vega(figure: Figure) -> str:
    name = SPECIFICATIONS[figure.kind]
    specification = json.loads(source(name))
    if figure.size:
        specification["width"], specification["height"] = figure.size
    if figure.order:
        specification["encoding"]["y"]["scale"]["domain"] = [
            _NOT_DRAWN.sub("□", row) for row in figure.order
        ]
    rows = {table: [_printable(row) for row in found] for table, found in figure.rows.items()}
    renderer = _renderer()
    if name.endswith(".vl.json"):
        specification["datasets"] = rows
        return str(renderer.vegalite_to_svg(specification, allowed_base_urls=[PLACEHOLDER]))
    for table in specification["data"]:
        table["values"] = rows[table["name"]]
    return str(renderer.vega_to_svg(specification, allowed_base_urls=[PLACEHOLDER]))


def _printable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _NOT_DRAWN.sub("□", said) if isinstance(said, str) else said
        for name, said in row.items()
    }


def _renderer() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise SettingsError(
            "Figures need the extra “plot”: pip install 'ictdiplo[plot]'."
        ) from error
    return vl_convert


def _is_invisible(element: ET.Element) -> bool:
    """Tell whether it is one of the frames that Vega draws around groups, with nothing to see."""
    return element.tag == f"{SVG}path" and (
        not element.get("d") or element.get("class") == "background"
    )


def _keep_what_is_known(element: ET.Element, links: Sequence[Link]) -> None:
    address = element.get(XLINK, "")
    for name, value in list(element.attrib.items()):
        if name not in ATTRIBUTES or (name, value) in NOTHING_SAID:
            del element.attrib[name]
        else:
            element.set(name, _DIGITS.sub(r"\1", value))
    if address.startswith(PLACEHOLDER):
        link = links[int(address.removeprefix(PLACEHOLDER))]
        if link.address:
            element.set("href", link.address)
        title = ET.Element(f"{SVG}title")
        title.text = _NOT_DRAWN.sub("□", link.label)
        element.insert(0, title)


def _fit(drawn: ET.Element) -> None:
    """Let the picture be as large as what the forces have made of it."""
    places = [
        (float(found[1]), float(found[2]))
        for element in drawn.iter(f"{SVG}text")
        if (found := re.match(r"translate\(([\d.e-]+),([\d.e-]+)\)", element.get("transform", "")))
    ]
    if not places:
        return
    columns, rows = zip(*places, strict=True)
    left, top = min(columns) - 2 * MARGIN, min(rows) - MARGIN
    width, height = max(columns) + 2 * MARGIN - left, max(rows) + MARGIN - top
    drawn.set("viewBox", f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}")
    drawn.set("width", f"{width:.0f}")
    drawn.set("height", f"{height:.0f}")
