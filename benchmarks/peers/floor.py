"""The floor: aiohttp alone, the answer parsed as JSON, nothing checked; and a plain search."""

from __future__ import annotations

import asyncio
import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

import aiohttp
import form
from job import AT_ONCE, MODEL, Outcome, all_at_once, placing, quotes_of, run


def crowd(url: str, number: int, at_once: int = AT_ONCE, every: int = 0) -> Outcome:
    """Read many articles at a time."""

    async def reading() -> Outcome:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def read(text: str) -> Iterable[str]:
                request = form.request(MODEL, text)
                async with session.post(f"{url}/chat/completions", json=request) as reply:
                    answer = json.loads(await reply.read())
                return quotes_of(json.loads(answer["choices"][0]["message"]["content"]))

            return await all_at_once(read, number, at_once, every)

    return asyncio.run(reading())


def place(text: str, quotes: list[str]) -> Outcome:
    """Place quotes in a text."""
    return placing(_places, text, quotes)


def _places(text: str, quotes: list[str]) -> list[tuple[int, int] | None]:
    """Find quotes once they and the text are lower-cased words with one space between."""
    words = list(re.finditer(r"\w+", text))
    told = [word[0].casefold() for word in words]
    starts = list(accumulate((len(word) + 1 for word in told), initial=0))
    plain = " ".join(["", *told, ""])
    places: list[tuple[int, int] | None] = []
    for quote in quotes:
        wanted = [word.casefold() for word in re.findall(r"\w+", quote)]
        at = plain.find(" ".join(["", *wanted, ""]))
        first = bisect_right(starts, at) - 1
        last = first + len(wanted) - 1
        places.append(None if at < 0 else (words[first].start(), words[last].end()))
    return places


if __name__ == "__main__":
    run(crowd, place)
