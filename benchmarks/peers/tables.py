"""From what the rounds measured to tables: ratios within a round, their median and spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import median
from typing import Any, NamedTuple

Round = dict[str, Any]
Raw = dict[str, list[Round]]

COLUMNS = {
    "ours": "ictdiplo",
    "instructor_alone": "instructor",
    "langextract_alone": "langextract",
    "sdk": "openai's SDK",
    "floor": "aiohttp",
}
SAID = """\
# Beside its peers

{machine}
All contenders read the same made-up articles of 500 words, each part of the table in one run for all of them, each contender in an environment and a process of its own, against one endpoint on this machine that gives each the same 18 records in the form it asks for.
ictdiplo does all of its work in it: every quote is found in the article, dates and parties are resolved; openai's SDK and aiohttp, the floor, only parse the answer.
A contender counts only if it returned every record with its quote.
Ratios are made within a round; what stands here is their median, and in brackets the lowest and the highest of the rounds.
“CPU” is time on the processor, which waiting and neighbours hardly change.
`make bench-peers` measures it anew; [results.json](results.json) holds each round.

![throughput, CPU, memory and growth](RESULTS.svg)
"""

GROUNDING = """\
Some 60 quotes of an article of 10,000 words; “CPU” is to ours.
Whole ones, and those altered in nothing but space, case, the form of quote marks and dashes, or a comma left out, should be placed; those with a changed word or replaced facts should not.
langextract places in chunks of 1,000 characters as it comes, each quote told its chunk, or in the whole text."""
REUSE = "Nothing should be sent for what was answered before; what is asked at the same moment should be asked once."
# What is told of each kind of quote, with how many were placed rightly and wrongly.
KINDS = {
    "whole": "{0}",
    "space": "{0}",
    "case": "{0}",
    "quote marks, dashes": "{0}",
    "comma": "{0}",
    "changed word": "{1} accepted",
    "replaced facts": "{1} accepted",
}
METHODS = ("ours", "normalise and find", "langextract, chunks", "langextract, whole", "instructor")
FLOOR_OF_A_HIT = "import pydantic, diskcache"
REFUSABLE = 98
MEMORY_AT = (2_560, 9_600)
FLAT_BETWEEN = (1_280, 9_600)
ARTICLES = (9_600, 19_840)
LINEAR = 1.1
ALTERED = ("space", "case", "quote marks, dashes", "comma")
FALSE = ("changed word", "replaced facts")
METHODS_OF = {
    "ours": "ours",
    "instructor_alone": "instructor",
    "langextract_alone": "langextract, whole",
}


class Figure(NamedTuple):
    """A median over the rounds, between the lowest and the highest."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        middle, low, high = map(digits, self)
        return middle if low == high else f"{middle} ({low} to {high})"


class Line(NamedTuple):
    """A line of the first table: a figure for each contender, and what ours is held to."""

    what: str
    figures: Mapping[str, Figure]
    least: float | None = None
    most: float | None = None

    def __str__(self) -> str:
        ours = self.figures["ours"].middle
        told = [str(self.figures.get(contender, "")) for contender in COLUMNS]
        if self.least is not None:
            told += [f"≥ {self.least:g}", "yes" if ours >= self.least else "**no**"]
        elif self.most is not None:
            told += [f"≤ {self.most:g}", "yes" if ours <= self.most else "**no**"]
        else:
            told += ["", ""]
        return f"| {self.what} | {' | '.join(told)} |"


def digits(value: float) -> str:
    """Write two digits that count, or all that stand before the point."""
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"  # noqa: PLR2004


def figure(values: Iterable[float]) -> Figure:
    """Return the median and the spread."""
    listed = list(values)
    return Figure(median(listed), min(listed), max(listed))


def relative(rounds: list[Round], value: Callable[[Any], float], to: str) -> dict[str, Figure]:
    """Return a value of each contender, as a multiple of one contender's in the same round."""
    return {
        contender: figure(value(each[contender]) / value(each[to]) for each in rounds)
        for contender in rounds[0]
    }


