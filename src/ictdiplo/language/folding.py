"""Folding: text brought to one form, so that words match however they were typed.

What folds together: compatibility forms (NFKC), upper and lower case, all quote marks, all dashes,
every run of white space, Arabic and Persian forms of one letter, the digits of all scripts.
What leaves no trace: bidi controls, soft hyphens, zero-width spaces and joiners, tatweel.
The zero-width non-joiner is a space, because Persian is typed with either.
Accents stay: “é” is another letter than “e”.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from unicodedata import combining, decimal, normalize

_TABLE = str.maketrans(
    {
        # Single and double quote marks are one: models turn double into single inside JSON.
        **dict.fromkeys('"`´‘’‚‛“”„‟«»‹›′″ʹʺʻʼʽ「」『』〝〞', "'"),
        **dict.fromkeys("‐‑‒–—―−⁃־﹘", "-"),
        **dict.fromkeys("يىے", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ەھہ", "ه"),
        "ۀ": "ه\N{ARABIC HAMZA ABOVE}",
    }
)
_DROPPED = (
    "\N{SOFT HYPHEN}\N{ARABIC TATWEEL}\N{ARABIC LETTER MARK}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}"
    "\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_DROP = re.compile(f"[{_DROPPED}]+")
# Whatever can join the character before it: accents, and the vowels and finals of Hangul.
_MARKS = (
    "".join(char for char in map(chr, range(0x300, 0x10000)) if combining(char)) + "\u1160-\u11ff"
)
# No writing stacks more marks on a letter; normalising a heap of them takes quadratic time.
_MOST = 30
_LETTER = re.compile(f".(?:[{_DROPPED}]*[{_MARKS}]){{0,{_MOST}}}", re.DOTALL)
# Characters that fold one to one, each by itself: most of what is written in Latin letters.
_PLAIN = "!-~À-ÖØ-Þà-öø-ÿ‘’“”–—"
# Those of them that a typesetter puts where ASCII has others: most English text has nothing else.
_TYPESET = {ord(char): _TABLE[ord(char)] for char in "‘’“”–—"}
# What ASCII has besides these and white space; it stays as it is, yet parts no words.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
# Characters: the longest quote that a reader may give.
_MOST_KEPT = 600
# Words that single spaces part are taken in one go; a letter with an accent behind it is not plain.
_TOKEN = re.compile(
    rf"(?P<plain>[{_PLAIN}]+(?: [{_PLAIN}]+)*(?![{_MARKS}{_DROPPED}]))"
    rf"|(?P<blank>[\s\u200c][\s\u200c{_DROPPED}]*)|.[{_MARKS}{_DROPPED}]{{0,{_MOST}}}",
    re.DOTALL,
)


def fold(text: str) -> str:
    """Return `text` folded, without outer white space; its length may differ."""
    return _fold_words(text) if len(text) <= _MOST_KEPT else fold_with_offsets(text)[0]


@lru_cache(maxsize=4096)  # the steps ask for the same few names and quotes over and over
def _fold_words(text: str) -> str:
    if not text.isascii():
        text = text.translate(_TYPESET)
    if text.isascii() and not _CONTROL.search(text):
        return " ".join(text.lower().translate(_TABLE).split())
    return fold_with_offsets(text)[0]


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return `text` folded, and for each folded character the offset in `text` it came from.

    Offsets never fall. The several characters that one folds to share its offset,
    and so do a letter and its accents.
    """
    pieces: list[str] = []
    offsets = array("I")
    counted = counting(len(text))
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if token.lastgroup == "plain":
            pieces.append(token[0].lower().translate(_TABLE))
            offsets.extend(counted[start:end])
        elif token.lastgroup != "blank":
            pieces.append(piece := _fold_letter(token[0]))
            offsets.extend([start] * len(piece))
        elif offsets and end < len(text):
            pieces.append(" ")
            offsets.append(start)
    return "".join(pieces), offsets


def counting(length: int) -> array[int]:
    """Return the whole numbers from 0, at least so many; to take slices of."""
    return _counted(length.bit_length())


@cache  # arrays are copied faster than they are counted, and there are few lengths in bits
def _counted(bits: int) -> array[int]:
    """Return the whole numbers of so many bits, from 0."""
    return array("I", range(1 << bits))


@lru_cache(maxsize=4)
def fold_article(text: str) -> tuple[str, Sequence[int]]:
    """Do what `fold_with_offsets` does, once for several steps that ask for the same article."""
    return fold_with_offsets(text)


def original_span(text: str, offsets: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return where in `text` the folded characters `start` to `end` (not empty) stand.

    `offsets` is what `fold_with_offsets(text)` gave. Accents belong to the span of their letter.
    """
    last = offsets[end - 1]
    if text[last + 1 : last + 2].isascii():  # which joins no letter
        return offsets[start], last + 1
    return offsets[start], next(_LETTER.finditer(text, last)).end()


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    """Fold one character with the marks that follow it."""
    known = normalize("NFKC", _DROP.sub("", letter)).translate(_TABLE).casefold()
    return normalize("NFKC", "".join(map(_ascii_digit, known)).translate(_TABLE))


def _ascii_digit(char: str) -> str:
    return str(decimal(char)) if char.isdecimal() else char
