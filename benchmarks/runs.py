"""What `ictdiplo run` does when it is killed, here and on a Ray cluster, and how its memory grows.

    python benchmarks/runs.py           # prints the figures
    python benchmarks/runs.py --write   # puts them into RUNS.md, too

Everything stays on this machine: the endpoint is a thread of this program, which answers after
300 ms with a meeting and a proposal in the article's own words; the cluster has two nodes on
loopback, each with a cache of its own (extra `ray`).
"""

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from signal import SIGKILL
from typing import Any

from ictdiplo import Extraction, read_results

# Ray looks at these once, when it is imported: nobody is told of the cluster, and it is on loopback.
os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
REPORT = Path(__file__).with_name("RUNS.md")
ARTICLES, LATENCY, KILLS, CONCURRENCY = 1_000, 0.3, 4, 16
FEW, MANY = 1_000, 20_000
# Seconds of work after which a run is killed: between these two.
SOONEST, LATEST = 0.5, 4.0
TEXT = (
    "The minister of communications of Kenya met her Ghanaian counterpart in Accra on Monday. "
    "They discussed spectrum, data centres and a second cable under the sea. The minister proposed "
    "to set up a joint laboratory for 5G equipment, number {number}. The two sides signed a "
    "memorandum of understanding on the training of {number} engineers last week."
)
NUMBER = re.compile(r"5G equipment, number (\d+)\.")
# After so many requests from the cluster, a part of it is lost.
LATE = 400
NODE = {"num_cpus": 2, "object_store_memory": 150_000_000, "include_dashboard": False}
KILLED = (
    "exit code of the last run",
    "lines in the completed file; different articles",
    "requests; of them repeated",
    "at most to be repeated: kills × requests at a time",
    "seconds of the last run",
)
LOST = (
    "exit code",
    "lines in the completed file; different articles",
    "requests; of them repeated (the nodes' caches are apart)",
    "articles whose records are those of the run above",
    "seconds, the start of the actors included",
)
# What differs between two readings of the same article: how long it took, and whether it was asked.
PASSING = ("usage", "cached", "attempts")


def answer(number: str) -> str:
    """Return what the endpoint finds in an article."""
    met = {"evidence": ["met her Ghanaian counterpart"], "parties": ["Kenya", "Ghanaian"]}
    words = f"proposed to set up a joint laboratory for 5G equipment, number {number}"
    proposed = {"evidence": [words], "proposer_parties": ["Kenya"], "kind": "proposal"}
    meetings = [{**met, "status": "held", "when": "Monday", "place": "Accra"}]
    return json.dumps({"meetings": meetings, "proposals": [proposed], "mous": []})


