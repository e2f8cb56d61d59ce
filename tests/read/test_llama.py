"""Models out of a file, read by a real llama.cpp server in a process of its own.

The model is a random one, written by `tiny_gguf`: that an answer is in form is the server's doing,
and that its words are not in the article is certain, so every record of it is rejected.
"""

import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from typer.testing import CliRunner

import ictdiplo
from ictdiplo import Model, errors
from ictdiplo.cli import app
from ictdiplo.read import connection, endpoint, llama
from ictdiplo.read import model as model_module
from ictdiplo.read.llama import Options, serve
from ictdiplo.read.modes import KnownModes
from tiny_gguf import write_gguf

# In a process of its own: on a processor for which the wheel was not made, it does not raise, it dies.
LOADS = subprocess.run([sys.executable, "-c", "import xllamacpp"], capture_output=True, check=False)
pytestmark = pytest.mark.skipif(
    LOADS.returncode != 0, reason="llama.cpp's wheel, xllamacpp, does not load here"
)

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and the ministry said so twice."
# Each byte is a token of this model's, so the prompt alone takes some 15,000.
CONTEXT = 32_768
# The likeliest token each time, so that no answer depends on a throw of dice.
SETTINGS = {"context_size": CONTEXT, "threads": 1, "temperature": 0.0, "max_tokens": 300}
SECONDS = 20  # to wait for a process to end, at most


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A model that calls the tool it is offered, and one that never calls any."""
    folder = tmp_path_factory.mktemp("models")
    return {
        "obedient": write_gguf(folder / "obedient.gguf"),
        "stubborn": write_gguf(folder / "stubborn.gguf", calls_tools=False),
    }


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left_running():
    yield
    llama.stop_all()


@pytest.fixture(autouse=True)
def nothing_is_known_and_no_test_sleeps(monkeypatch):
    monkeypatch.setattr(model_module, "_known", KnownModes())
    monkeypatch.setattr(endpoint, "sleep", lambda _seconds: None)


def model_of(path, **settings):
    return Model(f"gguf:{path}", **SETTINGS | {"cache": False, "reasks": 0} | settings)


def server_of(model):
    return serve(Options(model.name, model.context_size, model.threads, model.gpu_layers))


def kill(server):
    server.process.kill()
    server.process.wait(SECONDS)


def ended(process_id):
    """Wait until a process has ended; no test sleeps."""
    try:
        watched = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], SECONDS)[0])
    finally:
        os.close(watched)


# --- modes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["json_schema", "tools", "tools_required"])
def test_a_model_that_obeys_answers_in_form_in_every_mode_that_is_enforced(mode, files):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"], mode=mode))

    assert found.provenance.mode == mode
    assert found.provenance.attempts == 1
    assert found.usage.output_tokens > 0


def test_a_schema_is_enforced_whatever_the_model(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["stubborn"]))
    assert (found.provenance.mode, found.provenance.attempts) == ("json_schema", 1)


@pytest.mark.parametrize("model", ["obedient", "stubborn"])
@pytest.mark.parametrize("mode", ["json", "md_json"])
def test_where_no_schema_is_enforced_a_random_model_never_gets_by(mode, model, files):
    with pytest.raises(errors.ModelError):
        ictdiplo.extract(TEXT, model=model_of(files[model], mode=mode, max_tokens=64, attempts=1))


def test_a_named_tool_that_the_server_drops_without_a_word_is_found_out(files, monkeypatch):
    monkeypatch.setattr(Model, "likeliest_mode", "tools")
    found = ictdiplo.extract(TEXT, model=model_of(files["stubborn"], attempts=1))

    assert found.provenance.mode == "json_schema"
    assert found.provenance.attempts == 2


def test_a_stubborn_model_is_asked_in_one_way_after_the_other_until_one_is_enforced(
    files, monkeypatch
):
    order = ["tools", "tools_required", "json", "json_schema", "md_json"]
    monkeypatch.setattr(model_module, "in_turn", lambda _first: order)
    model = model_of(files["stubborn"], attempts=1, max_tokens=100)
    first, second = ictdiplo.extract(TEXT, model=model), ictdiplo.extract(TEXT, model=model)

    assert first.provenance.mode == second.provenance.mode == "json_schema"
    assert (first.provenance.attempts, second.provenance.attempts) == (4, 1)


# --- answers -------------------------------------------------------------------------------------


def test_what_a_random_model_says_is_put_back_once_and_then_rejected(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"], reasks=1))

    assert found.provenance.attempts == 2
    assert found.meetings == found.proposals == found.mous == ()
    assert {each.reason for each in found.rejected} == {"These words do not stand in the article."}


def test_an_answer_that_is_cut_off_is_an_error(files):
    with pytest.raises(errors.OutputTruncated):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], max_tokens=5))


def test_without_a_limit_an_answer_may_take_half_of_the_context(files):
    limit = model_of(files["obedient"], max_tokens=None).options()["max_tokens"]
    assert limit == CONTEXT // 2


def test_an_article_that_does_not_fit_is_an_error(files):
    long = f"{TEXT} " * 400
    with pytest.raises(errors.ContextOverflow, match="does not fit"):
        ictdiplo.extract(long, model=model_of(files["obedient"]))


def test_the_server_takes_nobody_elses_requests(files):
    address = server_of(model_of(files["obedient"])).address
    stranger = Model("any", base_url=address, api_key="guessed", cache=False)
    with pytest.raises(errors.BadKey):
        ictdiplo.extract(TEXT, model=stranger)


def test_no_proxy_comes_between(files, monkeypatch):
    model_module._direct_client.cache_clear()
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"], attempts=1))
    assert found.provenance.attempts == 1


# --- a server that dies --------------------------------------------------------------------------


def test_a_server_that_was_killed_is_started_again_on_the_next_call(files):
    model = model_of(files["obedient"])
    before = server_of(model)
    kill(before)
    found = ictdiplo.extract(TEXT, model=model)

    assert found.provenance.attempts == 1
    assert server_of(model).process.pid != before.process.pid


def test_a_server_that_is_killed_between_two_requests_is_started_again(files):
    model = model_of(files["obedient"], reasks=1)
    server = server_of(model)

    def object_and_kill(_draft):
        kill(server)
        return ["a word that is not there"]

    reading = model.read(ictdiplo.Article.from_text(TEXT), object_and_kill)

    assert reading.provenance.attempts == 2
    assert server_of(model).port != server.port


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped here")
def test_a_server_that_is_killed_over_a_request_is_started_again(files, monkeypatch):
    model = model_of(files["obedient"])
    server = server_of(model)
    monkeypatch.setattr(endpoint, "sleep", lambda _seconds: server.process.wait(SECONDS))
    server.process.send_signal(signal.SIGSTOP)  # so that the request is there, and no answer is
    killer = threading.Timer(0.3, server.process.kill)
    killer.start()
    found = ictdiplo.extract(TEXT, model=model)
    killer.join()

    assert found.provenance.mode == "json_schema"
    assert server_of(model).port != server.port


def test_a_server_that_dies_again_is_given_up(files, monkeypatch):
    model = model_of(files["obedient"])
    killed = []

    def connect(address, key):
        server = server_of(model)
        kill(server)
        killed.append(server.port)
        return connection.connect(address, key, direct=True)

    monkeypatch.setattr(model_module, "_direct_client", connect)
    with pytest.raises(errors.ModelUnavailable, match="ended again"):
        ictdiplo.extract(TEXT, model=model)

    assert len(killed) == 2


def test_a_server_that_cannot_be_started_again_is_an_outage(files, monkeypatch):
    model = model_of(files["obedient"])
    line = llama.Line(Options(model.name, CONTEXT, 1), model_module._direct_client)
    kill(line._used[0])
    monkeypatch.setattr(llama, "LONGEST_START", 0.0)
    with pytest.raises(errors.ModelUnavailable, match="ended"):
        line(model="any", messages=[])


# --- threads and processes -----------------------------------------------------------------------


def test_sixteen_calls_at_once_share_one_server(files):
    llama.stop_all()
    model = model_of(files["obedient"])

    def go(number):
        return ictdiplo.extract(f"{TEXT} For the {number}th time.", model=model)

    with ThreadPoolExecutor(16) as pool:
        all_found = list(pool.map(go, range(16)))

    assert {found.provenance.mode for found in all_found} == {"json_schema"}
    assert [len(found.rejected) for found in all_found] == [1] * 16
    assert len(llama._servers) == 1


def test_other_options_are_another_server(files):
    one, other = model_of(files["obedient"]), model_of(files["obedient"], context_size=2048)
    assert server_of(one).port != server_of(other).port
    assert server_of(one) == server_of(one)


SERVE = """
import os, sys
from ictdiplo.read.llama import Options, serve
def tell():
    server = serve(Options(sys.argv[1], int(sys.argv[2]), 1))
    print(server.port, server.process.pid if server.process else "inherited", flush=True)
