"""What users call: `extract`, and what stands behind it for each article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .article import Article
from .errors import ArticleError
from .read.memory import Memory
from .read.model import Model

if TYPE_CHECKING:
    from .draft import Reader
    from .records import Extraction
    from .relevance import Triage


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
    return memory.recall() or _read(_as_article(article, published), reader, memory)


async def aextract(
    article: Article | ArticleError | str,
    *,
    model: Model | Reader | str | None = None,
    published: date | str | None = None,
) -> Extraction:
    """Do what `extract` does, in a thread, so that an event loop can go on."""
    import asyncio

    return await asyncio.to_thread(extract, article, model=model, published=published)


def extract_article(article: Article, reader: Reader) -> Extraction:
    """Return what is known of an article, else read it."""
    memory = Memory(reader, article.model_dump(mode="json"))
    return memory.recall() or _read(article, reader, memory)


def _read(article: Article, reader: Reader, memory: Memory) -> Extraction:
    # What is known costs neither the steps nor their tables: half of what a call in the shell takes.
    from .pipeline import read_article

    return read_article(article, reader, memory)


def triage(article: Article | ArticleError | str) -> Triage:
    """Tell whether an article seems to report anything, before money is spent on a model.

    Args:
        article: an `Article`, or its text; an `ArticleError` is raised.

    Raises:
        ArticleError: there is no text to read, or too much.
    """
    from .read.triage import assess

    return assess(_as_article(article, None))


def choose_reader(model: Model | Reader | str | None) -> Reader:
    """Return the reader that an argument or the environment names, else the built-in one.

    Raises:
        SettingsError: the name or a setting of the environment makes no sense.
    """
    if model is None or isinstance(model, str):
        return Model.from_env(model) or offline_reader()
    return model


def offline_reader() -> Reader:
    """Return the built-in reader; its tables take a while to load."""
    from .read.offline import OfflineReader

    return OfflineReader()


def _as_article(article: Article | ArticleError | str, published: date | str | None) -> Article:
    match article:
        case str():
            return Article.from_text(article, published=published)
        case Article():
            return article.published_on(published) if published else article
        case ArticleError():
            raise article
    raise no_article(article)


def no_article(thing: object) -> ArticleError:
    """Return the error that says so: of a missing value of a table, or of a file's name as a path."""
    return ArticleError(
        f"An object of type {type(thing).__name__} is no article; give an Article or its text, and "
        "for a file use read_articles."
    )
