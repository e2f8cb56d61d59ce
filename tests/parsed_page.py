"""A page taken apart, and what holds of every page: it loads nothing, and its policy says so."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


class Parsed(HTMLParser):
    """Keeps the tags with their attributes, the text, and what each script or style holds."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open, self.sources = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        raw = self.open and self.open[-1] in {"script", "style"}
        (self.sources if raw else self.words).append(data)

    def attribute(self, name):
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def text(self):
        return "".join(self.words)


def assert_nothing_is_loaded(html):
    """Links lead to the web or stay on the page, and nothing is fetched to show it."""
    parsed = Parsed(html)
    away = [link for link in parsed.attribute("href") if not link.startswith("#")]

    assert {"link", "img", "iframe", "object", "base"}.isdisjoint(tag for tag, _ in parsed.tags)
    assert parsed.attribute("src") == []
    assert [link for link in away if not link.startswith(("http://", "https://"))] == []
    assert "url(" not in "".join(parsed.sources)


def assert_policy_holds(html):
    """The policy allows the page's own style and script by their hashes, and nothing else."""
    parsed = Parsed(html)
    policy = next(a["content"] for _, a in parsed.tags if a.get("http-equiv"))
    style, script = (
        b64encode(sha256(re.search(pattern, html, re.DOTALL)[1].encode()).digest()).decode()
        for pattern in (r"<style>(.*?)</style>", r"<script>(.*?)</script>")
    )

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert parsed.attribute("style") == []
    assert [name for _, a in parsed.tags for name in a if name.startswith("on")] == []
