"""Models out of a GGUF file: llama.cpp is started when first asked, and stops with the program.

    parent ── key, through a pipe that stays open ──▶ llama_server ── 127.0.0.1, a free port
       └── children find port and key in the environment variable ICTDIPLO_LLAMA

One server for each file and set of options, for all threads and child processes of a run. Only the
process that started a server stops it; the pipe ends with that process, and the server with the
pipe, so that none is left behind by a process that was killed.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from importlib.util import find_spec
from threading import Event, Lock, Timer
from typing import Any

from ..errors import ModelUnavailable, SettingsError
from .connection import completions
from .gguf import identity, path_of
from .llama_server import LISTENING

# Holds, as JSON, the port and the key of each server that a parent has started.
RUNNING = "ICTDIPLO_LLAMA"
# A further thread helps little where a model waits for the memory, and slows the others down.
MOST_THREADS = 8
# Seconds. Some 30 GB come off a plain disk meanwhile; a small model takes a tenth of a second.
LONGEST_START = 300.0
LONGEST_STOP = 5.0
LONGEST_PROBE = 2.0


@dataclass(frozen=True)
class Options:
    """What a server is started with."""

    name: str
    context_size: int
    """Tokens that prompt, article and answer may have together."""
    threads: int | None = None
    """None means as many as there are cores, up to `MOST_THREADS`."""
    gpu_layers: int | None = None
    """None leaves it to llama.cpp."""

    def command(self) -> list[str]:
        """Return the command that starts the server."""
        told = {
            "--alias": identity(self.name),
            "--context-size": self.context_size,
            "--threads": self.threads or _cores(),
            "--gpu-layers": self.gpu_layers,
        }
        options = [f"{name}={value}" for name, value in told.items() if value is not None]
        # -P: a file of the current directory must not pass for a module of Python's
        module = [sys.executable, "-P", "-m", "ictdiplo.read.llama_server"]
        return [*module, *options, "--", str(path_of(self.name).resolve())]

    def key(self) -> str:
        """Name file and options in one."""
        of = f"{identity(self.name)} {self.context_size} {self.threads} {self.gpu_layers}"
        return hashlib.sha256(of.encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass(frozen=True)
class Server:
    """A server that was started, by this process or by one above it."""

    port: int
    key: str = field(repr=False)
    process: subprocess.Popen[str] | None = field(default=None, repr=False, compare=False)
    """None if another process started it."""

    @property
    def address(self) -> str:
        """The base URL of its API."""
        return f"http://127.0.0.1:{self.port}/v1"

    def runs(self) -> bool:
        """Tell whether it still answers."""
        return _answers(self.port, self.key) if self.process is None else not self._ended()

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        """End it, if it is this process's own."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        _let_go(self.process)


Connect = Callable[[str, str], Any]
"""Makes a client of openai's from an address and a key."""


class Line:
    """Sends requests to a file's server, in the shape of openai's `chat.completions.create`.

    If the server dies while it is being asked, then the next request finds it started again, once.

    Raises:
        SettingsError: it cannot be started.
    """

    def __init__(self, options: Options, connect: Connect) -> None:
        self._options, self._connect = options, connect
        self._used = [serve(options)]

    def __call__(self, **request: Any) -> Any:
        """Send one request.

        Raises:
            ModelUnavailable: the server died a second time, or cannot be started again.
        """
        server = self._server()
        client = self._connect(server.address, server.key)
        return completions(client)(**request)

    def _server(self) -> Server:
        if len(self._used) > 1 and not self._used[-1].runs():
            raise ModelUnavailable(
                "llama.cpp was started again, and ended again; the model may need more memory than "
                "there is: a smaller `context_size` or model may help."
            )
        try:
            server = serve(self._options)
        except SettingsError as error:
            raise ModelUnavailable(f"llama.cpp ended. {error.message}") from None
        if server not in self._used:
            self._used.append(server)
        return server


_servers: dict[str, Server] = {}
_lock = Lock()


