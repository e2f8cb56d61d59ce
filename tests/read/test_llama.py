"""Models out of a file, read by a real llama.cpp server in a process of its own.

The model is a random one, written by `tiny_gguf`: that an answer is in form is the server's doing,
and that its words are not in the article is certain, so every record of it is rejected.
"""

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import ictdiplo
from ictdiplo import Model, errors
from ictdiplo.read import llama
from ictdiplo.read.llama import Options, serve
from tiny_gguf import write_gguf

pytest.importorskip("xllamacpp", reason="llama.cpp's wheel does not load here")

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and the ministry said so twice."
# Each byte is a token of this model's, so the prompt alone takes some 15,000.
CONTEXT = 32_768
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


def model_of(path, **settings):
    settings = {"context_size": CONTEXT, "threads": 1, "cache": False, "reasks": 0} | settings
    return Model(f"gguf:{path}", **{"max_tokens": 1500, "timeout": 60, **settings})


def server_of(model):
    return serve(Options(model.name, model.context_size, model.threads, model.gpu_layers))


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


@pytest.mark.parametrize("mode", ["json_schema", "tools", "tools_required"])
def test_a_model_that_obeys_answers_in_form_in_every_mode_that_is_enforced(files, mode):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"], mode=mode))

    assert found.provenance.mode == mode
    assert found.provenance.attempts == 1
    assert found.meetings == found.proposals == found.mous == ()
    assert found.usage.output_tokens > 0


def test_a_schema_is_enforced_whatever_the_model(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["stubborn"]))
    assert (found.provenance.mode, found.provenance.attempts) == ("json_schema", 1)


def test_a_named_tool_that_the_server_drops_without_a_word_is_found_out(files, monkeypatch):
    monkeypatch.setattr(Model, "likeliest_mode", "tools")
    monkeypatch.setattr("ictdiplo.read.model._known", type(ictdiplo.read.model._known)())
    found = ictdiplo.extract(TEXT, model=model_of(files["stubborn"], attempts=1))

    assert found.provenance.mode == "json_schema"
    assert found.provenance.attempts == 2


def test_what_a_random_model_says_is_rejected_with_the_reason(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"]))
    assert found.rejected
    assert {each.reason for each in found.rejected} == {"These words do not stand in the article."}


def test_an_answer_that_is_cut_off_is_an_error(files):
    with pytest.raises(errors.OutputTruncated):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], max_tokens=5))


def test_an_article_that_does_not_fit_is_an_error(files):
    with pytest.raises(errors.ContextOverflow):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], context_size=2048))


def test_the_server_takes_nobody_elses_requests(files):
    address = server_of(model_of(files["obedient"])).address
    stranger = Model("any", base_url=address, api_key="guessed", cache=False)
    with pytest.raises(errors.BadKey):
        ictdiplo.extract(TEXT, model=stranger)


def test_a_server_that_was_killed_is_started_again(files):
    model = model_of(files["obedient"])
    before = server_of(model)
    before.process.kill()
    before.process.wait()
    found = ictdiplo.extract(TEXT, model=model)

    assert found.provenance.mode == "json_schema"
    assert server_of(model).process.pid != before.process.pid


def test_sixteen_calls_at_once_share_one_server(files):
    model = model_of(files["obedient"], max_tokens=400, deadline=120)

    def go(number):
        try:
            return ictdiplo.extract(f"{TEXT} For the {number}th time.", model=model).provenance.mode
        except errors.OutputTruncated:
            return "json_schema"  # a random model may ramble

    with ThreadPoolExecutor(16) as pool:
        modes = list(pool.map(go, range(16)))

    assert modes == ["json_schema"] * 16
    assert len({server.port for server in llama._servers.values()}) == len(llama._servers)


# --- processes -----------------------------------------------------------------------------------

SERVE = """
import sys
from ictdiplo.read.llama import Options, serve
server = serve(Options(sys.argv[1], int(sys.argv[2]), 1))
print(server.port, server.process.pid if server.process else "inherited", flush=True)
sys.stdin.read()
"""


def start_python(model):
    command = [sys.executable, "-c", SERVE, model.name, str(model.context_size)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_child_process_uses_its_parents_server(files):
    model = model_of(files["obedient"])
    port = server_of(model).port
    said, _ = start_python(model).communicate()
    assert said.split() == [str(port), "inherited"]


def test_a_server_stops_with_the_program(files, monkeypatch):
    monkeypatch.delenv(llama.RUNNING, raising=False)
    with start_python(model_of(files["obedient"])) as program:
        _port, server = map(int, program.stdout.readline().split())
        program.communicate()
    assert ended(server)


def test_a_server_stops_with_a_program_that_was_killed(files, monkeypatch):
    monkeypatch.delenv(llama.RUNNING, raising=False)
    with start_python(model_of(files["obedient"])) as program:
        _port, server = map(int, program.stdout.readline().split())
        os.kill(program.pid, signal.SIGKILL)
    assert ended(server)


# --- settings ------------------------------------------------------------------------------------


def test_a_file_that_is_missing_or_no_model_is_told_so(tmp_path):
    with pytest.raises(errors.SettingsError, match="cannot be read"):
        Model(f"gguf:{tmp_path / 'nothing.gguf'}")
    (tmp_path / "text.gguf").write_text("no model")
    with pytest.raises(errors.SettingsError, match="no GGUF file"):
        Model(f"gguf:{tmp_path / 'text.gguf'}")


def test_a_broken_file_is_told_so(files, tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(files["obedient"].read_bytes()[:5000])
    with pytest.raises(errors.SettingsError, match="did not start"):
        ictdiplo.extract(TEXT, model=model_of(broken))


def test_without_the_extra_the_error_names_it(files, monkeypatch):
    monkeypatch.setattr(llama, "find_spec", lambda _name: None)
    with pytest.raises(errors.SettingsError, match=r"ictdiplo\[local\]"):
        ictdiplo.extract(TEXT, model=model_of(files["obedient"], context_size=CONTEXT + 1))


def test_neither_an_address_nor_a_key_of_the_environment_concerns_a_file(files, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    model = Model.from_env(f"gguf:{files['obedient']}")
    assert (model.base_url, model.api_key) == (None, None)


def test_a_stored_answer_is_found_wherever_the_file_lies_and_whatever_the_port(files, tmp_path):
    moved = tmp_path / files["obedient"].name
    moved.write_bytes(files["obedient"].read_bytes())
    one, other = model_of(files["obedient"]), model_of(moved)
    assert one._key([]) == other._key([])
    assert one._key([]) != model_of(files["stubborn"])._key([])


def test_records_do_not_say_where_the_file_lies(files):
    found = ictdiplo.extract(TEXT, model=model_of(files["obedient"]))
    assert found.provenance.reader == "gguf:obedient.gguf"
    assert str(files["obedient"].parent) not in found.model_dump_json()
