"""Read one article; print who met whom and what was proposed, each with the words that say so.

    python examples/quickstart.py

It runs offline as it stands. If ICTDIPLO_MODEL or OPENAI_API_KEY names a model, that one reads.
"""

from pathlib import Path

import ictdiplo
from ictdiplo import Meeting, MoU, Party, Proposal

ARTICLE = Path(__file__).parent / "articles" / "07-iran-turkmenistan-ai-transit.txt"


def names(parties: tuple[Party, ...]) -> str:
    """List the parties' usual English names."""
    return " and ".join(party.name for party in parties)


def show(headline: str, record: Meeting | Proposal | MoU) -> None:
    """Print a line, and under it each quote with its place in the article."""
    print(headline)
    for quote in record.evidence:
        print(f"    “{quote.quote}” ({quote.start}-{quote.end})")


found = ictdiplo.extract(ARTICLE.read_text(encoding="utf-8"))
for meeting in found.meetings:
    day = meeting.date.edtf if meeting.date else "date unknown"
    show(f"Meeting: {names(meeting.parties)} ({meeting.status}, {day})", meeting)
for proposal in found.proposals:
    sides = f"{names(proposal.proposer_party)} to {names(proposal.addressees)}"
    show(f"{proposal.kind.capitalize()}: {sides}", proposal)
for mou in found.mous:
    show(f"{mou.instrument.capitalize()}: {names(mou.parties)} ({mou.status})", mou)
