"""What a notebook shows: the page, or a record's card, in a frame of its own.

In the frame neither a style of the notebook nor one of the page reaches the other, and a hostile
article finds nothing there to reach for: it has no origin, and the page's policy holds in it.
"""

from __future__ import annotations

from ..records import Extraction
from .results_page import SIGNS, results_page
from .shown import show_record
from .templating import policy, render, source
from .wording import Record

TALL, LOW = "36rem", "17rem"


def as_html(shown: Extraction | Record) -> str:
    """Return a frame with the page of an extraction, or with the card of one record."""
    if isinstance(shown, Extraction):
        return render("frame.html.jinja", page=results_page([shown]), height=TALL)
    style = source("results.css")
    card = render(
        "card.html.jinja",
        policy=policy(style=style),
        style=style,
        shown=show_record(shown),
        signs=SIGNS,
        alone=True,
    )
    return render("frame.html.jinja", page=card, height=LOW)
