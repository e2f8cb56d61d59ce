"""Many articles at half the price, within a day: OpenAI's Batch API.

    submit_batch(articles, "run", model="openai/gpt-5-mini")
    check_batch("run")
    for outcome in collect_batch("run"): ...

What is asked, and what becomes of an answer, is the same as with a live model, and so is the cache.
Only that a batch cannot ask again: an article whose answer is not good enough is a `Failure`, which
`ictdiplo run` on the same folder, like any live run, asks for anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from ..article import Article
from ..draft import Reader
from ..errors import ArticleError, CacheError, PromptError, RunError, SettingsError
from ..extraction import choose_reader, extract_article
from ..read.batched import BatchReader, request_body
from ..read.identity import settings_sha256
from ..read.model import Model
from .batch_desk import Desk
from .batch_folder import Batch, BatchFolder, Docket, Lines
from .counts import Counts
from .journal import Journal
from .run import Failure, Outcome, prepared
from .selection import told_apart


class Submission(NamedTuple):
    """What became of the articles that were to be submitted."""

    batches: tuple[Batch, ...]
    """All batches of the folder that are not collected yet."""
    asked: int
    """Articles that are asked about in a new batch."""
    under_way: int
    """Articles that an earlier batch asks about."""
    known: int
    """Articles of which every answer is stored, or the result is there already."""
    failures: tuple[Failure, ...]
    """Articles that could not be read."""


def submit_batch(
    articles: Iterable[Article | ArticleError | str | Failure],
    folder: str | Path,
    *,
    model: Model | Reader | str | None = None,
) -> Submission:
    """Ask a model about many articles in one or more batches; `folder` remembers them.

    Nothing is asked twice: not what the cache or a result of the folder answers, nor what is under
    way. What a submission that broke off had not sent yet is sent first.

    Args:
        articles: such as `read_articles` yields; its errors become failures.
        folder: where results will be, made where it is missing.
        model: as for `extract`, but none that needs no batch.

    Raises:
        SettingsError: the model cannot be asked in batches.
        RunError: another run uses the folder, or a batch of it is to be collected first.
        ModelError: the endpoint does not take the batch; submit again to go on.
    """
    chosen = _batchable(choose_reader(model))
    place = BatchFolder(Path(folder))
    with Journal(place.results) as journal:
        desk = Desk(place, chosen, _docket_of(place, chosen))
        desk.send_all()
        desk.refresh()
        if ended := [b.number for b in desk.docket.batches if b.has_ended and not b.collected]:
            raise RunError(
                f"Batch {ended[0]} has ended: collect it first (ictdiplo batch collect {folder})."
            )
        sorted_out = _Sorted(desk, journal)
        candidates = told_apart(map(prepared, articles), Counts())
        first = len(desk.docket.batches) + 1
        desk.add(place.write_requests(first, sorted_out.questions(candidates)))
        desk.send_all()
        return sorted_out.told()


def check_batch(folder: str | Path, *, model: Model | None = None) -> tuple[Batch, ...]:
    """Ask what has become of the folder's batches.

    Args:
        folder: what was submitted from.
        model: the model that was asked, if its key is not in the environment.

    Raises:
        RunError: no batch was submitted from there.
        ModelError: the endpoint does not tell.
    """
    desk = _reopened(BatchFolder(Path(folder)), model)
    return tuple(desk.looked_up(batch) for batch in desk.docket.batches)


def collect_batch(folder: str | Path, *, model: Model | None = None) -> Iterator[Outcome]:
    """Yield what came of the articles whose batches have ended, and write it to `results.jsonl`.

    Articles that wait for a batch are left out; collect again when it has ended. What has a result
    is not yielded again.

    Args:
        folder: what was submitted from.
        model: the model that was asked, if its key is not in the environment.

    Raises:
        RunError: no batch was submitted from there, or another run uses the folder.
        ModelError: the endpoint does not hand out the answers.
    """
    place = BatchFolder(Path(folder))
    _reopened(place, model)  # before the journal makes a folder where none is
    with Journal(place.results) as journal:
        desk = _reopened(place, model)
        desk.refresh()
        desk.download()
        for outcome in _outcomes(desk, journal):
            journal.append(outcome)
            yield outcome
        desk.mark_collected()
        journal.compact()


def waiting_batches(folder: str | Path) -> tuple[Batch, ...]:
    """Return the batches that had not ended when they were last looked up.

    Raises:
        RunError: the folder's docket is not in form.
    """
    docket = BatchFolder(Path(folder)).read_docket()
    return tuple(batch for batch in docket.batches if not batch.has_ended) if docket else ()


class _Sorted:
    """Articles sorted into those to ask about, and those for which nothing needs to be asked."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk = desk
        self._journal = journal
        self._settings = settings_sha256(desk.model)
        self._asked = self._under_way = self._known = 0
        self._failures: list[Failure] = []

    def questions(self, articles: Iterable[Article | Failure]) -> Iterator[tuple[str, Any]]:
        """Yield the questions to send, and the bodies that ask them."""
        model, mode = self._desk.model, self._desk.docket.mode
        under_way = self._desk.keys_under_way()
        for article in articles:
            if isinstance(article, Failure):
                self._failures.append(article)
            elif self._journal.has(article, self._settings):
                self._known += 1
            else:
                self._desk.place.add_article(article)
                questions = dict(model.open_questions(article))
                fresh = {k: said for k, said in questions.items() if k not in under_way}
                under_way |= fresh.keys()
                self._count(questions, fresh)
                for key, messages in fresh.items():
                    yield key, request_body(model, messages, mode)

    def told(self) -> Submission:
        waiting = tuple(each for each in self._desk.docket.batches if not each.collected)
        return Submission(waiting, self._asked, self._under_way, self._known, tuple(self._failures))

    def _count(self, questions: Any, fresh: Any) -> None:
        self._asked += bool(fresh)
        self._under_way += bool(questions) and not fresh
        self._known += not questions


