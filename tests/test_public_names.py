"""What users may rely on: the names at the package's root, and how little importing them costs."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import ictdiplo
from ictdiplo import errors

NAMES = ictdiplo.__all__
STUB = ast.parse(Path(ictdiplo.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
# Each takes a tenth of a second or more to import, or is an extra.
HEAVY = ["diskcache", "instructor", "jinja2", "lxml", "openai", "rich", "trafilatura", "typer"]


def loaded_after(statement):
    """Return the top-level packages that a new process has loaded after a statement."""
    script = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(subprocess.check_output([sys.executable, "-c", script], text=True).split())


def test_type_checkers_and_python_see_the_same_names_each_once():
    imported = [alias.name for node in STUB.body[:-1] for alias in node.names]
    assert sorted(imported) == sorted(ast.literal_eval(STUB.body[-1].value)) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_documented_and_comes_from_this_package(name):
    thing = getattr(ictdiplo, name)
    assert thing.__name__ == name
    assert thing.__module__.startswith("ictdiplo.")
    assert inspect.getdoc(thing)


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_is_not_hidden_by_a_module_of_the_same_name(name):
    assert not inspect.ismodule(getattr(ictdiplo, name))


def test_every_error_can_be_caught_by_its_public_name():
    assert set(errors.__all__) <= set(NAMES)


def test_dir_shows_the_public_names():
    assert set(NAMES) <= set(dir(ictdiplo))


def test_importing_the_package_imports_nothing_heavy():
    assert loaded_after("import ictdiplo") & {*HEAVY, "pydantic"} == set()


def test_naming_a_record_or_an_error_imports_nothing_heavier_than_pydantic():
    assert loaded_after("import ictdiplo; ictdiplo.Extraction, ictdiplo.BadKey").isdisjoint(HEAVY)


def test_the_offline_reader_imports_no_sdk(articles):
    text = (articles / "28-cambodia-timor-leste-short.txt").read_text(encoding="utf-8")
    statement = f"import ictdiplo; ictdiplo.extract({text!r}, model='offline')"
    assert loaded_after(statement).isdisjoint({"diskcache", "instructor", "openai"})
