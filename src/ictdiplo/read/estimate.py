"""What a reading would take, told without asking: for a look at the bill before it is run up."""

from __future__ import annotations

import json
from functools import lru_cache

from ..article import Article
from ..language.parts import parts
from ..records import Usage
from .cost import price
from .model import OVERLAP, Model
from .prompt import read_messages
from .report import Report

# Rough for English, and too few for scripts of which each letter is a token of its own.
BYTES_PER_TOKEN = 4
# The mean of the recorded answers in benchmarks/PROMPT_COST.md, rounded.
ANSWER_TOKENS = 800


def estimate(model: Model, article: Article) -> Usage:
    """Estimate tokens and US dollars of one question for each part of the article.

    Re-asks, further attempts and a second look would come on top; what is in the cache would cost
    nothing.
    """
    texts = parts(article.text, model.part_size, OVERLAP)
    sent = sum(
        len(message["content"].encode()) for t in texts for message in read_messages(article, t)
    )
    read = (sent + len(texts) * _schema_bytes()) // BYTES_PER_TOKEN
    written = len(texts) * ANSWER_TOKENS
    return Usage(input_tokens=read, output_tokens=written, cost=price(model, read, written))


@lru_cache(maxsize=1)
def _schema_bytes() -> int:
    return len(json.dumps(Report.model_json_schema()))
