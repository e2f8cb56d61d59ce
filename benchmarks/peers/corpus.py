"""Articles for the benchmarks, and what a model that overlooks nothing would answer to them.

An article is made of the forms in words.json and read by the same forms, so the answer to any piece
of one is known, and every quote in it stands there.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

WORDS = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
FORMS = WORDS["forms"]
KINDS = ("meetings", "proposals", "mous")
# Of each kind, in every 500 words; the rest of them reports nothing.
RECORDS = 6
FURTHER = 2
RECORDS_AN_ARTICLE = RECORDS * len(KINDS)
# What the form to fill takes of each kind; from a longer text, no more is answered.
MOST_RECORDS = 50
PUBLISHED = "2025-11-26"


def article(number: int, words: int = 500) -> str:
    """Write article `number`, of about so many words; no sentence occurs twice in it."""
    chance = random.Random(number)
    forms = [form for form in FORMS for _ in range(RECORDS if form["kind"] else FURTHER)]
    forms *= max(1, words // 500)
    chance.shuffle(forms)
    sentences = {f"Bulletin {number:05d}.": None}
    for form in forms:
        fresh = (form["says"].format(**_facts(chance)) for _ in count())
        sentences[next(each for each in fresh if each not in sentences)] = None
    ends = ("\n\n" if at % 4 == 0 else " " for at in count())
    return "".join(said + end for said, end in zip(sentences, ends, strict=False)).strip()


@lru_cache(maxsize=4096)
def answer(text: str) -> str:
    """Return, as JSON, the draft that reports what a text says."""
    told: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, _, record in records(text):
        told[kind].append(record)
    return json.dumps({kind: told[kind][:MOST_RECORDS] for kind in KINDS}, ensure_ascii=False)


def records(text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the kind, the quote and the record of each sentence that reports something."""
    found = [
        (match.start(), form, match)
        for form, pattern in zip(FORMS, _patterns(), strict=True)
        for match in pattern.finditer(text)
        if form["kind"]
    ]
    for _, form, match in sorted(found, key=lambda each: each[0]):
        yield (
            form["kind"],
            match[0],
            {
                "evidence": [match[0]],
                **_filled(form["record"], match.groupdict()),
            },
        )


def _facts(chance: random.Random) -> dict[str, str]:
    one, other = chance.sample(WORDS["sides"], 2)
    return {
        **{f"{name}1": value for name, value in one.items()},
        **{f"{name}2": value for name, value in other.items()},
        **{name: chance.choice(WORDS[name]) for name in ("city", "date", "topic", "number")},
    }


def _filled(blank: Any, facts: dict[str, str]) -> Any:
    match blank:
        case str():
            return blank.format(**facts)
        case list():
            return [_filled(each, facts) for each in blank]
    return {name: _filled(value, facts) for name, value in blank.items()}


@lru_cache(maxsize=1)
def _patterns() -> list[re.Pattern[str]]:
    """Make of each form a pattern that finds again what was filled into it."""
    return [
        re.compile(re.sub(r"\\\{(\w+)\\\}", _values, re.escape(form["says"]))) for form in FORMS
    ]


def _values(blank: re.Match[str]) -> str:
    name = blank[1]
    values = WORDS.get(name) or [side[name[:-1]] for side in WORDS["sides"]]
    return f"(?P<{name}>{'|'.join(map(re.escape, values))})"
