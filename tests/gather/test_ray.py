"""A Ray cluster of two nodes on loopback reads what this machine would read, and survives losses."""

import json
import os
import signal
import sys
from importlib.util import find_spec
from pathlib import Path
from socket import socket
from threading import Event, Lock

import pytest
from runs import owner_of
from typer.testing import CliRunner

from ictdiplo.article import Article
from ictdiplo.cli import app
from ictdiplo.errors import SettingsError
from ictdiplo.extraction import extract
from ictdiplo.gather import ray as gather_ray
from ictdiplo.gather.lines import outcome_of, read_results
from ictdiplo.gather.ray import RayEngine, Shares, extract_dataset
from ictdiplo.gather.run import Failure
from ictdiplo.gather.selection import Shard
from ictdiplo.read.model import Model
from ictdiplo.read.offline import OfflineReader
from ictdiplo.records import Extraction
from scripted_endpoint import ScriptedEndpoint, completion, fault

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday. This is article {}."
FOUND = {"evidence": ["met in Accra on Monday"], "parties": ["Kenya", "Ghana"], "status": "held"}
ANSWER = json.dumps({"meetings": [FOUND]})
# What differs between two readings of the same article.
PASSING = {"usage": True, "provenance": {"cached", "attempts"}}
# Of a node, that it takes little memory.
SIZE = {"num_cpus": 2, "object_store_memory": 80_000_000, "include_dashboard": False}
# Ray looks at these once, when it is imported: nobody is told of the cluster, and it is on loopback.
os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
if find_spec("ray"):
    import ray.cloudpickle

    # The workers cannot import a test.
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
needs_ray = pytest.mark.skipif(not find_spec("ray"), reason="Ray is not installed (extra ray)")
# Ray warns of its own deprecated ways.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster():
    """Two nodes that take little memory."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args=SIZE)
    try:
        assert cluster.address.startswith("127.0.0.1:")
        cluster.add_node(**SIZE)
        yield cluster
    finally:
        ray.shutdown()
        cluster.shutdown()


@pytest.fixture
def articles(tmp_path):
    for number in range(60):
        path = tmp_path / "news" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.format(number))
    return path.parent


@pytest.fixture
def run(cluster, tmp_path):
    def call(articles, base_url, *options):
        given = ["run", articles, "--output", tmp_path / "run", "--model", "m"]
        given += ["--base-url", base_url, "--mode", "json", "--engine", "ray"]
        given += ["--address", cluster.address, "--concurrency", "4", *options]
        return CliRunner().invoke(app, [str(each) for each in given])

    return call


class Killer(ScriptedEndpoint):
    """Answers every request, and once, late enough, tells `kill` of a worker that sends them.

    `kill` returns whether it killed it.
    """

    def __init__(self, late, kill):
        super().__init__()
        self.late = late
        self.kill = kill
        self.lock = Lock()
        self.count = 0
        self.killed = False
        self.senders = set()
        self.replies = Endless(self.reply)

    def process_request_thread(self, request, client_address):
        self.senders.add(client_address[1])
        super().process_request_thread(request, client_address)

    def reply(self, _body):
        with self.lock:
            self.count += 1
            if self.count >= self.late and not self.killed:
                workers = {pid for port in self.senders.copy() if (pid := owner_of(port))}
                self.killed = any(map(self.kill, workers))
        return completion(ANSWER)


def kill_worker(pid):
    os.kill(pid, signal.SIGKILL)
    return True


def parent_of(pid):
    """Return the process that started another."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def records_are_those_of_this_machine(found, server, cache):
    """Tell whether each outcome is what one reader would have found by itself."""
    model = Model("m", base_url=server.base_url, mode="json", cache=cache)
    here = {one.article.id: extract(one.article, model=model) for one in found}
    return {one.article.id: one.model_dump(exclude=PASSING) for one in found} == {
        name: one.model_dump(exclude=PASSING) for name, one in here.items()
    }


def lines_of(folder):
    return (folder / "results.jsonl").read_text().splitlines()


