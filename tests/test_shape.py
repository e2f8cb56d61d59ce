"""The code keeps its shape: one reading order, short files and functions, nothing left lying about."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import ictdiplo

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "ictdiplo"
# A line of the map: four spaces, a dotted name, what it is for.
MAP = re.findall(r"^ {4}([a-z_.]+) {2,}\S", ictdiplo.__doc__, flags=re.MULTILINE)
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not path.stem.startswith("__")
}
SOURCES = sorted([*PACKAGE.rglob("*.py"), *ROOT.glob("examples/*.py"), *ROOT.glob("tools/*.py")])
TESTS = sorted(ROOT.glob("tests/**/*.py"))
# What flows between the steps, known to all of them.
CONTRACTS = {"errors", "article", "records", "draft", "described", "relevance"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
SECRETS = re.compile(
    r"\bsk-(?:proj-|ant-\w+-|or-v1-)?[A-Za-z0-9]{16,}|\bhf_\w{30,}|\bgh[pousr]_\w{36}"
    r"|\bAKIA[0-9A-Z]{16}|\bAIza[\w-]{35}|\bxox[abprs]-[\w-]{10,}|[Bb]earer +[\w.-]{24,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}\.|-----BEGIN [A-Z ]*PRIVATE KEY"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/<-])(?:/(?:home|Users|root|work|srv|mnt)/\w|[A-Z]:\\{1,2}Users)"
)

# An exception from a tool's rule, with nothing behind it.
BARE_EXCEPTION = re.compile(
    r"# *(?:noqa(?:: ?[A-Z0-9, ]+)?|type: ignore(?:\[[\w, -]+\])?|pragma: no (?:cover|branch)) *$",
    flags=re.MULTILINE,
)


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield the modules of the package that one imports, dotted; the root comes out empty."""
    for node in ast.walk(parse(MODULES[module])):
        match node:
            case ast.Import(names=names):
                yield from ("" for alias in names if alias.name.partition(".")[0] == "ictdiplo")
            case ast.ImportFrom(level=0, module=name):
                yield from [""] if name.partition(".")[0] == "ictdiplo" else []
            case ast.ImportFrom(level=level, module=name, names=names):
                base = ".".join([*module.split(".")[:-level], *([name] if name else [])])
                inside = (f"{base}.{alias.name}" for alias in names)
                yield from (found if found in MODULES else base for found in inside)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring, which may say all it has to."""
    first = function.body[0]
    docstring = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0
    return function.end_lineno - function.lineno + 1 - docstring


def without_docstring(scope: ast.Module | ast.ClassDef) -> Iterator[str]:
    """Yield the public classes, functions and methods that say nothing of themselves."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in scope.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            if isinstance(node, ast.ClassDef):
                yield from without_docstring(node)


def sleeps(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that call sleep of time or asyncio."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("time" | "asyncio"), attr="sleep")):
                yield node.lineno
            case ast.ImportFrom(module="time" | "asyncio", names=names):
                yield from (node.lineno for alias in names if alias.name == "sleep")


def repository_files() -> Iterator[Path]:
    """Yield all files but those that .gitignore names; there may be no git, as in an sdist."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()}
    tops = (top for top in ROOT.iterdir() if top.name not in ignored | {".git", ".env"})
    for top in tops:
        files = top.rglob("*") if top.is_dir() else [top]
        yield from (p for p in files if p.is_file() and "__pycache__" not in p.parts)


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def test_the_map_names_every_module_once():
    assert sorted(MAP) == sorted(MODULES)


def test_sub_packages_only_introduce_themselves():
    for path in PACKAGE.glob("*/**/__init__.py"):
        assert [type(node) for node in parse(path).body] == [ast.Expr], name_of(path)


@pytest.mark.parametrize("module", [module for module in MAP if module in MODULES])
def test_a_module_imports_only_from_those_above_it(module):
    above = MAP[: MAP.index(module)]
    assert set(imports(module)) <= set(above)


@pytest.mark.parametrize(
    ("folder", "may_know"),
    [
        pytest.param("language", {"errors"}, id="language"),
        pytest.param("read", {*CONTRACTS, "language"}, id="read"),
        pytest.param("resolve", {*CONTRACTS, "language"}, id="resolve"),
    ],
)
def test_a_folder_knows_only_what_its_step_needs(folder, may_know):
    """If `read` imported from `resolve`, then neither could be replaced alone."""
    members = [module for module in MODULES if module.startswith(f"{folder}.")]
    known = {found.partition(".")[0] for module in members for found in imports(module)}
    assert known <= may_know | {folder}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_are_short(path):
    source = path.read_text(encoding="utf-8")
    long = [node.name for node in functions(ast.parse(source)) if length(node) > LONGEST_FUNCTION]
    assert len(source.splitlines()) <= LONGEST_FILE
    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_and_what_is_public_in_them_have_docstrings(path):
    tree = parse(path)
    assert ast.get_docstring(tree)
    assert list(without_docstring(tree)) == []


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_an_exception_from_a_rule_has_its_reason_beside_it(path):
    assert BARE_EXCEPTION.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_sleeps(path):
    assert list(sleeps(parse(path))) == []


@pytest.mark.parametrize(
    "pattern",
    [pytest.param(SECRETS, id="secret"), pytest.param(MACHINE_PATHS, id="path of a machine")],
)
def test_no_file_gives_away(pattern):
    found = {
        name_of(path): hit.group()
        for path in repository_files()
        if (hit := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_the_papers_name_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"\n## [{version}] - " in (ROOT / "CHANGELOG.md").read_text()