class Endpoint(ThreadingHTTPServer):
    """Answers each request after `LATENCY`, and counts how often it was asked the same."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.senders: set[int] = set()
        self.counting = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def options(self) -> list[str]:
        """What a run is told, so that it asks here."""
        address = f"http://127.0.0.1:{self.server_port}/v1"
        return [
            *("--model", "m", "--base-url", address, "--mode", "json"),
            *("--concurrency", str(CONCURRENCY)),
        ]

    def forget(self) -> None:
        """Forget who asked what."""
        with self.counting:
            self.asked.clear()
            self.senders.clear()

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever was killed does not wait for the answer."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a chat completion."""
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        number = NUMBER.findall(body)[-1]
        with self.server.counting:
            self.server.asked[number] += 1
            self.server.senders.add(self.client_address[1])
        time.sleep(LATENCY)
        message = {"role": "assistant", "content": answer(number)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 4_000, "completion_tokens": 20, "total_tokens": 4_020}
        head = {"id": "1", "object": "chat.completion", "created": 1, "model": "local-1"}
        payload = json.dumps({**head, "choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def write_articles(path: Path, count: int) -> Path:
    """Write so many articles, no two alike, as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            print(json.dumps({"id": f"a{number}", "text": TEXT.format(number=number)}), file=file)
    return path


def start(articles: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a run with a cache of its own."""
    words = ["-m", "ictdiplo", "run", str(articles), "--output", str(output), *options]
    environment = {**os.environ, "ICTDIPLO_CACHE_DIR": str(output.with_name("cache"))}
    return subprocess.Popen([sys.executable, *words], env=environment, stderr=subprocess.DEVNULL)


def measure_kills(endpoint: Endpoint, articles: Path, output: Path) -> list[str]:
    """Kill a run with -9 at random moments, let it end, and count lines, articles and requests."""
    moments = random.Random(7)
    for _ in range(KILLS):
        process = start(articles, output, *endpoint.options)
        wait_for(endpoint, endpoint.asked.total() + 1)
        time.sleep(moments.uniform(SOONEST, LATEST))
        process.kill()
        if process.wait() == 0:
            raise SystemExit("The run ended before it was killed; measure with more articles.")
    started = time.monotonic()
    code = start(articles, output, *endpoint.options).wait()
    seconds = time.monotonic() - started
    return [str(code), *told(endpoint, output), f"{KILLS * CONCURRENCY}", f"{seconds:.0f}"]


def measure_ray(
    endpoint: Endpoint, articles: Path, output: Path, plain: Path, lose: Callable[..., None]
) -> list[str]:
    """Lose something of a cluster in mid-run; hold the records against those of `plain`."""
    endpoint.forget()
    with cluster(output) as nodes:
        started = time.monotonic()
        options = [*endpoint.options, "--engine", "ray", "--address", nodes.address]
        process = start(articles, output, *options)
        wait_for(endpoint, LATE)
        lose(nodes, endpoint)
        code = process.wait()
        seconds = time.monotonic() - started
    found, wanted = records(output), records(plain)
    same = sum(found.get(name) == line for name, line in wanted.items())
    return [
        str(code),
        *told(endpoint, output),
        f"{same} of {len(wanted)}",
        f"{seconds:.0f}",
    ]


def kill_worker(_nodes: Any, endpoint: Endpoint) -> None:
    """Kill one of the processes that ask."""
    os.kill(next(pid for port in endpoint.senders.copy() if (pid := owner_of(port))), SIGKILL)


def lose_node(nodes: Any, _endpoint: Endpoint) -> None:
    """Kill all processes of the second node, its store of objects among them."""
    nodes.remove_node(next(iter(nodes.worker_nodes)), allow_graceful=False)


def owner_of(port: int) -> int | None:
    """Return the process that holds the client's end of a connection from a port, on Linux."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    inodes = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}")}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in inodes:
                return int(link.parts[2])
        except OSError:
            continue
    return None


def wait_for(endpoint: Endpoint, requests: int) -> None:
    """Wait until the endpoint has been asked so often."""
    while endpoint.asked.total() < requests:
        time.sleep(0.01)


def told(endpoint: Endpoint, output: Path) -> list[str]:
    """Say how many lines, articles, requests and repeated requests there are."""
    lines = (output / "results.jsonl").read_bytes().count(b"\n")
    outcomes = [one for one in read_results(output) if isinstance(one, Extraction)]
    found = {one.article.id for one in outcomes}
    asked = endpoint.asked.total()
    return [f"{lines}; {len(found)}", f"{asked}; {asked - ARTICLES}"]


@contextmanager
def cluster(output: Path) -> Iterator[Any]:
    """Start two nodes on loopback, whose caches are apart as those of two machines are."""
    from ray.cluster_utils import Cluster

    caches = [{"ICTDIPLO_CACHE_DIR": str(output.with_name(f"cache-{n}"))} for n in (1, 2)]
    nodes = Cluster(initialize_head=True, head_node_args={**NODE, "env_vars": caches[0]})
    try:
        nodes.add_node(**NODE, env_vars=caches[1])
        yield nodes
    finally:
        nodes.shutdown()


def records(folder: Path) -> dict[str, Any]:
    """Return each line of the results by its article, without what differs from run to run."""
    lines = map(json.loads, (folder / "results.jsonl").read_text("utf-8").splitlines())
    return {
        line["article"]["id"]: {
            **{name: value for name, value in line.items() if name not in PASSING},
            "provenance": {
                name: value
                for name, value in line.get("provenance", {}).items()
                if name not in PASSING
            },
        }
        for line in lines
    }


def measure_memory(folder: Path, count: int) -> float:
    """Read so many articles offline; return the most memory that was resident, in megabytes."""
    articles = write_articles(folder / f"{count}.jsonl", count)
    process = start(articles, folder / f"memory-{count}", "--model", "offline")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("The run failed.")
    return usage.ru_maxrss / 1024


def report() -> str:
    """Measure everything, and say it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = write_articles(folder / "articles.jsonl", ARTICLES)
        # First: to the system, a process's peak is at least what its parent has, and Ray is large.
        few, many = (measure_memory(folder, count) for count in (FEW, MANY))
        endpoint, plain = Endpoint(), folder / "plain" / "dataset"
        kills = measure_kills(endpoint, articles, plain)
        losses = [
            measure_ray(endpoint, articles, folder / lose.__name__ / "dataset", plain, lose)
            for lose in (kill_worker, lose_node)
        ]
        endpoint.shutdown()
    return "\n".join(
        [
            "# Runs",
            "",
            f"Measured by `benchmarks/runs.py` with Python {platform.python_version()}.",
            f"{ARTICLES:,} articles, {CONCURRENCY} requests at a time, each answered in {LATENCY} s.",
            "",
            f"| killed with -9 {KILLS} times, and run again | |",
            "|---|---|",
            *rows(KILLED, kills),
            "",
            f"| on two Ray nodes, after {LATE} requests | a worker killed | a node lost |",
            "|---|---|---|",
            *rows(LOST, *losses),
            "",
            "| most memory resident, offline reader | MB |",
            "|---|---|",
            f"| {FEW:,} articles | {few:.1f} |",
            f"| {MANY:,} articles | {many:.1f} |",
            f"| more | {many / few - 1:.1%} |",
            "",
        ]
    )


def rows(names: Iterable[str], *columns: list[str]) -> Iterator[str]:
    """Yield the rows of a table."""
    for cells in zip(names, *columns, strict=True):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure runs that are killed, and their memory.")
    parser.add_argument("--write", action="store_true", help="put the figures into RUNS.md")
    wanted = parser.parse_args()
    figures = report()
    print(figures)
    if wanted.write:
        REPORT.write_text(figures, encoding="utf-8")
