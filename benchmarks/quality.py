"""How well the offline reader reads examples/gold, and what each group of its rules brings.

    python benchmarks/quality.py            # prints the tables
    python benchmarks/quality.py --write    # and puts them into examples/gold/README.md

The test part is read as a whole, for its figures alone: no error of it is listed here, since no rule
may be written from it. For the errors of the training part: ictdiplo evaluate --errors.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ictdiplo.article import Article
from ictdiplo.extraction import extract_article
from ictdiplo.language.sentences import split_sentences
from ictdiplo.measure.evaluation import Evaluation, evaluate_all
from ictdiplo.measure.sources import Gold, read_gold, read_predictions
from ictdiplo.read.english import cues, memoranda, modality, proposals, sittings
from ictdiplo.read.english import meetings as meetings_module
from ictdiplo.read.english.attendance import Attendance
from ictdiplo.read.english.cast import Cast
from ictdiplo.read.english.coverage import find_signs
from ictdiplo.read.english.speakers import Speakers
from ictdiplo.read.offline import OfflineReader
from ictdiplo.read.triage import assess
from ictdiplo.records import Extraction
from ictdiplo.resolve.quotes import Text

GOLD = Path(__file__).parents[1] / "examples" / "gold"
CARD = GOLD / "README.md"
BEGIN, END = "<!-- figures: benchmarks/quality.py --write -->", "<!-- end of figures -->"
KINDS = ("meetings", "proposals", "mous")
PARTS = ("train", "test")


def register_of() -> dict[str, str]:
    """Return the register of each article: plain, varied or nothing."""
    with (GOLD / "facts.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["register"] for row in csv.DictReader(stream)}


def golds_of(part: str) -> Sequence[Gold]:
    """Return the gold of a part."""
    return read_gold(GOLD / part / "gold", GOLD / part / "articles")


def articles_of(part: str) -> dict[str, Article]:
    """Return the articles of a part by their names."""
    paths = sorted((GOLD / part / "articles").glob("*.txt"))
    return {p.stem: Article.from_text(p.read_text(encoding="utf-8"), id=p.stem) for p in paths}


def read_all(articles: Iterable[Article]) -> list[Extraction]:
    """Read the articles offline."""
    reader = OfflineReader()
    return [extract_article(article, reader) for article in articles]


def evaluated(golds: Sequence[Gold], found: Sequence[Extraction]) -> Evaluation:
    """Hold extractions against gold; those of other articles are left out."""
    names = {gold.name for gold in golds}
    mine = [one for one in found if one.article.id in names]
    return evaluate_all(golds, read_predictions(mine))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        cells = (f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row)
        yield "| " + " | ".join(cells) + " |"
    yield ""


def three(value: float) -> str:
    """Write a headline figure with three digits."""
    return f"{value:.3f}"


def overall(found: dict[str, list[Extraction]]) -> Iterator[str]:
    """Yield detection F1 and headline per part and register."""
    registers = register_of()
    rows = []
    for part in PARTS:
        golds = golds_of(part)
        for register in ("plain", "varied", "all"):
            mine = [g for g in golds if register in {"all", registers[g.name]}]
            run = evaluated(mine, found[part])
            spread = run.detection_f1_interval
            rows.append(
                (
                    part,
                    register,
                    len(mine),
                    three(run.detection_f1),
                    f"{spread.low:.2f} to {spread.high:.2f}",
                    three(run.headline),
                )
            )
    yield from table(
        ("part", "register", "articles", "detection F1", "95 % interval", "headline"), rows
    )


def by_kind(found: dict[str, list[Extraction]]) -> Iterator[str]:
    """Yield precision, recall and the accuracy of fields per record type."""
    rows = []
    for part in PARTS:
        run = evaluated(golds_of(part), found[part])
        for kind in KINDS:
            one = getattr(run, kind)
            fields = ", ".join(f"{name} {value:.2f}" for name, value in one.fields.items())
            row = (part, kind, one.gold, one.found, one.precision, one.recall, one.f1, fields)
            rows.append(row)
    yield from table(("part", "records", "gold", "found", "P", "R", "F1", "fields"), rows)


def nothing_and_triage(found: dict[str, list[Extraction]]) -> Iterator[str]:
    """Yield how articles without a record fare, and what triage turns away."""
    rows = []
    for part in PARTS:
        articles = articles_of(part)
        holds = {g.name: any(g.records[kind] for kind in KINDS) for g in golds_of(part)}
        false = sum(
            not holds[one.article.id] and bool(one.meetings or one.proposals or one.mous)
            for one in found[part]
        )
        relevant = {name: assess(article).relevant for name, article in articles.items()}
        empty = [name for name in holds if not holds[name]]
        full = [name for name in holds if holds[name]]
        rows.append(
            (
                part,
                f"{len(empty) - false} of {len(empty)}",
                f"{sum(relevant[name] for name in full)} of {len(full)}",
                f"{sum(not relevant[name] for name in empty)} of {len(empty)}",
            )
        )
    yield from table(
        ("part", "empty articles without a false record", "triage keeps", "triage turns away"),
        rows,
    )


def coverage() -> Iterator[str]:
    """Yield how often a sign of an overlooked record is right, with gold as the answer."""
    rows = []
    for part in PARTS:
        articles = articles_of(part)
        alarms, caught, tried = 0, 0, 0
        for gold in golds_of(part):
            text = articles[gold.name].text
            spans = _spans(gold, Text(text))
            alarms += _likely(text, spans)
            for span in spans:
                rest = [other for other in spans if other[1] <= span[0] or span[1] <= other[0]]
                tried += 1
                caught += any(
                    s.likely and s.start < span[1] and span[0] < s.end
                    for s in find_signs(text, rest)
                )
        rows.append((part, alarms / len(articles), f"{caught} of {tried}"))
    yield from table(
        ("part", "sentences pointed at per article, all records given", "records left out, seen"),
        rows,
    )


def _likely(text: str, spans: Sequence[tuple[int, int]]) -> int:
    return sum(sign.likely for sign in find_signs(text, spans))


def _spans(gold: Gold, text: Text) -> list[tuple[int, int]]:
    quotes = [record["evidence"] for kind in KINDS for record in gold.records[kind]]
    places = (text.find(quote) for quote in quotes)
    return [(place.start, place.end) for place in places if place]


def without(**changes: Any) -> Callable[[ExitStack], None]:
    """Return what switches rules off; keys are `where__name`."""

    def switch(stack: ExitStack) -> None:
        for key, value in changes.items():
            owner, name = key.split("__")
            stack.enter_context(patch.object(OWNERS[owner], name, value))

    return switch


OWNERS: dict[str, Any] = {
    "Attendance": Attendance,
    "Cast": Cast,
    "Speakers": Speakers,
    "memoranda": memoranda,
    "meetings": meetings_module,
    "modality": modality,
    "proposals": proposals,
    "sittings": sittings,
}


def _no_scene(*_: object) -> None:
    return None


def _without_group(table_name: str, group: str) -> Callable[[ExitStack], None]:
    def switch(stack: ExitStack) -> None:
        table = {**cues.load_table(table_name), group: []}
        loaded = cues.load_table
        stack.enter_context(
            patch.object(cues, "load_table", lambda n: table if n == table_name else loaded(n))
        )

    return switch


def _without_rows(table_name: str, group: str, key: str) -> Callable[[ExitStack], None]:
    def switch(stack: ExitStack) -> None:
        whole = cues.load_table(table_name)
        table = {**whole, group: [row for row in whole[group] if key not in row]}
        loaded = cues.load_table
        stack.enter_context(
            patch.object(cues, "load_table", lambda n: table if n == table_name else loaded(n))
        )

    return switch


def _all_is_story(stack: ExitStack) -> None:
    from ictdiplo.read.english import story

    def paragraphs(text: str) -> Iterator[tuple[bool, list[Any]]]:
        for spans in story._by_paragraph(text, split_sentences(text)):  # noqa: SLF001 - an ablation looks inside
            yield True, spans

    stack.enter_context(patch.object(story, "_paragraphs", paragraphs))


def _no_short_forms(stack: ExitStack) -> None:
    from ictdiplo.read.english import story

    stack.enter_context(patch.object(story, "find_aliases", lambda *_: []))


GROUPS: dict[str, Callable[[ExitStack], None]] = {
    "people around a sign of a meeting": _without_group("meetings", "signs"),
    "sittings of councils and commissions": without(meetings__find_sitting=lambda *_: None),
    "a signing as a meeting": _without_rows("meetings", "cues", "signing"),
    "modality: planned, cancelled, wished for": without(meetings__meeting_status=lambda *_: "held"),
    "denials and conditions": without(
        modality__is_denied=lambda *_: False,
        modality__is_unreal=lambda *_: False,
        memoranda__is_denied=lambda *_: False,
        memoranda__is_unreal=lambda *_: False,
        proposals__is_denied=lambda *_: False,
    ),
    "“they” and “the two sides”": without(Attendance__scene=lambda *_: []),
    "the sides of people without one": without(Cast__placed=lambda _, actors, *__: list(actors)),
    "the two sides a story is about": without(Cast__pair=lambda *_: []),
    "who has the word": without(Speakers__follow=_no_scene),
    "meetings and texts as scenes of proposals": without(Speakers__scene=_no_scene),
    "short forms an article introduces": _no_short_forms,
    "menus, lists and notices left out": _all_is_story,
}
CACHES = (cues.load_table, cues.load_cues, cues.load_pattern, cues.load_words)


def ablation(before: Evaluation) -> Iterator[str]:
    """Yield what the training part loses without each group of rules."""
    golds, articles = golds_of("train"), articles_of("train").values()
    rows = []
    for name, switch in GROUPS.items():
        with ExitStack() as stack:
            switch(stack)
            cues.load_cues.cache_clear()
            run = evaluated(golds, read_all(articles))
        cues.load_cues.cache_clear()
        gained = [getattr(before, k).f1 - getattr(run, k).f1 for k in KINDS]
        rows.append(
            (
                name,
                f"{before.detection_f1 - run.detection_f1:+.3f}",
                f"{before.headline - run.headline:+.3f}",
                *(f"{gain:+.3f}" for gain in gained),
            )
        )
    yield from table(("rules", "detection F1", "headline", *(f"F1 of {k}" for k in KINDS)), rows)


def report() -> str:
    """Return all tables."""
    found = {part: read_all(articles_of(part).values()) for part in PARTS}
    before = evaluated(golds_of("train"), found["train"])
    sections = {
        "The offline reader": overall(found),
        "By type and field": by_kind(found),
        "Nothing to extract, and triage": nothing_and_triage(found),
        "Coverage": coverage(),
        "What each group of rules brings (training part)": ablation(before),
    }
    return "\n".join(f"### {head}\n\n" + "\n".join(lines) for head, lines in sections.items())


def main() -> None:
    """Print the tables, and put them into the data card if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the tables into the data card")
    made = report()
    print(made)
    if parser.parse_args().write:
        card = CARD.read_text(encoding="utf-8")
        head, _, rest = card.partition(BEGIN)
        _, _, tail = rest.partition(END)
        CARD.write_text(f"{head}{BEGIN}\n\n{made}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
