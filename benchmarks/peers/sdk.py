"""openai's SDK alone, the answer parsed as JSON, nothing checked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable

import form
import openai
from job import AT_ONCE, KEY, MODEL, Outcome, all_at_once, one_by_one, quotes_of, run
from openai.types.chat import ChatCompletion


def calls(url: str, number: int) -> Outcome:
    """Read articles one after the other."""
    with openai.OpenAI(base_url=url, api_key=KEY) as client:

        def read(text: str) -> Iterable[str]:
            return _quotes(client.chat.completions.create(**form.request(MODEL, text)))

        return one_by_one(read, number)


def crowd(url: str, number: int, at_once: int = AT_ONCE, every: int = 0) -> Outcome:
    """Read many articles at a time, over the faster of its transports."""

    async def reading() -> Outcome:
        http = openai.DefaultAioHttpClient()
        async with openai.AsyncOpenAI(base_url=url, api_key=KEY, http_client=http) as client:

            async def read(text: str) -> Iterable[str]:
                return _quotes(await client.chat.completions.create(**form.request(MODEL, text)))

            return await all_at_once(read, number, at_once, every)

    return asyncio.run(reading())


def _quotes(completion: ChatCompletion) -> Iterable[str]:
    return quotes_of(json.loads(completion.choices[0].message.content or ""))


if __name__ == "__main__":
    run(calls, crowd)
