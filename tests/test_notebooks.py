"""The example notebooks run as they stand, offline, and keep no output."""

import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


@pytest.fixture
def executed(tmp_path, monkeypatch):
    """Runs all cells of a notebook in a folder like examples/; returns it with its outputs."""
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed")
    monkeypatch.setenv("ICTDIPLO_MODEL", "offline")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / ".ipython"))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    shutil.copytree(EXAMPLES / "articles", tmp_path / "articles")
    shutil.copytree(EXAMPLES / "gold" / "merges", tmp_path / "gold" / "merges")

    def executed(path):
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(tmp_path)}}
        nbclient.NotebookClient(notebook, timeout=120, resources=resources).execute()
        return notebook

    return executed


def shown(cell):
    """Return what a cell shows as HTML."""
    return "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    text = path.read_text(encoding="utf-8")
    assert '"outputs": [],' in text
    assert text.count('"outputs": [],') == text.count('"outputs"')
    assert text.count('"execution_count": null') == text.count('"execution_count"')


def test_the_notebook_of_records_shows_a_page_a_card_frames_and_a_ledger(executed, tmp_path):
    cells = [c for c in executed(EXAMPLES / "records.ipynb").cells if c.cell_type == "code"]
    html = [shown(cell) for cell in cells]

    frames = [cell.count("<iframe") for cell in html]

    assert {o.output_type for cell in cells for o in cell.outputs} == {"execute_result"}
    assert frames == [0, 1, 1, 0, 1, 0, 0]
    assert "&lt;mark class=" in html[1]
    assert "&lt;mark class=" not in html[2]
    assert "<table" in html[3]
    assert "17 articles" in html[4]
    assert "signed" in cells[5].outputs[0].data["text/plain"]
    assert {path.name for path in tmp_path.glob("*.html")} == {"found.html", "promises.html"}
