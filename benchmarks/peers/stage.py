"""The stage: the endpoint in a process of its own, and each contender in an environment of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Each contender's file, and the environment that it runs in.
ENVIRONMENTS = {
    "ours": ".venv",
    "floor": ".venv-peers/floor",
    "sdk": ".venv-peers/openai",
    "instructor_alone": ".venv-peers/instructor",
    "langextract_alone": ".venv-peers/langextract",
}
LONGEST = 1_200  # seconds that one job may take


class Endpoint:
    """The endpoint, as whoever compares contenders sees it."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.names = count()

    def address(self, milliseconds: int = 0, *, refusing: bool = False) -> tuple[str, str]:
        """Return a fresh name to count under, and the address that goes with it."""
        name = f"run-{next(self.names)}"
        return name, f"{self.root}/{name}/{milliseconds}/{int(refusing)}/v1"

    def counted(self, name: str) -> dict[str, Any]:
        """Return what was counted under a name."""
        with urllib.request.urlopen(f"{self.root}/{name}", timeout=30) as reply:
            told: dict[str, Any] = json.load(reply)
        return told


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """Run the endpoint; it ends with this process, however that ends."""
    command = [sys.executable, str(HERE / "endpoint.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield Endpoint(int(process.stdout.readline()))
        process.communicate(timeout=10)


def run(contender: str, job: str, **settings: Any) -> dict[str, Any]:
    """Let a contender do a job in a fresh process, and return what it says of it.

    Raises:
        RuntimeError: it failed.
    """
    command = [str(python(contender)), str(HERE / f"{contender}.py"), job, json.dumps(settings)]
    return dict(json.loads(_output(command).splitlines()[-1]))


def cpu_of(command: Sequence[str], **environment: str) -> float:
    """Return the CPU seconds of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _output(command, **environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def python(contender: str) -> Path:
    """Return the Python that a contender runs with."""
    return ROOT / ENVIRONMENTS[contender] / "bin" / "python"


def version(contender: str, package: str) -> str:
    """Return which version of a package a contender runs with."""
    code = f"from importlib.metadata import version; print(version('{package}'))"
    return _output([str(python(contender)), "-c", code]).strip()


def _output(command: Sequence[str], **more: str) -> str:
    # The form that all contenders fill is the library's own; the peers' environments hold no more
    # of it. The rest of the environment could choose models or proxies.
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **more}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:3])}: {done.stderr[-2000:]}")
    return done.stdout
