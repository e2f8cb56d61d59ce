"""What `ictdiplo run` does when it is killed, and how its memory grows with the number of articles.

    python benchmarks/runs.py           # prints the figures
    python benchmarks/runs.py --write   # puts them into RUNS.md, too

Everything stays on this machine: the endpoint is a thread of this program, which answers after
300 ms that an article reports nothing.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ictdiplo import read_results

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
ANSWER = '{"meetings": [], "proposals": [], "mous": []}'


class Endpoint(ThreadingHTTPServer):
    """Answers each request after `LATENCY`, and counts how often it was asked the same."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[int] = Counter()
        self.counting = threading.Lock()

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever was killed does not wait for the answer."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a chat completion."""
        body = self.rfile.read(int(self.headers["content-length"]))
        with self.server.counting:
            self.server.asked[hash(body)] += 1
        time.sleep(LATENCY)
        message = {"role": "assistant", "content": ANSWER}
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


def measure_kills(folder: Path) -> list[str]:
    """Kill a run with -9 at random moments, let it end, and count lines, articles and requests."""
    articles, output = write_articles(folder / "articles.jsonl", ARTICLES), folder / "dataset"
    endpoint = Endpoint()
    threading.Thread(target=endpoint.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{endpoint.server_port}/v1"
    options = ["--model", "m", "--base-url", address, "--mode", "json"]
    options += ["--concurrency", str(CONCURRENCY)]
    moments = random.Random(7)
    for _ in range(KILLS):
        before = endpoint.asked.total()
        process = start(articles, output, *options)
        while endpoint.asked.total() == before:
            time.sleep(0.01)
        time.sleep(moments.uniform(SOONEST, LATEST))
        process.kill()
        if process.wait() == 0:
            raise SystemExit("The run ended before it was killed; measure with more articles.")
    started = time.monotonic()
    code = start(articles, output, *options).wait()
    seconds = time.monotonic() - started
    endpoint.shutdown()
    lines = (output / "results.jsonl").read_bytes().count(b"\n")
    found = {outcome.article.id for outcome in read_results(output)}
    again = endpoint.asked.total() - ARTICLES
    return [
        f"| articles, requests at a time, latency | {ARTICLES}, {CONCURRENCY}, {LATENCY:.1f} s |",
        f"| times killed with -9; exit code of the last run | {KILLS}; {code} |",
        f"| lines in the completed file; different articles | {lines}; {len(found)} |",
        f"| requests; of them repeated | {endpoint.asked.total()}; {again} |",
        f"| at most to be repeated: kills × requests at a time | {KILLS * CONCURRENCY} |",
        f"| seconds of the last run | {seconds:.0f} |",
    ]


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
    with tempfile.TemporaryDirectory() as folder:
        kills = measure_kills(Path(folder))
        few, many = (measure_memory(Path(folder), count) for count in (FEW, MANY))
    return "\n".join(
        [
            "# Runs",
            "",
            f"Measured by `benchmarks/runs.py` with Python {platform.python_version()}.",
            "",
            "| killed and run again | |",
            "|---|---|",
            *kills,
            "",
            "| most memory resident, offline reader | MB |",
            "|---|---|",
            f"| {FEW:,} articles | {few:.1f} |",
            f"| {MANY:,} articles | {many:.1f} |",
            f"| more | {many / few - 1:.1%} |",
            "",
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure runs that are killed, and their memory.")
    parser.add_argument("--write", action="store_true", help="put the figures into RUNS.md")
    wanted = parser.parse_args()
    figures = report()
    print(figures)
    if wanted.write:
        REPORT.write_text(figures, encoding="utf-8")
