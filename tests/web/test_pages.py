"""A page is fetched within limits, and whatever goes wrong is a typed error that says what to do."""

import contextlib
import gzip
import itertools
import socket
import ssl
import zlib
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

import certificates
import ictdiplo
from ictdiplo.article import Article
from ictdiplo.errors import AddressRefused, ArticleTooLong, PageUnavailable, RobotsRefused
from ictdiplo.web import exchange, pages
from ictdiplo.web.addresses import Place, parse_address
from ictdiplo.web.exchange import Reply
from ictdiplo.web.pages import fetch_page
from web_site import HTML, STORY, Answer, Site, redirect

TEXT_KIND = "text/plain; charset=utf-8"


def fetched(site, path="a", **settings):
    return fetch_page(f"{site.root}/{path}", intranet=True, **settings)


def test_robots_txt_is_asked_first_and_a_fragment_is_not_sent():
    with Site(**{"a?b=c": Answer()}) as site:
        Article.from_url(f"{site.root}/a?b=c#d", intranet=True)
    assert site.asked == ["/robots.txt", "/a?b=c"]


def test_a_page_becomes_an_article_with_the_address_it_came_from():
    with Site(a=Answer()) as site:
        article = Article.from_url(
            f"{site.root}/a", intranet=True, published="2025-11-24", id="cable"
        )

    assert STORY in article.text
    assert (article.url, article.title) == (f"{site.root}/a", "A cable")
    assert (article.id, str(article.published)) == ("cable", "2025-11-24")


def test_plain_text_becomes_an_article_too():
    with Site(a=Answer(STORY, TEXT_KIND)) as site:
        article = Article.from_url(f"{site.root}/a", intranet=True)

    assert (article.text, article.url) == (STORY, f"{site.root}/a")


def test_loopback_is_not_fetched_unless_the_intranet_is_allowed():
    with Site(a=Answer()) as site, pytest.raises(AddressRefused, match="--intranet"):
        Article.from_url(f"{site.root}/a")
    assert site.asked == []


# What is sent


def test_only_what_is_needed_is_sent():
    with Site(a=Answer(headers={"Set-Cookie": "a=b"})) as site:
        fetched(site)
        fetched(site)

    for headers in site.headers:
        assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["Host"] == site.root.removeprefix("http://")
        assert headers["User-Agent"].startswith("ictdiplo/0.")


