"""How a command ends: with one line that says what to do, and an exit code.

0 all went well; 1 the command or a setting makes no sense; 2 some article could not be read; 3 the
endpoint refused (a bad key, no quota, no such model), so the rest was not sent; 130 interrupted; 141
whoever read the output left.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar

import typer
from typer.core import TyperGroup

from .errors import IctdiploError, SettingsError

if TYPE_CHECKING:
    from .gather.run import Failure
    from .read.model import Model

UNUSABLE, SOME_FAILED, REFUSED, INTERRUPTED, READER_LEFT = 1, 2, 3, 130, 141

_DRAINS = "Interrupted: what is under way is finished first; press Ctrl-C again to end at once."

Anything = TypeVar("Anything")

# Where articles come from. Words and not paths, which would make `https:/` of `https://`.
Articles = Annotated[
    list[str],
    typer.Argument(
        help="Text, HTML, JSON, JSON Lines, folders or https:// addresses; - is standard input."
    ),
]
Intranet = Annotated[
    bool, typer.Option("--intranet", help="Fetch from private and loopback addresses too.")
]

# The options that choose a reader, which several commands have.
ModelName = Annotated[
    str | None, typer.Option(help="A model's name; offline is the built-in reader.")
]
BaseURL = Annotated[str | None, typer.Option(help="Address of an OpenAI-compatible endpoint.")]
ModeName = Annotated[
    str | None,
    typer.Option(help="How to ask: json_schema, tools, tools_required, json or md_json."),
]
MoreSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Another setting of the model, such as temperature=0."
    ),
]
PublicationDate = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Publication date of all the articles."),
]
CacheDirectory = Annotated[
    Path | None, typer.Option(envvar="ICTDIPLO_CACHE_DIR", help="Where the answers are.")
]


class Shell(TyperGroup):
    """A group of commands that ends so."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Parse the options in front of the command."""
        with _usage_errors_are_unusable():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Parse the rest, and run the command."""
        try:
            with _usage_errors_are_unusable(), _second_interrupt_kills():
                return super().invoke(ctx)
        except IctdiploError as error:
            from .gather.run import is_refusal

            say(error.message, error, debug=ctx.obj)
            raise typer.Exit(REFUSED if is_refusal(error) else UNUSABLE) from error
        except BrokenPipeError as error:  # as is usual behind `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(READER_LEFT) from error
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            say(f"{place}{error.strerror or error}.", error, debug=ctx.obj)
            raise typer.Exit(UNUSABLE) from error
        except KeyboardInterrupt as interrupt:
            raise typer.Exit(INTERRUPTED) from interrupt


@contextmanager
def _usage_errors_are_unusable() -> Iterator[None]:
    """Replace the 2 of usage errors; by their `show` they are known in every version of typer."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "show"):
            error.exit_code = UNUSABLE  # type: ignore[attr-defined]  # no public class has it
        raise


@contextmanager
def _second_interrupt_kills() -> Iterator[None]:
    """Let the first one wait for what was paid for, and say so."""

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        say(_DRAINS)
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # and neither ignored nor somebody else's
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:  # else interrupted, and about to end
            signal.signal(signal.SIGINT, before)


@contextmanager
def draining(stop: Event) -> Iterator[None]:
    """Have the first interrupt set `stop`, so that what is under way is finished and kept."""

    def interrupt(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        say(_DRAINS)
        stop.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(text: str, error: Exception | None = None, *, debug: bool = False) -> None:
    """Print to stderr, where results do not go; when debugging, also where the error arose."""
    typer.echo(text, err=True)
    if error and debug:
        typer.echo("".join(traceback.format_exception(error)), err=True, nl=False)


@dataclass
class Tally:
    """How the articles fared; it reports failures as they come."""

    debug: bool
    read: int = 0
    failed: int = 0
    refused: bool = False

    @property
    def exit_code(self) -> int:
        """Return what the command ends with."""
        return REFUSED if self.refused else SOME_FAILED if self.failed else 0

    def counted(self, outcomes: Iterable[Anything]) -> Iterator[Anything]:
        """Pass all outcomes on."""
        from .gather.run import Failure

        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self._fail(outcome)
            else:
                self.read += 1
            yield outcome

    def _fail(self, failure: Failure) -> None:
        """Report it; of several refusals only the first, since they are for the same reason."""
        from .gather.run import is_refusal

        refusal = is_refusal(failure.error)
        if not (refusal and self.refused):
            say(str(failure), failure.error, debug=self.debug)
        if refusal and not self.refused:
            say("Stopped: no article after this one was sent.")
        self.failed += 1
        self.refused = self.refused or refusal


def refuse_blanks(**options: str | None) -> None:
    """Refuse what an unset variable of the shell leaves behind."""
    for name, value in options.items():
        if value is not None and not value.strip():
            raise SettingsError(
                f"--{name.replace('_', '-')} is empty; give a value or leave it out."
            )


def choose(name: str | None, pairs: list[str] | None = None, **settings: Any) -> Model | None:
    """Choose the model, as `Model.from_env` does; None is the offline reader."""
    from .read.model import Model
    from .read.settings import settings_in_words

    refuse_blanks(model=name, base_url=settings.get("base_url"), mode=settings.get("mode"))
    return Model.from_env(name, **settings | settings_in_words(pairs or []))


def introduce(model: Model | None) -> None:
    """Say what reads."""
    if model:
        say(f"Reading with {model.name} at {model.endpoint}.")
    else:
        say("Reading offline; --model or OPENAI_API_KEY chooses a model instead.")


def destination(output: Path | None) -> AbstractContextManager[TextIO]:
    """Open where the results go: a file that is replaced when all is done, or standard output."""
    from .publish.output import replacing

    if output and output != Path("-"):
        return replacing(output)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as JSON demands, whatever the locale
    return nullcontext(sys.stdout)
