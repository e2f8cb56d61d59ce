"""Read all articles of a folder, and write a page to look at what they report.

    python examples/look_at_results.py examples/articles
    python examples/look_at_results.py examples/articles --output news.html

The page is one file that loads nothing; open it in any browser. In a notebook, the last line of a
cell is enough: `found` shows the page, and `found.mous[0]` a record's card.
"""

import argparse
from pathlib import Path

import ictdiplo


def main() -> None:
    """Write the page, and print how to look for something on it."""
    parser = argparse.ArgumentParser(description="Read all articles of a folder, and show them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=Path("found.html"))
    settings = parser.parse_args()

    articles = ictdiplo.read_articles(settings.folder)
    readable = [one for one in articles if isinstance(one, ictdiplo.Article)]
    found = [ictdiplo.extract(article) for article in readable]
    ictdiplo.write_page(found, settings.output)

    signed = sum(mou.status == "signed" for one in found for mou in one.mous)
    print(f"{len(found)} articles, {signed} signed memoranda and agreements: {settings.output}")
    print(f"Only these: {settings.output.resolve().as_uri()}#?type=mou&status=signed")


if __name__ == "__main__":
    main()
