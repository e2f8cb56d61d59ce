"""The figures as one picture."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from tables import COLUMNS, Figure, Raw, Round, cpu, rate, relative

OURS, OTHERS = "#1b6ca8", "#b8c4ce"
LINES = {"ours": OURS, "instructor_alone": "#c76b29", "langextract_alone": "#6b8f5e"}
# Text stays text, and the same figures make the same file.
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "ictdiplo",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}


def draw(raw: Raw, out: Path) -> None:
    """Draw throughput and CPU beside the peers, and memory and time as there is more to do."""
    growth = raw["growth"][0]
    with mpl.rc_context(STYLE):
        picture, ((one, two), (three, four)) = plt.subplots(2, 2, figsize=(9, 6))
        crowd = raw["throughput"]
        _bars(one, relative(crowd, rate, "instructor_alone"), "articles a second, to instructor's")
        _bars(two, relative(crowd, cpu, "instructor_alone"), "CPU an article, to instructor's")
        _memory(three, growth["streams"])
        _time(four, growth)
        picture.tight_layout()
        picture.savefig(out, metadata={"Date": None})
        plt.close(picture)


def _bars(axes: Axes, figures: dict[str, Figure], title: str) -> None:
    for at, (contender, name) in enumerate(reversed(COLUMNS.items())):
        told = figures[contender]
        spread = [[told.middle - told.low], [told.high - told.middle]]
        colour = OURS if contender == "ours" else OTHERS
        axes.barh(at, told.middle, color=colour, xerr=spread, ecolor="#5a6672")
        axes.annotate(
            f"{told.middle:.2g}", (told.high, at), (4, 0), textcoords="offset points", va="center"
        )
        axes.annotate(name, (0, at), (-4, 0), textcoords="offset points", va="center", ha="right")
    axes.set_yticks([])
    axes.set_title(title, loc="left")


def _memory(axes: Axes, streams: Round) -> None:
    for contender, told in streams.items():
        articles, _, megabytes = zip(*told["marks"], strict=True)
        axes.plot(articles, megabytes, color=LINES[contender], label=COLUMNS[contender])
    axes.set_ylim(bottom=0)
    axes.set_xlabel("articles in a stream")
    axes.set_title("memory, MB", loc="left")
    axes.legend()


def _time(axes: Axes, growth: Round) -> None:
    """Draw CPU against how much there is to read, both to the largest; a straight line is linear."""
    longer, marks = growth["longer"], growth["streams"]["ours"]["marks"]
    sizes, lasts = [each["characters"] for each in longer], [each["cpu"] for each in longer]
    articles, spent, _ = zip(*marks, strict=True)
    for label, x, y, style in (
        (
            f"one article, up to {sizes[-1] / 1000:,.0f} kB",
            sizes,
            lasts,
            {"marker": "o", "color": "#8fb6d3"},
        ),
        (f"a stream, up to {articles[-1]:,} articles", articles, spent, {"color": OURS}),
    ):
        axes.plot([each / x[-1] for each in x], [each / y[-1] for each in y], **style, label=label)
    axes.set_xlabel("how much there is to read, to the most")
    axes.set_title("CPU, to that of the most", loc="left")
    axes.legend()
