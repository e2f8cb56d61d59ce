"""Try out servers that can be run here, and write into the README what each mode does there.

    python tools/servers.py                                      # llama.cpp, from the extra `local`
    python tools/servers.py --litellm PATH --llama-cpp-python PATH

`--litellm` is the command of an environment that holds `litellm[proxy]`, `--llama-cpp-python` the
Python of one that holds `llama-cpp-python[server]`; `make servers` sets both up. What each mode does
is told by the doctor's canary. The models are random ones, written by tests/tiny_gguf.py: what is in
form is the server's doing. Rows of servers that are not tried stay as they are in `servers.json`,
and those that nobody here can run say that they are from documents.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from ictdiplo import Model
from ictdiplo.read.canary import EXAMINED, Diagnosis, examine
from ictdiplo.read.llama import Options, Server, serve, stop_all

ROOT = Path(__file__).parents[1]
ROWS = Path(__file__).with_name("servers.json")
README = ROOT / "README.md"
BEGIN, END = "<!-- servers -->\n", "<!-- /servers -->"
# Names of rows that are measured here.
OBEDIENT, STUBBORN = "llama.cpp, a model that calls tools", "llama.cpp, a model that calls none"
LITELLM, LLAMA_CPP_PYTHON = "LiteLLM's proxy before the latter", "llama-cpp-python"
# Seconds for a server to come up; LiteLLM took ten on two busy cores.
LONGEST_START = 120
CONTEXT = 8192
# Any; LiteLLM does not start without one.
KEY = "sk-for-this-machine-only"


def main() -> None:
    """Try out what there is, then write both files."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--litellm", help="the command of an environment with litellm[proxy]")
    parser.add_argument("--llama-cpp-python", help="the Python of one with that package's server")
    told = parser.parse_args()
    rows = json.loads(ROWS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for name, found, how in _tried(Path(folder), told.litellm, told.llama_cpp_python):
            today = datetime.now(UTC).date()
            measured = {"server": name, "modes": found.modes, "source": f"measured {today}, {how}"}
            print(measured if not found.trouble else found.trouble)
            rows = [measured if row["server"] == name else row for row in rows]
    stop_all()
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    ROWS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    README.write_text(before + BEGIN + table(rows) + END + rest.partition(END)[2], encoding="utf-8")


def table(rows: list[dict[str, Any]]) -> str:
    """Return the rows as a table in Markdown."""
    head = ["server", *(f"`{mode}`" for mode in EXAMINED), "source"]
    cells = [
        [row["server"], *(row["modes"][mode] for mode in EXAMINED), row["source"]] for row in rows
    ]
    lines = [head, ["---"] * len(head), *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def examine_llama_cpp(folder: Path, *, calls_tools: bool) -> tuple[Diagnosis, Server]:
    """Examine the server of a random model; return it too, for others to stand before it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tiny_gguf import write_gguf

    path = write_gguf(folder / f"calls-tools-{calls_tools}.gguf", calls_tools=calls_tools)
    model = Model(f"gguf:{path}", threads=1, context_size=CONTEXT, cache=False)
    return examine(model), serve(Options(model.name, CONTEXT, 1))


def _tried(
    folder: Path, litellm: str | None, llama_cpp_python: str | None
) -> Iterator[tuple[str, Diagnosis, str]]:
    of_wheel = f"xllamacpp {version('xllamacpp')}"
    yield OBEDIENT, examine_llama_cpp(folder, calls_tools=True)[0], of_wheel
    found, server = examine_llama_cpp(folder, calls_tools=False)
    yield STUBBORN, found, of_wheel
    if litellm:
        with _litellm(litellm, folder, server) as address:
            yield LITELLM, _examine(address), f"LiteLLM {_version_in(litellm, 'litellm')}"
    if llama_cpp_python:
        with _llama_cpp_python(llama_cpp_python, folder) as address:
            release = _version_in(llama_cpp_python, "llama-cpp-python")
            yield LLAMA_CPP_PYTHON, _examine(address), f"llama-cpp-python {release}"


def _examine(address: str) -> Diagnosis:
    return examine(Model("tiny", base_url=address, api_key=KEY, timeout=60.0, cache=False))


@contextmanager
def _litellm(command: str, folder: Path, before: Server) -> Iterator[str]:
    """Run LiteLLM's proxy before a llama.cpp server."""
    upstream = {"model": "openai/tiny", "api_base": before.address, "api_key": before.key}
    config = folder / "litellm.yaml"  # JSON is YAML
    config.write_text(
        json.dumps({"model_list": [{"model_name": "tiny", "litellm_params": upstream}]})
    )
    port = _free_port()
    called = [command, "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    with _running(called, port, "/health/liveliness", LITELLM_MASTER_KEY=KEY):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def _llama_cpp_python(python: str, folder: Path) -> Iterator[str]:
    """Run llama-cpp-python's server on the model that calls no tool."""
    port = _free_port()
    called = [python, "-m", "llama_cpp.server", "--model", str(folder / "calls-tools-False.gguf")]
    called += ["--host", "127.0.0.1", "--port", str(port), "--n_ctx", str(CONTEXT)]
    called += ["--n_threads", "1", "--model_alias", "tiny"]
    with _running(called, port, "/v1/models"):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def _running(command: list[str], port: int, path: str, **variables: str) -> Iterator[None]:
    """Run a server until the block ends; wait until it answers."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | variables, **quiet) as process:
        try:
            until = time.monotonic() + LONGEST_START
            while not _answers(f"http://127.0.0.1:{port}{path}"):
                if process.poll() is not None or time.monotonic() > until:
                    sys.exit(f"{command[0]} did not start.")
                time.sleep(0.5)
            yield
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2):
            return True
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _version_in(command: str, package: str) -> str:
    """Return a package's version in the environment that a command belongs to."""
    python = Path(command).with_name("python")
    asked = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run(
        [python, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
