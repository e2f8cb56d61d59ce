"""The network is off, the environment is clean, and every cache is a temporary one."""

import os
import signal
import socket
import sys
from pathlib import Path

import hypothesis
import pytest

# No test is timed: a busy machine is no fault.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard():
    """What a shell starts in the background is born deaf to it, and so are its processes."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """If a test reaches beyond this machine, then it fails at once."""

    def guard(connect):
        def guarded(self, address, *rest):
            if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
                raise RuntimeError(f"a test tried to reach {address[0]}")
            return connect(self, address, *rest)

        return guarded

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guard(getattr(socket.socket, name)))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    """No key, no model and no cache of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("ICTDIPLO_", "OPENAI_", "AZURE_OPENAI_")) or name.lower().endswith(
            "_proxy"
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ICTDIPLO_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture(autouse=True)
def no_memory_of_endpoints():
    """What one test's endpoint did is nothing to the next one's, which may get the same port."""
    yield
    if module := sys.modules.get("ictdiplo.read.traffic"):
        module.forget()


@pytest.fixture
def articles():
    """The folder of example articles."""
    return Path(__file__).parents[1] / "examples" / "articles"
