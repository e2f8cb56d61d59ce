"""An index answers as a dict would, from a file that nobody else sees."""

from pathlib import Path

import pytest

from ictdiplo.errors import RunError
from ictdiplo.gather.index import Index


def fill(index, count):
    for number in range(count):
        index[b"%016d" % number] = b"%016d" % number


def test_it_answers_as_a_dict_would():
    with Index() as index:
        index[b"a"] = b"x"
        index[b"b"] = 1 << 60
        index[b"a"] = b"y"
        assert (index.get(b"a"), index.get(b"b"), index.get(b"c")) == (b"y", 1 << 60, None)
        assert len(index) == 2
        assert index.has_value(b"y")
        assert not index.has_value(b"x")


def test_two_of_them_know_nothing_of_each_other():
    with Index() as one, Index() as other:
        one[b"a"] = b"x"
        assert other.get(b"a") is None


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="/proc is Linux's")
def test_nothing_of_it_is_left():
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Index() as index:
        fill(index, 50_000)
        assert len(index) == 50_000
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_where_there_is_no_room_it_is_said_what_to_do():
    with Index() as index:
        index._database.execute("PRAGMA max_page_count = 10")
        with pytest.raises(RunError, match="TMPDIR"):
            fill(index, 10_000)
