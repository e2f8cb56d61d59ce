"""A long text in parts that a model can read one by one, cut between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import SettingsError
from .sentences import Span, split_sentences


def parts(text: str, size: int, overlap: int) -> list[str]:
    """Cut `text` at the ends of sentences into parts of at most `size` characters.

    Each part begins with the last sentences of the one before it, as many as fit into `overlap`
    characters, so that what one sentence says of another is not lost at a cut. A sentence longer
    than `size` is cut at white space. A text that is short enough is one part, itself.

    Raises:
        SettingsError: `size` is below 1, or `overlap` is not between 0 and `size`.
    """
    if not 0 <= overlap < size:
        raise SettingsError(f"Parts of {size} characters cannot overlap by {overlap}.")
    if len(text) <= size:
        return [text]
    pieces = [piece for span in split_sentences(text) for piece in _pieces(text, span, size)]
    return [text[start:end] for start, end in _gathered(pieces, size, overlap)]


def _pieces(text: str, sentence: Span, size: int) -> Iterator[Span]:
    if sentence.end - sentence.start <= size:
        return iter([sentence])
    words = re.compile(rf"\S{{1,{size}}}").finditer(text, *sentence)
    return _gathered((Span(*word.span()) for word in words), size, 0)


def _gathered(spans: Iterable[Span], size: int, overlap: int) -> Iterator[Span]:
    """Put neighbours together for as long as they fit; what follows a cut repeats `overlap`."""
    window: list[Span] = []
    for span in spans:
        if window and span.end - window[0].start > size:
            end = window[-1].end
            yield Span(window[0].start, end)
            window = [s for s in window if end - s.start <= overlap and span.end - s.start <= size]
        window.append(span)
    if window:
        yield Span(window[0].start, window[-1].end)
