"""What a notebook shows: the page, a record's card or a ledger, in a frame of its own.

In the frame neither a style of the notebook nor one of the page reaches the other, and a hostile
article finds nothing there to reach for: it has no origin, and the page's policy holds in it.
"""

from __future__ import annotations

from ..gather.ledger import Ledger
from ..records import Extraction
from .ledger import ledger_lines
from .results_page import SIGNS, results_page
from .shown import show_record
from .templating import render, render_page, source
from .wording import Record

TALL, LOW = "36rem", "17rem"


def as_html(shown: Extraction | Ledger | Record) -> str:
    """Return a frame with an extraction's page, a ledger as it is printed, or a record's card."""
    style = source("results.css")
    if isinstance(shown, Extraction):
        return render("frame.html.jinja", page=results_page([shown]), height=TALL)
    if isinstance(shown, Ledger):
        lines = [*ledger_lines(shown)]
        page = render_page("lines.html.jinja", style=style, lines=lines)
        return render("frame.html.jinja", page=page, height=TALL)
    card = render_page(
        "card.html.jinja", style=style, shown=show_record(shown), signs=SIGNS, alone=True
    )
    return render("frame.html.jinja", page=card, height=LOW)
