"""One article to its records: the steps, in order."""

from __future__ import annotations

import asyncio
from datetime import date

from .article import Article
from .draft import Reader, verbatim
from .errors import ArticleError
from .read.model import Model
from .read.offline import OfflineReader
from .records import Extraction
from .resolve.grounding import complaints
from .resolve.quotes import Text
from .resolve.resolver import Resolved, resolve_draft


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
    return extract_article(_as_article(article, published), choose_reader(model))


async def aextract(
    article: Article | ArticleError | str,
    *,
    model: Model | Reader | str | None = None,
    published: date | str | None = None,
) -> Extraction:
    """Do what `extract` does, in a thread, so that an event loop can go on."""
    return await asyncio.to_thread(extract, article, model=model, published=published)


def extract_article(article: Article, reader: Reader) -> Extraction:
    """Read, resolve, and say what could not be done."""
    text = Text(article.text)
    reading = reader.read(article, lambda draft: complaints(verbatim(draft), text))
    resolved = resolve_draft(reading.draft, article, text, reading.rules)
    return Extraction(
        article=article,
        **resolved._asdict(),
        provenance=reading.provenance,
        usage=reading.usage,
        warnings=(*article.warnings, *reading.warnings, *_open_dates(article, resolved)),
    )


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


def _open_dates(article: Article, resolved: Resolved) -> list[str]:
    """Warn where a publication date would have told a date that stays open."""
    dates = [m.date for m in resolved.meetings] + [m.date for m in resolved.mous]
    still_open = sum(1 for when in dates if when and not when.edtf)
    if article.published or not still_open:
        return []
    return [f"{still_open} date(s) stay open: the publication date is unknown; give `published`."]
