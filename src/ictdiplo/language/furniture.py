"""Menus, notices and comment forms: what stands on a page and is no article.

The phrases that fill a line and the fragments that give a notice away are in
`data/page_furniture.json`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from .folding import fold
from .sentences import split_sentences

# Less is a menu or a notice, unless it is a sentence: “Iran and Oman signed a memorandum.” has 29.
LEAST_LETTERS = 50
LEAST_LETTERS_OF_A_SENTENCE = 20
_ENDS = (".", "!", "?", "…", "؟", "۔", "।", "。")


def is_furniture(text: str) -> bool:
    """Tell whether nothing is left of `text` without its menus and notices, or next to nothing."""
    letters, last = 0, ""
    for start, end in split_sentences(text):
        if not _is_listed(text[start:end]):
            last = text[start:end]
            letters += sum(map(str.isalpha, last))
        if letters >= LEAST_LETTERS:
            return False
    return letters < LEAST_LETTERS_OF_A_SENTENCE or not last.endswith(_ENDS)


def _is_listed(sentence: str) -> bool:
    words = fold(sentence)
    table = _furniture()
    return words.strip(" .:!>»-'[]()") in table["phrases"] or any(
        fragment in words for fragment in table["fragments"]
    )


@cache
def _furniture() -> dict[str, frozenset[str]]:
    path = files("ictdiplo").joinpath("data/page_furniture.json")
    table: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return {group: frozenset(map(fold, words)) for group, words in table.items()}
