"""Which web addresses may be fetched, and where on the network they lead.

A name is resolved once. Each address that it has must be one of the public internet, or of an
intranet where the user allows that; the connection then goes to one of these very addresses, so that
a name cannot mean one thing when it is checked and another when it is used. Numbers that stand for
an address, such as 2130706433 or 0x7f.1, are resolved like names and so are checked like them.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from ..errors import AddressRefused, PageUnavailable

PORTS = {"http": 80, "https": 443}

# Names, IPv4, and IPv6 without its brackets; an IPv6 zone (“%eth0”) names a device, not a host.
_HOST = re.compile(r"[a-z0-9_.:-]{1,253}")
# Left as they are; everything else is written in per cent signs, as browsers do it.
_PATH, _QUERY = "/%:@!$&'()*+,;=~", "/%:@!$&'()*+,;=~?"


class Address(NamedTuple):
    """An http or https address, taken apart; it has no fragment and no credentials."""

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def origin(self) -> str:
        """The scheme, the host and the port if it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def target(self) -> str:
        """What is asked of the host."""
        return self.path + (f"?{self.query}" if self.query else "")

    @property
    def shown(self) -> str:
        """The address for an error: a short hash for its query, in which tokens are handed on."""
        digest = hashlib.sha256(self.query.encode()).hexdigest()[:8]
        return self.origin + self.path + (f"?…{digest}" if self.query else "")

    def __str__(self) -> str:
        return self.origin + self.target


class Place(NamedTuple):
    """Where on the network a host is: what `socket.connect` wants."""

    family: socket.AddressFamily
    address: Any


def parse_address(url: str) -> Address:
    """Take an address apart.

    Raises:
        AddressRefused: it is no http or https address, or has a user name or password in it. The
            error does not repeat the address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode().lower()
    except ValueError as error:  # of which UnicodeError is one
        raise AddressRefused("This is no web address; check how it is written.") from error
    if parts.scheme not in PORTS:
        raise AddressRefused("Only addresses that begin with http:// or https:// are fetched.")
    if "@" in parts.netloc:
        raise AddressRefused("An address with a user name or password in it is not fetched.")
    if not _HOST.fullmatch(host) or port == 0:
        raise AddressRefused("This is no web address: its host makes no sense.")
    path, query = quote(parts.path or "/", safe=_PATH), quote(parts.query, safe=_QUERY)
    return Address(parts.scheme, host, port or PORTS[parts.scheme], path, query)


def is_web_address(words: str) -> bool:
    """Tell whether something is meant as an http or https address, and not as a file's name."""
    return words.strip().lower().startswith(("http://", "https://"))


def shown_address(url: str) -> str:
    """Return what to call an address in errors and files; nothing of one that is refused."""
    try:
        return parse_address(url).shown
    except AddressRefused:
        return "the address"


def find_places(address: Address, *, intranet: bool) -> list[Place]:
    """Resolve a host, and check every address that it has.

    Raises:
        AddressRefused: one of them is not of the public internet, nor of an intranet that is allowed.
        PageUnavailable: the host has none.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PageUnavailable("Its host cannot be found.") from error
    for *_, place in found:
        if not may_be_reached(str(place[0]), intranet=intranet):
            raise AddressRefused(
                "It leads to an address that is not of the public internet, so it was not fetched"
                + (
                    "."
                    if intranet
                    else "; --intranet, or intranet=True, allows your own network's."
                )
            )
    return [Place(family, place) for family, *_, place in found]


def may_be_reached(number: str, *, intranet: bool) -> bool:
    """Tell whether an IP address is public, or of an intranet that is allowed."""
    ip = ip_address(number)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if _lies_in(ip, "intranet"):
        return intranet
    if isinstance(ip, IPv6Address) and ip not in ip_network(_blocks()["public_ipv6"]):
        return False
    return not _lies_in(ip, "never")


def _lies_in(ip: IPv4Address | IPv6Address, kind: str) -> bool:
    return any(ip in network for network in _networks(kind))


@cache
def _networks(kind: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, _blocks()[kind]))


@cache
def _blocks() -> dict[str, Any]:
    text = (files("ictdiplo") / "data/address_blocks.json").read_text(encoding="utf-8")
    blocks: dict[str, Any] = json.loads(text)
    return blocks
