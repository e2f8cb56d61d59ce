"""Every setting of a model in one value, checked when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

from pydantic import SecretStr, TypeAdapter, ValidationError

from ..errors import SettingsError
from . import gguf
from .connection import is_openai
from .modes import Mode
from .presets import PRESETS, Preset, named_by, preset_of

# What records say of a file's own server: its port is another one in each run.
LOOPBACK = "http://127.0.0.1"
# Characters below which a cut-off answer is not a matter of the article's length.
SMALLEST_PART = 2_000
# A directory could not be told from yes and no.
_NOT_IN_WORDS = {"name", "api_key", "cache"}


@dataclass(frozen=True)
class Settings:
    """Every setting of a model, in one value.

    Raises:
        SettingsError: a setting makes no sense.
    """

    name: str
    """The name to ask for: `openai/gpt-5-mini`, `ollama/qwen3:8b` or another of the `presets`; with
    a `base_url`, verbatim whatever it serves; or `gguf:path/to/file.gguf`, which llama.cpp serves
    on this machine (extra `local`)."""
    base_url: str | None = field(default=None, kw_only=True)
    """Address of an OpenAI-compatible endpoint, such as `http://localhost:11434/v1`."""
    api_key: SecretStr | str | None = field(default=None, kw_only=True, repr=False)
    """The key; most local servers need none."""
    mode: Mode | None = field(default=None, kw_only=True)
    """How the answer's form is asked for; None tries, and remembers what works."""
    temperature: float | None = field(default=None, kw_only=True)
    """None leaves it to the endpoint: some models take no other value than their own."""
    max_tokens: int | None = field(default=None, kw_only=True)
    """Most tokens of one answer; None leaves it to the endpoint, and gives a `gguf:` model half of
    its context."""
    timeout: float = field(default=120.0, kw_only=True)
    """Seconds to wait for one reply; a `gguf:` model has until the `deadline`."""
    deadline: float = field(default=600.0, kw_only=True)
    """Seconds that one article may take, all its attempts and parts together."""
    attempts: int = field(default=5, kw_only=True)
    """Most requests for one reply when the transport fails."""
    reasks: int = field(default=2, kw_only=True)
    """How often the model is asked again after an answer that does not validate."""
    second_look: bool = field(default=False, kw_only=True)
    """Ask once more about sentences that look like a record and are in none."""
    part_size: int = field(default=40_000, kw_only=True)
    """Most characters of an article in one request; longer ones are read in parts."""
    cache: bool | Path | str = field(default=True, kw_only=True)
    """True for the user's cache directory, False for none, or a directory."""
    prices: tuple[float, float] | None = field(default=None, kw_only=True)
    """US dollars a million tokens, read and written; None looks them up with the `cost` extra."""
    context_size: int = field(default=16_384, kw_only=True)
    """Tokens that prompt, article and answer may have together in a `gguf:` model."""
    threads: int | None = field(default=None, kw_only=True)
    """Threads that a `gguf:` model computes with; None means one for each core, up to 8."""
    gpu_layers: int | None = field(default=None, kw_only=True)
    """Layers of a `gguf:` model to keep on the graphics card; None leaves it to llama.cpp."""

    def __post_init__(self) -> None:
        if isinstance(self.api_key, str):
            object.__setattr__(self, "api_key", SecretStr(self.api_key))
        if isinstance(self.cache, str):
            object.__setattr__(self, "cache", Path(self.cache))
        for complaint in _complaints(self):
            raise SettingsError(complaint)

    @property
    def is_file(self) -> bool:
        """Whether the model is a GGUF file, which llama.cpp serves on this machine."""
        return gguf.is_gguf(self.name)

    @property
    def preset(self) -> Preset | None:
        """The sort of server that the name begins with; None if an address was given."""
        return None if self.base_url else preset_of(self.name)

    @property
    def endpoint(self) -> str:
        """The address that requests go to."""
        if self.is_file:
            return LOOPBACK
        preset = self.preset or PRESETS["openai"]
        return (self.base_url or preset.address or "").rstrip("/")

    @property
    def served_name(self) -> str:
        """The name to send: without the preset in front, verbatim to an address that was given.

        For a file it is what tells the file from others, wherever it lies.
        """
        if self.is_file:
            return gguf.identity(self.name)
        if self.base_url and not is_openai(self.base_url):
            return self.name
        return named_by(self.name)

    @property
    def likeliest_mode(self) -> Mode:
        """The mode that the endpoint is likeliest to enforce.

        OpenAI and Azure enforce a named tool; local servers often drop it without a word and
        enforce a JSON Schema instead.
        """
        if self.preset:
            return self.preset.mode
        return "tools" if is_openai(self.endpoint) else "json_schema"

    def shaping(self) -> dict[str, Any]:
        """Return what shapes the records of an article, besides prompt and form; never the key."""
        return {
            "endpoint": self.endpoint,
            "mode": self.mode or "what works",
            "part_size": self.part_size,
            "reasks": self.reasks,
            "second_look": self.second_look,
            **self.options(),
        }

    def options(self) -> dict[str, Any]:
        """Return what is sent beside messages and form; what is not set is left out."""
        # OpenAI's newer models take only the newer name; most other servers know only the older.
        limit = "max_completion_tokens" if is_openai(self.endpoint) else "max_tokens"
        options = {
            "model": self.served_name,
            "temperature": self.temperature,
            limit: self.max_tokens or (self.context_size // 2 if self.is_file else None),
            "extra_body": dict(self.preset.extra) if self.preset else None,
        }
        return {name: value for name, value in options.items() if value not in (None, {})}


def settings_in_words(pairs: Iterable[str]) -> dict[str, Any]:
    """Parse settings such as `temperature=0`, `context_size=32768` or `prices=0.25,2`.

    Raises:
        SettingsError: there is no such setting, or its value is of another kind. The key cannot be
            given so, because others can see what a command was called with.
    """
    kinds = get_type_hints(Settings)
    given: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in kinds.keys() - _NOT_IN_WORDS:
            known = ", ".join(sorted(kinds.keys() - _NOT_IN_WORDS))
            raise SettingsError(
                f"“{name}” is no setting that can be given as NAME=VALUE; there are {known}."
            )
        said = value.split(",") if name == "prices" else value
        try:
            given[name] = TypeAdapter(kinds[name]).validate_python(said)
        except ValidationError as error:
            raise SettingsError(
                f"{name} cannot be “{value}”: {error.errors()[0]['msg']}."
            ) from None
    return given


def _complaints(model: Settings) -> Iterator[str]:
    if not model.name.strip():
        yield "A model needs a name, such as openai/gpt-5-mini."
    if model.is_file:
        yield from _file_complaints(model)
    elif "/" in model.name and not model.base_url and not model.preset:
        yield (
            f"“{model.name}” names no server that is known by name ({', '.join(PRESETS)}); give "
            "the address that serves it as base_url (--base-url in the shell, or OPENAI_BASE_URL)."
        )
    if model.preset and not model.endpoint:
        yield (
            f"“{model.name}” needs your own address: set {model.preset.address_variable}, or give "
            "it as base_url."
        )
        return
    if model.mode not in {None, *get_args(Mode)}:
        yield f"mode must be one of {', '.join(get_args(Mode))}."
    if isinstance(model.api_key, SecretStr) and not model.api_key.get_secret_value().isascii():
        yield "The key has characters that no key has; copy it again."
    yield from _address_complaints(model.endpoint)
    yield from _number_complaints(model)


def _file_complaints(model: Settings) -> Iterator[str]:
    if model.base_url:
        yield "A gguf: model is served on this machine; leave out base_url."
    yield from gguf.complaints(model.name)
    fewest = (model.context_size, 1), (model.threads, 1), (model.gpu_layers, 0)
    if any(value is not None and value < least for value, least in fewest):
        yield "context_size and threads must be at least 1, and gpu_layers at least 0."


def _address_complaints(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield "base_url must be an address such as http://localhost:11434/v1."
    if parts.username or parts.password or parts.query or parts.fragment:
        yield "base_url must not hold a password or a query; pass the key as api_key."


def _number_complaints(model: Settings) -> Iterator[str]:
    if model.attempts < 1 or model.reasks < 0:
        yield "attempts must be at least 1, and reasks at least 0."
    if model.timeout <= 0 or model.deadline <= 0:
        yield "timeout and deadline must be more than 0 seconds."
    if model.part_size < SMALLEST_PART:
        yield f"part_size must be at least {SMALLEST_PART} characters."
