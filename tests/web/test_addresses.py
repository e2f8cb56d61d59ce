"""Only public web addresses are fetched, however they are written and wherever their names lead."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ictdiplo.errors import AddressRefused, PageUnavailable
from ictdiplo.web.addresses import (
    Address,
    find_places,
    is_web_address,
    may_be_reached,
    parse_address,
    shown_address,
)

SECRET = "hunter2"  # a password that must not be shown


@pytest.mark.parametrize(
    "url, sent",
    [
        ("https://news.example", "https://news.example/"),
        ("HTTPS://News.Example:443/A?b=c#d", "https://news.example/A?b=c"),
        ("http://news.example:8080/a b", "http://news.example:8080/a%20b"),
        ("https://news.example/خبر?q=وزیر", "https://news.example/%D8%AE%D8%A8%D8%B1?q="),
        ("https://news.example/%D8%AE", "https://news.example/%D8%AE"),
        ("https://вести.example/", "https://xn--"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("  https://news.example/\r\nX-Header: 1", "https://news.example/X-Header:%201"),
    ],
)
def test_an_address_is_brought_to_one_form(url, sent):
    assert str(parse_address(url)).startswith(sent)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "gopher://news.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "//news.example/a",
        "https://",
        "https://:443/",
        "https://news.example:0/",
        "https://news.example:99999/",
        "https://news.example:port/",
        "https://a..example/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "http://news.example\x00.evil.example/",
        "http://news.example /",
        "",
    ],
)
def test_anything_else_is_refused(url):
    with pytest.raises(AddressRefused):
        parse_address(url)


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@news.example/",
        f"https://{SECRET}@news.example/",
        f"https://news.example:443\\@{SECRET}/",
        f"https://@news.example/?{SECRET}",
    ],
)
def test_credentials_in_an_address_are_refused_and_not_repeated(url):
    with pytest.raises(AddressRefused, match="password") as refused:
        parse_address(url)
    assert SECRET not in str(refused.value)


def test_what_is_shown_of_an_address_has_a_hash_for_its_query():
    """If two pages differed by their query only, then they would be one in what a run writes."""
    url = f"https://news.example/a?token={SECRET}"

    assert shown_address(url) == "https://news.example/a?…803f3ef9"
    assert shown_address(url) != shown_address(url + "x")
    assert shown_address("https://news.example/a#b") == "https://news.example/a"
    assert shown_address(f"https://{SECRET}@news.example/") == "the address"


@pytest.mark.parametrize(
    "number", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"]
)
@pytest.mark.parametrize("intranet", [False, True])
def test_public_addresses_are_reached(number, intranet):
    assert may_be_reached(number, intranet=intranet)


INTRANET = [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "fc00::1",
    "fd12::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "ff02::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
]


@pytest.mark.parametrize("number", INTRANET)
def test_addresses_of_an_intranet_are_reached_if_that_is_allowed(number):
    assert not may_be_reached(number, intranet=False)
    assert may_be_reached(number, intranet=True)


@pytest.mark.parametrize("number", NEVER)
@pytest.mark.parametrize("intranet", [False, True])
def test_special_addresses_are_never_reached(number, intranet):
    assert not may_be_reached(number, intranet=intranet)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0x7f.1",
        "[::1]",
    ],
)
def test_loopback_is_known_however_it_is_written(host):
    address = parse_address(f"http://{host}:8080/")

    with pytest.raises(AddressRefused, match="not of the public internet"):
        find_places(address, intranet=False)
    assert find_places(address, intranet=True)


def test_if_one_of_a_hosts_addresses_is_private_then_the_host_is_refused(monkeypatch):
    def resolved(*_, **__):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
            for number in ("93.184.215.14", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with pytest.raises(AddressRefused):
        find_places(parse_address("https://news.example/"), intranet=False)


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError()], ids=repr)
def test_a_host_that_cannot_be_found_is_said_so(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(PageUnavailable, match="cannot be found"):
        find_places(parse_address("https://news.example/"), intranet=False)


@pytest.mark.parametrize(
    "words, is_address",
    [("https://a.example", True), ("HTTP://a", True), ("https", False), ("ftp://a", False)],
)
def test_a_web_address_is_told_from_a_files_name(words, is_address):
    assert is_web_address(words) is is_address


@given(st.text(max_size=60))
def test_whatever_is_written_there_is_an_address_or_a_typed_error(words):
    for url in (words, f"https://{words}", f"https://news.example/{words}"):
        try:
            address = parse_address(url)
        except AddressRefused:
            continue
        assert isinstance(address, Address)
        assert str(address).isascii()
        assert not any(character.isspace() for character in str(address))
        assert parse_address(str(address)) == address
