"""One article to its records: the steps, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain

from .article import Article
from .draft import Draft, Reader, total, verbatim
from .errors import ArticleError, ModelError
from .language.sentences import Span
from .read.english.coverage import find_signs
from .read.identity import settings_sha256
from .read.memory import Memory
from .read.model import Model
from .read.offline import LANGUAGE, OfflineReader
from .read.triage import Triage, assess
from .records import Extraction, Meeting, MoU, Overlooked, Proposal, Quote, Usage
from .resolve.grounding import complaints
from .resolve.quotes import Text
from .resolve.resolver import Resolved, resolve_drafts


def extract(
    article: Article | ArticleError | str,
    *,
    model: Model | Reader | str | None = None,
    published: date | str | None = None,
) -> Extraction:
    """Find the meetings, proposals and memoranda that an article reports.

    Args:
        article: an `Article`, or its text; an `ArticleError`, as `read_articles` yields it in the
            place of an article that cannot be read, is raised.
        model: a `Model`, the name of one (`openai/gpt-5-mini`), or `"offline"` for the built-in
            reader. None chooses by the environment, and the built-in reader where that names none;
            `Extraction.provenance` says which it was.
        published: the publication date, which relative dates need; it wins over the article's own.

    Raises:
        ArticleError: there is no text to read, or too much.
        SettingsError: the model or the date makes no sense.
        ModelError: the model gave no usable answer; the offline reader never stands in for it.
    """
    reader = choose_reader(model)
    if not isinstance(article, str):
        return extract_article(_as_article(article, published), reader)
    # Looked up by what was given: cleaning it takes as long as reading its records back.
    memory = Memory(reader, {"text": article, "published": str(published or "")})
    return memory.recall() or _extract(
        Article.from_text(article, published=published), reader, memory
    )


async def aextract(
    article: Article | ArticleError | str,
    *,
    model: Model | Reader | str | None = None,
    published: date | str | None = None,
) -> Extraction:
    """Do what `extract` does, in a thread, so that an event loop can go on."""
    return await asyncio.to_thread(extract, article, model=model, published=published)


def extract_article(article: Article, reader: Reader) -> Extraction:
    """Return what is known of an article, else read it."""
    memory = Memory(reader, article.model_dump(mode="json"))
    return memory.recall() or _extract(article, reader, memory)


def _extract(article: Article, reader: Reader, memory: Memory) -> Extraction:
    """Read, resolve, look again if that is wanted, and say what could not be done."""
    text = Text(article.text)

    def check(draft: Draft) -> list[str]:
        return complaints(verbatim(draft), text)

    reading = reader.read(article, check)
    resolved = resolve_drafts(reading.drafts, article, text, reading.rules)
    overlooked = _overlooked(article, resolved)
    if overlooked and isinstance(reader, Model) and reader.second_look:
        sentences = [Span(each.quote.start, each.quote.end) for each in overlooked]
        quotes = [quote.quote for quote in _evidence(resolved)]
        with _paid_before(reading.usage):
            reading = reading.followed_by(reader.look_again(article, sentences, quotes, check))
        resolved = resolve_drafts(reading.drafts, article, text, reading.rules)
        overlooked = _overlooked(article, resolved)
    lasting = (
        *article.warnings,
        *_machine_talk(text),
        *_open_dates(article, resolved),
        *_gaps(overlooked),
    )
    found = Extraction(
        article=article,
        **resolved._asdict(),
        overlooked=overlooked,
        provenance=reading.provenance.model_copy(
            update={"settings_sha256": settings_sha256(reader)}
        ),
        usage=reading.usage,
        warnings=(*reading.warnings, *lasting),
    )
    memory.keep(found, lasting)
    return found


def triage(article: Article | ArticleError | str) -> Triage:
    """Tell whether an article seems to report anything, before money is spent on a model.

    Args:
        article: an `Article`, or its text; an `ArticleError` is raised.

    Raises:
        ArticleError: there is no text to read, or too much.
    """
    return assess(_as_article(article, None))


def choose_reader(model: Model | Reader | str | None) -> Reader:
    """Return the reader that an argument or the environment names, else the built-in one.

    Raises:
        SettingsError: the name or a setting of the environment makes no sense.
    """
    if model is None or isinstance(model, str):
        return Model.from_env(model) or OfflineReader()
    return model


def _as_article(article: Article | ArticleError | str, published: date | str | None) -> Article:
    match article:
        case str():
            return Article.from_text(article, published=published)
        case Article():
            return article.published_on(published) if published else article
        case ArticleError():
            raise article
    raise ArticleError(
        f"A {type(article).__name__} is no article; give an Article or its text, and for a file "
        "use read_articles."
    )


@contextmanager
def _paid_before(usage: Usage) -> Iterator[None]:
    """Have the error of a later question say what the earlier ones cost, too."""
    try:
        yield
    except ModelError as error:
        error.usage = total(usage, error.usage) if error.usage else usage
        raise


def _overlooked(article: Article, resolved: Resolved) -> tuple[Overlooked, ...]:
    """Return the sentences that look like a record and are in none, whoever read the article."""
    if article.language not in {None, LANGUAGE}:
        return ()
    text = article.text
    quoted = [(quote.start, quote.end) for quote in _evidence(resolved)]
    return tuple(
        Overlooked(
            kind=sign.kind,
            rule=sign.rule,
            quote=Quote(quote=text[sign.start : sign.end], start=sign.start, end=sign.end),
        )
        for sign in find_signs(text, quoted)
        if sign.likely
    )


def _evidence(resolved: Resolved) -> Iterator[Quote]:
    records: Iterator[Meeting | Proposal | MoU] = chain(
        resolved.meetings, resolved.proposals, resolved.mous
    )
    return chain.from_iterable(record.evidence for record in records)


def _machine_talk(text: Text) -> list[str]:
    passages = len(text.to_machines)
    if not passages:
        return []
    said = f"{passages} paragraph(s) speak to machines that read the page: no record rests on them"
    return [f"{said}, but a reader may have obeyed; check its records, and what it left out."]


def _gaps(overlooked: tuple[Overlooked, ...]) -> list[str]:
    if not overlooked:
        return []
    return [f"{len(overlooked)} sentence(s) look like a record and are in none; see `overlooked`."]


def _open_dates(article: Article, resolved: Resolved) -> list[str]:
    """Warn where a publication date would have told a date that stays open."""
    dates = [m.date for m in resolved.meetings] + [m.date for m in resolved.mous]
    still_open = sum(1 for when in dates if when and not when.edtf)
    if article.published or not still_open:
        return []
    return [f"{still_open} date(s) stay open: the publication date is unknown; give `published`."]
