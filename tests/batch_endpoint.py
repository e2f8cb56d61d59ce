"""A real HTTP server on loopback that speaks OpenAI's files and batches, as their reference says.

Nothing happens to a batch until a test says so: `end` lets one end.
"""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class BatchEndpoint(ThreadingHTTPServer):
    """Keeps `files`, `batches` and `live`, the raw bodies of chat completions, answered by `reply`.

    `broken` names what is answered with an error 500: “POST /v1/batches”. `lost` names what is
    done, and then answered with one.
    """

    daemon_threads = True

    def __init__(self, reply=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = {}
        self.batches = {}
        self.live = []
        self.headers = []
        self.reply = reply
        self.broken = set()
        self.lost = set()

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()

    def lines(self, batch_id=None):
        """Return the requests of a batch, or of all."""
        wanted = self.batches if batch_id is None else [batch_id]
        files = [self.files[self.batches[name]["input_file_id"]] for name in wanted]
        return [json.loads(line) for file in files for line in file.splitlines()]

    def end(self, answer, status="completed", batch_id=None):
        """Let the batches under way end; `answer` makes a line's `response`, `error` or None of one.

        The lines come in another order than they were asked, and failures in a file of their own.
        """
        for name in [batch_id] if batch_id else self.batches:
            if self.batches[name]["status"] == "validating":
                self._end(name, answer, status)

    def fail(self, code):
        """Let the batches under way fail before anything is read."""
        for batch in self.batches.values():
            if batch["status"] == "validating":
                told = {"code": code, "message": "secret", "line": None, "param": None}
                batch |= {"status": "failed", "errors": {"object": "list", "data": [told]}}

    def _end(self, name, answer, status):
        good, bad = [], []
        for number, line in enumerate(reversed(self.lines(name))):
            said = answer(line["body"])
            if said is not None:
                whole = {"id": f"batch_req_{number}", "custom_id": line["custom_id"]}
                whole |= {"response": None, "error": None} | said
                right = (whole["response"] or {}).get("status_code") == 200
                (good if right else bad).append(json.dumps(whole) + "\n")
        counts = {"total": len(good) + len(bad), "completed": len(good), "failed": len(bad)}
        self.batches[name] |= {"status": status, "request_counts": counts}
        for key, lines in (("output_file_id", good), ("error_file_id", bad)):
            if lines:
                self.batches[name][key] = self.add_file("".join(lines).encode())

    def add_file(self, content):
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return name

    def add_batch(self, asked):
        seen = [
            line["custom_id"]
            for line in map(json.loads, self.files[asked["input_file_id"]].splitlines())
        ]
        assert len(seen) == len(set(seen))
        assert max(map(len, seen)) <= 64
        assert (asked["completion_window"], asked["endpoint"]) == ("24h", "/v1/chat/completions")
        name = f"batch_{len(self.batches) + 1}"
        self.batches[name] = {
            "id": name,
            "object": "batch",
            "created_at": len(self.batches),
            "status": "validating",
            "errors": None,
            "output_file_id": None,
            "error_file_id": None,
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            **asked,
        }
        return self.batches[name]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
        if self._is_named(self.server.broken):
            return
        if self.path == "/v1/files":
            content = self._uploaded(body)
            name = self.server.add_file(content)
            self._send({"id": name, "object": "file", "bytes": len(content), "purpose": "batch"})
        elif self.path == "/v1/batches":
            made = self.server.add_batch(json.loads(body))
            if not self._is_named(self.server.lost):
                self._send(made)
        else:
            self.server.live.append(body)
            self._send(self.server.reply(json.loads(body)))

    def do_GET(self):
        if self._is_named(self.server.broken):
            return
        path, _, query = self.path.partition("?")
        kind, _, rest = path.removeprefix("/v1/").partition("/")
        if kind == "files":
            self._send(self.server.files[rest.removesuffix("/content")])
        elif rest:
            self._send(self.server.batches[rest])
        else:  # one a page, the newest first
            after = re.search(r"after=(\w+)", query)
            newest = [*reversed(self.server.batches)]
            rest = newest[newest.index(after[1]) + 1 :] if after else newest
            page = [self.server.batches[name] for name in rest[:1]]
            self._send({"object": "list", "data": page, "has_more": len(rest) > 1})

    def _uploaded(self, body):
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        parts = [part for part in body.split(b"--" + boundary) if b"\r\n\r\n" in part]
        said = dict(part.split(b"\r\n\r\n", 1) for part in parts)
        assert [value.strip() for head, value in said.items() if b'"purpose"' in head] == [b"batch"]
        (file,) = (value for head, value in said.items() if b'.jsonl"' in head)
        return file.removesuffix(b"\r\n")

    def _is_named(self, names):
        if f"{self.command} {self.path.partition('?')[0]}" not in names:
            return False
        self._send({"error": {"message": "trouble", "code": None}}, status=500)
        return True

    def _send(self, body, status=200):
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_):
        pass
