"""The table of what servers do with each mode says what the server that runs here does."""

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from ictdiplo.read import llama

ROOT = Path(__file__).parents[1]
LOADS = subprocess.run([sys.executable, "-c", "import xllamacpp"], capture_output=True, check=False)
spec = spec_from_file_location("servers", ROOT / "tools/servers.py")
servers = module_from_spec(spec)
spec.loader.exec_module(servers)
ROWS = {row["server"]: row for row in json.loads(servers.ROWS.read_text(encoding="utf-8"))}


@pytest.mark.skipif(
    LOADS.returncode != 0, reason="llama.cpp's wheel, xllamacpp, does not load here"
)
@pytest.mark.parametrize("name, calls_tools", [(servers.OBEDIENT, True), (servers.STUBBORN, False)])
def test_what_the_table_says_of_llama_cpp_is_what_it_does(name, calls_tools, tmp_path):
    try:
        found, _ = servers.examine_llama_cpp(tmp_path, calls_tools=calls_tools)
    finally:
        llama.stop_all()
    assert found.modes == ROWS[name]["modes"]


def test_the_readme_has_the_table():
    assert servers.table([*ROWS.values()]) in servers.README.read_text(encoding="utf-8")


def test_each_row_says_where_it_is_from():
    assert {row["source"].split()[0] for row in ROWS.values()} <= {"measured", "from"}
    assert {row["source"].split()[0] for row in ROWS.values() if row["server"] in MEASURED} == {
        "measured"
    }


MEASURED = {servers.OBEDIENT, servers.STUBBORN, servers.LITELLM, servers.LLAMA_CPP_PYTHON}
