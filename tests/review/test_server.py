"""The server of a review takes decisions from its own page, and from nobody else."""

import http.client
import json
import threading
from datetime import UTC, datetime

import pytest

from ictdiplo.errors import SettingsError
from ictdiplo.review.decisions import hash_of, read_decisions
from ictdiplo.review.server import Desk, Said, serve
from samples import ACCRA, ATTACK, HOSTILE, PERSIAN

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ACCEPT = {"article": "accra-cable", "record": "mou-1", "verdict": "accepted"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decided.jsonl"


@pytest.fixture
def server(path):
    with serve(Desk([ACCRA, HOSTILE], path, now=lambda: NOW)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(server):
    """Sends a request as the page would, but for what is given; returns status, headers and body."""

    def ask(method="POST", path="decisions", body=ACCEPT, token=None, **changed):
        own = f"127.0.0.1:{server.server_port}"
        headers = {"Host": own, "Origin": f"http://{own}", "Content-Type": "application/json"}
        changed = {name.replace("_", "-"): value for name, value in changed.items()}
        headers = {name: said for name, said in (headers | changed).items() if said is not None}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request(method, f"/{token or server.token}/{path}", data, headers)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return found

    return ask


def test_the_page_is_served_with_what_is_decided_and_may_speak_to_nobody_else(ask):
    status, headers, page = ask("GET", "", None)

    assert status == 200
    assert "connect-src &#39;self&#39;" in page
    assert '"fields"' in page
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_hostile_article_stays_text_on_the_page(ask):
    assert "<img" not in ask("GET", "", None)[2]


def test_a_decision_is_on_the_disk_before_it_is_answered(ask, path):
    status, _, said = ask()

    assert (status, json.loads(said)) == (201, {"record": "mou-1"})
    (decision,) = read_decisions(path)
    assert (decision.verdict, decision.at) == ("accepted", NOW)
    assert decision.text_sha256 == hash_of(ACCRA.article)
    assert decision.evidence == ACCRA.mous[0].evidence


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"Origin": "http://evil.example"}, id="another site's page"),
        pytest.param({"Origin": "null"}, id="a page without an origin"),
        pytest.param({"Origin": None}, id="no origin"),
        pytest.param({"Host": "evil.example"}, id="a name that points here"),
        pytest.param({"Host": "127.0.0.1"}, id="another port"),
        pytest.param({"Content_Type": "text/plain"}, id="what a form can send"),
        pytest.param({"Content_Type": "application/x-www-form-urlencoded"}, id="a form"),
        pytest.param({"Sec_Fetch_Site": "cross-site"}, id="another site, as the browser says"),
        pytest.param({"Sec_Fetch_Site": "same-site"}, id="another port, as the browser says"),
        pytest.param({"Host": "[::1]:80"}, id="another address"),
        pytest.param({"token": "x" * 32}, id="without the token"),
        pytest.param({"path": "decisions/../decisions"}, id="another path"),
    ],
)
def test_whoever_is_not_our_page_is_told_nothing_and_changes_nothing(ask, path, changed):
    status, _, said = ask(**changed)

    assert (status, said) == (404, "")
    assert read_decisions(path) == []


@pytest.mark.parametrize("changed", [{"token": "x"}, {"Host": "evil.example"}])
def test_the_page_is_shown_to_nobody_without_token_and_host(ask, changed):
    assert ask("GET", "", None, **changed)[0] == 404


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "HEAD"])
def test_other_methods_are_not_known(ask, method):
    assert ask(method)[0] == 501


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 413),
        (b"x" * 100_001, 413),
        (b"no JSON", 400),
        (ACCEPT | {"more": 1}, 400),
        (ACCEPT | {"verdict": "maybe"}, 400),
        (ACCEPT | {"record": "mou-9"}, 422),
        (ACCEPT | {"article": "other"}, 422),
        (ACCEPT | {"verdict": "corrected", "fields": {"status": "lost"}}, 422),
        (ACCEPT | {"verdict": "added", "type": "mou", "words": "a treaty", "fields": {}}, 422),
        (ACCEPT | {"verdict": "added", "words": "Accra"}, 422),
    ],
)
def test_what_is_no_decision_is_refused_and_not_kept(ask, path, body, status):
    assert ask(body=body)[0] == status
    assert read_decisions(path) == []


@pytest.mark.parametrize("length", ["-1", "1e3", "many", ""])
def test_a_length_that_is_none_is_refused(ask, path, length):
    assert ask(Content_Length=length)[0] in {400, 413}
    assert read_decisions(path) == []


def test_an_added_record_gets_a_name_of_its_own_and_the_place_of_its_words(ask, path):
    body = {
        "article": "accra-cable",
        "verdict": "added",
        "type": "meeting",
        "fields": {"parties": "KEN; GHA", "status": "held", "format": "unstated"},
        "words": "The envoys of both conferred.",
    }
    names = [json.loads(ask(body=body)[2])["record"] for _ in range(2)]
    quote = read_decisions(path)[0].evidence[0]

    assert names == ["meeting-added-1", "meeting-added-2"]
    assert ACCRA.article.text[quote.start : quote.end] == body["words"]


def test_what_was_decided_before_is_on_the_page_of_the_next_review(path):
    Desk([ACCRA], path).decide(Said(**ACCEPT))
    assert '"verdict": "accepted"' in Desk([ACCRA], path).page()

    Desk([ACCRA], path).decide(Said(**ACCEPT, withdrawn=True))
    assert '"verdict": "accepted"' not in Desk([ACCRA], path).page()


def test_an_article_in_two_runs_is_refused(path):
    with pytest.raises(SettingsError, match="twice"):
        Desk([ACCRA, PERSIAN, ACCRA], path)


def test_it_listens_on_loopback_alone_and_each_start_has_another_token(path):
    with serve(Desk([], path)) as one, serve(Desk([], path)) as other:
        assert one.server_address[0] == other.server_address[0] == "127.0.0.1"
        assert one.token != other.token
        assert len(one.token) >= 32
        assert one.address == f"http://127.0.0.1:{one.server_port}/{one.token}/"


def test_the_text_of_a_hostile_decision_comes_back_as_text(ask, path):
    body = ACCEPT | {"verdict": "corrected", "fields": {"title": ATTACK}}

    assert ask(body=body)[0] == 201
    assert "<script>alert" not in ask("GET", "", None)[2]
    assert read_decisions(path)[0].fields == {"title": ATTACK}
