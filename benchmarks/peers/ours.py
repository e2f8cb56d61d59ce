"""ictdiplo, all of it: from the text to resolved records, every quote found in the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import corpus
from job import AT_ONCE, KEY, MODEL, Outcome, Tally, articles, one_by_one, placing, run

import ictdiplo
from ictdiplo.article import Article
from ictdiplo.resolve.quotes import Text


def calls(url: str, number: int) -> Outcome:
    """Read articles one after the other."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=False)

    def read(text: str) -> Iterable[str]:
        return _quotes(ictdiplo.extract(text, model=model, published=corpus.PUBLISHED))

    return one_by_one(read, number)


def crowd(url: str, number: int, at_once: int = AT_ONCE, every: int = 0) -> Outcome:
    """Read many articles at a time."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=False)
    ictdiplo.extract(corpus.article(0), model=model)
    waiting = articles(number, streamed=bool(every))
    tally = Tally(every)
    for outcome in _read_many(waiting, model, at_once):
        tally.add(_quotes(outcome))
    return tally.outcome()


def refused(url: str, number: int) -> Outcome:
    """Read articles of which the endpoint refuses some, and say how many were kept."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=False)
    outcomes = list(_read_many(articles(number), model, AT_ONCE))
    kept = sum(isinstance(each, ictdiplo.Extraction) for each in outcomes)
    return {"kept": kept, "listed": len(outcomes) - kept}


def long(url: str, words: int) -> Outcome:
    """Read one article of so many words, in as many parts as it takes."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=False)
    ictdiplo.extract(corpus.article(0), model=model)
    text = corpus.article(0, words)
    tally = Tally()
    tally.add(_quotes(ictdiplo.extract(text, model=model)))
    return tally.outcome(characters=len(text))


def hits(url: str, number: int, directory: str) -> Outcome:
    """Read one article again and again, out of the cache."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=directory)
    text = corpus.article(0)
    ictdiplo.extract(text, model=model)
    tally = Tally()
    for _ in range(number):
        tally.add(_quotes(ictdiplo.extract(text, model=model)))
    return tally.outcome()


def again(url: str, directory: str, key: str = KEY, clients: int = 1) -> Outcome:
    """Read one article, with so many models made in turn."""
    for _ in range(clients):
        model = ictdiplo.Model(MODEL, base_url=url, api_key=key, cache=directory)
        ictdiplo.extract(corpus.article(0), model=model)
    return {}


def equal(url: str, directory: str, number: int) -> Outcome:
    """Ask the same so many times at once."""
    model = ictdiplo.Model(MODEL, base_url=url, cache=directory)
    with ThreadPoolExecutor(number) as pool:
        asked = [
            pool.submit(ictdiplo.extract, corpus.article(0), model=model) for _ in range(number)
        ]
    return {"records": [sum(1 for _ in _quotes(each.result())) for each in asked]}


def place(text: str, quotes: list[str]) -> Outcome:
    """Place quotes in a text."""

    def places(text: str, quotes: list[str]) -> list[tuple[int, int] | None]:
        ready = Text(text)
        found = (ready.find(quote) for quote in quotes)
        return [(each.start, each.end) if each else None for each in found]

    return placing(places, text, quotes)


def _read_many(
    texts: Iterable[str], model: ictdiplo.Model, at_once: int
) -> Iterator[ictdiplo.Extraction | ictdiplo.Failure]:
    ready = (Article.from_text(text, published=corpus.PUBLISHED) for text in texts)
    return ictdiplo.extract_many(ready, model=model, concurrency=at_once)


def _quotes(found: ictdiplo.Extraction | ictdiplo.Failure) -> Iterable[str]:
    assert isinstance(found, ictdiplo.Extraction), found
    records = chain(found.meetings, found.proposals, found.mous)
    return (quote.quote for record in records for quote in record.evidence)


if __name__ == "__main__":
    run(calls, crowd, refused, long, hits, again, equal, place)