def test_no_proxy_is_used(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with Site(a=Answer()) as site:
        assert fetched(site).data == HTML.encode()


# Where the connection goes


def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_led(monkeypatch):
    """If a name led elsewhere the second time, then checking it the first time would be in vain."""
    looked_up = []

    def resolve(host, port, **_):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with Site(a=Answer()) as site:
        url = f"http://news.example:{site.server_port}/a"
        assert fetch_page(url, intranet=True).data == HTML.encode()
        assert [headers["Host"] for headers in site.headers] == [url[7:-2]] * 2
    assert looked_up == ["news.example"] * 2  # for robots.txt, and for the page


def test_a_dead_address_of_a_host_is_passed_over(monkeypatch):
    with Site(a=Answer()) as site, socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        alive = ("127.0.0.1", site.server_port)
        places = [Place(socket.AF_INET, dead.getsockname()), Place(socket.AF_INET, alive)]
        monkeypatch.setattr(pages, "find_places", lambda *_, **__: places)
        assert fetched(site).data == HTML.encode()


def test_https_checks_the_certificate_against_the_name(monkeypatch):
    asked = []

    class Context:
        def wrap_socket(self, sock, server_hostname):
            asked.append(server_hostname)
            return sock

    monkeypatch.setattr(ssl, "create_default_context", Context)
    with Site(a=Answer()) as site:
        url = f"https://localhost:{site.server_port}/a"
        assert fetch_page(url, intranet=True).url == url
    assert asked == ["localhost"] * 2


@pytest.mark.parametrize(
    "case", ["signed by itself", "of an unknown authority", "of another host", "expired"]
)
def test_a_certificate_that_proves_nothing_is_refused_and_nothing_sent(case, monkeypatch, tmp_path):
    context, says = certificates.untrusted(tmp_path)[case]
    if case in {"of another host", "expired"}:  # so that nothing else is wrong with it
        certificates.trust(monkeypatch, tmp_path)
    with Site(tls=context, a=Answer()) as site:
        with pytest.raises(PageUnavailable, match=f"certificate is not to be trusted.*{says}"):
            fetched(site)
        assert site.asked == []


def test_a_page_is_fetched_from_a_host_whose_authority_is_trusted(monkeypatch, tmp_path):
    certificates.trust(monkeypatch, tmp_path)
    with Site(tls=certificates.good(), a=Answer()) as site:
        assert fetched(site).data == HTML.encode()


def test_a_server_without_tls_is_no_https():
    with Site(a=Answer()) as site, pytest.raises(PageUnavailable, match="connection failed"):
        fetch_page(site.root.replace("http", "https") + "/a", intranet=True)


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_last_address_is_the_articles(status):
    with Site(a=redirect("/b?c", status)) as site:
        site.pages["/b?c"] = Answer()
        assert fetched(site).url == f"{site.root}/b?c"
    assert site.asked == ["/robots.txt", "/a", "/b?c"]


def test_a_chain_of_redirects_ends():
    with Site(a=redirect("/a")) as site, pytest.raises(PageUnavailable, match="more than 5 times"):
        fetched(site)
    assert site.asked.count("/a") == 6


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "ftp://news.example/",
        "//user:password@news.example/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",
        "http://[fe80::1]/",
        "http://[::1",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(to):
    with Site(a=redirect(to)) as site, pytest.raises(AddressRefused):
        fetched(site)


def test_a_public_page_cannot_redirect_to_a_private_one(monkeypatch):
    """If only the first address were checked, then any page could send us anywhere."""
    with Site(a=redirect("http://localhost/b")) as site:
        real = socket.getaddrinfo

        def public(host, port, **settings):
            if host == "localhost":
                return real(host, port, **settings)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", port))]

        def dial(places, _deadline):
            assert [place.address[0] for place in places] == ["93.184.215.14"]
            sock = socket.socket()
            sock.connect(("127.0.0.1", site.server_port))
            return sock

        monkeypatch.setattr(socket, "getaddrinfo", public)
        monkeypatch.setattr(exchange, "_dial", dial)
        with pytest.raises(AddressRefused):
            fetch_page(f"http://news.example:{site.server_port}/a")
    assert site.asked == ["/robots.txt", "/a"]


def test_https_does_not_fall_back_to_http(monkeypatch):
    class Context:
        def wrap_socket(self, sock, server_hostname):
            return sock

    monkeypatch.setattr(ssl, "create_default_context", Context)
    with Site(a=redirect("http://localhost/")) as site:
        url = f"https://localhost:{site.server_port}/a"
        with pytest.raises(AddressRefused, match="from https to http"):
            fetch_page(url, intranet=True)


# robots.txt

ROBOTS = [
    *("User-agent: *", "User-agent: ictdiplo", "Disallow: /", "Disallow: //[", "Allow: /a", "#"),
    *("Crawl-delay: ²", "Request-rate: 1/0", "Sitemap: http://[", "Disallow: %ff", ":", ""),
]


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: ictdiplo\nDisallow: /a",
        "User-agent: *\nDisallow: /a?",
    ],
)
def test_what_robots_txt_refuses_is_not_fetched(rules):
    with (
        Site(**{"robots.txt": Answer(rules, TEXT_KIND), "a?b": Answer()}) as site,
        pytest.raises(RobotsRefused, match="save it from a browser"),
    ):
        fetched(site, "a?b")
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [
        Answer("User-agent: other\nDisallow: /", TEXT_KIND),
        Answer("User-agent: *\nDisallow: /private", TEXT_KIND),
        Answer("", TEXT_KIND),
        Answer(b"\xff\xfe\x00", TEXT_KIND),
        Answer("nothing", status=404),
        Answer("not yours", status=403),
    ],
)
def test_what_robots_txt_leaves_open_is_fetched(robots):
    with Site(**{"robots.txt": robots, "a": Answer()}) as site:
        assert fetched(site).data == HTML.encode()


