"""llama.cpp's own server, in a process of its own: `python -m ictdiplo.read.llama_server MODEL …`.

    standard input     the key that every request must carry, in one line; then nothing. Its end,
                       which comes when the parent is gone, however it went, ends the process
    standard output    what llama.cpp complains of, then `LISTENING <port>`; after that, nothing

It listens on loopback alone, and fetches nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from typing import Any
from urllib.parse import urlsplit

LISTENING = "LISTENING"
# Any number will do: with a fixed one the same question gets the same answer again.
SEED = 1
ERRORS_ONLY = 1  # of llama.cpp's levels of logging


def main() -> None:
    """Serve until standard input ends."""
    told = _parse()
    key = sys.stdin.readline().strip()
    watch = threading.Thread(target=_end_with_the_parent, daemon=True)
    watch.start()  # before the model is loaded, which can take minutes
    server = _serve(told, key)
    os.write(1, f"{LISTENING} {urlsplit(server.listening_address).port}\n".encode())
    _fall_silent()
    watch.join()


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ictdiplo.read.llama_server")
    parser.add_argument("model", help="a GGUF file")
    parser.add_argument("--alias", required=True, help="the name to answer by")
    parser.add_argument("--context-size", type=int, required=True, help="in tokens")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--gpu-layers", type=int, help="left out: as many as fit")
    return parser.parse_args()


def _serve(told: argparse.Namespace, key: str) -> Any:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = told.model
    wanted.model_alias = {told.alias}
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0  # a free one
    wanted.api_keys = [key]
    wanted.offline, wanted.ui = True, False
    wanted.n_ctx, wanted.n_parallel, wanted.warmup = told.context_size, 1, False
    # Threads that only wait, so that nobody has to queue to ask whether the server is there.
    wanted.n_threads_http = 32
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = told.threads
    if told.gpu_layers is not None:
        wanted.n_gpu_layers = told.gpu_layers
    # Its own 8 GiB are for chats that go on; articles share no more than the prompt's beginning,
    # which is kept without it.
    wanted.cache_ram_mib = 0
    wanted.sampling.seed = SEED
    wanted.verbosity = ERRORS_ONLY
    return xllamacpp.Server(wanted)


def _fall_silent() -> None:
    """Write no more: nobody reads it, and a full pipe would stop the server."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _end_with_the_parent() -> None:
    sys.stdin.read()
    # At once, in the midst of whatever the other threads do: nobody is left to wait for it.
    os._exit(0)


if __name__ == "__main__":
    main()
