"""A real HTTP server on loopback that gives the replies of a script, one a request."""

import json
import os
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Seconds between two bytes of a body that drips.
DRIP = 0.01
# Makes a socket answer with a reset when it is closed: linger on, for no time at all.
RESET = struct.pack("ii", 1, 0)


@dataclass
class Reply:
    """One HTTP reply; a body that is no string is sent as JSON; `never` keeps silent.

    `manner` says what goes wrong on the way: the connection is reset before or within the reply, or
    spaces drip from it, in its body or in its headers, until the client leaves or the test ends.
    """

    body: object = ""
    status: int = 200
    headers: dict = field(default_factory=dict)
    kind: str = "application/json"
    never: bool = False
    manner: str = "whole"

    def payload(self):
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode(
            "utf-8", "surrogateescape"
        )


def completion(content=None, *, tool=None, finish="stop", refusal=None, usage=True):
    """A chat completion whose answer is `content`, or a call of `tool` with it."""
    message = {"role": "assistant", "content": None if tool else content, "refusal": refusal}
    if tool:
        function = {"name": tool, "arguments": content}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted-1",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    return Reply(body)


def fault(status, code=None, message="trouble", **headers):
    """An error as OpenAI words it."""
    error = {"message": message, "type": "some_error", "code": code}
    return Reply({"error": error}, status, {k.replace("_", "-"): v for k, v in headers.items()})


class ScriptedEndpoint(ThreadingHTTPServer):
    """Serves `replies` in order and keeps what was asked in `requests` and `headers`.

    A reply may be a function of the request. `listing` answers those that only look: `GET`. With
    `tls`, a context, it speaks HTTPS.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *replies, tls=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.replies = deque(replies)
        self.connections = 0
        self.requests = []
        self.headers = []
        self.closing = threading.Event()
        self.hung_up = threading.Event()
        self.before_reply = lambda: None
        self.listing = Reply({"object": "list", "data": []})

    def get_request(self):
        self.connections += 1
        return super().get_request()

    @property
    def base_url(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.requests.append(json.loads(body))
        self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
        reply = self.server.replies.popleft() if self.server.replies else fault(599, "script_over")
        self.server.before_reply()
        self._send(reply(self.server.requests[-1]) if callable(reply) else reply)

    def do_GET(self):
        self._send(self.server.listing)

    def _send(self, reply):
        if reply.never:
            self.server.closing.wait()
            return
        {
            "whole": self._send_whole,
            "reset": lambda _reply: self._reset(),
            "reset within": self._send_half,
            "drip": self._drip,
            "drip of headers": self._drip,
        }[reply.manner](reply)

    def _send_whole(self, reply):
        payload = reply.payload()
        self._begin(reply, len(payload))
        self.wfile.write(payload)

    def _send_half(self, reply):
        payload = reply.payload()
        self._begin(reply, len(payload))
        self.wfile.write(payload[: len(payload) // 2])
        self._reset()

    def _reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        os.close(self.connection.detach())  # not shut down first, which would end it in order
        self.close_connection = True

    def _drip(self, reply):
        if reply.manner == "drip":
            self._begin(reply, 1_000_000)
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nx-drip: ")
        try:
            while not self.server.closing.wait(DRIP):
                self.wfile.write(b" ")
        except OSError:
            self.server.hung_up.set()
        self.close_connection = True

    def _begin(self, reply, length):
        self.send_response(reply.status)
        self.send_header("content-type", reply.kind)
        self.send_header("content-length", str(length))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        pass
