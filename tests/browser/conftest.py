"""A real browser, where there is one; `make test-all` has it, `make test` says that it has not."""

import shutil
from contextlib import suppress

import pytest

from ictdiplo.publish.results_page import results_page

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox, since CI runs as root; and nothing that a browser does of its own accord on a network.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

OWN = ("file:", "about:srcdoc")


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one file: its event loop must not run while other files do."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no browser is installed (Debian: chromium)")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser, tmp_path):
    """Opens HTML from the disk; at the end nothing may have been complained of or asked for."""
    contexts, trouble = [], []

    def show(html, at="", **options):
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: (trouble.append("a dialog"), dialog.dismiss()))
        page.on("request", lambda sent: sent.url.startswith(OWN) or trouble.append(sent.url))
        page.goto(f"{file.as_uri()}{at}")
        return page

    yield show
    for context in contexts:
        with suppress(Exception):  # the browser may be gone; what it complained of is told below
            context.close()
    assert trouble == []


@pytest.fixture
def visit(show):
    """Opens a page of results."""
    return lambda found, at="", **options: show(results_page(found), at, **options)


@pytest.fixture
def violations():
    """Runs axe on a page; what it finds, with the markup that it finds it in."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")

    def violations(page):
        found = axe.Axe().run(page).response["violations"]
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]

    return violations
