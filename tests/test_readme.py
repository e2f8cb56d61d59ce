"""What the README shows runs, and what it promises is tested."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TESTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}


def test_the_quickstart_gives_what_it_shows():
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")

    assert results.attempted > 5
    assert results.failed == 0


@pytest.mark.parametrize("promise", re.findall(r"^\| (P\d) \|.*$", README, re.MULTILINE))
def test_every_promise_names_tests_that_exist(promise):
    row = re.search(rf"^\| {promise} \|.*$", README, re.MULTILINE)[0]
    functions = re.findall(r"`(test_\w+)`", row)
    files = re.findall(r"`(tests/[\w/]+\.py)`", row)

    assert functions or files
    assert [
        name for name in functions if not any(f"def {name}(" in t for t in TESTS.values())
    ] == []
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_file_and_target_that_it_names_exists():
    links = re.findall(r"\]\(((?!https?:)[^)]+)\)", README)
    targets = re.findall(r"^\$ make (\S+)", README, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [link for link in links if not (ROOT / link).exists()] == []
    assert len(targets) == 2
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_every_option_that_it_names_exists():
    from typer.testing import CliRunner

    from ictdiplo.cli import app

    commands = [command.name or command.callback.__name__ for command in app.registered_commands]
    text = "".join(CliRunner().invoke(app, [command, "--help"]).output for command in commands)
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))

    assert options
    assert {option for option in options if option not in text} == set()
