"""What is measured: each part asks the contenders in turn, and returns what came of each round.

A contender that did not do the work is no contender: records are counted, and quotes compared.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
import job
import quotes
import stage
from stage import ENVIRONMENTS, ROOT, Endpoint

Round = dict[str, Any]

PATIENCE = 300  # milliseconds that the endpoint takes to answer, as a fast model does
CROWD = 2_560
# So few where a contender is slow: its rate is the same, and the round stays short.
SLOW = 512
CALLS = 200
HITS = 300
EQUAL = 16
REFUSING = 100
CHUNK = 1_000  # characters, as langextract cuts a text if nothing is said
WORDS, QUOTES = 10_000, 60
LENGTHS = (
    500,
    1_500,
    4_500,
    15_000,
    48_000,
    144_000,
)  # words; the last is 1 MB, the most there may be
STREAMED = {"ours": 20_000, "instructor_alone": 10_000, "langextract_alone": 2_560}
MARK = 640


def throughput(endpoint: Endpoint) -> Round:
    """Read a crowd of articles, 256 at a time."""
    found = {}
    for contender in ENVIRONMENTS:
        number = SLOW if contender == "langextract_alone" else CROWD
        name, url = endpoint.address(PATIENCE)
        before = endpoint.counted(name)["cpu"]
        told = checked(stage.run(contender, "crowd", url=url, number=number), number)
        counted = endpoint.counted(name)
        served = (counted["cpu"] - before) / counted["requests"]
        found[contender] = told | {"at_once": counted["most_at_once"], "served": served}
    return found


def calls(endpoint: Endpoint) -> Round:
    """Read articles one by one from an endpoint that answers at once."""
    return {
        contender: checked(
            stage.run(contender, "calls", url=endpoint.address()[1], number=CALLS), CALLS
        )
        for contender in ("sdk", "instructor_alone", "ours")
    }


def grounding(_: Endpoint) -> Round:
    """Place the quotes of a long article, in its order and in any."""
    text = corpus.article(1, WORDS)
    found: Round = {}
    for order in ("in order", "in any order"):
        made = quotes.cases(text, QUOTES, ordered=order == "in order")
        asked = {"text": text, "quotes": [case.quote for case in made]}
        starts = {"starts": [case.start for case in made]}
        contenders: dict[str, tuple[str, Round]] = {
            "ours": ("ours", {}),
            "normalise and find": ("floor", {}),
            "langextract, chunks": ("langextract_alone", starts | {"chunk": CHUNK}),
            "langextract, whole": ("langextract_alone", starts),
            "instructor": ("instructor_alone", {}),
        }
        for name, (contender, more) in contenders.items():
            told = stage.run(contender, "place", **asked, **more)
            judged = quotes.judged(made, told["places"])
            found[f"{name}, {order}"] = {"cpu": told["cpu"], "judged": judged}
    return found


def imports(_: Endpoint) -> Round:
    """Import each contender as it is used, in a process of its own."""
    client = "OpenAI(api_key='none', base_url='http://127.0.0.1/v1')"
    statements = {
        "nothing": ("ours", "pass"),
        "pydantic": ("ours", "import pydantic"),
        "ours": ("ours", "import ictdiplo"),
        "ours, extract": ("ours", "import ictdiplo; ictdiplo.extract"),
        "sdk": ("sdk", "import openai"),
        "instructor_alone": (
            "instructor_alone",
            f"import instructor; from openai import OpenAI; instructor.from_openai({client})",
        ),
        "langextract_alone": (
            "langextract_alone",
            "import langextract; from langextract.providers import openai",
        ),
    }
    return {
        name: stage.cpu_of([str(stage.python(contender)), "-c", statement])
        for name, (contender, statement) in statements.items()
    }


def shell(endpoint: Endpoint) -> Round:
    """Read one article that is in the cache, from the shell."""
    with TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(corpus.article(0), encoding="utf-8")
        name, url = endpoint.address()
        command = [
            *(str(ROOT / ".venv" / "bin" / "ictdiplo"), "extract", str(article)),
            *("--base-url", url, "--model", job.MODEL, "--format", "json"),
        ]
        kept = {"ICTDIPLO_CACHE_DIR": f"{folder}/answers"}
        stage.cpu_of(command, **kept)
        sent = endpoint.counted(name)["requests"]
        python = str(stage.python("ours"))
        took = {
            "ours": stage.cpu_of(command, **kept),
            "import pydantic, diskcache": stage.cpu_of(
                [python, "-c", "import pydantic, diskcache"]
            ),
        }
        assert endpoint.counted(name)["requests"] == sent, "it was not cached"
    return took


def hits(endpoint: Endpoint) -> Round:
    """Read one article again and again in one process."""
    found = {}
    for contender in ("instructor_alone", "ours"):
        name, url = endpoint.address()
        with TemporaryDirectory() as folder:
            told = stage.run(contender, "hits", url=url, number=HITS, directory=folder)
        assert endpoint.counted(name)["requests"] == 1, "it was not cached"
        assert told["records"] == HITS * corpus.RECORDS_AN_ARTICLE, "records are missing"
        found[contender] = told
    return found


def reuse(endpoint: Endpoint) -> Round:
    """Count the requests that are sent for what was answered before, or is being asked already."""
    contenders: dict[str, tuple[str, Round]] = {
        "ours": ("ours", {}),
        "instructor": ("instructor_alone", {}),
        "instructor, namespace": ("instructor_alone", {"cache_namespace": "bench"}),
    }
    return {
        name: _reuse(endpoint, contender, more) for name, (contender, more) in contenders.items()
    }


def _reuse(endpoint: Endpoint, contender: str, more: Round) -> Round:
    def sent(work: str, *, first: bool = True, patience: int = 0, **settings: Any) -> int:
        name, url = endpoint.address(patience)
        with TemporaryDirectory() as folder:
            ready = {"url": url, "directory": folder, **more}
            if first:
                stage.run(contender, "again", **ready)
            before = endpoint.counted(name)["requests"]
            stage.run(contender, work, **ready, **settings)
            return int(endpoint.counted(name)["requests"] - before)

    return {
        "a second run": sent("again"),
        "a second client": sent("again", first=False, clients=2) - 1,
        "another key": sent("again", key="rotated"),
        "equal at once": sent("equal", first=False, patience=PATIENCE, number=EQUAL),
    }


def wire(endpoint: Endpoint) -> Round:
    """Count the bytes and requests for one article, and the bytes that are the same for all."""
    works: dict[str, tuple[str, str, Round]] = {
        "ours": ("ours", "calls", {"number": 1}),
        "sdk": ("sdk", "calls", {"number": 1}),
        "instructor_alone": ("instructor_alone", "calls", {"number": 1}),
        "langextract_alone": ("langextract_alone", "one", {"chunk": CHUNK}),
    }
    found = {}
    for name, (contender, work, settings) in works.items():
        counted_as, url = endpoint.address()
        stage.run(contender, work, url=url, **settings)
        counted = endpoint.counted(counted_as)
        bodies = counted["bodies"]
        articles = 1 if work == "one" else counted["requests"]
        found[name] = {
            "requests": counted["requests"] / articles,
            "kB": counted["bytes"] / articles / 1000,
            "same": _same_bytes(*bodies[:2]) / 1000 if articles > 1 else None,
        }
    return found


def _same_bytes(one: str, other: str) -> int:
    """Return how many bytes two requests begin with in common."""
    pairs = zip(one.encode(), other.encode(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def refusals(endpoint: Endpoint) -> Round:
    """Read articles of which one in fifty is refused with a 400."""
    found = {}
    for contender in ("ours", "instructor_alone", "langextract_alone"):
        name, url = endpoint.address(50, refusing=True)
        told = stage.run(contender, "refused", url=url, number=REFUSING)
        found[contender] = told | {"requests": endpoint.counted(name)["requests"]}
    return found


def growth(endpoint: Endpoint) -> Round:
    """Read ever longer articles, and ever more of them in a stream."""
    longer = [stage.run("ours", "long", url=endpoint.address()[1], words=n) for n in LENGTHS]
    streams = {
        contender: checked(
            stage.run(contender, "crowd", url=endpoint.address()[1], number=number, every=MARK),
            number,
        )
        for contender, number in STREAMED.items()
    }
    return {"longer": longer, "streams": streams}


def checked(told: Round, number: int) -> Round:
    """Return what a contender told if it found every record, with the words that report it.

    Raises:
        AssertionError: it did not do the work.
    """
    assert (told["records"], told["checksum"]) == job.expected(number), (
        "not the records it should be"
    )
    assert told["articles"] == number, "not every article"
    return told


# Each part, and in how many rounds it is measured; what only counts needs no second one.
PARTS: dict[str, tuple[Callable[[Endpoint], Round], int]] = {
    "calls": (calls, 5),
    "imports": (imports, 9),
    "shell": (shell, 9),
    "hits": (hits, 5),
    "grounding": (grounding, 3),
    "reuse": (reuse, 1),
    "wire": (wire, 1),
    "refusals": (refusals, 1),
    "throughput": (throughput, 3),
    "growth": (growth, 1),
}
OUT = ROOT / "benchmarks" / "results.json"


def known() -> dict[str, list[Any]]:
    """Return what was measured before."""
    told: dict[str, list[Any]] = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    return told


def measure(names: list[str], machine: str) -> dict[str, list[Any]]:
    """Measure parts, their rounds interleaved; keep what was measured of the others before.

    If it is broken off, the parts that were measured in all their rounds are kept too.
    """
    fresh: dict[str, list[Any]] = {name: [] for name in names}
    try:
        with stage.endpoint() as endpoint:
            for turn in range(max(PARTS[name][1] for name in names)):
                for name in names:
                    work, rounds = PARTS[name]
                    if turn < rounds:
                        print(f"{name}, round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
                        fresh[name].append(work(endpoint))
    finally:
        whole = {name: told for name, told in fresh.items() if len(told) == PARTS[name][1]}
        told = known() | whole | {"machine": [machine]}
        OUT.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    return told
