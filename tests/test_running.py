"""`ictdiplo run` reads many articles into a folder, goes on where it ended, and keeps its limits."""

import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from typer.testing import CliRunner

from ictdiplo import read_results
from ictdiplo.article import Article
from ictdiplo.cli import app
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import BadKey, InvalidAnswer
from ictdiplo.gather.journal import Journal
from ictdiplo.gather.run import Failure
from ictdiplo.read.model import Model
from ictdiplo.records import Provenance, Usage
from scripted_endpoint import ScriptedEndpoint, completion

TEXT = (
    "The minister of communications of Kenya met her Ghanaian counterpart in Accra on Monday, and "
    "they discussed a second cable under the sea."
)


class Scripted:
    """A model that raises what it was told to for an article's id, and else finds nothing."""

    name, endpoint = "scripted", "http://scripted.invalid/v1"

    def __init__(self, *, cost=0.5, tokens=100, before=lambda article: None, **errors):
        self.errors = errors
        self.usage = Usage(input_tokens=tokens, output_tokens=0, cost=cost)
        self.before = before
        self.asked = []

    def read(self, article, check):
        self.asked.append(article.id)
        self.before(article)
        if article.id in self.errors:
            raise self.errors[article.id]
        return Reading(Draft(), Provenance(reader=self.name, version="0"), self.usage)


@pytest.fixture
def use(monkeypatch):
    """Make this the model, and return it."""

    def choose(model):
        monkeypatch.setattr(Model, "from_env", lambda *_, **__: model)
        return model

    return choose


