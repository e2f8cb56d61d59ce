"""Cassettes: real exchanges with an endpoint, kept without secrets and replayed offline.

A cassette lies at cassettes/<test module>/<test name>.yaml. Requests match on their whole JSON
body, so a changed prompt or schema needs a new recording: `make record`, with one's own key.
"""

import json
import os
from contextlib import contextmanager
from pathlib import Path

import vcr

CASSETTES = Path(__file__).parent / "cassettes"
# What cassettes say instead of where they were recorded and what was asked for by name.
ADDRESS = "http://endpoint.invalid/v1"
NAME = "the-model"
# Taken before the tests' clean environment removes them.
RECORDING = os.environ.get("ICTDIPLO_RECORD") == "1"
ENDPOINT = {
    "base_url": os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1"),
    "api_key": os.environ.get("OPENAI_API_KEY", "none"),
    "name": os.environ.get("ICTDIPLO_MODEL", "gpt-5-mini").removeprefix("openai/"),
}
KEPT = {"content-type"}


def settings():
    """Return the name, address and key to build a model with: the real ones only when recording."""
    if RECORDING:
        return ENDPOINT
    return {"name": NAME, "base_url": ADDRESS, "api_key": "none"}


@contextmanager
def cassette(module, test):
    """Replay the test's cassette, or record it; every exchange in it must be used."""
    path = CASSETTES / module / f"{test}.yaml"
    if RECORDING:
        path.unlink(missing_ok=True)
    recorder = vcr.VCR(
        record_mode="once" if RECORDING else "none",
        match_on=["method", "path", "json_body"],
        before_record_request=_plain_request,
        before_record_response=_plain_response,
        decode_compressed_response=True,
    )
    recorder.register_matcher("json_body", _same_body)
    with recorder.use_cassette(str(path)) as tape:
        yield tape
    assert RECORDING or tape.all_played


def _same_body(one, other):
    assert json.loads(one.body) == json.loads(other.body)


def _plain_request(request):
    """Keep the body and its type; vcrpy calls this on what it loads, too."""
    body = json.loads(request.body) | {"model": NAME}
    request.body = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    request.uri = f"{ADDRESS}/chat/completions"
    request.headers = {k: v for k, v in request.headers.items() if k.lower() in KEPT}
    return request


def _plain_response(response):
    response["headers"] = {k: v for k, v in response["headers"].items() if k.lower() in KEPT}
    return response
