"""What is built holds all that is needed, and works where no checkout is near."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import ictdiplo

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[1]
CONSTRAINTS = (ROOT / "constraints.txt").as_uri()  # pip splits a path at its spaces
# conftest takes the proxies away from every test, but pip may need them.
PROXIES = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
ARTICLE = (
    "The ICT ministers of Kenya and Rwanda met in Nairobi on Monday to discuss cybersecurity. "
    "They signed a memorandum of understanding on the training of specialists from both countries."
)
# Prints where the package lies, the hash of its prompts, and what it sent and found.
PROBE = f"""
import json, ictdiplo
model = ictdiplo.FakeModel([{{}}])
asked = ictdiplo.extract({ARTICLE!r}, model=model)
found = ictdiplo.extract({ARTICLE!r}, model="offline", published="2025-11-26")
print(json.dumps({{
    "file": ictdiplo.__file__,
    "prompts": asked.provenance.prompt_sha256,
    "sent": model.requests[0]["messages"][-1]["content"],
    "meetings": [meeting.date.edtf for meeting in found.meetings],
    "mous": [mou.evidence[0].quote for mou in found.mous],
}}))
"""


def run(*command, cwd):
    command = [str(part) for part in command]
    environment = os.environ | PROXIES
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A directory from which no checkout is seen."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The sdist, and the wheel built from it: what the sdist lacks, the wheel lacks too."""
    folder = tmp_path_factory.mktemp("dist")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_CONSTRAINT", CONSTRAINTS)
        run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def installed(dist, elsewhere):
    """The commands of a clean environment with nothing but the wheel and what it needs."""
    folder = elsewhere / "venv"
    venv.create(folder, with_pip=True)
    (wheel,) = dist.glob("*.whl")
    run(
        folder / "bin/python", "-m", "pip", "install", "-q", "-c", CONSTRAINTS, wheel, cwd=elsewhere
    )
    return folder / "bin"


def files_below(folder):
    paths = (ROOT / folder).rglob("*")
    return {
        path.relative_to(ROOT).as_posix()
        for path in paths
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_sdist_holds_sources_prompts_tests_and_papers(dist):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    papers = {"README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "Makefile"}
    wanted = papers.union(*map(files_below, ("src", "prompts", "tests", "examples")))
    assert wanted - held == set()


def test_the_wheel_holds_the_package_its_data_and_the_prompts_and_nothing_else(dist):
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    sources = {name.removeprefix("src/") for name in files_below("src")}
    assert "ictdiplo/py.typed" in sources
    assert held == sources | {f"ictdiplo/{name}" for name in files_below("prompts")}


@pytest.mark.parametrize("install", ["wheel", "editable"])
def test_prompts_and_word_lists_are_found(install, elsewhere, installed):
    python, home = {
        "wheel": (installed / "python", elsewhere),
        "editable": (sys.executable, ROOT / "src"),
    }[install]
    told = json.loads(run(python, "-c", PROBE, cwd=elsewhere))
    here = ictdiplo.extract(ARTICLE, model=ictdiplo.FakeModel([{}]))

    assert Path(told["file"]).is_relative_to(home)
    assert told["prompts"] == here.provenance.prompt_sha256
    assert ARTICLE in told["sent"]
    assert told["meetings"] == ["2025-11-24"]
    assert len(told["mous"]) == 1


def test_the_command_reads_a_file(elsewhere, installed):
    (elsewhere / "article.txt").write_text(f"published: 2025-11-26\n\n{ARTICLE}\n")
    told = run(
        installed / "ictdiplo", "extract", "--model", "offline", "--format", "jsonl", "article.txt",
        cwd=elsewhere,
    )  # fmt: skip
    assert [mou["instrument"] for mou in json.loads(told)["mous"]] == ["memorandum"]