def test_a_robots_txt_that_the_server_fails_to_give_is_a_refusal():
    with (
        Site(**{"robots.txt": Answer("", status=503), "a": Answer()}) as site,
        pytest.raises(RobotsRefused, match="cannot be read"),
    ):
        fetched(site)


@given(st.text() | st.lists(st.sampled_from(ROBOTS)).map("\n".join))
def test_any_robots_txt_is_read_or_a_refusal(text):
    rules = pages._rules(Reply(200, Message(), text.encode("utf-8", "replace")))
    assert rules is None or rules.can_fetch("ictdiplo", "/a?b") in {True, False}


@given(st.text() | st.text().map("http://{}".format) | st.text().map("//[{}".format))
def test_any_location_is_an_address_or_a_typed_error(location):
    with contextlib.suppress(AddressRefused):
        assert pages._redirected(parse_address("https://news.example/a"), location).host


def test_the_site_behind_a_redirect_is_asked_too():
    rules = Answer("User-agent: *\nDisallow: /", TEXT_KIND)
    with Site(**{"robots.txt": rules, "b": Answer()}) as other:
        with Site(a=redirect(f"{other.root}/b")) as site, pytest.raises(RobotsRefused):
            fetched(site)
        assert other.asked == ["/robots.txt"]


# Limits


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(exchange, "MOST_BYTES", 1000)


def test_a_page_that_is_too_large_is_not_read_to_its_end(small):
    def endless(handler):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while not handler.server.closing.is_set():
            handler.wfile.write(b"x" * 100_000)

    with Site(a=Answer(endless)) as site, pytest.raises(ArticleTooLong, match="1,000 bytes"):
        fetched(site)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_packed_page_is_unpacked(pack):
    headers = {"Content-Encoding": "gzip"}
    with Site(a=Answer(pack(HTML.encode()), headers=headers)) as site:
        assert fetched(site).data == HTML.encode()


def test_a_bomb_is_not_unpacked(small):
    bomb = gzip.compress(bytes(10_000_000))
    small_bomb = gzip.compress(bytes(1001))
    assert len(small_bomb) < 1000 < len(bomb)
    with (
        Site(a=Answer(small_bomb, headers={"Content-Encoding": "gzip"})) as site,
        pytest.raises(ArticleTooLong),
    ):
        fetched(site)


@pytest.mark.parametrize(
    "encoding, body",
    [
        ("gzip", gzip.compress(HTML.encode())[:-9]),
        ("gzip", gzip.compress(b"a") + gzip.compress(b"b")),
        ("gzip", b"no gzip at all"),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("gzip, gzip", gzip.compress(gzip.compress(HTML.encode()))),
    ],
)
def test_what_cannot_be_unpacked_whole_is_no_page(encoding, body):
    with (
        Site(a=Answer(body, headers={"Content-Encoding": encoding})) as site,
        pytest.raises(PageUnavailable),
    ):
        fetched(site)


def dripping(begin):
    def drip(handler):
        handler.wfile.write(begin)
        while not handler.server.closing.is_set():
            handler.wfile.write(b"x")

    return drip


@pytest.mark.parametrize(
    "begin",
    [
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n", id="body"),
        pytest.param(b"HTTP/1.0 200 OK\r\nX-Header: ", id="header"),
        pytest.param(b"HTTP/1.0 ", id="status"),
    ],
)
def test_a_page_that_drips_ends_with_its_time(begin):
    """If each byte had a time of its own, then a server could hold us up for ever."""
    seconds = itertools.count()
    with Site(a=Answer(dripping(begin))) as site, pytest.raises(PageUnavailable) as failed:
        fetched(site, seconds=20, clock=lambda: next(seconds))
    assert str(failed.value) in {
        "It did not arrive within 20 seconds.",
        "The connection failed (LineTooLong).",
    }


def test_a_silent_server_ends_with_the_time():
    with (
        Site(a=Answer(lambda handler: handler.server.closing.wait())) as site,
        pytest.raises(PageUnavailable, match=r"within 0\.2 seconds"),
    ):
        fetched(site, seconds=0.2)


