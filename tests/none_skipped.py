"""A pytest plugin for `make test-all`, where everything is installed: a skipped test is a failure."""

import pytest


def pytest_sessionfinish(session):
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for report in _skipped(config):
        terminalreporter.write_line(f"Skipped, but nothing may be: {report.nodeid}", red=True)


def _skipped(config):
    return config.pluginmanager.get_plugin("terminalreporter").stats.get("skipped", [])
