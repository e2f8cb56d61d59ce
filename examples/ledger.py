"""Read articles, put together what they report, and print which promises were not heard of again.

    python examples/ledger.py [FOLDER]

It runs offline as it stands, on articles in which several outlets tell of the same meetings. If
ICTDIPLO_MODEL or OPENAI_API_KEY names a model, that one reads, and other languages than English too.
"""

import sys
from pathlib import Path

import ictdiplo

ARTICLES = Path(__file__).parent / "gold" / "merges" / "dev" / "articles"

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
articles = [a for a in ictdiplo.read_articles(folder) if isinstance(a, ictdiplo.Article)]
ledger = ictdiplo.merge(map(ictdiplo.extract, articles))
print(f"{ledger.articles} articles: {len(ledger.meetings)} meetings, {len(ledger.texts)} texts")

print("\nReported more than once:")
for meeting in ledger.meetings:
    if len(meeting.sources) > 1:
        sides = " and ".join(side.name for side in meeting.parties)
        dates = ", or ".join(told.value for told in meeting.date)
        print(f"  {sides}, {dates}")
        for source in meeting.sources:
            print(f"    {source.publisher}: “{source.quotes[0].quote}”")

print("\nNot heard of since:")
for promise in ictdiplo.commitments(ledger):
    if promise.state in {"open", "overdue"}:
        print(f"  {promise.date or promise.reported}  {' – '.join(promise.names)}: {promise.act}")
        print(f"    “{promise.quotes[0].quote}”")
