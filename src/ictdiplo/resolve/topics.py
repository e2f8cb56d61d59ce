"""Topics: words filed under one heading of the field's taxonomy.

The keywords of each heading are in `data/topics.json`. The longest keyword that stands in the
words decides, because it is the most specific: “satellite internet” is `space`, and “data centre
training” is `data_centres`. Between keywords of one length the order of the headings does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from ..language.folding import fold
from ..records import Topic, TopicName

_OTHER: TopicName = "other"


@lru_cache(maxsize=4096)  # the field has few terms
def classify_topic(words: str) -> TopicName:
    """Return the heading for `words`, “other” where no keyword of the field stands in them."""
    found = (match[1] for match in _keyword().finditer(fold(words)))
    longest = max(found, key=lambda keyword: (len(keyword), -_rank()[keyword]), default="")
    return _headings().get(longest, _OTHER)


def make_topics(words: Iterable[str]) -> tuple[Topic, ...]:
    """Return a topic for each of `words`, in order; those that fold alike appear once."""
    distinct: dict[str, str] = {}
    for text in words:
        distinct.setdefault(fold(text), text)
    return tuple(Topic(topic=classify_topic(text), text=text) for text in distinct.values())


@cache
def _headings() -> dict[str, TopicName]:
    """Return folded keyword → heading, in the order of the headings."""
    text = files("ictdiplo").joinpath("data/topics.json").read_text(encoding="utf-8")
    table = json.loads(text)
    names: tuple[TopicName, ...] = get_args(TopicName)
    return {fold(keyword): name for name in names for keyword in table.get(name, [])}


@cache
def _rank() -> dict[str, int]:
    return {keyword: rank for rank, keyword in enumerate(_headings())}


@cache
def _keyword() -> re.Pattern[str]:
    """Match, at every word, the longest keyword that begins there; an English plural counts too."""
    keywords = sorted(_headings(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?=({'|'.join(map(re.escape, keywords))})s?(?!\w))")