def serve(options: Options) -> Server:
    """Return the running server of a file and options; start it if there is none.

    Raises:
        SettingsError: the file or the extra is missing, or llama.cpp does not start.
    """
    key = options.key()
    with _lock:
        server = _servers.get(key) or _inherited().get(key)
        if server is None or not server.runs():
            if server:
                server.stop()  # which closes its pipes
            server = _start(options)
        _servers[key] = server
        _announce()
    return server


def stop_all() -> None:
    """Stop what this process started."""
    with _lock:
        for server in _servers.values():
            server.stop()
        _servers.clear()
        os.environ.pop(RUNNING, None)


def _start(options: Options) -> Server:
    if find_spec("xllamacpp") is None:
        raise SettingsError(
            "A gguf: model needs llama.cpp, which is an extra: pip install 'ictdiplo[local]'."
        )
    key = secrets.token_urlsafe()
    process = subprocess.Popen(  # noqa: S603 - made here, and there is no shell  # nosec B603
        options.command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C lets what is under way be finished
    )
    try:
        return Server(_port_of(process, key), key, process)
    except BaseException:
        process.kill()
        process.wait()
        _let_go(process)
        raise


def _port_of(process: subprocess.Popen[str], key: str) -> int:
    """Wait until the server listens; return its port."""
    assert process.stdin  # noqa: S101 - it is a pipe; this tells mypy
    assert process.stdout  # noqa: S101 - the same
    late, said = Event(), list[str]()

    def give_up() -> None:
        late.set()
        process.kill()

    watchdog = Timer(LONGEST_START, give_up)
    watchdog.start()
    try:
        with suppress(BrokenPipeError):  # it ended at once, and says why
            process.stdin.write(f"{key}\n")
            process.stdin.flush()
        for line in process.stdout:
            if line.startswith(LISTENING):
                return int(line.split()[1])
            said.append(line.strip())
    finally:
        watchdog.cancel()
    raise SettingsError(_why(process.wait(), said, late=late.is_set()))


def _why(code: int, said: list[str], *, late: bool) -> str:
    if late:
        return f"llama.cpp did not start within {LONGEST_START:g} s; try a smaller model."
    told = [line.partition("error loading model: ")[2] for line in said]
    reason = next(filter(None, told), said[-1] if said else f"exit code {code}")
    return (
        f"llama.cpp did not start ({reason}); is the file whole, is there memory enough, and does "
        "`python -c 'import xllamacpp'` work?"
    )


def _let_go(process: subprocess.Popen[str]) -> None:
    """Close this process's ends of the pipes."""
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):  # what was left to write
                pipe.close()


def _answers(port: int, key: str) -> bool:
    """Ask whether the server at a port is one that takes this key, which nobody else knows."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_PROBE)
    try:
        connection.request("GET", "/v1/models", headers={"Authorization": f"Bearer {key}"})
        return connection.getresponse().status == HTTPStatus.OK
    except TimeoutError:
        return True  # it is there, and busy
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _inherited() -> dict[str, Server]:
    """Return the servers that processes above this one have started."""
    with suppress(ValueError, TypeError, AttributeError):
        told = json.loads(os.environ.get(RUNNING, "{}"))
        return {name: Server(int(port), str(key)) for name, (port, key) in told.items()}
    return {}


def _announce() -> None:
    """Tell the child processes to come."""
    told = {name: (server.port, server.key) for name, server in _servers.items()}
    os.environ[RUNNING] = json.dumps(told)


def _cores() -> int:
    """Count the processor's cores that this process may use, up to `MOST_THREADS`."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_THREADS)
    return min(os.cpu_count() or 1, MOST_THREADS)


def _after_fork() -> None:
    """Leave the parent's servers to the parent: close the pipe, or they would outlive it."""
    global _lock  # noqa: PLW0603 - another thread of the parent may hold the old one for ever
    _lock = Lock()
    for name, server in _servers.items():
        if server.process:
            server.process.returncode = 0  # it is not this process's to wait for
            _let_go(server.process)
            _servers[name] = replace(server, process=None)


atexit.register(stop_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
