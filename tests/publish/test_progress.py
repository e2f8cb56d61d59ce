"""A run is followed in a terminal by a bar, elsewhere by a line now and then."""

import io

import pytest

from ictdiplo.gather.counts import Counts
from ictdiplo.publish.progress import (
    PAUSE,
    Board,
    closing_lines,
    duration,
    foresight,
    progress_line,
)

BUSY = Counts(
    read=100,
    cached=40,
    failed=20,
    skipped=17,
    left_out=3,
    input_tokens=240_000,
    output_tokens=1_000,
    cost=0.1234,
)


def test_a_line_says_how_far_it_has_come_what_it_cost_and_what_is_left():
    assert progress_line(BUSY, 60, 260) == (
        "100 read (40 from the cache), 20 failed, 17 done before, 3 left out, 2.0 articles/s, "
        "241,000 tokens, $0.1234, about 1 min left"
    )


def test_a_line_says_no_more_than_is_known():
    unknown = Counts(read=1, input_tokens=None, cost=None)
    assert progress_line(unknown, 2) == (
        "1 read, 0 failed, 0.5 articles/s, tokens not known, cost not known"
    )
    assert progress_line(Counts(), 0, 100) == "0 read, 0 failed, 0.0 articles/s"


def test_the_last_lines_say_how_it_went():
    counts = Counts(read=2, changed=1, repeated=3)
    assert list(closing_lines(counts, 7_300)) == [
        "2 read, 0 failed, in 2 h 2 min.",
        "1 of them had been read before: the article or the way of reading has changed since.",
        "3 came again, the same to the letter, and were read once.",
    ]


def test_a_look_ahead_says_what_there_is_and_what_it_would_cost():
    assert foresight(BUSY, due=9, failed=1) == (
        "9 to read, 1 that cannot be read, 17 done before, 3 left out: about 240,000 tokens read "
        "and 1,000 written, $0.12; less what the cache holds. Nothing was sent or fetched."
    )


def test_an_estimate_is_told_no_more_exactly_than_it_is_known():
    counts = Counts(input_tokens=911_867, output_tokens=176_800, cost=None)
    assert "about 912,000 tokens read and 177,000 written" in foresight(counts, due=1, failed=0)


def test_what_came_again_is_not_waited_for():
    assert "left" not in progress_line(Counts(read=7, repeated=3), 1, 10)
    assert "about 1 s left" in progress_line(Counts(read=9), 1, 10)


@pytest.mark.parametrize(
    "seconds, said",
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min"), (3_599, "1 h 0 min"), (90_000, "25 h 0 min")],
)
def test_a_duration_is_as_exact_as_is_of_use(seconds, said):
    assert duration(seconds) == said


def test_without_a_terminal_there_is_a_line_now_and_then():
    now, stream = [0.0], io.StringIO()
    with Board(10, stream, lambda: now[0]) as board:
        for second in range(0, 100, 10):
            now[0] = second
            board.show(Counts(read=second))
    lines = stream.getvalue().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["30", "60", "90"]
    assert PAUSE == 30


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_in_a_terminal_there_is_a_bar(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with Board(4, stream) as board:
        board.show(Counts(read=2, failed=1))
    assert "2 read, 1 failed" in stream.getvalue()