def rate(told: Round) -> float:
    """Return the articles a second."""
    return float(told["articles"] / told["wall"])


def cpu(told: Round) -> float:
    """Return the CPU seconds an article."""
    return float(told["cpu"] / told["articles"])


def lines(raw: Raw) -> Iterator[Line]:
    """Yield the lines of the first table."""
    yield from _time_lines(raw)
    yield from _quote_lines(raw["grounding"])
    yield from _size_lines(raw["wire"][0], raw["growth"][0])
    [refusals] = raw["refusals"]
    for what, least in (("kept", REFUSABLE), ("listed", 2)):
        figures = {name: figure([told[what]]) for name, told in refusals.items()}
        yield Line(f"of 100 articles, 2 refused with a 400: {what}", figures, least=least)


def _time_lines(raw: Raw) -> Iterator[Line]:
    crowd, peer = raw["throughput"], "instructor_alone"
    what = "articles a second, 256 at once, to "
    yield Line(f"{what}instructor's", relative(crowd, rate, peer), least=2.5)
    yield Line(f"{what}langextract's", relative(crowd, rate, "langextract_alone"), least=8)
    yield Line("CPU an article, 256 at once, to instructor's", relative(crowd, cpu, peer))
    extra = [{name: cpu(each[name]) - cpu(each["sdk"]) for name in each} for each in raw["calls"]]
    what = "CPU an article beyond openai's SDK, to instructor's"
    yield Line(what, relative(extra, float, peer), most=0.3)
    figures = relative(raw["imports"], float, "pydantic")
    yield Line("CPU of the import, to pydantic's", figures, most=1.3)
    figures = relative(raw["shell"], float, FLOOR_OF_A_HIT)
    yield Line(f"CPU of a cached article in the shell, to `{FLOOR_OF_A_HIT}`", figures, most=2.5)
    figures = relative(raw["hits"], lambda told: 1 / told["cpu"], peer)
    yield Line("cached articles a second, to instructor's", figures, least=20)


def _quote_lines(rounds: list[Round]) -> Iterator[Line]:
    def beside(method: str, order: str) -> Figure:
        return figure(
            each[f"{method}, {order}"]["cpu"] / each[f"ours, {order}"]["cpu"] for each in rounds
        )

    what = "CPU of placing quotes, langextract's to ours: "
    best = beside("langextract, chunks", "in order")
    yield Line(f"{what}in order, at its best", {"ours": best}, least=25)
    worst = beside("langextract, whole", "in any order")
    yield Line(f"{what}in any order, in the whole text", {"ours": worst}, least=1000)
    plain = figure(
        each["ours, in order"]["cpu"] / each["normalise and find, in order"]["cpu"]
        for each in rounds
    )
    yield Line(
        "CPU of placing quotes in order, ours to normalise and find", {"ours": plain}, most=1.5
    )
    placed, accepted = {}, {}
    for contender, method in METHODS_OF.items():
        judged = rounds[0][f"{method}, in any order"]["judged"]
        placed[contender] = figure([_share(judged, "rightly", ALTERED)])
        accepted[contender] = figure([_share(judged, "wrongly", FALSE)])
    yield Line("share of altered quotes placed", placed, least=1)
    yield Line("share of false quotes accepted", accepted, most=0)


def _share(judged: Round, verdict: str, kinds: Iterable[str]) -> float:
    counts = [judged[kind] for kind in kinds]
    return sum(count.get(verdict, 0) for count in counts) / sum(
        sum(count.values()) for count in counts
    )


