"""One article to its records: the steps, in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from .article import Article
from .draft import Draft, Reader, total, verbatim
from .errors import ModelError
from .language.sentences import Span
from .read.english.coverage import find_signs
from .read.identity import settings_sha256
from .read.memory import Memory
from .read.model import Model
from .read.offline import LANGUAGE
from .records import Extraction, Meeting, MoU, Overlooked, Proposal, Quote, Usage
from .resolve.grounding import complaints
from .resolve.quotes import Text
from .resolve.resolver import Resolved, resolve_drafts


def read_article(article: Article, reader: Reader, memory: Memory) -> Extraction:
    """Read, resolve, look again if that is wanted, say what could not be done, and remember it."""
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
