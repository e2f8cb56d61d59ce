"""Certificates made on the spot, and TLS contexts of servers that show them."""

import ssl
from datetime import UTC, datetime, timedelta

import trustme

LOOPBACK = ("127.0.0.1", "localhost")
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
# Whoever trusts this authority trusts what it signs.
AUTHORITY = trustme.CA()


def _shown(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def _signed_by_itself(folder):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    AUTHORITY.private_key_pem.write_to_path(key)
    AUTHORITY.cert_pem.write_to_path(certificate)
    context.load_cert_chain(certificate, key)
    return context


def good():
    """Return the context of a server that is what it says."""
    return _shown(AUTHORITY.issue_cert(*LOOPBACK))


def untrusted(folder):
    """Return contexts of servers that cannot prove what they are, and what is said of them."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    return {
        "signed by itself": (_signed_by_itself(folder), "self-signed certificate"),
        "of an unknown authority": (_shown(trustme.CA().issue_cert(*LOOPBACK)), "local issuer"),
        "of another host": (_shown(AUTHORITY.issue_cert("models.example")), "mismatch"),
        "expired": (
            _shown(AUTHORITY.issue_cert(*LOOPBACK, not_before=BEGINNING, not_after=yesterday)),
            "has expired",
        ),
    }


def trust(monkeypatch, folder):
    """Let this process trust `AUTHORITY`, as a person would."""
    path = folder / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
