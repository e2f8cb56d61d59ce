"""How heavy a page of results is, and how long a browser takes to open, search and scroll it.

    python benchmarks/page_speed.py                     # prints the table
    python benchmarks/page_speed.py --write             # and writes it to benchmarks/PAGE_SPEED.md
    python benchmarks/page_speed.py --articles FOLDER   # of other articles than the examples

The offline reader reads the articles; 500 are made by repeating those of the gold set's training
part under other names. A page can be used when its script is done and the next frame is drawn,
counted from the start of the navigation. The browser is Debian's Chromium without a window;
medians of five fresh visits.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import ictdiplo
from ictdiplo.extraction import extract_article
from ictdiplo.read.offline import OfflineReader
from ictdiplo.review.server import Desk

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).with_name("PAGE_SPEED.md")
EXAMPLES = ROOT / "examples" / "articles"
TRAINING = ROOT / "examples" / "gold" / "train" / "articles"
MANY = 500
VISITS = 5
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OPENED = f"{DRAWN}.then(() => performance.now())"
SEARCHED = f"""async () => {{
    const start = performance.now();
    find.elements.words.value = "minister";
    find.dispatchEvent(new Event("input"));
    await {DRAWN};
    return performance.now() - start;
}}"""
SCROLLED = f"""async () => {{
    const start = performance.now();
    [...document.querySelectorAll(".article")].at(-1).scrollIntoView();
    await {DRAWN};
    return performance.now() - start;
}}"""


def read(folder: Path) -> list[ictdiplo.Extraction]:
    """Read all articles of a folder that can be read."""
    articles = (one for one in ictdiplo.read_articles(folder) if isinstance(one, ictdiplo.Article))
    return [extract_article(article, OfflineReader()) for article in articles]


def repeated(found: list[ictdiplo.Extraction], number: int) -> Iterator[ictdiplo.Extraction]:
    """Yield as many articles as wanted, each under a name of its own."""
    for place, one in enumerate(islice(cycle(found), number)):
        article = one.article.model_copy(update={"id": f"{one.article.id}-{place}"})
        yield one.model_copy(update={"article": article})


def visit(browser: Any, path: Path) -> tuple[float, float, float]:
    """Return the milliseconds until a page can be used, for a search, and to its last article."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    opened = page.evaluate(OPENED)
    searchable = page.evaluate("typeof find === 'object' && find !== null")
    searched = page.evaluate(SEARCHED) if searchable else 0.0
    page.evaluate("typeof showAll === 'function' && find && showAll()")
    scrolled = page.evaluate(SCROLLED)
    context.close()
    return opened, searched, scrolled


def write_review(found: list[ictdiplo.Extraction], path: Path) -> None:
    """Write the page that a review's server would serve."""
    path.write_text(Desk(found, path.with_name("decided.jsonl")).page(), encoding="utf-8")


def row(
    browser: Any,
    name: str,
    found: list[ictdiplo.Extraction],
    folder: Path,
    write: Callable[[list[ictdiplo.Extraction], Path], None] = ictdiplo.write_page,
) -> str:
    """Write a page, visit it, and return the table's row."""
    path = folder / "page.html"
    start = time.perf_counter()
    write(found, path)
    written = time.perf_counter() - start
    times = zip(*(visit(browser, path) for _ in range(VISITS)), strict=True)
    opened, searched, scrolled = (f"{median(each):.0f}" for each in times)
    weight = f"{path.stat().st_size / 1000:,.0f}"
    records = sum(len(one.meetings) + len(one.proposals) + len(one.mous) for one in found)
    cells = (name, len(found), records, weight, f"{written:.1f}", opened, searched, scrolled)
    return "| " + " | ".join(map(str, cells)) + " |"


def report(folders: list[Path]) -> str:
    """Return the table: each folder, and the 500 articles."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        pages = {"/".join(one.parts[-2:]): read(one) for one in folders}
        many = pages[f"{MANY} articles"] = list(repeated(read(TRAINING), MANY))
        rows = [row(browser, name, found, Path(folder)) for name, found in pages.items()]
        rows.append(row(browser, f"{MANY} under review", many, Path(folder), write_review))
        version = browser.version
        browser.close()
    return "\n".join(
        [
            f"Python {platform.python_version()}, Chromium {version.partition('.')[0]}, {VISITS} visits.",
            "",
            "| page | articles | records | kB | s to write | ms to use | ms to search | ms to the end |",
            "|---|---|---|---|---|---|---|---|",
            *rows,
        ]
    )


def main() -> None:
    """Print the table, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}")
    parser.add_argument("--articles", type=Path, action="append", help="a folder of articles")
    settings = parser.parse_args()
    made = report(settings.articles or [EXAMPLES, TRAINING])
    print(made)
    if settings.write:
        OUT.write_text(f"# Weight and speed of a page of results\n\n{made}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
