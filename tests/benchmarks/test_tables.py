import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def tables():
    import tables

    return tables


def test_a_ratio_is_made_within_a_round_before_the_median(tables):
    quiet, busy = {"ours": 2.0, "peer": 4.0}, {"ours": 8.0, "peer": 20.0}
    figures = tables.relative([quiet, busy, quiet], float, "peer")
    assert figures["ours"] == tables.Figure(middle=0.5, low=0.4, high=0.5)
    assert figures["peer"] == tables.Figure(1, 1, 1)


@pytest.mark.parametrize(
    ("bounds", "met"),
    [
        pytest.param({"least": 2.5}, "| ≥ 2.5 | **no** |", id="too little"),
        pytest.param({"least": 2.0}, "| ≥ 2 | yes |", id="just enough"),
        pytest.param({"most": 1.9}, "| ≤ 1.9 | **no** |", id="too much"),
        pytest.param({"most": 2.0}, "| ≤ 2 | yes |", id="just not too much"),
        pytest.param({}, "|  |  |", id="held to nothing"),
    ],
)
def test_a_missed_target_is_said_aloud(tables, bounds, met):
    line = tables.Line("what", {"ours": tables.figure([2])}, **bounds)
    assert str(line).endswith(met)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param([0.0123], "0.012", id="small"),
        pytest.param([2.54, 2.61, 2.48], "2.5 (2.5 to 2.6)", id="with its spread"),
        pytest.param([1234.5], "1,234", id="large"),
        pytest.param([1, 1, 1], "1", id="the same each time"),
    ],
)
def test_a_figure_says_its_median_and_spread_in_two_digits(tables, values, said):
    assert str(tables.figure(values)) == said


def test_the_page_says_what_the_rounds_measured(tables):
    raw = json.loads((BENCHMARKS / "results.json").read_text(encoding="utf-8"))
    assert tables.page(raw) == (BENCHMARKS / "RESULTS.md").read_text(encoding="utf-8")
