"""`ictdiplo batch` as a user meets it."""

import pytest
from typer.testing import CliRunner

from batch_endpoint import BatchEndpoint
from ictdiplo.cli import app
from ictdiplo.gather.lines import read_results
from ictdiplo.read import model as model_module
from ictdiplo.read.modes import KnownModes
from scripted_endpoint import completion

TEXT = "The ministers of Kenya and Ghana met in Accra on Monday. This is article {}."
NOTHING = {"response": {"status_code": 200, "body": completion("{}").body}}


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setattr(model_module, "_known", KnownModes())
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(app, ["batch", *map(str, arguments)])

    return call


@pytest.fixture
def server(monkeypatch):
    with BatchEndpoint() as served:
        monkeypatch.setenv("OPENAI_BASE_URL", served.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
        yield served


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{name}.txt" for name in "ab"]
    for path in paths:
        path.write_text(TEXT.format(path.stem))
    return paths


def test_submit_status_collect(run, server, files):
    sent = run("submit", *files, "--output", "run", "--model", "m")
    assert (sent.exit_code, sent.stdout) == (
        0,
        "batch 1  batch_1  validating  0 of 2 answered, 0 failed\n",
    )
    assert "2 article(s) are asked about, 0 were already, and 0 need no asking." in sent.stderr

    early = run("collect", "run")
    assert (early.exit_code, early.stdout) == (0, "")
    assert "0 article(s) read and 0 not" in early.stderr
    assert "Not ended yet: batch 1." in early.stderr

    server.end(lambda _: NOTHING)
    assert run("status", "run").stdout == "batch 1  batch_1  completed  2 of 2 answered, 0 failed\n"

    collected = run("collect", "run")
    assert collected.exit_code == 0
    assert "2 article(s) read and 0 not: run/results.jsonl" in collected.stderr
    assert {found.article.id for found in read_results("run")} == {"a", "b"}
    assert run("status", "run").stdout.startswith("batch 1  batch_1  completed, collected  ")


def test_what_failed_is_told_and_the_code_is_2(run, server, files):
    run("submit", *files, "--output", "run", "--model", "m")
    server.fail("token_limit_exceeded")

    assert "failed (token_limit_exceeded)" in run("status", "run").stdout
    collected = run("collect", "run")
    assert collected.exit_code == 2
    assert "a: The batch failed" in collected.stderr
    assert "can be submitted again" in collected.stderr


def test_a_run_into_the_same_folder_asks_only_about_what_the_batch_could_not_answer(
    run, server, files
):
    run("submit", *files, "--output", "run", "--model", "m")
    server.end(lambda body: None if "article b" in body["messages"][-1]["content"] else NOTHING)
    run("collect", "run")
    server.reply = lambda _: completion("{}").body

    live = CliRunner().invoke(app, ["run", *map(str, files), "--output", "run", "--model", "m"])

    assert live.exit_code == 0
    assert ["article b" in body.decode() for body in server.live] == [True]
    assert {found.article.id for found in read_results("run")} == {"a", "b"}


def test_a_file_that_is_no_article_is_told_and_the_code_is_2(run, server, files):
    sent = run("submit", *files, "missing.txt", "--output", "run", "--model", "m")
    assert sent.exit_code == 2
    assert "missing.txt: there is no such file." in sent.stderr
    assert len(server.lines()) == 2


def test_no_model_is_a_usage_error(run, files):
    sent = run("submit", *files, "--output", "run")
    assert sent.exit_code == 1
    assert "Batches need a model" in sent.stderr


def test_without_a_key_nothing_is_sent_and_the_code_is_3(run, files):
    sent = run("submit", *files, "--output", "run", "--model", "openai/gpt-5-mini")
    assert sent.exit_code == 3
    assert "OPENAI_API_KEY" in sent.stderr