@needs_ray
def test_a_worker_killed_in_mid_run_costs_nothing_and_brings_nothing_twice(run, articles, tmp_path):
    with Killer(20, kill_worker) as server:
        told = run(articles, server.base_url)
        sent = server.count

        assert told.exit_code == 0, told.output
        assert told.stdout == ""
        assert server.killed
        found = [*read_results(tmp_path / "run")]
        assert len(lines_of(tmp_path / "run")) == len(found) == 60
        # What the killed worker had under way is asked again, and nothing else.
        assert 60 <= sent <= 60 + 4

        again = run(articles, server.base_url)
        assert (again.exit_code, server.count) == (0, sent)
        assert records_are_those_of_this_machine(found, server, tmp_path / "cache")


@needs_ray
def test_a_node_lost_in_mid_run_costs_nothing_and_brings_nothing_twice(
    cluster, run, articles, tmp_path
):
    node = cluster.add_node(**SIZE)
    (raylet,) = (each.process.pid for each in node.all_processes["raylet"])

    def lose(pid):
        if is_below := parent_of(pid) == raylet:
            cluster.remove_node(node, allow_graceful=False)
        return is_below

    with Killer(20, lose) as server:
        told = run(articles, server.base_url)

        assert told.exit_code == 0, told.output
        assert server.killed
        found = [*read_results(tmp_path / "run")]
        assert len(lines_of(tmp_path / "run")) == len(found) == 60
        # What came of the lost node's other portions is in the cache.
        assert 60 <= server.count <= 60 + 4
        assert records_are_those_of_this_machine(found, server, tmp_path / "cache")


@needs_ray
def test_where_one_part_is_done_only_what_failed_or_changed_of_it_is_read_again(
    run, articles, tmp_path
):
    names = [path.stem for path in articles.iterdir()]
    part = [name for name in names if Shard(1, 2).takes(Article(id=name, text="x"))]
    bad, changed, *_ = part
    with ScriptedEndpoint() as server:
        said = f"This is article {bad}."
        server.replies = Endless(
            lambda body: fault(400) if said in json.dumps(body) else completion(ANSWER)
        )
        assert run(articles, server.base_url, "--shard", "1/2").exit_code == 2
        assert {one.article.id for one in read(tmp_path / "run")} == {*part} - {bad}

        server.replies = Endless(lambda _body: completion(ANSWER))
        server.requests.clear()
        (articles / f"{changed}.txt").write_text(TEXT.format("put right"))
        again = [run(articles, server.base_url, "--shard", f"{n}/2").exit_code for n in (1, 2)]

    assert again == [0, 0]
    assert len(server.requests) == 2 + len(names) - len(part)
    found = read(tmp_path / "run")
    assert sorted(one.article.id for one in found) == sorted(names)
    assert {one.article.id for one in found if "put right" in one.article.text} == {changed}


def read(folder):
    return [one for one in read_results(folder) if isinstance(one, Extraction)]


class Endless:
    """Replies without end."""

    def __init__(self, reply):
        self._reply = reply

    def __bool__(self):
        return True

    def popleft(self):
        return self._reply


@needs_ray
def test_a_refusal_ends_the_run_wherever_it_is_met(run, articles):
    with ScriptedEndpoint() as server:
        server.replies = Endless(lambda _body: fault(401))
        told = run(articles, server.base_url)

    assert told.exit_code == 3
    assert len(server.requests) <= 2 * 4 * 4


@needs_ray
def test_a_dataset_comes_back_as_rows_that_can_be_written_in_partitions(cluster, tmp_path):
    import ray
    from pyarrow.parquet import read_table

    rows = [{"id": str(n), "text": TEXT.format(n), "published": "2025-11-26"} for n in range(20)]
    gather_ray._connect(cluster.address)
    dataset = ray.data.from_items([*rows, {"id": "none", "text": None, "published": None}])

    extract_dataset(dataset, model="offline", concurrency=2).write_parquet(str(tmp_path / "out"))

    back = {row["id"]: row for row in read_table(tmp_path / "out").to_pylist()}
    assert back.keys() == {*(str(n) for n in range(20)), "none"}
    assert back["none"]["error"] == "ArticleError"
    (meeting,) = Extraction.model_validate_json(back["7"]["result"]).meetings
    assert meeting.date.edtf == "2025-11-24"


