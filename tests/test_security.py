"""What SECURITY.md and the README say is tested is tested, by a test of that very name."""

import re
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAPERS = ["SECURITY.md", "README.md"]
# `tests/read/test_cache.py::test_one_thing[a case]`, the case being optional.
ID = re.compile(r"`(tests/[\w/]+\.py::test_\w+(?:\[[^`]+\])?)`")
ROW = re.compile(r"^\| (\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)


def named_in(paper):
    return set(ID.findall((ROOT / paper).read_text(encoding="utf-8")))


def exists(test):
    """Look for the function, and for its case as it is written there; to collect all is slow."""
    file, function, case = re.fullmatch(r"(.+)::(\w+)(?:\[(.+)\])?", test).groups()
    path = ROOT / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return f"def {function}(" in text and (not case or f'"{case}"' in text)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_test_that_is_named_exists(paper):
    assert [test for test in named_in(paper) if not exists(test)] == []


@pytest.mark.parametrize(
    "test",
    [
        "tests/test_nothing.py::test_x",
        "tests/test_security.py::test_nothing",
        "tests/read/test_faults.py::test_a_fault_that_cannot_pass_costs_one_request_and_no_wait[no case]",
    ],
)
def test_what_does_not_exist_is_noticed(test):
    assert not exists(test)


def test_each_of_the_fifty_failures_has_a_test_or_is_said_to_be_open():
    rows = ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))

    assert [int(number) for number, *_ in rows] == list(range(1, 51))
    assert [number for number, *_, test in rows if not (ID.findall(test) or "open" in test)] == []


def test_no_test_reaches_beyond_this_machine():
    with socket.socket() as phone, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        phone.connect(("192.0.2.1", 80))