tell()
"""
UNTIL_TOLD = "sys.stdin.read()\n"
IN_A_FORK = """
if not os.fork():
    tell()
    sys.exit()  # which runs what is due at exit
os.wait()
tell()
"""
WITH_A_FORK_THAT_LIVES_ON = """
if not os.fork():
    sys.stdin.read()
    os._exit(0)
sys.stdin.readline()
"""


def start_python(model, script=SERVE + UNTIL_TOLD):
    command = [sys.executable, "-c", script, model.name, str(model.context_size)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def stranger(monkeypatch):
    """A program that knows of no server: it is nobody's child."""
    monkeypatch.delenv(llama.RUNNING, raising=False)
    return start_python


def test_child_processes_use_their_parents_server(files):
    model = model_of(files["obedient"])
    port = server_of(model).port
    children = [start_python(model) for _ in range(2)]
    told = [child.communicate()[0].split() for child in children]

    assert told == [[str(port), "inherited"]] * 2
    assert server_of(model).runs()


def test_a_child_process_starts_its_own_if_the_parents_is_gone(files):
    model = model_of(files["obedient"])
    before = server_of(model)
    kill(before)
    (port, process), _ = (start_python(model).communicate()[0].split(), None)

    assert port != str(before.port)
    assert process != "inherited"