def _size_lines(wire: Round, growth: Round) -> Iterator[Line]:
    for what, most in (("kB", 20), ("requests", 1)):
        figures = {name: figure([told[what]]) for name, told in wire.items()}
        yield Line(f"{what} sent for an article", figures, most=most)
    yield Line(
        "kB of it that are the same each time, at its beginning",
        {"ours": figure([wire["ours"]["same"]])},
    )
    marks = {
        name: {mark[0]: mark for mark in told["marks"]} for name, told in growth["streams"].items()
    }
    for number in MEMORY_AT:
        figures = {
            name: figure([at[number][2] / marks["instructor_alone"][number][2]])
            for name, at in marks.items()
            if number in at
        }
        yield Line(f"memory after {number:,} articles, to instructor's", figures, most=1)
    first, last = (marks["ours"][number][2] for number in FLAT_BETWEEN)
    what = "memory after {1:,} articles, to after {0:,}".format(*FLAT_BETWEEN)
    yield Line(what, {"ours": figure([last / first])}, most=1.05)
    *_, shorter, longest = growth["longer"]
    grown = longest["cpu"] / longest["characters"] / (shorter["cpu"] / shorter["characters"])
    what = (
        f"CPU a kB of an article of {digits(longest['characters'] / 1000)} kB, to that of a third"
    )
    yield Line(what, {"ours": figure([grown])}, most=LINEAR)
    half, whole = (marks["ours"][number][1] / number for number in ARTICLES)
    what = "CPU an article of {1:,}, to that of {0:,}".format(*ARTICLES)
    yield Line(what, {"ours": figure([whole / half])}, most=LINEAR)


def grounding(rounds: list[Round]) -> Iterator[str]:
    """Yield the table of quotes placed, and of the time that it takes, to ours."""
    counted = {
        kind: sum(count.values()) for kind, count in rounds[0]["ours, in order"]["judged"].items()
    }
    kinds = sorted(counted, key=list(KINDS).index)
    yield _row("", "CPU in order", "in any order", *(f"{kind} ({counted[kind]})" for kind in kinds))
    yield _row(*["---"] * (len(kinds) + 3))
    orders = ("in order", "in any order")
    for name in METHODS:
        took = [
            figure(
                each[f"{name}, {order}"]["cpu"] / each[f"ours, {order}"]["cpu"] for each in rounds
            )
            for order in orders
        ]
        judged = rounds[0][f"{name}, in any order"]["judged"]
        told = (
            KINDS[kind].format(judged[kind].get("rightly", 0), judged[kind].get("wrongly", 0))
            for kind in kinds
        )
        yield _row(COLUMNS.get(name, name), *took, *told)


def reuse(told: Round) -> Iterator[str]:
    """Yield the table of requests for what was answered before."""
    yield _row("requests sent for", *(COLUMNS.get(name, name) for name in told))
    yield _row(*["---"] * (len(told) + 1))
    for what in told["ours"]:
        yield _row(what, *(each[what] for each in told.values()))


def growth(told: Round) -> Iterator[str]:
    """Yield the table of CPU as articles grow longer, and as there are more of them."""
    yield _row("kB of one article", "CPU a kB, to that of the shortest but one")
    yield _row("---", "---")
    per = [each["cpu"] / each["characters"] for each in told["longer"]]
    for each, took in zip(told["longer"], per, strict=True):
        yield _row(digits(each["characters"] / 1000), digits(took / per[1]))
    yield ""
    yield _row(
        "articles in a stream",
        "CPU an article, to that of the first",
        "memory, to that after the first",
    )
    yield _row("---", "---", "---")
    marks = told["streams"]["ours"]["marks"]
    for number, spent, megabytes in marks:
        if (number // marks[0][0]).bit_count() == 1 or number == marks[-1][0]:
            each = spent / number / (marks[0][1] / marks[0][0])
            yield _row(digits(number), digits(each), digits(megabytes / marks[0][2]))


def page(raw: dict[str, list[Any]]) -> str:
    """Return the whole page."""
    head = _row("", *COLUMNS.values(), "target", "met")
    rule = _row(*["---"] * (len(COLUMNS) + 3))
    parts = {
        "Everything": [head, rule, *map(str, lines(raw))],
        "Placing quotes": [GROUNDING, "", *grounding(raw["grounding"])],
        "Asking again": [REUSE, "", *reuse(raw["reuse"][0])],
        "Growth": list(growth(raw["growth"][0])),
    }
    return "\n".join(
        [
            SAID.format(machine=raw["machine"][0]),
            *(f"## {name}\n\n" + "\n".join(told) + "\n" for name, told in parts.items()),
        ]
    )


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
