"""How well reports are put together, also where a reader has left things out.

    python benchmarks/merge_quality.py            # prints the tables
    python benchmarks/merge_quality.py --write    # and writes them into examples/gold/merges/README.md

Readers miss dates, names and places. So a share of all of these is taken away at random from the
gold's records, which are then merged; pairs are counted over all draws.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from ictdiplo import Extraction, Meeting, MergeScore, MoU, Proposal, evaluate_merges, merge

GOLD = Path(__file__).parents[1] / "examples" / "gold" / "merges"
README = GOLD / "README.md"
BEGIN, END = "<!-- figures: benchmarks/merge_quality.py --write -->", "<!-- end of figures -->"
PARTS = ("dev", "held")
SHARES = (0.1, 0.3, 0.5)
DRAWS = 50

Record = TypeVar("Record", Meeting, Proposal, MoU)


def read(part: str) -> list[Extraction]:
    """Return the extractions of one part."""
    lines = (GOLD / part / "extractions.jsonl").read_text(encoding="utf-8").splitlines()
    return [Extraction.model_validate_json(line) for line in lines]


def poorer(found: Extraction, draw: random.Random, share: float) -> Extraction:
    """Take a share of dates, names, places, occasions, titles and topics away."""
    lists = {
        name: tuple(_poorer(record, draw, share) for record in getattr(found, name))
        for name in ("meetings", "proposals", "mous")
    }
    return found.model_copy(update=lists)


def _poorer(record: Record, draw: random.Random, share: float) -> Record:
    left: dict[str, Any] = {}
    for name in ("date", "place", "occasion", "title"):
        if hasattr(record, name) and draw.random() < share:
            left[name] = None
    if draw.random() < share:
        left["topics"] = ()
    for name in ("participants", "signatories", "proposers"):
        left[name] = tuple(
            person.model_copy(update={"name": None, "role": person.role or "official"})
            if draw.random() < share
            else person
            for person in getattr(record, name, ())
        )
    return record.model_copy(update={n: left[n] for n in left if n in type(record).model_fields})


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _figures(*scores: MergeScore) -> tuple[str, str]:
    right = sum(score.right for score in scores)
    found, gold = sum(score.found for score in scores), sum(score.gold for score in scores)
    return f"{right / found:.3f}", f"{right / gold:.3f}"


def tables() -> Iterator[str]:
    """Yield the lines of both tables."""
    yield _row("part", "records", "pairs in gold", "merged", "right", "precision", "recall")
    yield _row(*["---"] * 7)
    for part in PARTS:
        for kind in ("meetings", "proposals", "mous", "all"):
            found = read(part)
            score = getattr(evaluate_merges(merge(found), GOLD / part / "events.json"), kind)
            kinds = ["meetings", "proposals", "mous"] if kind == "all" else [kind]
            records = sum(len(getattr(one, each)) for one in found for each in kinds)
            yield _row(
                f"{part}, {kind}", records, score.gold, score.found, score.right, *_figures(score)
            )
    yield ""
    yield f"The same where a share of dates, names, places, titles and topics is missing, over {DRAWS} draws:"
    yield ""
    yield _row(
        "missing", *(f"{part}, {figure}" for part in PARTS for figure in ("precision", "recall"))
    )
    yield _row(*["---"] * 5)
    for share in SHARES:
        yield _row(
            f"{share:.0%}", *(figure for part in PARTS for figure in _with_less(part, share))
        )


def _with_less(part: str, share: float) -> tuple[str, str]:
    found, scores = read(part), []
    for seed in range(DRAWS):
        draw = random.Random(seed)
        ledger = merge([poorer(one, draw, share) for one in found])
        scores.append(evaluate_merges(ledger, GOLD / part / "events.json").all)
    return _figures(*scores)


def main() -> None:
    """Print the tables, and write them down if that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write them into {README.name}")
    made = "\n".join(tables())
    print(made)
    if parser.parse_args().write:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        README.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