def test_no_request_is_begun_when_the_time_is_up():
    seconds = itertools.count(step=30)
    with Site(a=Answer()) as site, pytest.raises(PageUnavailable, match="within 20 seconds"):
        fetched(site, seconds=20, clock=lambda: next(seconds))
    assert site.asked == []


# What is no page


def raw(data):
    return Answer(lambda handler: handler.wfile.write(data))


@pytest.mark.parametrize(
    "answer, says",
    [
        (Answer(status=404), "answered 404"),
        (Answer(status=500), "answered 500"),
        (Answer(status=204), "answered 204"),
        (Answer("", status=302), "answered 302"),
        (Answer(kind="application/pdf"), "type application/pdf"),
        (Answer(kind="image/png"), "type image/png"),
        (Answer(kind=None), "type nothing"),
        (Answer(headers={"Content-Length": "99999"}), "IncompleteRead"),
        (raw(b""), "RemoteDisconnected"),
        (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "BadStatusLine"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000), "HTTPException"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "IncompleteRead"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), "IncompleteRead"),
    ],
)
def test_what_is_no_page_is_said_so(answer, says):
    with Site(a=answer) as site, pytest.raises(PageUnavailable, match=says):
        fetched(site)


def test_a_page_in_chunks_is_read_whole():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    with Site(a=raw(head + b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")) as site:
        assert fetched(site).data == b"hello world"


def test_nobody_there_is_said_so():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(PageUnavailable, match="ConnectionRefusedError"):
            fetch_page(f"http://127.0.0.1:{closed.getsockname()[1]}/", intranet=True)


# Charsets

SPANISH = (
    "El ministro de Telecomunicaciones de Perú se reunió en Lima con su homólogo de Ecuador y los "
    "dos hablaron de una conexión de fibra óptica a través de la frontera, según el comunicado."
)


@pytest.mark.parametrize(
    "text, encoding, kind",
    [
        (SPANISH, "iso-8859-1", "text/plain; charset=ISO-8859-1"),
        (SPANISH, "utf-16", "text/plain; charset=utf-8"),
        (SPANISH, "utf-8", "text/plain"),
        ("Министр связи Казахстана встретился с коллегой из Армении в Ереване в понедельник и обсудил с ним кабель.", "koi8-r", 'text/plain; charset="KOI8-R"'),
    ],
)  # fmt: skip
def test_the_declared_charset_is_believed_after_a_mark_and_utf_8(text, encoding, kind):
    with Site(a=Answer(text.encode(encoding), kind)) as site:
        article = Article.from_url(f"{site.root}/a", intranet=True)

    assert (article.text, article.warnings) == (text, ())


def test_the_servers_charset_wins_over_the_pages_own():
    page = HTML.replace("<head>", '<head><meta charset="windows-1251">').replace("Ada", "Adá")
    with Site(a=Answer(page.encode("latin-1"), "text/html; charset=latin-1")) as site:
        assert "Adá Oduya" in Article.from_url(f"{site.root}/a", intranet=True).text


# One page's failure


def test_one_pages_failure_never_costs_another():
    with Site(a=Answer(), c=Answer()) as site:
        urls = [f"{site.root}/{name}" for name in "abc"]
        found = [each for url in urls for each in ictdiplo.read_articles(url, intranet=True)]

    assert [type(each).__name__ for each in found] == ["Article", "PageUnavailable", "Article"]
    assert str(found[1]) == f"{urls[1]}: The server answered 404."


def test_an_error_shows_neither_query_nor_credentials():
    with Site() as site:
        (missing,) = ictdiplo.read_articles(f"{site.root}/a?token=hunter2", intranet=True)
    (refused,) = ictdiplo.read_articles("https://user:hunter2@news.example/")

    assert str(missing).startswith(f"{site.root}/a?…")
    assert str(refused).startswith("the address: ")
    assert "hunter2" not in f"{missing!r} {refused!r}"


def test_a_bad_date_is_that_articles_error():
    with Site(a=Answer()) as site:
        (found,) = ictdiplo.read_articles(f"{site.root}/a", intranet=True, published="soon")
    assert "no publication date" in str(found)
