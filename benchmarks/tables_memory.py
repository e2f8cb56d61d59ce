"""How much memory and time each format of tables takes, for few articles and for many.

    python benchmarks/tables_memory.py            # prints the table
    python benchmarks/tables_memory.py --write    # and writes it to benchmarks/TABLES_MEMORY.md

What the offline reader finds in examples/articles is written again and again under other ids. Each
run has a process of its own; its peak is what the operating system says. CPU time is measured.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import ictdiplo

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).with_name("TABLES_MEMORY.md")
NAMES = (
    "out.jsonl", "out.csv", "out.xlsx", "out.parquet", "out.sqlite", "out.plover.jsonl", "out.tsv",
    "out.ftm.json", "out.jsonld",
)  # fmt: skip
SIZES = (1_000, 20_000)  # articles


def repeated(number: int) -> Iterator[ictdiplo.Extraction]:
    """Yield `number` extractions, each under an id of its own."""
    articles = ictdiplo.read_articles(ROOT / "examples" / "articles")
    found = [ictdiplo.extract(article, model="offline") for article in articles]
    for count, one in enumerate(islice(cycle(found), number)):
        article = one.article.model_copy(update={"id": f"{one.article.id}-{count}"})
        yield one.model_copy(update={"article": article})


def measure(name: str, number: int) -> str:
    """Write so many articles in a file of this name; return CPU seconds and peak megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        ictdiplo.write_tables(repeated(number), Path(folder, name))
        seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    return f"{seconds:.1f} s, {peak:.0f} MB"


def main() -> None:
    """Measure all, each in its own process."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "ARTICLES"))
    options = parser.parse_args()
    if options.one:
        print(measure(options.one[0], int(options.one[1])))
        return
    lines = [
        "# Memory and time of tables",
        "",
        f"Python {platform.python_version()}; CPU seconds, and the process's peak memory.",
        "",
        "| file | " + " | ".join(f"{size:,} articles" for size in SIZES) + " |",
        "|---" * (1 + len(SIZES)) + "|",
    ]
    for name in NAMES:
        runs = [[sys.executable, __file__, "--one", name, str(size)] for size in SIZES]
        told = [subprocess.check_output(run, text=True).strip() for run in runs]
        lines.append(f"| `{name}` | " + " | ".join(told) + " |")
        print(lines[-1], flush=True)
    if options.write:
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
