"""A model behind an OpenAI-compatible endpoint, read through the cache."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from ..article import Article
from ..draft import Check, Draft, Reading
from ..errors import BadKey, InvalidAnswer, ModelError, OutputTruncated, UnsupportedMode
from ..language.parts import parts
from ..language.sentences import Span
from ..records import Provenance
from . import endpoint, gguf
from .bill import Bill
from .cache import Answers, cache_key, default_directory, one_at_a_time
from .connection import Create, completions, connect, is_openai
from .cost import price
from .deputy import acting_deputy
from .endpoint import Exchange
from .environment import with_environment
from .modes import KnownModes, Mode, in_turn, key_of
from .presets import PRESETS
from .prompt import Message, prompt_sha256, read_messages, second_look_messages
from .report import schema_sha256
from .settings import SMALLEST_PART, Settings
from .stored import ENVELOPE, open_answers, pack, renamed, unpack
from .strict import strictly
from .traffic import Traffic
from .versions import version

if TYPE_CHECKING:
    from .llama import Options

OFFLINE = "offline"
# What an OPENAI_API_KEY alone selects.
DEFAULT_MODEL = "openai/gpt-5-mini"
# Characters by which the parts of a long article overlap: room for a paragraph, so that a
# “he added” stands in one part with its speaker.
OVERLAP = 1_000


class Model(Settings):
    """A model, with every setting in one frozen value.

    Raises:
        SettingsError: a setting makes no sense.
    """

    @classmethod
    def from_env(cls, name: str | None = None, **settings: Any) -> Model | None:
        """Choose the model that arguments and environment name; None means the offline reader.

        The order: `name`, then ICTDIPLO_MODEL, then a key or an address alone, which selects
        `DEFAULT_MODEL`. Key and address come from `settings`, then OPENAI_API_KEY and
        OPENAI_BASE_URL, unless the model is a file; the cache directory from ICTDIPLO_CACHE_DIR.
        This is the one place where settings are read from the environment.

        Raises:
            SettingsError: a setting makes no sense.
        """
        given = {key: value for key, value in settings.items() if value is not None}
        name = name or os.environ.get("ICTDIPLO_MODEL")
        if name == OFFLINE:
            cls(DEFAULT_MODEL, **given)  # so that a setting makes sense even where it is not used
            return None
        said = with_environment(name or DEFAULT_MODEL, given)
        if name or said["base_url"] or said["api_key"]:
            return cls(name or DEFAULT_MODEL, **said)
        cls(DEFAULT_MODEL, **given)
        return None

    def read(self, article: Article, check: Check) -> Reading:
        """Ask the model what the article reports, in parts if it is long.

        Raises:
            ModelError: as `errors` describes them.
        """
        bill = Bill(until=endpoint.clock() + self.deadline)
        with self._billing(bill):
            first, *further = [
                draft
                for part, text in self._parts(article)
                for draft in self._read_part(article, text, part, bill, check)
            ]
        usage = bill.usage(self._cost(bill))
        warnings = renamed(self.endpoint, self.served_name, bill, self.answers())
        return Reading(first, self._provenance(bill), usage, warnings, further=tuple(further))

    def look_again(
        self, article: Article, overlooked: Sequence[Span], found: Sequence[str], check: Check
    ) -> Reading:
        """Ask the model once more what these sentences report; `found` quotes what is known.

        Raises:
            ModelError: as `errors` describes them.
        """
        bill = Bill(until=endpoint.clock() + self.deadline)
        with self._billing(bill):
            draft = self._answer(second_look_messages(article, overlooked, found), bill, check)
        return Reading(draft, self._provenance(bill), bill.usage(self._cost(bill)))

    def open_questions(self, article: Article) -> Iterator[tuple[str, list[Message]]]:
        """Yield what reading the article asks, and each answer's key, as far as none is stored."""
        answers = self.answers()
        for part, text in self._parts(article):
            messages = read_messages(article, text, part)
            key = self._key(messages)
            if not (answers and unpack(answers.get(key), Bill(until=0))):
                yield key, messages

    def _parts(self, article: Article) -> list[tuple[str | None, str]]:
        """Return the texts to ask about, and which part of the article each is."""
        texts = parts(article.text, self.part_size, OVERLAP)
        of = f" of {len(texts)}"
        return [(f"{n}{of}" if texts[1:] else None, text) for n, text in enumerate(texts, start=1)]

    def _provenance(self, bill: Bill) -> Provenance:
        return Provenance(
            reader=gguf.without_folder(self.name),
            endpoint=self.endpoint,
            model_reported=bill.model_reported,
            mode=bill.mode or self.mode,
            prompt_sha256=prompt_sha256(),
            schema_sha256=schema_sha256(),
            version=version("ictdiplo"),
            cached=bill.requests == 0,
            attempts=bill.requests,
        )

    def _read_part(
        self, article: Article, text: str, part: str | None, bill: Bill, check: Check
    ) -> Iterator[Draft]:
        """Read one part; where the answer was cut off, its halves instead."""
        try:
            yield self._answer(read_messages(article, text, part), bill, check)
        except OutputTruncated:
            if len(text) <= SMALLEST_PART:
                raise
            for half in parts(text, len(text) // 2 + OVERLAP, OVERLAP // 2):
                yield from self._read_part(article, half, part or "a part", bill, check)

    def _answer(self, messages: list[Message], bill: Bill, check: Check) -> Draft:
        """Return the stored answer, else ask and store; equal questions at once are asked once."""
        answers, key = self.answers(), self._key(messages)
        if answers is None:
            return self.ask(messages, bill, check)
        with one_at_a_time(key, bill.until - endpoint.clock()):
            if draft := unpack(answers.get(key), bill):
                return draft
            draft = self.ask(messages, bill, check)
            answers.put(key, pack(draft, bill))
            return draft

    def ask(self, messages: list[Message], bill: Bill, check: Check) -> Draft:
        """Ask in the mode that was named, else in one that is known to work, else in each in turn.

        Raises:
            ModelError: as `errors` describes them.
        """
        if deputy := acting_deputy():
            return self._ask_in(deputy.mode, messages, bill, check)
        key = key_of(self.endpoint, self.served_name)
        if mode := self.known_mode:
            return self._ask_in(mode, messages, bill, check)
        with one_at_a_time(key, bill.until - endpoint.clock()):  # the first finds out for all
            if mode := self.known_mode:
                return self._ask_in(mode, messages, bill, check)
            return self._find_mode(key, messages, bill, check)

    @property
    def known_mode(self) -> Mode | None:
        """The mode that was named, else the one that worked; None if that is to be found out."""
        key = key_of(self.endpoint, self.served_name)
        return self.mode or _known.recall(key, self.answers())

    def _find_mode(self, key: str, messages: list[Message], bill: Bill, check: Check) -> Draft:
        for mode in in_turn(self.likeliest_mode):
            with suppress(UnsupportedMode):
                draft = self._ask_in(mode, messages, bill, check, on_trial=True)
                _known.remember(key, mode, self.answers())
                return draft
        raise InvalidAnswer(
            "The model was asked in every way there is, and never answered in form; a larger model "
            "may help."
        )

    def _ask_in(
        self,
        mode: Mode,
        messages: list[Message],
        bill: Bill,
        check: Check,
        *,
        on_trial: bool = False,
    ) -> Draft:
        exchange = self._exchange(messages, bill)
        bill.mode = mode
        return endpoint.ask(
            exchange, messages, mode, self.reasks, check, on_trial=on_trial, **self.options()
        )

    def _exchange(self, messages: list[Message], bill: Bill) -> Exchange:
        """Return what sends to the endpoint, or to what stands in for it."""
        if deputy := acting_deputy():
            create = self._asked(deputy.answer(self._key(messages)))
            return Exchange(create, bill, 1, self.timeout, Traffic.unshared())
        # Nothing between here and a file's server could hang; asking again would start anew.
        timeout = self.deadline if self.is_file else self.timeout
        shared = endpoint.traffic(self.endpoint, self.served_name, self.key)
        return Exchange(self._create(), bill, self.attempts, timeout, shared)

    def _create(self) -> Create:
        if self.is_file:
            from .llama import Line

            return Line(self._server_options(), _direct_client)
        return self._asked(completions(_client(self.endpoint, self.key)))

    def _asked(self, create: Create) -> Create:
        return strictly(create) if is_openai(self.endpoint) else create

    def client(self) -> Any:
        """Return openai's client for the endpoint; the server of a file is started for it.

        Raises:
            BadKey: there is no key, and the server is one that needs it.
            SettingsError: the server of a file cannot be started.
        """
        if not self.is_file:
            return _client(self.endpoint, self.key)
        from .llama import serve

        server = serve(self._server_options())
        return _direct_client(server.address, server.key)

    def _server_options(self) -> Options:
        from .llama import Options

        return Options(self.name, self.context_size, self.threads, self.gpu_layers)

    @property
    def key(self) -> str:
        """The key to send; servers that need none get the word “none”.

        Raises:
            BadKey: there is none, and the server is one that needs it.
        """
        key = self.api_key.get_secret_value() if isinstance(self.api_key, SecretStr) else ""
        if not key and (self.endpoint.startswith("https://") and not self.base_url):
            variable = (self.preset or PRESETS["openai"]).key_variable
            raise BadKey(f"{self.endpoint} needs a key: set {variable}, or pass api_key=.")
        return key or "none"

    def _key(self, messages: list[Message]) -> str:
        """Hash everything that shapes the answer; neither the key nor how long we would wait."""
        return cache_key(
            envelope=ENVELOPE,
            instructor=version("instructor"),
            endpoint=self.endpoint,
            mode=self.mode or "what works",
            messages=messages,
            schema=schema_sha256(),
            reasks=self.reasks,
            **self.options(),
        )

    def answers(self) -> Answers | None:
        """Return where answers are kept; None if they are not."""
        if self.cache is False:
            return None
        return open_answers(self.cache if isinstance(self.cache, Path) else default_directory())

    def _cost(self, bill: Bill) -> float | None:
        return price(self, bill.input_tokens, bill.output_tokens) if bill.requests else 0.0

    @contextmanager
    def _billing(self, bill: Bill) -> Iterator[None]:
        """Have an error say what the attempts cost all the same."""
        try:
            yield
        except ModelError as error:
            error.usage = bill.usage(self._cost(bill))
            raise


_known = KnownModes()
_client = lru_cache(maxsize=8)(connect)
_direct_client = lru_cache(maxsize=8)(partial(connect, direct=True))
