"""The command line prints results on stdout, everything else on stderr, and ends with the right code."""

import contextlib
import importlib.metadata
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ictdiplo import cli
from ictdiplo.cli import app
from ictdiplo.draft import Draft, Reading
from ictdiplo.errors import (
    BadKey,
    CacheError,
    ContextOverflow,
    InvalidAnswer,
    QuotaExhausted,
    SettingsError,
)
from ictdiplo.gather import run as gather
from ictdiplo.read.cache import Answers
from ictdiplo.read.model import Model
from ictdiplo.records import Extraction, Provenance, Usage
from web_site import Answer, Site

TEXT = (
    "The minister of communications of Valdoria met her Orsanian counterpart in Port Lune on "
    "Monday, and they discussed a second cable under the strait."
)


class Scripted:
    """A model that raises what it was told to for an article's id, and else finds nothing."""

    name, endpoint = "scripted", "http://scripted.invalid/v1"

    def __init__(self, **errors):
        self.errors = errors
        self.asked = []

    def read(self, article, check):
        self.asked.append(article.id)
        if article.id in self.errors:
            raise self.errors[article.id]
        return Reading(Draft(), Provenance(reader=self.name, version="0"), Usage())


@pytest.fixture(autouse=True)
def no_forced_colours(monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture
def run():
    """Call the command; `.stdout`, `.stderr` and `.exit_code` are apart."""

    def call(*arguments, **options):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)

    return call


@pytest.fixture
def files(tmp_path):
    """Write articles of these names, and return their paths."""

    def write(*names):
        paths = [tmp_path / f"{name}.txt" for name in names]
        for path in paths:
            path.write_text(f"{TEXT} This is {path.stem}.")
        return paths

    return write


@pytest.fixture
def use(monkeypatch):
    """Make `Model.from_env` choose this model, and keep what it was asked for."""
    asked = []

    def choose(model):
        def from_env(name=None, **settings):
            asked.append((name, settings))
            return model

        monkeypatch.setattr(Model, "from_env", from_env)
        return asked

    return choose


# What comes out


def test_one_article_as_json_is_one_object_that_reads_back(run, files):
    result = run("extract", *files("a"), "--format", "json")
    assert result.exit_code == 0
    found = Extraction.model_validate_json(result.stdout)
    assert result.stdout == found.model_dump_json(indent=2) + "\n"
    assert (found.article.id, found.provenance.reader) == ("a", "offline")


def test_several_articles_as_json_are_a_list_in_order(run, files):
    result = run("extract", *files("b", "a", "c"), "--format", "json")
    assert [found["article"]["id"] for found in json.loads(result.stdout)] == ["b", "a", "c"]


def test_json_lines_are_one_line_an_article_in_order_whoever_is_done_first(run, files, use):
    use(Scripted())
    names = [f"a{n}" for n in range(30)]
    result = run("extract", *files(*names), "--format", "jsonl")
    lines = result.stdout.splitlines()
    assert [json.loads(line)["article"]["id"] for line in lines] == names
    assert lines[0] == Extraction.model_validate_json(lines[0]).model_dump_json()


def test_a_table_is_what_is_printed_if_nothing_else_is_asked_for(run, files):
    result = run("extract", *files("a"))
    assert result.exit_code == 0
    assert "read offline" in result.stdout
    assert "\x1b" not in result.stdout


def test_standard_input_is_an_article_too(run):
    result = run("extract", "-", "--format", "json", input=TEXT)
    assert json.loads(result.stdout)["article"]["text"] == TEXT


