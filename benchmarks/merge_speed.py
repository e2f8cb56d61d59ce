"""How long merging takes, and how its time grows with the number of articles.

    python benchmarks/merge_speed.py            # prints the table
    python benchmarks/merge_speed.py --write    # and writes it to benchmarks/MERGE_SPEED.md

The articles are made up by a seeded generator: few pairs of countries are much in the news and most
little (Zipf), or, as the worst case, all articles are about one pair. An event is reported by one to six outlets in different spellings and with dates of
differing precision, about half of the events have a proposal and a third a memorandum, which later
articles recall. One process, one core, CPU time.
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from ictdiplo import Article, Extraction, merge
from ictdiplo.records import (
    Meeting,
    MoU,
    Party,
    Person,
    Place,
    Proposal,
    Provenance,
    Quote,
    Topic,
    Usage,
    When,
)

OUT = Path(__file__).with_name("MERGE_SPEED.md")
SIZES = {190: (1_000, 3_000, 10_000, 30_000), 1: (1_000, 3_000, 10_000)}
DAYS = 3 * 365
BEGIN = date(2022, 1, 3)
CODES = [
    "IRN",
    "RUS",
    "TJK",
    "PAK",
    "AZE",
    "TUR",
    "KAZ",
    "UZB",
    "IND",
    "CHN",
    "KOR",
    "JPN",
    "EGY",
    "KEN",
    "ETH",
    "NGA",
    "ZAF",
    "BRA",
    "CUB",
    "ECU",
]
GIVEN = [
    "Sattar",
    "Yerlan",
    "Marcela",
    "Firuz",
    "Nino",
    "Vahan",
    "Selim",
    "Joan",
    "Dawit",
    "Hirut",
    "Rabia",
    "Samira",
    "Moussa",
    "Tarek",
]
FAMILY = [
    "Hashemi",
    "Sadykov",
    "Quiroga",
    "Sadulloev",
    "Kapanadze",
    "Petrosyan",
    "Aydin",
    "Wekesa",
    "Bekele",
    "Alemu",
    "Ndiaye",
]
TOPICS = ("fibre", "mobile", "spectrum", "space", "post", "cybersecurity", "ai", "skills")
SPELLINGS = (("y", "i"), ("ou", "u"), ("sh", "sch"), ("k", "q"))


def articles(number: int, *, pairs: int, seed: int = 7) -> list[Extraction]:
    """Return so many extractions about so many pairs of countries, the same for one seed."""
    draw = random.Random(seed)
    every = list(combinations(CODES, 2))
    draw.shuffle(every)
    among = every[:pairs]
    weights = [1 / rank for rank in range(1, len(among) + 1)]
    found: list[Extraction] = []
    while len(found) < number:
        found.extend(_event(draw, draw.choices(among, weights)[0], len(found)))
    return found[:number]


def _event(draw: random.Random, pair: tuple[str, str], first: int) -> Iterator[Extraction]:
    day = BEGIN + timedelta(days=draw.randrange(DAYS))
    people = [f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}" for _ in pair]
    topic = draw.choice(TOPICS)
    proposes, signs = draw.random() < 0.5, draw.random() < 0.33  # noqa: PLR2004 - as the docstring has it
    for at in range(draw.randint(1, 6)):
        published = day + timedelta(days=draw.randint(0, 3))
        names = [_spelt(draw, name) for name in people]
        yield Extraction(
            article=Article(id=f"a{first + at:06}", text="They met.", published=published),
            meetings=(_meeting(draw, pair, names, day, topic),),
            proposals=(_proposal(pair, names, topic),) if proposes else (),
            mous=tuple(_texts(draw, pair, day, topic, signs=signs)),
            provenance=Provenance(reader="generator", version="0"),
            usage=Usage(),
        )


def _spelt(draw: random.Random, name: str) -> str:
    return name.replace(*draw.choice(SPELLINGS)) if draw.random() < 0.4 else name  # noqa: PLR2004 - a share


def _party(code: str) -> Party:
    return Party(text=code, name=code, code=code, kind="country")


def _when(edtf: str) -> When:
    return When(text=edtf, edtf=edtf, rule="as written")


def _quotes(words: str) -> tuple[Quote, ...]:
    return (Quote(quote=words, start=0, end=len(words)),)


def _meeting(
    draw: random.Random, pair: tuple[str, str], names: list[str], day: date, topic: str
) -> Meeting:
    told = draw.choices([f"{day}", f"{day:%Y-%m}", None], [8, 1, 2])[0]
    return Meeting(
        id="meeting-1",
        parties=tuple(map(_party, pair)),
        participants=tuple(
            Person(name=name, role="minister", party=_party(code))
            for name, code in zip(names, pair, strict=True)
        ),
        date=_when(told) if told else None,
        place=Place(name=f"capital of {pair[0]}", code=pair[0]) if draw.random() < 0.7 else None,  # noqa: PLR2004 - a share
        status="held",
        topics=(Topic(topic=topic, text=topic),),
        evidence=_quotes("They met."),
    )


def _proposal(pair: tuple[str, str], names: list[str], topic: str) -> Proposal:
    return Proposal(
        id="proposal-1",
        proposers=(Person(name=names[0], party=_party(pair[0])),),
        proposer_party=(_party(pair[0]),),
        addressees=(_party(pair[1]),),
        kind="proposal",
        topics=(Topic(topic=topic, text=topic),),
        meeting="meeting-1",
        evidence=_quotes(f"{names[0]} proposed a joint laboratory on {topic}."),
    )


def _texts(
    draw: random.Random, pair: tuple[str, str], day: date, topic: str, *, signs: bool
) -> Iterator[MoU]:
    both = tuple(map(_party, pair))
    if signs:
        yield MoU(
            id="mou-1",
            parties=both,
            title=topic,
            instrument="memorandum",
            status="signed",
            date=_when(f"{day}"),
            topics=(Topic(topic=topic, text=topic),),
            evidence=_quotes("They signed."),
        )
    if draw.random() < 0.1:  # noqa: PLR2004 - a share
        yield MoU(
            id="mou-2",
            parties=both,
            instrument="memorandum",
            status="signed",
            date=_when(f"{day.year - 1}"),
            refers_back=True,
            evidence=_quotes("last year's memorandum"),
        )


def table() -> list[str]:
    """Measure each size once; the largest takes longest, so noise matters least where it counts."""
    rows = [
        "| pairs of countries | articles | seconds | ms an article | meetings | proposals | texts |",
        "|---|---|---|---|---|---|---|",
    ]
    for pairs, sizes in SIZES.items():
        for size in sizes:
            found = articles(size, pairs=pairs)
            start = time.process_time()
            ledger = merge(found)
            took = time.process_time() - start
            counts = (len(ledger.meetings), len(ledger.proposals), len(ledger.texts))
            told = " | ".join(f"{count:,}" for count in counts)
            rows.append(f"| {pairs} | {size:,} | {took:.1f} | {1000 * took / size:.2f} | {told} |")
    return rows


def main() -> None:
    """Print the table, and write it down if that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name}, too")
    wanted = parser.parse_args()
    rows = table()
    print("\n".join(rows))
    if wanted.write:
        head = [
            "# How long merging takes",
            "",
            f"Made by `python benchmarks/merge_speed.py --write`; Python {platform.python_version()}, one core, CPU time.",
            "The script says what the articles are like. Only growth and order of magnitude are comparable between machines.",
            "",
        ]
        OUT.write_text("\n".join([*head, *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
