"""How a run goes, as a person follows it: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from ..gather.counts import Counts

if TYPE_CHECKING:
    from rich.progress import Progress

# Seconds between two lines where there is no terminal: a log of a night's run stays short.
PAUSE = 30.0


class Board:
    """Shows counts on a stream, which is standard error unless another is given.

    `expected` is how many articles there are about; None if nobody knows.
    """

    def __init__(
        self,
        expected: float | None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._expected = expected
        self._stream = stream or sys.stderr
        self._clock = clock
        self._begun = self._shown = clock()
        self._bar = _bar(self._stream, expected) if self._stream.isatty() else None

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, counts: Counts) -> None:
        """Move the bar; without one, write a line if the last one is long ago."""
        now = self._clock()
        if self._bar:
            line = progress_line(counts, now - self._begun, self._expected)
            self._bar.update(self._bar.task_ids[0], completed=counts.settled, description=line)
        elif now - self._shown >= PAUSE:
            self._shown = now
            line = progress_line(counts, now - self._begun, self._expected)
            print(line, file=self._stream, flush=True)


def progress_line(counts: Counts, seconds: float, expected: float | None = None) -> str:
    """Say in one line how far a run has come in so many seconds."""
    read = counts.read + counts.failed
    rate = read / seconds if seconds > 0 else 0.0
    parts = [*_fares(counts), f"{rate:.1f} articles/s", *_spent(counts)]
    left = (expected or 0) - counts.settled
    if rate and left > 0:
        parts.append(f"about {duration(max(1.0, left / rate))} left")
    return ", ".join(parts)


def closing_lines(counts: Counts, seconds: float) -> Iterator[str]:
    """Say how a run went."""
    yield f"{', '.join([*_fares(counts), *_spent(counts)])}, in {duration(seconds)}."
    if counts.changed:
        yield (
            f"{counts.changed} of them had been read before: the article or the way of reading has "
            "changed since."
        )
    if counts.repeated:
        yield f"{counts.repeated} came again, the same to the letter, and were read once."


def foresight(counts: Counts, *, due: int, failed: int, pages: int = 0) -> str:
    """Say what a run would do; `counts` holds the estimates, and what need not be read.

    `pages` is how many pages it would fetch besides, of which nothing more is known.
    """
    parts = [f"{due} to read", f"{failed} that cannot be read" if failed else ""]
    parts += [f"{counts.skipped} done before" if counts.skipped else ""]
    parts += [f"{counts.left_out} left out" if counts.left_out else ""]
    said = [", ".join(part for part in parts if part)]
    if counts.tokens:
        cost = "cost not known" if counts.cost is None else f"${counts.cost:,.2f}"
        said[0] += (
            f": about {_rough(counts.input_tokens)} tokens read and "
            f"{_rough(counts.output_tokens)} written, "
            f"{cost}; less what the cache holds"
        )
    if pages:
        said.append(f"{pages} page(s) off the web come on top, and are not counted")
    return ". ".join([*said, "Nothing was sent or fetched."])


def _rough(number: int | None) -> str:
    """Say an estimate with three figures, which is more than it is sure of."""
    return f"{float(f'{number or 0:.3g}'):,.0f}"


def duration(seconds: float) -> str:
    """Say how long something lasts, no more exactly than it is of use."""
    if round(seconds) < 60:  # noqa: PLR2004 - seconds of a minute, minutes of an hour
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004 - as above


def _fares(counts: Counts) -> Iterator[str]:
    cached = f" ({counts.cached} from the cache)" if counts.cached else ""
    yield f"{counts.read} read{cached}"
    yield f"{counts.failed} failed"
    if counts.skipped:
        yield f"{counts.skipped} done before"
    if counts.left_out:
        yield f"{counts.left_out} left out"


def _spent(counts: Counts) -> Iterator[str]:
    if counts.tokens != 0:
        yield "tokens not known" if counts.tokens is None else f"{counts.tokens:,} tokens"
    if counts.cost != 0:
        yield "cost not known" if counts.cost is None else f"${counts.cost:,.4f}"


def _bar(stream: TextIO, expected: float | None) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
    bar = Progress(*columns, console=Console(file=stream), transient=True)
    bar.add_task("", total=expected)
    return bar
