"""The manifest says how each run into a folder came about, and keeps no secret."""

import json
from datetime import UTC, datetime

import pytest

from ictdiplo.errors import RunError
from ictdiplo.gather.counts import Counts
from ictdiplo.gather.manifest import Manifest
from ictdiplo.read.identity import settings_sha256
from ictdiplo.read.model import Model
from ictdiplo.read.offline import OfflineReader
from ictdiplo.read.prompt import prompt_sha256

MODEL = Model("m", base_url="http://localhost:1/v1", api_key="sk-canary", temperature=0.0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "manifest.json"


def entries(path):
    return json.loads(path.read_text())["runs"]


def noon():
    return datetime(2025, 11, 24, 12, tzinfo=UTC)


def test_it_says_what_read_with_which_settings_and_never_the_key(path):
    Manifest(path, noon).begin(MODEL, ["news"], {"limit": 5, "sample": None})
    (entry,) = entries(path)
    assert entry["reader"]["name"] == "m"
    assert entry["reader"]["endpoint"] == "http://localhost:1/v1"
    assert entry["reader"]["prompt_sha256"] == prompt_sha256()
    assert entry["reader"]["settings_sha256"] == settings_sha256(MODEL)
    assert entry["reader"]["settings"]["temperature"] == 0
    assert {"ictdiplo", "openai", "instructor", "python"} <= set(entry["versions"])
    assert (entry["inputs"], entry["selection"]) == (["news"], {"limit": 5})
    assert (entry["started"], entry["ended"]) == ("2025-11-24T12:00:00+00:00", None)
    assert "canary" not in path.read_text()


def test_it_says_how_far_a_run_has_come_and_how_it_ended(path):
    manifest = Manifest(path, noon)
    manifest.begin(OfflineReader(), [], {})
    manifest.note(Counts(read=1))
    assert (entries(path)[0]["counts"]["read"], entries(path)[0]["end"]) == (1, None)
    manifest.end(Counts(read=2, cost=None, models={"m-1": 2}), "complete")
    (entry,) = entries(path)
    assert (entry["end"], entry["ended"]) == ("complete", "2025-11-24T12:00:00+00:00")
    assert entry["counts"]["models"] == {"m-1": 2}
    assert entry["counts"]["cost"] is None


def test_earlier_runs_stay(path):
    for reader in (MODEL, OfflineReader()):
        Manifest(path).begin(reader, [], {})
    assert [entry["reader"]["name"] for entry in entries(path)] == ["m", "offline"]


@pytest.mark.parametrize("content", ["", "[]", '{"runs": 1}', "{"])
def test_a_file_that_is_none_is_written_anew(path, content):
    path.write_text(content)
    Manifest(path).begin(MODEL, [], {})
    assert len(entries(path)) == 1


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(RunError, match="cannot be written"):
        Manifest(tmp_path / "none" / "manifest.json").begin(MODEL, [], {})


def test_nothing_is_left_beside_it(path):
    Manifest(path).begin(MODEL, [], {})
    assert list(path.parent.iterdir()) == [path]
