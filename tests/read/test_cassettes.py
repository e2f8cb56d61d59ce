"""Real exchanges with a language model, replayed: what was asked, and what became of the answer.

tests/cassettes/README.md says who wrote the completions and how to record them anew.
"""

from pathlib import Path

import pytest

import ictdiplo
from recording import CASSETTES, cassette, settings

MODULE = Path(__file__).stem
TAPES = sorted((CASSETTES / MODULE).glob("*.yaml"))


@pytest.fixture
def read(request, articles):
    """Read an example article through the test's cassette."""

    def read_article(stem, **options):
        article = next(iter(ictdiplo.read_articles(articles / f"{stem}.txt")))
        model = ictdiplo.Model(**settings(), cache=False, timeout=3600, deadline=3600, **options)
        with cassette(MODULE, request.node.name) as tape:
            found = ictdiplo.extract(article, model=model)
        assert len(tape) == found.provenance.attempts
        return found

    return read_article


def codes(record):
    return {party.code for party in record.parties}
