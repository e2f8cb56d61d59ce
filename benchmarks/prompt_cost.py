"""What a request and an answer are made of, in tokens.

    python benchmarks/prompt_cost.py            # prints the tables
    python benchmarks/prompt_cost.py --write    # and writes them to benchmarks/PROMPT_COST.md

Nothing is sent. The requests are built for the articles of the gold set; the answers are those of
the recorded exchanges in tests/cassettes. A token is estimated as four bytes, the rule of thumb
for English, so only shares and ratios are exact.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean

import yaml

from ictdiplo.article import Article
from ictdiplo.files import read_articles
from ictdiplo.read import prompt
from ictdiplo.read.report import Report

ROOT = Path(__file__).parents[1]
OUT = Path(__file__).with_name("PROMPT_COST.md")
BYTES_A_TOKEN = 4


def tokens(text: str) -> float:
    """Estimate the tokens of a text."""
    return len(text.encode()) / BYTES_A_TOKEN


def request_parts(article: Article) -> dict[str, float]:
    """Return the tokens of each part of the request for one article."""
    system, user = (each["content"] for each in prompt.read_messages(article, article.text))
    before, examples = system.split("# Examples")
    instructions, fields = before.split("# Fields")
    return {
        "instructions": tokens(instructions),
        "fields": tokens(fields),
        "examples": tokens(examples),
        "schema": tokens(json.dumps(Report.model_json_schema(), separators=(",", ":"))),
        "frame around the article": tokens(user) - tokens(article.text),
        "article": tokens(article.text),
    }


def answers() -> Iterator[Mapping[str, object]]:
    """Yield the recorded answers."""
    for path in sorted((ROOT / "tests" / "cassettes").glob("*/*.yaml")):
        for exchange in yaml.safe_load(path.read_text(encoding="utf-8"))["interactions"]:
            message = json.loads(exchange["response"]["body"]["string"])["choices"][0]["message"]
            calls = message.get("tool_calls") or []
            text = calls[0]["function"]["arguments"] if calls else message["content"]
            yield json.loads(text[text.index("{") : text.rindex("}") + 1])


def answer_parts(answer: Mapping[str, object]) -> dict[str, float]:
    """Return the tokens of what is copied or said in one answer, and of the JSON around it."""
    written = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    by_kind = {"quotes": 0.0, "other words": 0.0}
    for field, words in _strings(answer):
        by_kind["quotes" if field == "evidence" else "other words"] += tokens(words)
    return by_kind | {"JSON around them": tokens(written) - sum(by_kind.values())}


def _strings(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield field, value
        case list():
            for item in value:
                yield from _strings(item, field)
        case dict():
            for name, item in value.items():
                yield from _strings(item, name)


def table(title: str, rows: list[dict[str, float]]) -> str:
    """Return the mean of each part, and its share, as a Markdown table."""
    means = {name: mean(row[name] for row in rows) for name in rows[0]}
    total = sum(means.values())
    lines = [f"| {title} | tokens | share |", "|---|---|---|"]
    lines += [f"| {name} | {value:.0f} | {value / total:.0%} |" for name, value in means.items()]
    return "\n".join([*lines, f"| together | {total:.0f} | |"])


def main() -> None:
    """Measure and report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true")
    articles = [
        article
        for part in ("train", "test")
        for article in read_articles(ROOT / "examples" / "gold" / part / "articles")
        if isinstance(article, Article)
    ]
    requests = [request_parts(article) for article in articles]
    recorded = [answer_parts(answer) for answer in answers()]
    static = sum(requests[0][name] for name in ("instructions", "fields", "examples"))
    intro = (
        "Tokens are estimated as four bytes each. Instructions, fields, examples and schema are "
        "byte for byte the same for every article and come first, so that providers' prefix "
        f"caches hold them; the prompt's own part of that is {static:.0f} tokens."
    )
    report = "\n\n".join(
        [
            "# What a request and an answer cost",
            intro,
            table(f"request, mean of {len(requests)} articles", requests),
            table(f"answer, mean of {len(recorded)} recorded ones", recorded),
        ]
    )
    print(report)
    if options.parse_args().write:
        OUT.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
