"""What the processes of all contenders share: a job from the command line, its outcome as JSON.

python benchmarks/peers/sdk.py crowd '{"url": "http://127.0.0.1:…/v1", "number": 2560}'
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from zlib import crc32

import corpus

KEY = "none"
MODEL = "bench-1"
AT_ONCE = 256
# How often quotes are placed at most, and after how many seconds of CPU no more.
PLACED = 9
ENOUGH = 0.5

Outcome = dict[str, Any]


class Tally:
    """Counts what came out of a run, and the time and memory that it took.

    Quotes are added up by their checksums, so that all contenders can be held to the same sum.
    """

    def __init__(self, every: int = 0) -> None:
        self.every = every
        self.articles = self.records = self.checksum = 0
        self.marks: list[tuple[int, float, float]] = []
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def add(self, quotes: Iterable[str]) -> None:
        """Count one article's records by their quotes."""
        for quote in quotes:
            self.records += 1
            self.checksum += crc32(quote.encode())
        self.articles += 1
        if self.every and self.articles % self.every == 0:
            self.marks.append((self.articles, time.process_time() - self.cpu, megabytes()))

    def outcome(self, **more: Any) -> Outcome:
        """Say what it took, in seconds and megabytes."""
        return {
            "cpu": time.process_time() - self.cpu,
            "wall": time.perf_counter() - self.wall,
            "articles": self.articles,
            "records": self.records,
            "checksum": self.checksum,
            "marks": self.marks,
            **more,
        }


def expected(number: int) -> tuple[int, int]:
    """Return the records of the first so many articles, and the sum of their quotes' checksums."""
    quotes = [quote for text in articles(number) for _, quote, _ in corpus.records(text)]
    return len(quotes), sum(crc32(quote.encode()) for quote in quotes)


def articles(number: int, *, streamed: bool = False) -> Iterable[str]:
    """Return so many articles: written beforehand, or one by one as they are asked for."""
    written: Iterator[str] = map(corpus.article, range(number))
    return written if streamed else list(written)


def quotes_of(draft: dict[str, Any]) -> Iterator[str]:
    """Yield the quotes of a draft."""
    return (record["evidence"][0] for kind in corpus.KINDS for record in draft[kind])


async def all_at_once(
    read: Callable[[str], Awaitable[Iterable[str]]], number: int, at_once: int, every: int
) -> Outcome:
    """Read so many articles, `at_once` of them at a time, in an event loop."""
    await read(corpus.article(0))
    waiting = iter(articles(number, streamed=bool(every)))
    tally = Tally(every)

    async def work() -> None:
        for text in waiting:
            tally.add(await read(text))

    await asyncio.gather(*(work() for _ in range(at_once)))
    return tally.outcome()


def one_by_one(read: Callable[[str], Iterable[str]], number: int) -> Outcome:
    """Read so many articles, each after the one before."""
    for text in articles(10):
        read(text)
    waiting = articles(number)
    tally = Tally()
    for text in waiting:
        tally.add(read(text))
    return tally.outcome()


def placing(work: Callable[[str, list[str]], list[Any]], text: str, quotes: list[str]) -> Outcome:
    """Place quotes in a text, once what is loaded at first use has been loaded.

    Who is quick does it several times: the first is mostly the system's, that finds the memory.
    """
    short = corpus.article(0)
    work(short, [quote for _, quote, _ in corpus.records(short)])
    took: list[float] = []
    while len(took) < PLACED and sum(took) < ENOUGH:
        unknown = text + "\n" * len(took)  # so that nobody has kept anything of it
        cpu = time.process_time()
        places = work(unknown, quotes)
        took.append(time.process_time() - cpu)
    return {"cpu": median(took), "places": places}


def megabytes() -> float:
    """Return the memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def run(*jobs: Callable[..., Outcome]) -> None:
    """Do the job that the command line names, and print its outcome."""
    named = {job.__name__: job for job in jobs}
    print(json.dumps(named[sys.argv[1]](**json.loads(sys.argv[2]))))
