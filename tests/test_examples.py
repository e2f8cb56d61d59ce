"""The examples run as they stand, offline; the one for a local model against a server on loopback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripted_endpoint import ScriptedEndpoint, completion, fault

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLES = EXAMPLES / "articles"
QUOTE = "the talks ended with the two putting their names to a memorandum of understanding"
ANSWER = {
    "meetings": [],
    "proposals": [],
    "mous": [{"evidence": [QUOTE], "parties": ["Tehran", "Islamabad"], "status": "signed"}],
}


@pytest.fixture
def run(tmp_path):
    """Runs an example from another directory, as a user would."""

    def run(name, *arguments, **environment):
        command = [sys.executable, EXAMPLES / name, *arguments]
        return subprocess.run(
            [str(part) for part in command],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_quickstart_prints_records_with_quotes_from_the_article(run):
    done = run("quickstart.py")
    article = (ARTICLES / "07-iran-turkmenistan-ai-transit.txt").read_text(encoding="utf-8")
    quotes = [
        line.split("“", 1)[1].rsplit("”", 1)[0] for line in done.stdout.splitlines() if "“" in line
    ]

    assert done.returncode == 0, done.stderr
    assert "Meeting: Iran and Turkmenistan (held, 2025-05-22)" in done.stdout
    assert "Proposal: Iran to Turkmenistan" in done.stdout
    assert "Memorandum: Iran and Turkmenistan" in done.stdout
    assert quotes
    assert [quote for quote in quotes if quote not in article] == []


def test_many_articles_writes_a_line_for_each_and_counts_pairs(run):
    done = run("many_articles.py", ARTICLES)
    found = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0, done.stderr
    assert {record["article"]["id"] for record in found} == {p.stem for p in ARTICLES.glob("*")}
    assert "   1 IRN and TKM\n" in done.stderr


def test_many_articles_reports_what_it_cannot_read_and_goes_on(run, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a-empty.txt").write_text("")
    shutil.copy(ARTICLES / "28-cambodia-timor-leste-short.txt", folder / "b-good.txt")
    done = run("many_articles.py", folder, "--output", tmp_path / "found.jsonl")
    (line,) = (tmp_path / "found.jsonl").read_text().splitlines()

    assert done.returncode == 0, done.stderr
    assert json.loads(line)["article"]["id"] == "b-good"
    assert "a-empty" in done.stderr


def test_ledger_names_every_outlet_of_a_meeting_and_the_promises_that_wait(run):
    done = run("ledger.py")

    assert done.returncode == 0, done.stderr
    assert "17 articles: " in done.stdout
    assert "  Georgia and Türkiye, 2024-03-05\n    Kura Gazette: “" in done.stdout
    assert "    Bosphorus Digital: “" in done.stdout
    assert "Ecuador – Kazakhstan: signed" in done.stdout


def test_look_at_results_writes_a_page_of_all_articles(run, tmp_path):
    done = run("look_at_results.py", ARTICLES)
    page = (tmp_path / "found.html").read_text(encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert [path.stem for path in ARTICLES.glob("*") if f'id="{path.stem}"' not in page] == []
    assert "found.html#?type=mou&status=signed" in done.stdout


def test_local_model_sends_the_article_and_prints_the_answer_s_record(run):
    with ScriptedEndpoint(completion(json.dumps(ANSWER))) as server:
        done = run(
            "local_model.py", "--base-url", server.base_url, "--model", "local/model-1",
            OPENAI_API_KEY="key-of-the-test",
        )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (request,), (headers,) = server.requests, server.headers
    assert request["model"] == "local/model-1"
    assert headers["authorization"] == "Bearer key-of-the-test"
    assert "Issa Zarepour sat down with Sadiq Iftikhar" in request["messages"][-1]["content"]
    (mou,) = json.loads(done.stdout)["mous"]
    assert [party["code"] for party in mou["parties"]] == ["IRN", "PAK"]
    assert mou["evidence"][0]["quote"] == QUOTE


def test_local_model_takes_address_and_name_from_the_environment(run):
    with ScriptedEndpoint(completion(json.dumps(ANSWER))) as server:
        done = run("local_model.py", OPENAI_BASE_URL=server.base_url, ICTDIPLO_MODEL="from-env")

    assert done.returncode == 0, done.stderr
    assert [request["model"] for request in server.requests] == ["from-env"]


def test_local_model_says_so_if_nothing_answers(run):
    with ScriptedEndpoint() as closed:
        address = closed.base_url
    done = run("local_model.py", "--base-url", address)

    assert done.returncode == 1
    assert f"Nothing usable answers at {address}" in done.stderr
    assert "Traceback" not in done.stderr


def test_local_model_says_so_if_the_server_has_no_such_model(run):
    with ScriptedEndpoint(fault(404, "model_not_found")) as server:
        done = run("local_model.py", "--base-url", server.base_url, "--model", "absent")

    assert done.returncode == 1
    assert f"absent at {server.base_url} did not read it" in done.stderr
    assert "Traceback" not in done.stderr