@needs_ray
def test_what_no_article_could_be_read_with_is_raised_here(cluster):
    wanted = [Article.from_text(TEXT.format(1), id="1")]

    with pytest.raises(SettingsError, match="broken"):
        [*RayEngine(cluster.address)(wanted, Broken(), 1, Event(), lambda _: None)]


class Broken(OfflineReader):
    def read(self, article, check):
        raise SettingsError("broken")


# --- without a cluster --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reader, concurrency, shares",
    [
        pytest.param(Model("m", base_url="http://m/v1"), None, (3, 8), id="a model"),
        pytest.param(Model("m", base_url="http://m/v1"), 64, (3, 21), id="a model with a limit"),
        pytest.param(Model("m", base_url="http://m/v1"), 2, (2, 1), id="a model with a low one"),
        pytest.param(OfflineReader(), None, (11, 1), id="the offline reader"),
        pytest.param(OfflineReader(), 5, (5, 1), id="the offline reader with a limit"),
    ],
)
@needs_ray
def test_the_limit_is_divided_among_the_actors(monkeypatch, reader, concurrency, shares):
    monkeypatch.setattr("ray.nodes", lambda: [{"Alive": True}] * 3 + [{"Alive": False}])
    monkeypatch.setattr("ray.cluster_resources", lambda: {"CPU": 12.0})

    assert Shares.of(reader, concurrency) == shares
    assert not concurrency or shares[0] * shares[1] <= concurrency


@needs_ray
def test_an_actor_returns_a_row_an_article():
    import pyarrow as pa

    table = pa.Table.from_pylist([{"id": "a", "text": TEXT, "published": None}, {"text": None}])

    rows = gather_ray._Actor(OfflineReader(), 1, gather_ray._from_row)(table).to_pylist()

    assert [row["error"] for row in rows] == [None, "ArticleError"]
    assert isinstance(outcome_of(rows[0]["result"].encode(), ""), Extraction)
    assert outcome_of(rows[1]["result"].encode(), "").article == "a row"


@needs_ray
def test_an_actor_passes_on_what_no_article_could_be_read_with():
    import pyarrow as pa

    article = Article.from_text(TEXT, id="a")
    table = pa.table({"article": [article.model_dump_json()]})

    (row,) = gather_ray._Actor(Broken(), 1, gather_ray._from_json)(table).to_pylist()

    assert outcome_of(row["result"].encode(), "") == Failure("a", SettingsError("broken"))


def test_without_ray_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(SettingsError, match=r"ictdiplo\[ray\]"):
        extract_dataset(None, model="offline")


@needs_ray
@pytest.mark.parametrize("address", ["127.0.0.1:{}", "ray://127.0.0.1:{}", "127.0.0.1:{}0000"])
def test_where_no_cluster_is_that_is_said_at_once(monkeypatch, address):
    monkeypatch.setattr("ray.is_initialized", lambda: False)
    with socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        engine = RayEngine(address.format(deaf.getsockname()[1]))
        with pytest.raises(SettingsError, match="no Ray cluster"):
            next(engine([Article.from_text(TEXT)], OfflineReader(), 1, Event(), lambda _: None))


@needs_ray
def test_where_nothing_is_due_no_cluster_is_needed():
    assert [*RayEngine("127.0.0.1:1")([], OfflineReader(), 1, Event(), lambda _: None)] == []


@needs_ray
def test_a_limit_that_makes_no_sense_is_refused(cluster):
    gather_ray._connect(cluster.address)
    with pytest.raises(SettingsError, match="concurrency"):
        extract_dataset(None, model="offline", concurrency=0)
