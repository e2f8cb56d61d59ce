"""If a test is skipped where nothing may be, then the run fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param("pass", pytest.ExitCode.OK, id="all ran"),
        pytest.param("pytest.skip('no extra')", pytest.ExitCode.TESTS_FAILED, id="one skipped"),
        pytest.param("pytest.xfail('known')", pytest.ExitCode.OK, id="one known to fail"),
    ],
)
def test_the_run_ends_with(tmp_path, body, code):
    (tmp_path / "test_sample.py").write_text(f"import pytest\ndef test_it(): {body}\n")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "none_skipped", "--rootdir", tmp_path, tmp_path],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout
    assert ("test_sample.py::test_it" in run.stdout) == (code != pytest.ExitCode.OK)
