"""A host that cannot prove to be the one that was named is sent nothing, and asked once."""

import logging

import pytest

import certificates
from fake_time import FakeTime
from ictdiplo import errors
from ictdiplo.article import Article
from ictdiplo.read import endpoint
from ictdiplo.read.breaker import REFUSALS
from ictdiplo.read.model import Model
from scripted_endpoint import ScriptedEndpoint, completion

KEY = "sk-canary-0123456789"
TEXT = "The ministers of Kenya and Ghana met in Accra on Monday, and will meet again in May."
CASES = ["signed by itself", "of an unknown authority", "of another host", "expired"]


@pytest.fixture
def time(monkeypatch):
    time = FakeTime()
    monkeypatch.setattr(endpoint, "clock", time.clock)
    monkeypatch.setattr(endpoint, "sleep", time.sleep)
    return time


def read(server, **settings):
    model = Model("m", base_url=server.base_url, api_key=KEY, cache=False, **settings)
    return model.read(Article.from_text(TEXT), lambda _draft: [])


@pytest.mark.parametrize("case", CASES)
def test_a_certificate_that_proves_nothing_is_refused_at_once(
    case, time, monkeypatch, tmp_path, caplog
):
    context, says = certificates.untrusted(tmp_path)[case]
    if case in {"of another host", "expired"}:  # so that nothing else is wrong with it
        certificates.trust(monkeypatch, tmp_path)
    caplog.set_level(logging.INFO)  # below, the SDK logs what it would send
    with ScriptedEndpoint(completion("{}"), tls=context) as server:
        with pytest.raises(errors.BadCertificate, match=says) as caught:
            read(server)
        tried = server.connections

    assert tried == 1
    assert time.slept == []
    assert server.requests == server.headers == []
    assert "Check the base URL" in str(caught.value)
    assert "SSL_CERT_FILE" in str(caught.value)
    assert caught.value.__cause__ is None
    assert KEY not in f"{caught.value!r} {vars(caught.value)} {caplog.text}"
    assert TEXT not in caplog.text


def test_after_a_few_the_host_is_not_asked_any_more(time, tmp_path):
    context, _says = certificates.untrusted(tmp_path)["signed by itself"]
    with ScriptedEndpoint(tls=context) as server:
        for _ in range(REFUSALS + 2):
            with pytest.raises(errors.BadCertificate):
                read(server)

        assert server.connections == REFUSALS


def test_an_authority_of_ones_own_is_named_by_a_file(monkeypatch, tmp_path):
    certificates.trust(monkeypatch, tmp_path)
    with ScriptedEndpoint(completion("{}"), tls=certificates.good()) as server:
        assert read(server, mode="json").draft.meetings == []
        assert len(server.requests) == 1
