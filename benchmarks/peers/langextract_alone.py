"""langextract as its documents show it: a description, an example, and the quotes aligned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import corpus
import form
import langextract
from endpoint import flat
from job import AT_ONCE, KEY, Outcome, Tally, articles, placing, run
from langextract import chunking
from langextract.core import tokenizer
from langextract.data import AnnotatedDocument, Document, ExampleData, Extraction
from langextract.resolver import Resolver

# Characters: large enough for the article, so that each is one request.
WHOLE = 10_000


def crowd(url: str, number: int, at_once: int = AT_ONCE, every: int = 0) -> Outcome:
    """Read many articles at a time, each in one piece, which is what it does best."""
    _extract(url, [corpus.article(0)], 1, WHOLE)
    waiting = articles(number, streamed=bool(every))
    tally = Tally(every)
    for document in _extract(url, waiting, at_once, WHOLE):
        tally.add(each.extraction_text for each in document.extractions or [])
    return tally.outcome()


def refused(url: str, number: int) -> Outcome:
    """Read articles of which the endpoint refuses some, and say how many were kept."""
    try:
        kept = len(_extract(url, articles(number), AT_ONCE, WHOLE))
    except langextract.core.exceptions.LangExtractError:
        kept = 0
    return {"kept": kept, "listed": 0}


def one(url: str, chunk: int) -> Outcome:
    """Read one article in pieces of so many characters."""
    [document] = _extract(url, [corpus.article(0)], AT_ONCE, chunk)
    return {"records": len(document.extractions or [])}


def place(text: str, quotes: list[str], starts: list[int], chunk: int = 0) -> Outcome:
    """Place quotes in a text: in the whole of it, or each in the chunk where its start is."""
    pieces = [(0, len(text))]
    if chunk:
        found = chunking.ChunkIterator(text, chunk, tokenizer.RegexTokenizer())
        spans = (each.char_interval for each in found)
        pieces = [(span.start_pos or 0, span.end_pos or 0) for span in spans if span]

    def places(text: str, quotes: list[str]) -> list[Any]:
        placed: list[Any] = [None] * len(quotes)
        for start, end in pieces:
            here = [at for at in range(len(quotes)) if start <= starts[at] < min(end, len(text))]
            said = [Extraction("record", quotes[at]) for at in here]
            aligned = Resolver().align(said, text[start:end], 0, start) if here else []
            for at, each in zip(here, aligned, strict=True):
                span = each.char_interval
                placed[at] = (span.start_pos, span.end_pos) if span else None
        return placed

    return placing(places, text, quotes)


def _extract(url: str, texts: Iterable[str], at_once: int, chunk: int) -> list[AnnotatedDocument]:
    made: Any = langextract.extract(
        [Document(text, document_id=str(at)) for at, text in enumerate(texts)],
        prompt_description=form.INSTRUCTION,
        examples=[_example()],
        model_id="gpt-4o-mini",  # a name by which it knows whom to ask
        api_key=KEY,
        model_url=url,
        max_workers=at_once,
        batch_length=at_once,
        max_char_buffer=chunk,
        show_progress=False,
    )
    return list(made)


def _example() -> ExampleData:
    """Show two sentences of another article, and what is to be made of them."""
    found = [(kind, quote) for kind, quote, _ in corpus.records(corpus.article(99_999))][:3]
    text = " ".join(quote for _, quote in found)
    said = flat(text)["extractions"]
    return ExampleData(
        text=text,
        extractions=[
            Extraction(kind, quote, attributes=each[f"{kind}_attributes"])
            for (kind, quote), each in zip(found, said, strict=True)
        ],
    )


if __name__ == "__main__":
    run(crowd, refused, one, place)
