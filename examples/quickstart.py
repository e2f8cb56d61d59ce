"""Read one article; print who met whom and what was proposed, each with the words that say so.

    python examples/quickstart.py

It runs offline as it stands. If ICTDIPLO_MODEL or OPENAI_API_KEY names a model, that one reads.
"""

from pathlib import Path

import ictdiplo

ARTICLE = Path(__file__).parent / "articles" / "07-iran-turkmenistan-ai-transit.txt"


def main() -> None:
    """Print the records of one article."""
    found = ictdiplo.extract(ARTICLE.read_text(encoding="utf-8"))
    for meeting in found.meetings:
        day = meeting.date.edtf if meeting.date else None
        print(f"Meeting: {names(meeting.parties)}, {day or 'date unknown'} ({meeting.status})")
        print_quotes(meeting.evidence)
    for proposal in found.proposals:
        sides = f"{names(proposal.proposer_party)} to {names(proposal.addressees)}"
        print(f"{proposal.kind.capitalize()}: {sides}")
        print_quotes(proposal.evidence)
    for mou in found.mous:
        print(f"{mou.instrument.capitalize()}: {names(mou.parties)} ({mou.status})")
        print_quotes(mou.evidence)


def names(parties: tuple[ictdiplo.Party, ...]) -> str:
    """List the parties' usual English names."""
    return " and ".join(party.name for party in parties) or "someone"


def print_quotes(quotes: tuple[ictdiplo.Quote, ...]) -> None:
    """Print the words of the article, and where they stand in it."""
    for quote in quotes:
        print(f"    “{quote.quote}” ({quote.start}-{quote.end})")


if __name__ == "__main__":
    main()