def test_a_server_stops_with_the_program(files, stranger):
    with stranger(model_of(files["obedient"])) as program:
        _port, server = map(int, program.stdout.readline().split())
        program.communicate()
    assert ended(server)


def test_a_server_stops_with_a_program_that_was_killed(files, stranger):
    with stranger(model_of(files["obedient"])) as program:
        _port, server = map(int, program.stdout.readline().split())
        program.kill()
    assert ended(server)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")
def test_a_forked_process_uses_the_server_and_leaves_it_running(files, stranger):
    with stranger(model_of(files["obedient"]), SERVE + IN_A_FORK) as program:
        before, fork, after = (line.split() for line in program.communicate()[0].splitlines())

    assert fork == [before[0], "inherited"]
    assert after == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")
def test_a_forked_process_that_lives_on_does_not_keep_the_server(files, stranger):
    with stranger(model_of(files["obedient"]), SERVE + WITH_A_FORK_THAT_LIVES_ON) as program:
        _port, server = map(int, program.stdout.readline().split())
        program.kill()
        program.wait()
        assert ended(server)
        program.stdin.close()  # which ends the fork


# --- settings ------------------------------------------------------------------------------------


def test_a_file_that_is_missing_or_no_model_is_told_so(tmp_path):
    with pytest.raises(errors.SettingsError, match="cannot be read"):
        Model(f"gguf:{tmp_path / 'nothing.gguf'}")
    (tmp_path / "text.gguf").write_text("no model")
    with pytest.raises(errors.SettingsError, match="no GGUF file"):
        Model(f"gguf:{tmp_path / 'text.gguf'}")


def test_a_file_that_vanishes_is_told_so(files, tmp_path):
    moved = tmp_path / "moved.gguf"
    moved.write_bytes(files["obedient"].read_bytes())
    model = model_of(moved)
    moved.unlink()
    with pytest.raises(errors.SettingsError, match="any more"):
        ictdiplo.extract(TEXT, model=model)


