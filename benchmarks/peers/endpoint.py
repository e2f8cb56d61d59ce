"""An OpenAI-compatible endpoint on loopback that answers after a set time, as a model would.

    python benchmarks/peers/endpoint.py    # prints its port, and ends when its input does

The path says all: a POST to /NAME/MILLISECONDS/FIFTIETH/v1/chat/completions is counted under NAME and
answered after so long; where FIFTIETH is 1, articles whose number ends in 49 or 99 are refused with a
400. GET /NAME tells what was counted.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

import corpus

KEPT = 4  # bodies
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
REFUSED = re.compile(r"Bulletin \d{3}[49]9\.")
USAGE = {"prompt_tokens": 4000, "completion_tokens": 2500, "total_tokens": 6500}


@dataclass
class Count:
    """What was asked under one name."""

    requests: int = 0
    bytes: int = 0
    connections: int = 0
    most_at_once: int = 0
    at_once: int = 0
    bodies: list[str] = field(default_factory=list)


counts: defaultdict[str, Count] = defaultdict(Count)


class Conversation(asyncio.Protocol):
    """One connection, on which a request follows the reply to the one before."""

    def __init__(self) -> None:
        self.received = b""
        self.transport: Any = None
        self.names: set[str] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, found, rest = self.received.partition(b"\r\n\r\n")
        length = int(told[1]) if (told := LENGTH.search(head)) else 0
        if found and len(rest) >= length:
            self.received = rest[length:]
            self.take(head.split(b" ", 2)[1].decode(), rest[:length])

    def take(self, path: str, body: bytes) -> None:
        name, *settings = path.strip("/").split("/")
        count = counts[name]
        if not body:
            told = asdict(count) | {"cpu": time.process_time()}
            self.transport.write(reply(200, told))
            return
        if name not in self.names:
            self.names.add(name)
            count.connections += 1
        count.requests += 1
        count.bytes += len(body)
        count.at_once += 1
        count.most_at_once = max(count.most_at_once, count.at_once)
        if len(count.bodies) < KEPT:
            count.bodies.append(body.decode())
        made = respond(json.loads(body), refusing=settings[1] == "1")
        asyncio.get_running_loop().call_later(int(settings[0]) / 1000, self.give, count, made)

    def give(self, count: Count, made: bytes) -> None:
        count.at_once -= 1
        if not self.transport.is_closing():
            self.transport.write(made)


def respond(request: dict[str, Any], *, refusing: bool) -> bytes:
    """Make the reply to one request, in the way it was asked for."""
    text = request["messages"][-1]["content"]
    if refusing and REFUSED.search(text):
        return reply(
            400, {"error": {"message": "no", "type": "invalid_request_error", "code": "x"}}
        )
    message: dict[str, Any] = {"role": "assistant", "content": None, "refusal": None}
    if tools := request.get("tools"):
        called = {"name": tools[0]["function"]["name"], "arguments": corpus.answer(text)}
        message["tool_calls"] = [{"id": "call", "type": "function", "function": called}]
    elif "langextract" in json.dumps(request.get("response_format")):
        message["content"] = json.dumps(flat(text[text.rindex("\nQ: ") :]), ensure_ascii=False)
    else:
        message["content"] = corpus.answer(text)
    return reply(200, completion(message, "tool_calls" if tools else "stop"))


def flat(text: str) -> dict[str, Any]:
    """Return the same records as langextract asks for them: the quote, and beside it all else."""
    return {
        "extractions": [
            {kind: quote, f"{kind}_attributes": {name: told(each) for name, each in rest.items()}}
            for kind, quote, record in corpus.records(text)
            for rest in [{name: each for name, each in record.items() if name != "evidence"}]
        ]
    }


def told(value: Any) -> str | list[str]:
    """Say a value as strings, which is all that langextract's attributes hold."""
    if isinstance(value, list):
        return [each if isinstance(each, str) else ", ".join(each.values()) for each in value]
    return str(value)


def completion(message: dict[str, Any], finish: str) -> dict[str, Any]:
    """Return a chat completion as OpenAI words it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1760000000,
        "model": "bench-1",
        "choices": [{"index": 0, "logprobs": None, "finish_reason": finish, "message": message}],
        "usage": USAGE,
    }


def reply(status: int, body: dict[str, Any]) -> bytes:
    """Return an HTTP reply."""
    payload = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(payload)}"
    )
    return head.encode() + b"\r\n\r\n" + payload


async def main() -> None:
    """Serve until standard input is closed, so that it never outlives who started it."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Conversation, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
