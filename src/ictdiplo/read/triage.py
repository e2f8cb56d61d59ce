"""Triage: whether an article is worth a model's money, as the built-in reader sees it.

Finds and signs count by how sure they are, and add up as independent ones do: the score is the
chance that not all of them are wrong. It is meant to miss nothing, so a single sign of a meeting or
a text is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import prod

from ..article import Article
from ..draft import Draft, verbatim
from ..relevance import Triage
from .english.coverage import Sign, find_signs
from .offline import LANGUAGE, OfflineReader

# Rounded shares of right ones among them in the training part of examples/gold.
RECORDS = {"meetings": 0.8, "proposals": 0.8, "mous": 0.7}
LIKELY = {"meeting": 0.6, "proposal": 0.5, "mou": 0.6}
POSSIBLE = {"meeting": 0.4, "proposal": 0.2, "mou": 0.4}
LEAST = 0.4
# As many characters of a sentence as tell what it is about.
SHOWN = 120
_NAMES = {"meetings": "meeting", "proposals": "proposal", "mous": "text"}
_LOOKS = {"meeting": "a meeting", "proposal": "a proposal", "mou": "a text"}


def assess(article: Article) -> Triage:
    """Tell whether an article seems to report a meeting, a proposal or a text.

    Offline, in a few milliseconds. An article in another language than English has no score and
    counts as relevant, since nothing is known against it.
    """
    if article.language not in {None, LANGUAGE}:
        reason = f"not read: in another language than English ({article.language})"
        return Triage(article=article.id, relevant=True, score=None, reason=reason)
    draft = OfflineReader().read(article, lambda _: []).draft
    signs = list(find_signs(article.text, _quoted(draft, article.text)))
    doubts = [1 - weight for weight in _weights(draft, signs)]
    score = round(1 - prod(doubts), 2)
    return Triage(
        article=article.id,
        relevant=score >= LEAST,
        score=score,
        reason=_reason(draft, signs, article.text),
    )


def _quoted(draft: Draft, text: str) -> list[tuple[int, int]]:
    """Return where the quotes of a draft stand; the built-in reader cuts them out of the text."""
    quotes = [words for path, words in verbatim(draft) if ".evidence[" in path]
    return [(at, at + len(words)) for words in quotes if (at := text.find(words)) >= 0]


def _weights(draft: Draft, signs: list[Sign]) -> Iterator[float]:
    for kind, weight in RECORDS.items():
        yield from (weight for _ in getattr(draft, kind))
    for sign in signs:
        yield (LIKELY if sign.likely else POSSIBLE)[sign.kind]


def _reason(draft: Draft, signs: list[Sign], text: str) -> str:
    counts = Counter({name: len(getattr(draft, kind)) for kind, name in _NAMES.items()})
    found = [f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items() if count]
    if found:
        return f"{', '.join(found)} found"
    if not signs:
        return "no sign of an encounter, an offer or a text between two sides"
    sign = max(signs, key=lambda sign: (LIKELY if sign.likely else POSSIBLE)[sign.kind])
    words = " ".join(text[sign.start : sign.end].split())
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
    return f"looks like {_LOOKS[sign.kind]}: “{shown}”"