def _outcomes(desk: Desk, journal: Journal) -> Iterator[Outcome]:
    lines = Lines(desk.place, (batch for batch in desk.docket.batches if batch.has_ended))
    under_way = desk.keys_under_way()
    reader = BatchReader(desk.model, desk.docket.mode, lines.get)
    settings = settings_sha256(reader)
    for article in desk.place.articles():
        keys = {key for key, _ in desk.model.open_questions(article)}
        if journal.has(article, settings) or keys & under_way:
            continue
        if all(map(lines.get, keys)):
            yield _attempt(article, reader)
        else:
            yield Failure(article.id, RunError(_ASKED_OTHERWISE))


_ASKED_OTHERWISE = (
    "This article was asked about with other settings, or by another version; submit it again, or "
    "let a live run read it."
)


def _attempt(article: Article, reader: BatchReader) -> Outcome:
    try:
        return extract_article(article, reader)
    except (SettingsError, CacheError, PromptError):
        raise
    except Exception as error:  # noqa: BLE001 - not even a bug in one article may stop the others
        return Failure(article.id, error)


def _batchable(reader: Model | Reader) -> Model:
    if not isinstance(reader, Model):
        raise SettingsError("Batches need a model, such as openai/gpt-5-mini; name one.")
    if reader.is_file:
        raise SettingsError("A model's file needs no batches; let `ictdiplo run` read with it.")
    if reader.second_look:
        raise SettingsError(
            "A batch cannot look again; submit without a second look, and let a live run, which "
            "will find the first answers stored, look again."
        )
    return reader


def _settings_of(model: Model) -> dict[str, Any]:
    """Return the settings to make the model from again, as JSON has them; no key."""
    said = {field.name: getattr(model, field.name) for field in fields(model)}
    del said["api_key"]
    return said | {
        "cache": str(model.cache) if isinstance(model.cache, Path) else model.cache,
        "prices": list(model.prices) if model.prices else None,
    }


def _docket_of(place: BatchFolder, model: Model) -> Docket:
    """Return the folder's docket, if it is one of this model, else a new one."""
    new = Docket(
        endpoint=model.endpoint,
        mode=model.known_mode or model.likeliest_mode,
        settings=_settings_of(model),
        settings_sha256=settings_sha256(model),
    )
    found = place.read_docket()
    if not found:
        return new
    if all(batch.collected for batch in found.batches):
        return new.model_copy(update={"batches": found.batches})
    if found.settings_sha256 != new.settings_sha256:
        raise RunError(
            f"{place.path} waits for batches of {found.settings['name']}, asked with other "
            "settings or by another version; collect them first, or choose another folder."
        )
    return found


def _reopened(place: BatchFolder, model: Model | None) -> Desk:
    docket = place.read_docket()
    if not docket:
        raise RunError(f"{place.path}: no batch was submitted from this folder.")
    model = model or _model_of(docket)
    if model.endpoint != docket.endpoint:
        raise RunError(f"The batches are at {docket.endpoint}, and this is another model.")
    return Desk(place, model, docket)


def _model_of(docket: Docket) -> Model:
    """Make the model again, with the key that the environment has for it."""
    prices = docket.settings["prices"]
    settings = docket.settings | {"prices": tuple(prices) if prices else None}
    # Named by its preset, as `azure/…` is, a model has another key than by an address.
    for address in (None, settings["base_url"]):
        with suppress(SettingsError):
            model = Model.from_env(**settings | {"base_url": address})
            if model and model.endpoint == docket.endpoint:
                return model
    raise RunError(f"The environment has no key for {docket.endpoint}; set it, or give the model.")
