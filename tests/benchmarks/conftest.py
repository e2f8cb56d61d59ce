"""The benchmarks' modules are found as they find each other: by their folder."""

from pathlib import Path

import pytest

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"


@pytest.fixture(autouse=True)
def _benchmarks_on_the_path(monkeypatch):
    monkeypatch.syspath_prepend(PEERS)


@pytest.fixture
def endpoint():
    import stage

    with stage.endpoint() as ready:
        yield ready
