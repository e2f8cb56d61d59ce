"""A page that a user names, fetched as a polite program does it.

http and https only, without cookies, credentials or a proxy, which would look up names itself. Each
redirect is checked like the first address. A site's robots.txt is asked before its page, and what it
refuses is not fetched: by RFC 9309 a missing file allows everything, and one that the server fails
to give forbids everything. It is read by `urllib.robotparser`, which knows no wildcards in paths.
"""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from ..errors import AddressRefused, PageUnavailable, RobotsRefused
from .addresses import Address, find_places, parse_address
from .exchange import Clock, Deadline, Reply, exchange

MOST_SECONDS = 20.0
"""From the first connection to the last byte, redirects and robots.txt included; looking up names
takes as long as the system lets it."""
MOST_REDIRECTS = 5
"""As many as RFC 9309 has programs follow, and more than honest sites need."""
MOST_OF_ROBOTS = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 kibibytes."""
PROGRAM = "ictdiplo"
KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}

_REDIRECTS = {301, 302, 303, 307, 308}
_OK = 200


class Fetched(NamedTuple):
    """A page as it came."""

    url: str
    """Where it was in the end."""
    kind: str
    """html or text."""
    charset: str | None
    """The charset that the server declared."""
    data: bytes


def fetch_page(
    url: str,
    *,
    intranet: bool = False,
    seconds: float = MOST_SECONDS,
    clock: Clock = time.monotonic,
) -> Fetched:
    """Fetch a page; `intranet` allows loopback and private addresses.

    Raises:
        AddressRefused: it is no address that is fetched, or leads to one that is not.
        RobotsRefused: the site asks programs not to.
        PageUnavailable: it did not come, or is neither HTML nor plain text.
        ArticleTooLong: it has more than `exchange.MOST_BYTES`.
    """
    visit = _Visit(intranet=intranet, deadline=Deadline(seconds, clock))
    address, reply = visit.follow(parse_address(url), asking_robots=True)
    if reply.status != _OK:
        raise PageUnavailable(f"The server answered {reply.status}.")
    said = reply.headers.get_content_type() if "Content-Type" in reply.headers else "nothing"
    if said not in KINDS:
        raise PageUnavailable(f"It is of the type {said}; HTML and plain text are read.")
    return Fetched(str(address), KINDS[said], reply.headers.get_content_charset(), reply.body)


class _Visit:
    """The requests for one page."""

    def __init__(self, *, intranet: bool, deadline: Deadline) -> None:
        self._intranet = intranet
        self._deadline = deadline
        self._robots: dict[str, RobotFileParser | None] = {}

    def follow(self, address: Address, *, asking_robots: bool) -> tuple[Address, Reply]:
        """Return the first reply that is no redirect, and the address that gave it."""
        for _ in range(MOST_REDIRECTS + 1):
            places = find_places(address, intranet=self._intranet)
            if asking_robots:
                self._ask_robots(address)
            reply = exchange(address, places, _headers(), self._deadline)
            if reply.status not in _REDIRECTS or "Location" not in reply.headers:
                return address, reply
            address = _redirected(address, reply.headers["Location"])
        raise PageUnavailable(f"It redirects more than {MOST_REDIRECTS} times.")

    def _ask_robots(self, address: Address) -> None:
        if address.origin not in self._robots:
            robots = address._replace(path="/robots.txt", query="")
            self._robots[address.origin] = _rules(self.follow(robots, asking_robots=False)[1])
        rules = self._robots[address.origin]
        if rules is None:
            raise RobotsRefused(
                "The site's robots.txt cannot be read, which programs must take for a refusal."
            )
        if not rules.can_fetch(PROGRAM, address.target):
            raise RobotsRefused(
                "The site's robots.txt asks programs not to fetch this page; save it from a browser "
                "and give the file."
            )


def _rules(reply: Reply) -> RobotFileParser | None:
    """Return a site's rules: none of them if there is no file; None if there is no telling."""
    if reply.status != _OK and not 400 <= reply.status < 500:  # noqa: PLR2004 - HTTP's own
        return None
    text = reply.body[:MOST_OF_ROBOTS].decode(errors="replace") if reply.status == _OK else ""
    rules = RobotFileParser()
    try:
        rules.parse(text.splitlines())
    except ValueError:  # by urllib.parse, for a path such as “//[”
        return None
    return rules


def _redirected(address: Address, location: str) -> Address:
    try:
        url = urljoin(str(address), location)
    except ValueError as error:
        raise AddressRefused("It redirects to what is no web address.") from error
    if address.scheme == "https" and url.startswith("http:"):
        raise AddressRefused("It redirects from https to http, which is not followed.")
    return parse_address(url)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"{PROGRAM}/{version('ictdiplo')} (reads single articles for a user)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
