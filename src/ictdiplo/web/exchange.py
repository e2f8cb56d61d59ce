"""One request and its reply, within a time and a size.

The time counts by the clock, from the first connection to the last byte, so that a server that
sends a byte now and then holds nobody up. The size is that of what arrives and, where it arrives
compressed, of what it unfolds to.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ArticleTooLong, PageUnavailable
from .addresses import PORTS, Address, Place

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_BYTES = 10_000_000
"""What a page may have, compressed and not: some hundred times a usual one."""
# Seconds for one of several addresses of a host, so that a dead one does not use up the time.
LONGEST_DIAL = 5.0

_CHUNK = 65_536
# zlib's window size, with the 32 that makes it take gzip and zlib alike.
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PACKED, _PLAIN = {"gzip", "x-gzip", "deflate"}, {"", "identity"}

Clock = Callable[[], float]


class Deadline:
    """When the time is up."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            PageUnavailable: there are none.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise self.missed()
        return left

    def missed(self) -> PageUnavailable:
        """Return the error that says so."""
        return PageUnavailable(f"It did not arrive within {self._seconds:g} seconds.")


class Reply(NamedTuple):
    """What a server said; the body is unpacked."""

    status: int
    headers: Message
    body: bytes


def exchange(
    address: Address, places: Sequence[Place], headers: Mapping[str, str], deadline: Deadline
) -> Reply:
    """Ask for `address` at one of its places; nothing but `headers` and `Host` is sent.

    Raises:
        PageUnavailable: there is no answer in time, or none that can be read.
        ArticleTooLong: it has more than `MOST_BYTES`.
    """
    connection = _Connection(address, places, deadline)
    try:
        connection.putrequest("GET", address.target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return Reply(response.status, response.headers, _body(response))
    except TimeoutError as error:
        raise deadline.missed() from error
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message.rstrip(".")
        raise PageUnavailable(f"Its certificate is not to be trusted ({why}).") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise PageUnavailable(f"The connection failed ({type(error).__name__}).") from error
    finally:
        connection.hang_up()


class _Connection(http.client.HTTPConnection):
    """Connects to the places that were checked, and to nothing else; looks up no name."""

    def __init__(self, address: Address, places: Sequence[Place], deadline: Deadline) -> None:
        super().__init__(address.host, address.port)
        self.default_port = PORTS[address.scheme]  # which `Host` leaves out
        self._address = address
        self._places = places
        self._deadline = deadline
        self._timed: _TimedSocket | None = None

    def connect(self) -> None:
        sock = _dial(self._places, self._deadline)
        try:
            if self._address.scheme == "https":
                sock.settimeout(self._deadline.left())
                context = ssl.create_default_context()
                sock = context.wrap_socket(sock, server_hostname=self._address.host)
        except BaseException:
            sock.close()
            raise
        self.sock = self._timed = _TimedSocket(sock, self._deadline)

    def hang_up(self) -> None:
        """Close everything."""
        self.close()
        if self._timed:
            self._timed.hang_up()


def _dial(places: Sequence[Place], deadline: Deadline) -> socket.socket:
    """Return a connection to the first place that takes one."""
    failure: OSError = OSError()
    for place in places:
        sock = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(LONGEST_DIAL, deadline.left()))
            sock.connect(place.address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure


class _TimedSocket:
    """A socket for `http.client` of which every read and write ends by the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - http.client only reads
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        """Leave it open: http.client closes before the body is read where the server will."""

    def hang_up(self) -> None:
        """Close it."""
        self._sock.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


def _body(response: http.client.HTTPResponse) -> bytes:
    """Return the whole body, unpacked; less than was announced is no body."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _PACKED | _PLAIN:
        raise PageUnavailable("It is packed in a way that was not asked for.")
    body = bytearray()
    while piece := response.read1(_CHUNK):
        body += piece
        _check_size(body)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return _unpacked(bytes(body)) if encoding in _PACKED else bytes(body)


def _unpacked(packed: bytes) -> bytes:
    """Unpack as much as a page may have; more is not even tried."""
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    body = unpacker.decompress(packed, MOST_BYTES + 1)
    _check_size(body)
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error("cut off, or followed by something else")
    return body


def _check_size(body: bytes | bytearray) -> None:
    if len(body) > MOST_BYTES:
        raise ArticleTooLong(f"A page has at most {MOST_BYTES:,} bytes.")