def test_json_is_utf_8_whatever_the_locale(files, tmp_path):
    (path,) = files("a")
    path.write_text(TEXT + " “تفاهم‌نامه”", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ictdiplo", "extract", path, "--format", "jsonl"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert "تفاهم‌نامه" in json.loads(done.stdout.decode("utf-8"))["article"]["text"]


def test_the_publication_date_can_be_given(run, files):
    result = run("extract", *files("a"), "--published", "2025-11-24", "--format", "json")
    assert json.loads(result.stdout)["article"]["published"] == "2025-11-24"


def test_the_output_file_gets_what_stdout_would(run, files, tmp_path):
    output = tmp_path / "out.jsonl"
    shown = run("extract", *files("a", "b"), "--format", "jsonl").stdout
    result = run("extract", *files("a", "b"), "--format", "jsonl", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text(encoding="utf-8") == shown


def test_an_output_of_a_dash_is_stdout(run, files):
    assert json.loads(run("extract", *files("a"), "--format", "json", "--output", "-").stdout)


def test_a_stream_that_is_no_file_is_printed_to_as_well(files):
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), pytest.raises(SystemExit, match="0"):
        app(["extract", str(*files("a")), "--format", "json"])
    assert json.loads(stream.getvalue())["article"]["id"] == "a"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the disk that is always full")
def test_a_full_disk_is_said_in_a_line_and_the_code_is_1(run, files):
    result = run("extract", *files("a"), "--output", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full could not be written to its end: No space left on device." in result.stderr
    assert "Errno" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def news(tmp_path):
    """Write an article that reports a meeting and one that reports nothing."""
    told = {
        "met": "Kenyan ICT minister Ada Oduya met her Ghanaian counterpart in Accra on Monday.",
        "dull": "Mobile tariffs will rise in March, the operator said on Monday in a short note.",
    }
    for name, text in told.items():
        (tmp_path / f"{name}.txt").write_text(text)
    return [tmp_path / f"{name}.txt" for name in told]


def test_triage_is_a_line_an_article_with_its_reason(run, news):
    done = run("triage", *news)
    met, dull = done.stdout.splitlines()
    assert met.split()[1:3] == ["read", "met"]
    assert "1 meeting" in met
    assert dull.split()[1:3] == ["skip", "dull"]
    assert "no sign" in dull
    assert done.exit_code == 0


def test_triage_as_json_lines_is_for_programs(run, news):
    met, dull = map(json.loads, run("triage", *news, "--jsonl").stdout.splitlines())
    assert met["article"] == "met"
    assert met["relevant"] is True
    assert dull["relevant"] is False
    assert met["score"] > dull["score"]


def test_triage_goes_on_past_a_file_that_cannot_be_read(run, files, tmp_path):
    done = run("triage", tmp_path / "missing.txt", *files("first"))
    assert "first" in done.stdout
    assert "missing.txt" in done.stderr
    assert done.exit_code == 2


# Which reader


def test_offline_reading_is_said_once_on_stderr_and_how_to_use_a_model(run, files):
    result = run("extract", *files("a", "b"))
    assert result.stderr.count("Reading offline") == 1
    assert "--model or OPENAI_API_KEY" in result.stderr


def test_a_model_is_named_once_on_stderr(run, files, use):
    use(Scripted())
    result = run("extract", *files("a", "b"))
    assert result.stderr == "Reading with scripted at http://scripted.invalid/v1.\n"


def test_options_reach_the_model_and_those_not_given_leave_it_to_the_environment(run, files, use):
    asked = use(Scripted())
    (path,) = files("a")
    run("extract", path)
    run(
        *("extract", path, "--model", "m", "--base-url", "http://x/v1"),
        *("--mode", "tools", "--no-cache", "--second-look"),
    )
    assert asked == [
        (None, {"base_url": None, "mode": None, "second_look": None, "cache": None}),
        ("m", {"base_url": "http://x/v1", "mode": "tools", "second_look": True, "cache": False}),
    ]


# Failures


def test_if_one_article_fails_then_the_others_are_read_and_the_code_is_2(run, files, use):
    use(Scripted(b=InvalidAnswer("It never fitted; try another mode.")))
    result = run("extract", *files("a", "b", "c"), "--format", "jsonl")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1:] == ["b: It never fitted; try another mode."]
    first, failed, last = map(json.loads, result.stdout.splitlines())
    assert failed == {
        "article": {"id": "b"},
        "error": {"type": "InvalidAnswer", "message": "It never fitted; try another mode."},
    }
    assert "meetings" in first
    assert "meetings" in last


def test_a_missing_file_is_one_failed_article(run, files, tmp_path):
    result = run("extract", tmp_path / "none.txt", *files("a"), "--format", "jsonl")
    assert result.exit_code == 2
    assert "none" in result.stderr
    assert [json.loads(line)["article"]["id"] for line in result.stdout.splitlines()] == [
        str(tmp_path / "none.txt"),
        "a",
    ]


def test_a_page_off_the_web_is_an_article_too_and_its_failure_costs_no_other(run, files):
    with Site(a=Answer()) as site:
        urls = [f"{site.root}/{name}" for name in ("a", "b?token=hunter2")]
        result = run("extract", "--intranet", *urls, *files("c"), "--format", "jsonl")
    found, missing, last = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 2
    assert found["article"]["url"] == urls[0]
    assert missing["article"]["id"].startswith(f"{site.root}/b?…")
    assert last["article"]["id"] == "c"
    assert f"{missing['article']['id']}: The server answered 404." in result.stderr
    assert "hunter2" not in result.output


def test_a_private_address_is_only_fetched_if_that_is_allowed(run):
    with Site(a=Answer()) as site:
        result = run("triage", f"{site.root}/a")
    assert result.exit_code == 2
    assert "not of the public internet" in result.stderr
    assert site.asked == []


def test_an_article_too_long_for_the_model_does_not_stop_the_others(run, files, use):
    use(Scripted(a=ContextOverflow("too long")))
    result = run("extract", *files("a", "b"), "--format", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 2)


@pytest.mark.parametrize("error", [BadKey("Set a key."), QuotaExhausted("Top up.")], ids=repr)
def test_a_refusal_stops_sending_is_said_once_and_the_code_is_3(
    run, files, use, error, monkeypatch
):
    monkeypatch.setattr(gather, "WORKERS", 2)
    names = [f"a{n}" for n in range(40)]
    model = Scripted(**dict.fromkeys(names[1:], error))
    use(model)
    result = run("extract", *files(*names), "--format", "jsonl")
    assert result.exit_code == 3
    assert len(model.asked) <= 4
    assert result.stderr.splitlines()[1:] == [
        f"a1: {error.message}",
        "Stopped: no article after this one was sent.",
    ]
    assert json.loads(result.stdout.splitlines()[0])["article"]["id"] == "a0"


@pytest.mark.parametrize(
    "model, workers",
    [
        pytest.param(None, 1, id="the built-in reader"),
        pytest.param("some-model", gather.WORKERS, id="a model behind a network"),
        pytest.param("gguf:small.gguf", 1, id="a model's file"),
    ],
)
def test_what_computes_on_this_machine_reads_one_by_one(model, workers):
    scripted = Scripted()
    scripted.name = model
    assert gather.workers_for(scripted if model else None) == workers


def test_the_same_refusal_of_two_requests_under_way_is_one_to_the_reader(run, files, use):
    both = threading.Barrier(2, timeout=10)

    class Refused(Scripted):
        def read(self, article, check):
            both.wait()
            return super().read(article, check)

    use(Refused(a=BadKey("Set a key."), b=BadKey("Set a key.")))
    result = run("extract", *files("a", "b"), "--format", "jsonl")
    assert result.stderr.count("Set a key.") == 1
    assert result.stdout.count("BadKey") == 2


def test_if_nothing_could_be_read_then_a_refusal_leaves_the_old_output(run, files, use, tmp_path):
    output = tmp_path / "out.json"
    output.write_text("old")
    use(Scripted(a=BadKey("Set a key.")))
    assert run("extract", *files("a"), "--output", output).exit_code == 3
    assert output.read_text() == "old"


def test_what_was_read_before_a_refusal_is_written(run, files, use, tmp_path):
    output = tmp_path / "out.jsonl"
    use(Scripted(b=QuotaExhausted("Top up.")))
    result = run("extract", *files("a", "b"), "--format", "jsonl", "--output", output)
    assert result.exit_code == 3
    assert json.loads(output.read_text().splitlines()[0])["article"]["id"] == "a"


def test_a_bug_in_one_article_is_no_reason_to_lose_the_others(run, files, use):
    use(Scripted(a=LookupError("secret words of the article")))
    result = run("extract", *files("a", "b"), "--format", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 2)
    assert "--debug" in result.stderr
    assert "secret" not in result.output


def test_debug_shows_where_an_error_arose(run, files, use):
    use(Scripted(a=InvalidAnswer("x")))
    assert "Traceback" not in run("extract", *files("a")).stderr
    assert "Traceback" in run("--debug", "extract", *files("a")).stderr


@pytest.mark.parametrize("error", [SettingsError("Name it."), CacheError("chmod 700")], ids=repr)
def test_a_setting_that_no_article_can_get_past_is_one_line_and_the_code_is_1(
    run, files, use, error
):
    use(Scripted(a=error, b=error))
    result = run("extract", *files("a", "b"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[1:] == [error.message]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["extract", "x.txt", "--base-url", "nonsense", "--model", "m"], id="address"),
        pytest.param(["extract", "x.txt", "--published", "yesterday-ish"], id="date"),
        pytest.param(["extract", "x.txt", "--output", "/no/such/folder/out"], id="output"),
        pytest.param(["extract", "x.txt", "--format", "xml"], id="format"),
        pytest.param(["extract"], id="no files"),
        pytest.param(["extract", "--unknown"], id="option"),
        pytest.param(["--unknown"], id="option before the command"),
        pytest.param(["unknown"], id="command"),
        pytest.param(["cache", "unknown"], id="subcommand"),
        pytest.param(["cache", "clear", "--older-than", "soon"], id="days"),
        pytest.param(["cache", "clear", "--older-than", "30y"], id="years"),
        pytest.param(["cache", "clear", "--older-than", "-1"], id="less than no days"),
    ],
)
def test_a_command_or_setting_that_makes_no_sense_is_told_and_the_code_is_1(
    run, arguments, tmp_path, monkeypatch
):
    (tmp_path / "x.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr
    assert not result.stdout
    assert "Traceback" not in result.stderr


def test_an_interrupt_ends_with_130_and_leaves_the_handler_as_it_was(run, files, use):
    class Interrupted(Scripted):
        @property
        def endpoint(self):
            raise KeyboardInterrupt

    use(Interrupted())
    before = signal.getsignal(signal.SIGINT)
    assert run("extract", *files("a")).exit_code == 130
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_interrupts_that_are_ignored_stay_ignored(run, files, use):
    class Interrupting(Scripted):
        @property
        def endpoint(self):
            os.kill(os.getpid(), signal.SIGINT)
            return "http://x"

    use(Interrupting())
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert run("extract", *files("a")).exit_code == 0
    finally:
        signal.signal(signal.SIGINT, before)


# As a process


SLOW = """
import sys
from ictdiplo import cli
from ictdiplo.gather import run
from ictdiplo.read.model import Model

class Slow:
    name, endpoint = "slow", "http://slow.invalid/v1"
    def read(self, article, check):
        print("sent", flush=True)
        sys.stdin.readline()  # the answer
        raise LookupError

Model.from_env = lambda *_, **__: Slow()
run.WORKERS = 1
cli.app()
"""


def start_and_interrupt(paths):
    """Return the command once it has said that it was interrupted; None if it never did."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, "extract", *paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(15, process.kill)
    watchdog.start()
    assert process.stdout.readline() == "sent\n"
    process.send_signal(signal.SIGINT)
    told = any("Ctrl-C again" in line for line in iter(process.stderr.readline, ""))
    watchdog.cancel()
    if told:
        return process
    process.communicate()
    return None


@pytest.fixture
def interrupted(files):
    """A command that was interrupted while it waits for the answer to its first request."""
    paths = files(*[f"a{n}" for n in range(20)])
    # On a busy machine a signal can come before the command listens, so there are three tries.
    process = next(filter(None, (start_and_interrupt(paths) for _ in range(3))))
    with process:
        yield process
        process.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_ctrl_c_lets_the_request_under_way_finish_and_sends_no_other(interrupted):
    stdout, stderr = interrupted.communicate("answer\n" * 20, timeout=30)
    assert interrupted.returncode == 130
    assert stdout.count("sent") < 19  # a few may have been taken up at the same moment
    assert stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_second_ctrl_c_ends_at_once(interrupted):
    interrupted.send_signal(signal.SIGINT)
    assert interrupted.wait(timeout=30) == -signal.SIGINT


@pytest.mark.parametrize("option", ["--model", "--base-url", "--mode", "--published"])
def test_an_option_left_empty_by_the_shell_is_refused(run, files, option):
    result = run("extract", *files("a"), option, "")
    assert result.exit_code == 1
    assert f"{option} is empty" in result.stderr


def test_a_setting_of_the_model_can_be_said_in_words(run, files, monkeypatch):
    chosen = []
    monkeypatch.setattr(Model, "from_env", lambda name, **said: chosen.append((name, said)))
    result = run("extract", *files("a"), "--set", "temperature=0", "--set", "threads=2")
    assert result.exit_code == 0
    ((name, said),) = chosen
    assert name is None
    assert said["temperature"] == 0.0
    assert said["threads"] == 2


def test_a_setting_that_does_not_exist_is_refused(run, files):
    result = run("extract", *files("a"), "--set", "warmth=1")
    assert result.exit_code == 1
    assert "“warmth” is no setting" in result.stderr
    assert "temperature" in result.stderr


def test_a_mode_that_does_not_exist_is_refused_offline_too(run, files):
    result = run("extract", *files("a"), "--mode", "telepathy")
    assert result.exit_code == 1
    assert "mode must be one of" in result.stderr


def test_an_older_output_stays_where_nothing_could_be_read(run, tmp_path):
    output = tmp_path / "found.json"
    output.write_text("older")
    result = run("extract", str(tmp_path / "nothing.txt"), "--output", str(output))
    assert result.exit_code == 2
    assert output.read_text() == "older"


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
@pytest.mark.parametrize("form", cli.Format)
def test_if_the_reader_of_the_pipe_leaves_then_nothing_is_said(files, form):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "ictdiplo", "extract", *files("a", "b"), "--format", form],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.stderr.splitlines()[1:] == []
    assert done.returncode == 141


def test_the_version_is_told(run):
    assert run("--version").stdout == f"ictdiplo {importlib.metadata.version('ictdiplo')}\n"


def test_the_version_is_told_without_loading_pydantic():
    code = (
        "import sys; from ictdiplo.cli import app; app(['--version'], standalone_mode=False);"
        "print(*({'pydantic', 'rich', 'openai', 'diskcache'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ictdiplo", importlib.metadata.version("ictdiplo")]


# Help, schema and cache


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize(
    "command",
    [[], ["extract"], ["evaluate"], ["schema"], ["cache", "info"], ["cache", "clear"]],
    ids=" ".join,
)
def test_every_help_text_has_an_example(run, command, flag):
    result = run(*command, flag)
    assert result.exit_code == 0
    assert " ".join(["Example: ictdiplo", *command]) in result.stdout


@pytest.mark.parametrize("command", [[], ["cache"]], ids=["ictdiplo", "cache"])
def test_a_group_without_a_command_shows_what_there_is(run, command):
    result = run(*command)
    assert "Commands:" in result.output


def test_the_schema_is_that_of_the_records(run):
    assert json.loads(run("schema").stdout) == Extraction.model_json_schema()


@pytest.fixture
def answers(tmp_path):
    """Two stored entries, in the directory that the environment names."""
    opened = Answers.open(tmp_path / "cache")
    opened.put("a", "x")
    opened.put("b", "y")
    opened.close()
    return tmp_path / "cache"


def test_cache_info_tells_how_many_and_where(run, answers):
    result = run("cache", "info")
    assert result.stdout.startswith("2 entries, ")
    assert result.stdout.endswith(f"in {answers}\n")


def test_cache_clear_forgets_all(run, answers):
    assert run("cache", "clear").stdout == "2 entries forgotten.\n"
    assert run("cache", "info").stdout.startswith("0 entries")


def test_cache_clear_by_age_keeps_what_is_younger(run, answers):
    assert run("cache", "clear", "--older-than", "30d").stdout == "0 entries forgotten.\n"


@pytest.mark.parametrize(
    "age, seconds",
    [("30d", 30 * 86_400), ("30", 30 * 86_400), ("1.5 h", 5_400), ("2W", 14 * 86_400), ("0", 0)],
)
def test_cache_clear_takes_an_age_in_hours_days_or_weeks(run, answers, monkeypatch, age, seconds):
    asked = []
    monkeypatch.setattr(Answers, "clear", lambda _self, older_than: asked.append(older_than))
    run("cache", "clear", "--older-than", age)
    assert asked == [seconds]


def test_a_cache_that_others_may_write_to_is_not_touched(run, answers):
    answers.chmod(0o777)
    result = run("cache", "clear")
    assert result.exit_code == 1
    assert "chmod 700" in result.stderr
