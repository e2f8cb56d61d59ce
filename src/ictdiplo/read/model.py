"""A model behind an OpenAI-compatible endpoint, read through the cache."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError

from ..article import Article, parts
from ..draft import Check, Draft, Reading
from ..errors import BadKey, OutputTruncated, SettingsError
from ..records import Provenance
from . import endpoint
from .cache import Answers, cache_key, default_directory, one_at_a_time
from .endpoint import Create, Exchange, Mode, Tally
from .prompt import Message, prompt_sha256, read_messages

# What an OPENAI_API_KEY alone selects.
DEFAULT_MODEL = "openai/gpt-5-mini"
OPENAI = "https://api.openai.com/v1"
# Raised whenever an answer is stored or shaped in a new way, so that older ones are not read.
ENVELOPE = 1
# Characters by which the parts of a long article overlap: room for a paragraph, so that a
# “he added” stands in one part with its speaker.
OVERLAP = 1_000
# Characters below which a cut-off answer is not a matter of the article's length.
SMALLEST_PART = 2_000


@dataclass(frozen=True)
class Model:
    """Every setting of a model, in one value.

    Raises:
        SettingsError: a setting makes no sense.
    """

    name: str
    """The name to ask for: `openai/gpt-5-mini`, or verbatim whatever the `base_url` serves."""
    base_url: str | None = field(default=None, kw_only=True)
    """Address of an OpenAI-compatible endpoint, such as `http://localhost:11434/v1`."""
    api_key: SecretStr | str | None = field(default=None, kw_only=True, repr=False)
    """The key; most local servers need none."""
    mode: Mode | None = field(default=None, kw_only=True)
    """How the answer's form is asked for; None chooses by the endpoint."""
    temperature: float | None = field(default=None, kw_only=True)
    """None leaves it to the endpoint: some models take no other value than their own."""
    max_tokens: int | None = field(default=None, kw_only=True)
    """Most tokens of one answer; None leaves it to the endpoint."""
    timeout: float = field(default=120.0, kw_only=True)
    """Seconds to wait for one reply."""
    deadline: float = field(default=600.0, kw_only=True)
    """Seconds that one article may take, all its attempts and parts together."""
    attempts: int = field(default=5, kw_only=True)
    """Most requests for one reply when the transport fails."""
    reasks: int = field(default=2, kw_only=True)
    """How often the model is asked again after an answer that does not validate."""
    part_size: int = field(default=40_000, kw_only=True)
    """Most characters of an article in one request; longer ones are read in parts."""
    cache: bool | Path = field(default=True, kw_only=True)
    """True for the user's cache directory, False for none, or a directory."""
    prices: tuple[float, float] | None = field(default=None, kw_only=True)
    """US dollars a million tokens, read and written; None looks them up with the `cost` extra."""

    def __post_init__(self) -> None:
        if isinstance(self.api_key, str):
            object.__setattr__(self, "api_key", SecretStr(self.api_key))
        for complaint in _complaints(self):
            raise SettingsError(complaint)

    @classmethod
    def from_env(cls, name: str | None = None, **settings: Any) -> Model | None:
        """Choose the model that arguments and environment name; None means the offline reader.

        The order: `name`, then ICTDIPLO_MODEL, then a key or an address alone, which selects
        `DEFAULT_MODEL`. Key and address come from `settings`, then OPENAI_API_KEY and
        OPENAI_BASE_URL; the cache directory from ICTDIPLO_CACHE_DIR. This is the one place where
        the environment is read.

        Raises:
            SettingsError: a setting makes no sense.
        """
        said = {key: value for key, value in settings.items() if value is not None}
        said.setdefault("base_url", os.environ.get("OPENAI_BASE_URL") or None)
        said.setdefault("api_key", os.environ.get("OPENAI_API_KEY") or None)
        if said.get("cache", True) is True and (folder := os.environ.get("ICTDIPLO_CACHE_DIR")):
            said["cache"] = Path(folder)
        name = name or os.environ.get("ICTDIPLO_MODEL")
        if not name and (said["base_url"] or said["api_key"]):
            name = DEFAULT_MODEL
        return None if name in {None, "", "offline"} else cls(str(name), **said)

    @property
    def endpoint(self) -> str:
        """The address that requests go to."""
        return (self.base_url or OPENAI).rstrip("/")

    @property
    def served_name(self) -> str:
        """The name to send: verbatim to an address of one's own, without `openai/` to OpenAI."""
        return self.name if self.base_url else self.name.removeprefix("openai/")

    @property
    def first_mode(self) -> Mode:
        """The mode asked for, else the one that the endpoint is likeliest to enforce.

        OpenAI and Azure enforce a named tool; local servers often drop it without a word and
        enforce a JSON Schema instead.
        """
        return self.mode or ("tools" if _is_openai(self.endpoint) else "json_schema")

    def read(self, article: Article, check: Check) -> Reading:
        """Ask the model what the article reports, in parts if it is long.

        Raises:
            ModelError: as `errors` describes them.
        """
        tally = Tally(until=endpoint.clock() + self.deadline)
        texts = parts(article.text, self.part_size, OVERLAP)
        drafts: list[Draft] = []
        for number, text in enumerate(texts, start=1):
            part = f"{number} of {len(texts)}" if len(texts) > 1 else None
            drafts.extend(self._read_part(article, text, part, tally, check))
        provenance = Provenance(
            reader=self.name,
            endpoint=self.endpoint,
            model_reported=tally.model_reported,
            mode=self.first_mode,
            prompt_sha256=prompt_sha256(),
            schema_sha256=_schema_sha256(),
            version=version("ictdiplo"),
            cached=tally.requests == 0,
            attempts=tally.requests,
        )
        return Reading(_join(drafts), provenance, tally.usage(self._cost(tally)))

    def _read_part(
        self, article: Article, text: str, part: str | None, tally: Tally, check: Check
    ) -> Iterator[Draft]:
        """Read one part; where the answer was cut off, its halves instead."""
        try:
            yield self._answer(read_messages(article, text, part), tally, check)
        except OutputTruncated:
            if len(text) <= SMALLEST_PART:
                raise
            for half in parts(text, len(text) // 2 + OVERLAP, OVERLAP // 2):
                yield from self._read_part(article, half, part or "a part", tally, check)

    def _answer(self, messages: list[Message], tally: Tally, check: Check) -> Draft:
        """Return the stored answer, else ask and store; equal questions at once are asked once."""
        answers, key = self._answers(), self._key(messages)
        with one_at_a_time(key):
            stored = answers.get(key) if answers else None
            if stored and (draft := _unpack(stored, tally)):
                return draft
            draft = self._ask(messages, tally, check)
            if answers:
                answers.put(key, _pack(draft, tally))
            return draft

    def _ask(self, messages: list[Message], tally: Tally, check: Check) -> Draft:
        exchange = Exchange(self._create(), tally, self.attempts, self.timeout)
        return endpoint.ask(
            exchange, messages, self.first_mode, self.reasks, check, **self._options()
        )

    def _create(self) -> Create:
        key = self.api_key.get_secret_value() if isinstance(self.api_key, SecretStr) else ""
        if not key and not self.base_url:
            raise BadKey("OpenAI needs a key: set OPENAI_API_KEY, or pass api_key=.")
        create: Create = _client(self.endpoint, key or "none").chat.completions.create
        return create

    def _options(self) -> dict[str, Any]:
        # OpenAI's newer models take only the newer name; most other servers know only the older.
        limit = "max_completion_tokens" if _is_openai(self.endpoint) else "max_tokens"
        options = {
            "model": self.served_name,
            "temperature": self.temperature,
            limit: self.max_tokens,
        }
        return {name: value for name, value in options.items() if value is not None}

    def _key(self, messages: list[Message]) -> str:
        """Hash everything that shapes the answer; neither the key nor how long we would wait."""
        return cache_key(
            envelope=ENVELOPE,
            instructor=version("instructor"),
            endpoint=self.endpoint,
            mode=self.first_mode,
            messages=messages,
            schema=_schema_sha256(),
            reasks=self.reasks,
            **self._options(),
        )

    def _answers(self) -> Answers | None:
        if self.cache is False:
            return None
        return _open_answers(self.cache if isinstance(self.cache, Path) else default_directory())

    def _cost(self, tally: Tally) -> float | None:
        """Price the tokens in US dollars: by `prices`, else by the `cost` extra's offline table."""
        if tally.requests == 0:
            return 0.0
        if tally.input_tokens is None or tally.output_tokens is None:
            return None
        if self.prices:
            read, written = self.prices
            return (tally.input_tokens * read + tally.output_tokens * written) / 1e6
        return _list_price(self.endpoint, self.served_name, tally.input_tokens, tally.output_tokens)


def _complaints(model: Model) -> Iterator[str]:
    if not model.name.strip():
        yield "A model needs a name, such as openai/gpt-5-mini."
    if "/" in model.name.removeprefix("openai/") and not model.base_url:
        yield (
            f"“{model.name}” is not served by OpenAI; give the address that serves it as base_url "
            "(--base-url in the shell, or OPENAI_BASE_URL)."
        )
    if model.mode not in {None, *get_args(Mode)}:
        yield f"mode must be one of {', '.join(get_args(Mode))}."
    yield from _address_complaints(model.endpoint)
    yield from _number_complaints(model)


def _address_complaints(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield "base_url must be an address such as http://localhost:11434/v1."
    if parts.username or parts.password:
        yield "base_url must not hold a user name or password; pass the key as api_key."


def _number_complaints(model: Model) -> Iterator[str]:
    if model.attempts < 1 or model.reasks < 0:
        yield "attempts must be at least 1, and reasks at least 0."
    if model.timeout <= 0 or model.deadline <= 0:
        yield "timeout and deadline must be more than 0 seconds."
    if model.part_size < SMALLEST_PART:
        yield f"part_size must be at least {SMALLEST_PART} characters."


def _is_openai(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "api.openai.com" or host.endswith(".openai.azure.com")


def _join(drafts: list[Draft]) -> Draft:
    """Put the parts' drafts together; they were bounded one by one, and overlaps are merged later."""
    return Draft.model_construct(
        meetings=[record for draft in drafts for record in draft.meetings],
        proposals=[record for draft in drafts for record in draft.proposals],
        mous=[record for draft in drafts for record in draft.mous],
    )


def _pack(draft: Draft, tally: Tally) -> str:
    said = draft.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"model": tally.model_reported, "draft": said}, ensure_ascii=False)


def _unpack(stored: str, tally: Tally) -> Draft | None:
    """Read a stored answer; one that no longer validates is a miss."""
    try:
        envelope = json.loads(stored)
        draft = Draft.model_validate(envelope["draft"])
    except (ValidationError, ValueError, KeyError, TypeError):
        return None
    tally.model_reported = envelope.get("model") or tally.model_reported
    return draft


@lru_cache(maxsize=1)
def _schema_sha256() -> str:
    return cache_key(schema=Draft.model_json_schema())


def _list_price(address: str, name: str, read: int, written: int) -> float | None:
    """Look up what a provider charges; None for local models and without the `cost` extra."""
    try:
        from genai_prices import Usage as Tokens
        from genai_prices import calc_price
    except ImportError:
        return None
    try:
        tokens = Tokens(input_tokens=read, output_tokens=written)
        return float(calc_price(tokens, name, provider_api_url=address).total_price)
    except LookupError:
        return None


@lru_cache(maxsize=8)
def _client(address: str, api_key: str) -> Any:
    return endpoint.connect(address, api_key)


@lru_cache(maxsize=8)
def _open_answers(directory: Path) -> Answers:
    return Answers.open(directory)
