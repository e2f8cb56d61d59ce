"""The page of a review on loopback: it takes decisions from its own page, and from nobody else.

Who else could reach it: a page of another site in the same browser, a name that its owner points at
127.0.0.1, and other users of the machine. So every path begins with a token made anew at each start,
the Host must be ours, what is sent must come from our own origin, and nothing is told to any other.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import SettingsError
from ..publish.results_page import results_page
from ..publish.shown import RecordType
from ..publish.wording import Record, records_in
from ..records import Extraction, Quote
from .corrections import FIELDS, added, as_typed, corrected
from .decisions import Decision, Journal, Verdict, hash_of, read_decisions, standing

LOOPBACK = "127.0.0.1"
MOST_BYTES = 100_000
"""More than any correction needs."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Said(BaseModel):
    """What the page sends."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=10_000)

    article: str
    record: str | None = None
    verdict: Verdict
    type: RecordType | None = None
    fields: dict[str, str] = {}
    words: str | None = None
    """The words that an added record rests on."""
    withdrawn: bool = False


class Desk:
    """Results under review, and the decisions made on them so far."""

    def __init__(
        self,
        results: Iterable[Extraction],
        path: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.results = list(results)
        self._by_id = {found.article.id: found for found in self.results}
        if len(self._by_id) < len(self.results):
            raise SettingsError("An article is in the results twice; review one run at a time.")
        self.path = Path(path)
        self._journal = Journal(path)
        self._decisions = read_decisions(path)
        self._now = now

    def page(self) -> str:
        """Return the page as it stands now."""
        return results_page(self.results, review=self._state())

    def decide(self, said: Said) -> Decision:
        """Check and keep a decision.

        Raises:
            SettingsError: it is about nothing that is here, or its fields make no sense.
        """
        found = self._by_id.get(said.article)
        if found is None:
            raise SettingsError("There is no such article in this review.")
        decision = self._decision(said, found)
        self._journal.add(decision)
        self._decisions.append(decision)
        return decision

    def _decision(self, said: Said, found: Extraction) -> Decision:
        about: dict[str, Any] = {
            "article": said.article,
            "text_sha256": hash_of(found.article),
            "verdict": said.verdict,
            "withdrawn": said.withdrawn,
            "at": self._now(),
        }
        if said.verdict == "complete":
            return Decision(**about)
        if said.verdict == "added":
            return Decision(**about, **self._addition(said, found))
        record = _record(found, said.record)
        if said.verdict == "corrected":
            corrected(record, said.fields)
            about["fields"] = said.fields
        return Decision(**about, record=record.id, evidence=record.evidence)

    def _addition(self, said: Said, found: Extraction) -> dict[str, Any]:
        if said.withdrawn:
            return {"record": said.record}
        if said.type is None:
            raise SettingsError("Say what sort of record it is.")
        evidence = (_quote(said.words or "", found),)
        taken = {key for key in standing(self._decisions) if key[0] == said.article}
        number = 1 + sum(str(record).startswith(f"{said.type}-added-") for _, record in taken)
        id_ = f"{said.type}-added-{number}"
        added(said.type, id_, said.fields, evidence)
        return {"record": id_, "type": said.type, "fields": said.fields, "evidence": evidence}

    def _state(self) -> dict[str, Any]:
        """Return what the page's script needs: fields, choices, and what is decided."""
        last = standing(self._decisions)
        return {
            "choices": {
                type_: {name: field.choices for name, field in fields.items()}
                for type_, fields in FIELDS.items()
            },
            "articles": [_article_state(found, last) for found in self.results],
        }


def serve(desk: Desk, port: int = 0) -> ReviewServer:
    """Return a server that listens on loopback; port 0 takes a free one."""
    return ReviewServer(desk, port)


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.token = secrets.token_urlsafe(24)
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def address(self) -> str:
        """Return the page's address, token included."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version, sys_version = "ictdiplo", ""
    timeout = 30

    def do_GET(self) -> None:
        if not self._is_for_us("/"):
            self._answer(HTTPStatus.NOT_FOUND)
            return
        page = self.server.desk.page().encode()
        self._answer(HTTPStatus.OK, page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        if not self._is_for_us("/decisions") or not self._is_from_us():
            self._answer(HTTPStatus.NOT_FOUND)
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isdecimal() and 0 < int(length) <= MOST_BYTES):
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            decision = self.server.desk.decide(
                Said.model_validate_json(self.rfile.read(int(length)))
            )
        except ValidationError:
            self._tell(HTTPStatus.BAD_REQUEST, {"error": "This is no decision."})
        except SettingsError as error:
            self._tell(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": error.message})
        else:
            self._tell(HTTPStatus.CREATED, {"record": decision.record})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it is called by
        """Log nothing: a line would hold the token."""

    def _is_for_us(self, path: str) -> bool:
        wanted = f"/{self.server.token}{path}"
        return self.headers.get("Host") in self._hosts() and hmac.compare_digest(
            self.path.encode(), wanted.encode()
        )

    def _is_from_us(self) -> bool:
        """Tell whether a request was sent by our own page, and could not have been by another."""
        return (
            self.headers.get("Origin") in {f"http://{host}" for host in self._hosts()}
            and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
            and self.headers.get("Content-Type") == "application/json"
        )

    def _hosts(self) -> set[str]:
        return {f"{name}:{self.server.server_port}" for name in (LOOPBACK, "localhost")}

    def _tell(self, status: HTTPStatus, said: Mapping[str, Any]) -> None:
        self._answer(status, json.dumps(said).encode(), "application/json")

    def _answer(self, status: HTTPStatus, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


def _record(found: Extraction, id_: str | None) -> Record:
    for record in records_in(found):
        if record.id == id_:
            return record
    raise SettingsError("There is no such record in this article.")


def _quote(words: str, found: Extraction) -> Quote:
    """Find the words in the article; a selection on the page may have other spaces than the text."""
    text, words = found.article.text, words.strip()
    start = text.find(words)
    if not words or start < 0:
        raise SettingsError("These words are not in the article; select them within one paragraph.")
    return Quote(quote=words, start=start, end=start + len(words))


def _article_state(
    found: Extraction, last: Mapping[tuple[str, str | None], Decision]
) -> dict[str, Any]:
    id_, hash_ = found.article.id, hash_of(found.article)
    decided = {
        record: decision
        for (article, record), decision in last.items()
        if article == id_ and decision.text_sha256 == hash_
    }
    records = [
        {
            "id": record.id,
            "fields": as_typed(record)
            | (decided[record.id].fields if record.id in decided else {}),
            "verdict": decided[record.id].verdict if record.id in decided else None,
        }
        for record in records_in(found)
    ]
    additions = [
        {"id": one.record, "type": one.type, "fields": one.fields, "words": one.evidence[0].quote}
        for one in decided.values()
        if one.verdict == "added"
    ]
    return {"id": id_, "records": records, "added": additions, "complete": None in decided}
