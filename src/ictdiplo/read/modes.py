"""Ways of asking for an answer's form: which to try first, which next, and what worked.

Endpoints differ in what they enforce, and none says so: some drop a named tool without a word, some
answer a JSON Schema with an error, some ignore both. What a user names always counts. Otherwise the
likeliest mode is tried first, then the others, and what worked is remembered, in the process and in
the cache directory, so that each endpoint and model is tried out once.

Where each mode is enforced, as measured or documented, stands in the README.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from .cache import Answers, cache_key

Mode = Literal["json_schema", "tools", "tools_required", "json", "md_json"]
# In the order in which they are tried. A required tool is for servers that take no named one.
CHAIN: tuple[Mode, ...] = get_args(Mode)
# Those that leave a server no room for another form; from the others a model may stray.
ENFORCED: frozenset[Mode] = frozenset({"json_schema", "tools", "tools_required"})


class KnownModes:
    """Which mode worked with an endpoint and a model."""

    def __init__(self) -> None:
        self._modes: dict[str, Mode] = {}

    def recall(self, key: str, answers: Answers | None) -> Mode | None:
        """Return what worked, as far as this process or the directory knows."""
        stored = self._modes.get(key) or (answers.get(key) if answers else None)
        return next((mode for mode in CHAIN if mode == stored), None)

    def remember(self, key: str, mode: Mode, answers: Answers | None) -> None:
        """Keep what worked."""
        if self._modes.get(key) != mode:
            self._modes[key] = mode
            if answers:
                answers.put(key, mode)


def key_of(endpoint: str, name: str) -> str:
    """Name an endpoint and a model in one."""
    return cache_key(mode_of=endpoint, model=name)


def in_turn(first: Mode) -> Iterator[Mode]:
    """Yield all modes, the likeliest first."""
    yield first
    yield from (mode for mode in CHAIN if mode != first)