def test_a_broken_file_is_told_so(files, tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(files["obedient"].read_bytes()[:5000])
    with pytest.raises(errors.SettingsError, match="did not start"):
        ictdiplo.extract(TEXT, model=model_of(broken))


def test_a_server_that_does_not_start_in_time_is_told_so(files, monkeypatch):
    monkeypatch.setattr(llama, "LONGEST_START", 0.0)
    with pytest.raises(errors.SettingsError, match="within 0 s"):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], context_size=CONTEXT + 1))


def test_without_the_extra_the_error_names_it(files, monkeypatch):
    monkeypatch.setattr(llama, "find_spec", lambda _name: None)
    with pytest.raises(errors.SettingsError, match=r"ictdiplo\[local\]"):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], context_size=CONTEXT + 1))


NONSENSE = {
    "an address": {"base_url": "http://127.0.0.1:1/v1"},
    "no context": {"context_size": 0},
    "no threads": {"threads": 0},
    "fewer layers than none": {"gpu_layers": -1},
}


@pytest.mark.parametrize("settings", NONSENSE.values(), ids=NONSENSE)
def test_settings_that_make_no_sense_for_a_file_are_refused(settings, files):
    with pytest.raises(errors.SettingsError):
        model_of(files["obedient"], **settings)


def test_neither_an_address_nor_a_key_of_the_environment_concerns_a_file(files, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    model = Model.from_env(f"gguf:{files['obedient']}")
    assert (model.base_url, model.api_key) == (None, None)


def test_a_stored_answer_is_found_wherever_the_file_lies_and_whatever_the_port(files, tmp_path):
    moved = tmp_path / files["obedient"].name
    moved.write_bytes(files["obedient"].read_bytes())
    asked = ictdiplo.extract(TEXT, model=model_of(files["obedient"], cache=tmp_path / "answers"))
    llama.stop_all()
    again = ictdiplo.extract(TEXT, model=model_of(moved, cache=tmp_path / "answers"))

    assert (asked.provenance.cached, again.provenance.cached) == (False, True)
    assert llama._servers == {}
    assert model_of(moved)._key([]) != model_of(files["stubborn"])._key([])


def test_a_file_that_was_changed_is_another_model(files, tmp_path):
    changed = tmp_path / files["obedient"].name
    changed.write_bytes(files["obedient"].read_bytes()[:-1] + b"?")
    assert model_of(changed)._key([]) != model_of(files["obedient"])._key([])


def test_records_say_neither_where_the_file_lies_nor_which_port_it_was(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"]))

    assert found.provenance.reader == "gguf:obedient.gguf"
    assert found.provenance.endpoint == "http://127.0.0.1"
    assert str(files["obedient"].parent) not in found.model_dump_json()


# --- names ---------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """What the environment chooses has the settings of these tests, which the shell has not."""
    monkeypatch.setattr(Model, "from_env", partial(Model.from_env, reasks=0, **SETTINGS))


def test_a_file_can_be_named_where_a_model_is(files, small):
    found = ictdiplo.extract(TEXT, model=f"gguf:{files['obedient']}")
    assert found.provenance.reader == "gguf:obedient.gguf"


def test_a_file_can_be_named_in_the_shell(files, small, tmp_path):
    (tmp_path / "article.txt").write_text(TEXT)
    model = f"gguf:{files['obedient']}"
    command = ["extract", "--model", model, "--format", "jsonl", str(tmp_path / "article.txt")]
    done = CliRunner().invoke(app, command)

    assert done.exit_code == 0
    assert '"reader":"gguf:obedient.gguf"' in done.stdout


def test_a_file_that_is_missing_ends_the_command(tmp_path):
    (tmp_path / "article.txt").write_text(TEXT)
    done = CliRunner().invoke(app, ["extract", "--model", "gguf:no.gguf", str(tmp_path)])

    assert done.exit_code == 1
    assert "no.gguf cannot be read" in done.stderr
