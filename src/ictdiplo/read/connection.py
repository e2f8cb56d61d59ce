"""openai's client: connected to an endpoint, and the short way through it to a completion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import finalize

from .time_limit import note_connection

if TYPE_CHECKING:
    import openai

Create = Callable[..., Any]
"""openai's `chat.completions.create`, or something of its shape."""


def connect(address: str, api_key: str, *, direct: bool = False) -> openai.OpenAI:
    """Build the client: 23 ms for its trust store, so callers keep it.

    It follows no redirect, which would carry the article to a host that nobody named. The account
    that OPENAI_ORG_ID and OPENAI_PROJECT_ID name is OpenAI's business and nobody else's. `direct`
    leaves out the proxy that the system may name, which cannot reach this machine's own servers.
    """
    import openai

    http = openai.DefaultHttpxClient(
        follow_redirects=False,
        trust_env=not direct,
        event_hooks={"response": [note_connection]},
    )
    client = openai.OpenAI(base_url=address, api_key=api_key, max_retries=0, http_client=http)
    finalize(client, http.close)  # as the SDK does with a client of its own
    if not is_openai(address):
        client.organization = client.project = None
    return client


def completions(client: openai.OpenAI) -> Create:
    """Return what asks for a completion, in the shape of openai's `chat.completions.create`.

    That one walks through the whole request, messages and schema, to rename keys of which there are
    none here: half of its time. The request and the reply are the same.
    """
    from openai.types.chat import ChatCompletion

    def create(*, timeout: float, extra_body: object = None, **body: Any) -> ChatCompletion:
        options: Any = {"timeout": timeout, "extra_json": extra_body}
        return client.post("/chat/completions", cast_to=ChatCompletion, body=body, options=options)

    return create


def is_openai(address: str) -> bool:
    """Tell OpenAI's own endpoint, or Azure's, from all that only speak like it."""
    host = urlsplit(address).hostname or ""
    return host == "api.openai.com" or host.endswith(".openai.azure.com")
