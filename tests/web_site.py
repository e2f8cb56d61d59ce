"""A real HTTP server on loopback that says what it was told to, path by path."""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = (
    "Kenyan ICT minister Ada Oduya met her Ghanaian counterpart, Kofi Baah, in Accra on Monday, and "
    "the two spoke about a cable between their ports for more than two hours."
)
HTML = (
    "<!DOCTYPE html><html><head><title>A cable</title></head><body><article><h1>A cable</h1>"
    f"<p>{STORY}</p><p>Both sides will send engineers to look at the route, the minister told the "
    "press after the talks.</p></article></body></html>"
)


@dataclass
class Answer:
    """What one path gives; a body that is a function writes it itself."""

    body: object = HTML
    kind: str | None = "text/html; charset=utf-8"
    status: int = 200
    headers: dict = field(default_factory=dict)


def redirect(to, status=302):
    return Answer("", status=status, headers={"Location": to})


class Site(ThreadingHTTPServer):
    """Serves `pages` by path, anything else as 404, and keeps the requests' lines and headers.

    With `tls`, a context, it speaks HTTPS.
    """

    daemon_threads = True

    def __init__(self, tls=None, **pages):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.pages = {f"/{path}": page for path, page in pages.items()}
        self.asked = []
        self.headers = []
        self.closing = threading.Event()

    @property
    def root(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Clients that leave in the middle are what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.headers.append(self.headers)
        page = self.server.pages.get(self.path, Answer("no", status=404))
        if callable(page.body):
            with contextlib.suppress(OSError):
                page.body(self)
            return
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        self.send_response(page.status)
        headers = {"Content-Length": str(len(body)), **page.headers}
        if page.kind:
            headers["Content-Type"] = page.kind
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *rest):
        """Keep quiet."""
