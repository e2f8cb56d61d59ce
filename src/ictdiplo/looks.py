"""How values show themselves, in notebooks and as pages.

What they look like is for `publish` to say, which stands far below: it is found by name when a value
is to be shown, and nothing else in the package looks down.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any


class Shown:
    """What a notebook shows."""

    def _repr_html_(self) -> str:
        return str(_publish("notebook").as_html(self))


class Paged(Shown):
    """What has a page of its own."""

    def write_page(self, path: str | Path) -> None:
        """Write articles with their evidence marked, and the records, on one page that loads nothing.

        Raises:
            SettingsError: nothing can be written there.
        """
        _publish("results_page").write_page(self, path)


def _publish(module: str) -> Any:
    return import_module(f".publish.{module}", __package__)
