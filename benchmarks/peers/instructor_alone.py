"""instructor as its documents show it: a client, and our form as the response model."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import corpus
import form
import instructor
import openai
from instructor.cache import DiskCache
from instructor.v2.dsl.citation import CitationMixin
from job import AT_ONCE, KEY, MODEL, Outcome, all_at_once, one_by_one, placing, run

from ictdiplo.draft import Draft


def calls(url: str, number: int) -> Outcome:
    """Read articles one after the other."""
    with openai.OpenAI(base_url=url, api_key=KEY) as plain:
        client = instructor.from_openai(plain)

        def read(text: str) -> Iterable[str]:
            return _quotes(client.create(**_question(text)))

        return one_by_one(read, number)


def crowd(url: str, number: int, at_once: int = AT_ONCE, every: int = 0) -> Outcome:
    """Read many articles at a time."""

    async def reading() -> Outcome:
        async with openai.AsyncOpenAI(base_url=url, api_key=KEY) as plain:
            client = instructor.from_openai(plain)

            async def read(text: str) -> Iterable[str]:
                return _quotes(await client.create(**_question(text)))

            return await all_at_once(read, number, at_once, every)

    return asyncio.run(reading())


def refused(url: str, number: int) -> Outcome:
    """Read articles of which the endpoint refuses some, and say how many were kept."""

    async def reading() -> list[Draft | BaseException]:
        async with openai.AsyncOpenAI(base_url=url, api_key=KEY) as plain:
            client = instructor.from_openai(plain)
            texts = map(corpus.article, range(number))
            asked = (client.create(**_question(text)) for text in texts)
            return await asyncio.gather(*asked, return_exceptions=True)

    outcomes = asyncio.run(reading())
    kept = sum(isinstance(each, Draft) for each in outcomes)
    return {"kept": kept, "listed": len(outcomes) - kept}


def hits(url: str, number: int, directory: str) -> Outcome:
    """Read one article again and again, out of its cache."""
    question = _question(corpus.article(0)) | {"cache_namespace": "bench"}
    with openai.OpenAI(base_url=url, api_key=KEY) as plain:
        client = instructor.from_openai(plain, cache=DiskCache(directory))
        client.create(**question)
        wall, cpu = time.perf_counter(), time.process_time()
        records = sum(sum(1 for _ in _quotes(client.create(**question))) for _ in range(number))
        took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    return {**took, "records": records}


def again(url: str, directory: str, key: str = KEY, clients: int = 1, **more: Any) -> Outcome:
    """Read one article, with so many clients in turn."""
    for _ in range(clients):
        with openai.OpenAI(base_url=url, api_key=key) as plain:
            client = instructor.from_openai(plain, cache=DiskCache(directory))
            client.create(**_question(corpus.article(0)), **more)
    return {}


def equal(url: str, directory: str, number: int, **more: Any) -> Outcome:
    """Ask the same so many times at once."""

    async def reading() -> None:
        question = _question(corpus.article(0)) | more
        async with openai.AsyncOpenAI(base_url=url, api_key=KEY) as plain:
            client = instructor.from_openai(plain, cache=DiskCache(directory))
            await asyncio.gather(*(client.create(**question) for _ in range(number)))

    asyncio.run(reading())
    return {}


def place(text: str, quotes: list[str]) -> Outcome:
    """Place quotes in a text, as its mixin for citations does."""
    matcher = CitationMixin.model_construct(substring_quotes=[])

    def places(text: str, quotes: list[str]) -> list[Any]:
        return [next(iter(matcher._get_span(quote, text)), None) for quote in quotes]  # noqa: SLF001 - all there is

    return placing(places, text, quotes)


def _question(text: str) -> dict[str, Any]:
    return {"model": MODEL, "response_model": Draft, "messages": form.messages(text)}


def _quotes(draft: Draft) -> Iterable[str]:
    records = [*draft.meetings, *draft.proposals, *draft.mous]
    return (record.evidence[0] for record in records)


if __name__ == "__main__":
    run(calls, crowd, refused, hits, again, equal, place)