@pytest.fixture
def news(tmp_path):
    """A folder of five articles, a0 to a4."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(5):
        (folder / f"a{number}.txt").write_text(f"{TEXT} This is number {number}.")
    return folder


@pytest.fixture
def output(tmp_path):
    return tmp_path / "dataset"


@pytest.fixture
def run(news, output):
    """Run over the news into the folder, one article at a time."""

    def call(*options, inputs=(news,)):
        words = ["run", *inputs, "--output", output, "--concurrency", 1, *options]
        return CliRunner().invoke(app, [str(word) for word in words])

    return call


def ids(output):
    outcomes = read_results(output)
    return sorted(o.article if isinstance(o, Failure) else o.article.id for o in outcomes)


def manifest(output):
    return json.loads((output / "manifest.json").read_text())["runs"][-1]


ALL = [f"a{n}" for n in range(5)]

# Going on


def test_each_article_gets_a_line_and_the_summary_says_where(run, output):
    result = run()
    assert result.exit_code == 0
    assert ids(output) == ALL
    assert result.stdout == ""
    assert result.stderr.splitlines()[1].startswith("5 read, 0 failed, in ")
    assert result.stderr.splitlines()[2] == f"The results are in {output}/results.jsonl."


def test_what_is_done_is_not_read_again(run, output, use):
    model = use(Scripted())
    run()
    again = run()
    assert model.asked == ALL
    assert "0 read, 0 failed, 5 done before" in again.stderr
    assert ids(output) == ALL


def test_what_failed_is_tried_again_and_what_changed_is_read_again(run, news, output, use):
    use(Scripted(a1=InvalidAnswer("x")))
    assert run().exit_code == 2
    model = use(Scripted())
    (news / "a3.txt").write_text(f"{TEXT} This was put right.")
    result = run()
    assert model.asked == ["a1", "a3"]
    assert "1 of them had been read before" in result.stderr
    assert ids(output) == ALL
    assert len((output / "results.jsonl").read_text().splitlines()) == 5


def test_another_way_of_reading_reads_all_again(run, output, use):
    run()
    model = use(Scripted())
    run()
    assert model.asked == ALL
    assert {outcome.provenance.reader for outcome in read_results(output)} == {"scripted"}


def test_a_token_in_a_pages_address_is_in_nothing_that_is_written(run, news, output):
    inputs = [news, "http://127.0.0.1/a?token=hunter2", "https://user:hunter2@news.example/"]
    result = run(inputs=inputs)
    written = "".join(path.read_text() for path in output.iterdir() if path.is_file())
    assert result.exit_code == 2
    assert "127.0.0.1/a?…" in written
    assert "hunter2" not in written + result.output


def test_results_of_articles_that_are_not_in_the_input_stay(run, news, output, use):
    use(Scripted())
    run(inputs=[news / "a0.txt", news / "a1.txt"])
    run(inputs=[news / "a2.txt"])
    assert ids(output) == ALL[:3]


def test_a_failure_to_open_a_file_goes_once_the_file_is_there(run, news, output):
    inputs = [news, news / "late.txt"]
    assert run(inputs=inputs).exit_code == 2
    assert len(ids(output)) == 6
    (news / "late.txt").write_text(f"{TEXT} It came late.")
    assert run(inputs=[news]).exit_code == 0
    assert ids(output) == [*ALL, "late"]


def test_a_failure_has_a_line_with_its_type_and_nothing_of_the_article(run, output, use):
    use(Scripted(a2=LookupError("secret words of the article")))
    result = run()
    assert result.exit_code == 2
    (failure,) = [outcome for outcome in read_results(output) if isinstance(outcome, Failure)]
    assert (failure.article, "LookupError" in failure.message) == ("a2", True)
    assert "secret" not in (output / "results.jsonl").read_text() + result.output


def test_the_second_of_two_runs_refuses(run, output):
    with Journal(output / "results.jsonl"):
        result = run()
    assert result.exit_code == 1
    assert "Another run writes to" in result.stderr


# Limits


@pytest.mark.parametrize(
    "limit, read",
    [
        ("--max-cost=1", 2),
        ("--max-cost=1.2", 3),
        ("--max-tokens=100", 1),
        ("--max-tokens=301", 4),
    ],
)
def test_a_budget_stops_the_run_which_can_go_on(run, output, use, limit, read):
    use(Scripted())
    result = run(limit)
    assert result.exit_code == 3
    assert len(ids(output)) == read
    assert "Stopped: " in result.stderr
    assert manifest(output)["end"].startswith("stopped: ")
    assert run().exit_code == 0
    assert ids(output) == ALL


def test_a_price_that_is_not_known_is_not_taken_for_nothing(run, output, use):
    use(Scripted(cost=None))
    result = run("--max-cost", "100")
    assert result.exit_code == 3
    assert len(ids(output)) == 1
    assert "what it costs is not known" in result.stderr
    assert manifest(output)["counts"]["cost"] is None


def test_a_model_without_a_price_and_a_budget_do_not_go_together(run, output, use):
    use(Model("m", base_url="http://127.0.0.1:9/v1"))
    result = run("--max-cost", "1")
    assert result.exit_code == 1
    assert "prices=READ,WRITTEN" in result.stderr
    assert not output.exists()


def test_what_comes_from_the_cache_is_counted_apart_and_costs_nothing(run, output):
    answer = completion('{"meetings": [], "proposals": [], "mous": []}')
    with ScriptedEndpoint(*[answer] * 5) as server:
        options = ["--model", "m", "--base-url", server.base_url, "--mode", "json"]
        options += ["--set", "prices=1,10", "--max-cost", "1"]
        assert run(*options).exit_code == 0
        paid = manifest(output)["counts"]
        (output / "results.jsonl").unlink()
        result = run(*options)
    assert paid["cost"] == pytest.approx(5 * (1000 * 1 + 100 * 10) / 1e6)
    assert paid["models"] == {"scripted-1": 5}
    free = manifest(output)["counts"]
    assert (free["read"], free["cached"], free["cost"]) == (5, 5, 0)
    assert "5 read (5 from the cache), 0 failed" in result.stderr


def test_failed_attempts_count(run, output, use):
    error = InvalidAnswer("x")
    error.usage = Usage(input_tokens=7, output_tokens=1, cost=2.0)
    use(Scripted(a0=error))
    assert run("--max-cost", "2").exit_code == 3
    counts = manifest(output)["counts"]
    assert (counts["read"], counts["failed"], counts["cost"]) == (0, 1, 2.0)
    assert (counts["input_tokens"], counts["output_tokens"]) == (7, 1)


def test_too_many_failures_stop_the_run(run, output, use):
    use(Scripted(**{name: InvalidAnswer("x") for name in ALL}))
    result = run("--max-errors", "2")
    assert result.exit_code == 3
    assert len(ids(output)) == 2


def test_a_limit_that_is_reached_by_the_last_article_stops_nothing(run, use):
    use(Scripted())
    result = run("--max-cost", "2.5")
    assert result.exit_code == 0
    assert "Stopped" not in result.stderr


def test_a_refusal_stops_the_run_and_the_code_is_3(run, output, use):
    use(Scripted(a1=BadKey("Set a key.")))
    result = run()
    assert result.exit_code == 3
    assert result.stderr.count("Set a key.") == 1
    assert manifest(output)["end"].startswith("stopped: ")
    use(Scripted())
    assert run().exit_code == 0
    assert ids(output) == ALL


@pytest.mark.parametrize(
    "options",
    [
        ["--max-cost", "0"],
        ["--max-errors", "-1"],
        ["--limit", "0"],
        ["--shard", "3/2"],
        ["--shard", "half"],
        ["--sample", "0%"],
        ["--sample", "101%"],
        ["--sample", "some"],
        ["--sample", ""],
        ["--published", "yesterday-ish"],
    ],
    ids=" ".join,
)
def test_an_option_that_makes_no_sense_is_refused(run, options):
    result = run(*options)
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr


# Selection


def test_the_limit_takes_the_first_ones_and_more_of_them_later(run, output, use):
    model = use(Scripted())
    run("--limit", "2")
    run("--limit", "3")
    assert model.asked == ALL[:3]


def test_shards_take_each_article_once_and_share_a_folder(run, output):
    for number in (1, 2, 3):
        assert run("--shard", f"{number}/3").exit_code == 0
    assert ids(output) == ALL
    files = sorted(path.name for path in output.glob("results*"))
    assert files == [f"results-{number}-of-3.jsonl" for number in (1, 2, 3)]


def test_only_what_is_relevant_is_read_and_the_rest_is_said(run, news, output, use):
    (news / "a1.txt").write_text("Rain fell on the hills of Kenya all day, and it was cold. " * 3)
    model = use(Scripted())
    result = run("--only-relevant")
    assert model.asked == ["a0", "a2", "a3", "a4"]
    assert "1 left out" in result.stderr
    (line,) = (output / "left-out.jsonl").read_text().splitlines()
    assert json.loads(line)["article"] == "a1"


def test_a_dry_run_says_what_there_is_to_read_and_sends_and_writes_nothing(run, output, use):
    use(Model("m", base_url="http://127.0.0.1:9/v1", prices=(1.0, 2.0)))
    result = run("--dry-run", inputs=["nothing.txt", output.parent / "news"])
    assert result.exit_code == 2
    last = result.stderr.splitlines()[-1]
    assert last.startswith("5 to read, 1 that cannot be read: about ")
    assert "4,000 written, $0.0" in last
    assert not output.exists()


def test_a_dry_run_fetches_no_page_and_says_so(run, news, monkeypatch):
    def fetch(*_args, **_options):
        raise AssertionError("a page was fetched")

    monkeypatch.setattr(Article, "from_url", fetch)
    result = run("--dry-run", inputs=[news, "https://news.example/a", "https://news.example/b"])
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == (
        "5 to read. 2 page(s) off the web come on top, and are not counted. "
        "Nothing was sent or fetched."
    )


def test_a_dry_run_knows_what_is_done(run, output):
    run("--limit", "2")
    before = (output / "results.jsonl").read_text()
    result = run("--dry-run", "--only-relevant")
    assert (
        result.stderr.splitlines()[-1] == "3 to read, 2 done before. Nothing was sent or fetched."
    )
    assert (output / "results.jsonl").read_text() == before


# Ends


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_what_is_under_way_and_leaves_a_run_that_goes_on(
    run, output, use, number
):
    use(Scripted(before=lambda article: article.id == "a1" and os.kill(os.getpid(), number)))
    handlers = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    result = run()
    assert result.exit_code == 130
    assert {"a0", "a1"} <= set(ids(output)) < set(ALL)
    assert manifest(output)["end"] == "interrupted"
    assert "goes on from here" in result.stderr
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == handlers
    use(Scripted())
    assert run().exit_code == 0
    assert ids(output) == ALL


class Gate(ScriptedEndpoint):
    """Answers as many requests as the gate lets through, and holds the others back."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Semaphore(0)
        self.asked = threading.Semaphore(0)
        answer = completion('{"meetings": [], "proposals": [], "mous": []}')
        self.replies.extend([answer] * 1_000)
        self.before_reply = self.hold

    def hold(self):
        gate = self.gate
        self.asked.release()
        gate.acquire(timeout=30)

    def change_gate(self, lets_through):
        """Let those who wait at the old one go, who are dead."""
        self.gate, old = threading.Semaphore(lets_through), self.gate
        old.release(100)

    def handle_error(self, *_):
        """Say nothing: whoever was killed does not wait for the answer."""


def start(news, output, server, concurrency):
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "ictdiplo", "run", news, "--output", output, "--model", "m"),
            *("--base-url", server.base_url, "--mode", "json", "--concurrency", str(concurrency)),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_killed_and_run_again_nothing_is_lost_and_only_what_was_under_way_is_asked_twice(
    tmp_path, output
):
    news, count, kills, workers = tmp_path / "many", 20, 2, 3
    news.mkdir()
    for number in range(count):
        (news / f"a{number}.txt").write_text(f"{TEXT} This is number {number}.")
    with Gate() as server:
        for _ in range(kills):
            server.change_gate(5)
            with start(news, output, server, workers) as process:
                for _ in range(5 + workers):  # five are answered, and all workers wait
                    assert server.asked.acquire(timeout=30)
                process.kill()
        server.change_gate(1_000)
        with start(news, output, server, workers) as process:
            assert process.wait(60) == 0, process.stderr.read()
        requests = len(server.requests)
    assert len((output / "results.jsonl").read_text().splitlines()) == count
    assert len(ids(output)) == count
    assert requests - count <= kills * workers
