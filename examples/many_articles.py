"""Read all articles of a folder; write a JSON line for each, and count who met whom.

    python examples/many_articles.py examples/articles > found.jsonl
    python examples/many_articles.py examples/articles --output found.jsonl

An article that cannot be read is reported, and the others are read all the same.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import ictdiplo


def main() -> None:
    """Write the records to a file or standard output, all else to standard error."""
    parser = argparse.ArgumentParser(description="Read all articles of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=argparse.FileType("w", encoding="utf-8"), default="-")
    settings = parser.parse_args()

    pairs: Counter[tuple[str, ...]] = Counter()
    with settings.output as stream:
        for outcome in ictdiplo.extract_many(ictdiplo.read_articles(settings.folder)):
            if isinstance(outcome, ictdiplo.Extraction):
                print(outcome.model_dump_json(), file=stream, flush=True)
                pairs.update(meeting_pairs(outcome))
            else:
                print(f"Not read: {outcome}", file=sys.stderr)
    for pair, count in pairs.most_common():
        print(f"{count:4} {' and '.join(pair)}", file=sys.stderr)


def meeting_pairs(found: ictdiplo.Extraction) -> Iterator[tuple[str, ...]]:
    """Yield every two countries that met, once for each meeting held."""
    for meeting in found.meetings:
        if meeting.status == "held":
            codes = {party.code for party in meeting.parties if party.code}
            yield from combinations(sorted(codes), 2)


if __name__ == "__main__":
    main()
