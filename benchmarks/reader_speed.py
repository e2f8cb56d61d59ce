"""How fast the offline reader is, and how its time grows with an article's length.

    python benchmarks/reader_speed.py            # prints the tables
    python benchmarks/reader_speed.py --write    # and writes them to benchmarks/READER_SPEED.md

Beside it runs a floor: a blank spaCy pipeline that only splits sentences and looks up the names of
the same gazetteer, nothing else. All run in one process and on one core, in turn, several rounds;
medians count. CPU time is measured, so that waiting for the other core is none of it. Only ratios
and growth are comparable between machines.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from statistics import median

from ictdiplo.article import Article
from ictdiplo.extraction import extract_article
from ictdiplo.read.offline import OfflineReader
from ictdiplo.read.triage import assess

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "examples" / "gold"
OUT = Path(__file__).with_name("READER_SPEED.md")
WORDS = 500
ROUNDS = 5
SIZES = (1, 10, 100, 1000)  # kilobytes
LIMIT = 1_000_000  # characters, about what an article may have


def corpus() -> list[str]:
    """Return texts of 500 words, made of the gold set's articles one after the other."""
    paths = sorted(ARTICLES.glob("*/articles/*.txt"))
    bodies = [path.read_text(encoding="utf-8").split("\n\n", 1)[1] for path in paths]
    paragraphs = [part for body in bodies for part in body.split("\n\n")]
    texts, current = [], []
    for paragraph in paragraphs:
        current.append(paragraph)
        if sum(len(part.split()) for part in current) >= WORDS:
            texts.append("\n\n".join(current))
            current = []
    return texts


def spacy_floor() -> Callable[[str], object] | None:
    """Return a blank spaCy pipeline with the gazetteer's names; None where spaCy is missing."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    ruler = pipeline.add_pipe("entity_ruler")
    table = json.loads(files("ictdiplo").joinpath("data/gazetteer.json").read_text("utf-8"))
    names = {
        name
        for forms in table["territories"].values()
        for key in ("names", "demonyms", "capitals")
        for name in forms.get(key, [])
    }
    ruler.add_patterns([{"label": "GPE", "pattern": name} for name in sorted(names)])
    return pipeline


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the CPU time of one pass over the texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def rates(texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return articles a second for each contender: median and spread over the rounds."""
    reader = OfflineReader()
    ready = {text: Article.from_text(text) for text in texts}
    work: dict[str, Callable[[str], object]] = {
        "the reader: article to draft": lambda text: reader.read(ready[text], lambda _: []),
        "triage": lambda text: assess(ready[text]),
        "everything: text to records": lambda text: extract_article(
            Article.from_text(text), reader
        ),
    }
    if floor := spacy_floor():
        work["floor: blank spaCy, sentences and names only"] = floor
    for contender in work.values():
        seconds(contender, texts[:5])  # what is loaded once
    rounds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, contender in work.items():
            rounds[name].append(len(texts) / seconds(contender, texts))
    return {name: (median(found), max(found) - min(found)) for name, found in rounds.items()}


def growth(texts: Sequence[str]) -> list[tuple[int, float]]:
    """Return the CPU time per kilobyte for articles of each size, in milliseconds."""
    reader = OfflineReader()
    whole = "\n\n".join(texts)
    whole = whole * (LIMIT // len(whole) + 2)
    found = []
    for size in SIZES:
        # Another text each time: the reader keeps what it has found in the last one.
        texts = [whole[shift:][: min(size * 1000, LIMIT - 1)] for shift in range(3)]
        articles = [Article.from_text(text) for text in texts]
        times = [seconds(lambda _, a=each: reader.read(a, lambda _: []), [""]) for each in articles]
        found.append((size, 1000 * median(times) / size))
    return found


def report() -> str:
    """Return both tables."""
    texts = corpus()
    lines = [
        (
            f"Python {platform.python_version()}, {len(texts)} articles of {WORDS} words, one core, "
            f"{ROUNDS} rounds in turn."
        ),
        "",
        "| what | articles a second | spread |",
        "|---|---|---|",
        *(
            f"| {name} | {rate:.0f} | {spread:.0f} |"
            for name, (rate, spread) in rates(texts).items()
        ),
        "",
        "| length of the article | milliseconds a kilobyte |",
        "|---|---|",
        *(f"| {size} kB | {each:.2f} |" for size, each in growth(texts)),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the tables, and write them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    made = report()
    print(made)
    if parser.parse_args().write:
        OUT.write_text(f"# Speed of the offline reader\n\n{made}", encoding="utf-8")


if __name__ == "__main__":
    main()
