"""Rows out of CSV: one an article, with the keys of `read_articles` as the names of the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from typing import IO

from .errors import ArticleError

# What separates columns: a comma, elsewhere a semicolon, as spreadsheets of half of Europe write.
DELIMITERS = ",;\t"
# Characters of one field; more than the longest article has.
LONGEST_FIELD = 20_000_000


def read_rows(file: IO[bytes], text_column: str) -> Iterator[dict[str, str]]:
    """Yield each row by the names of its columns in small letters; the text comes as `text`.

    Raises:
        ArticleError: there is no such column, or the file is not in form, or not in UTF-8.
    """
    csv.field_size_limit(LONGEST_FIELD)
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        header = text.readline()
        delimiter = max(DELIMITERS, key=header.count)
        names = [
            name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])
        ]
        if text_column.lower() not in names:
            raise ArticleError(
                f"there is no column “{text_column}”, only {', '.join(names) or 'none'}; name the "
                "one that holds the texts (`text_column`; in the shell, run has --text-column)."
            )
        for row in csv.reader(text, delimiter=delimiter):
            if row:
                cells = dict(zip(names, row, strict=False))
                yield cells | {"text": cells.get(text_column.lower(), "")}
    except csv.Error as error:
        raise ArticleError(f"this is no CSV ({error}).") from error
    except UnicodeDecodeError:
        raise ArticleError("this is not in UTF-8; save the table as “CSV UTF-8”.") from None
    finally:
        text.detach()  # the file is closed by whoever opened it


def count_rows(file: IO[bytes]) -> int:
    """Count the rows below the header, or those in front of the first that is not in form."""
    csv.field_size_limit(LONGEST_FIELD)
    text, count = TextIOWrapper(file, encoding="utf-8", errors="replace", newline=""), -1
    with suppress(csv.Error):
        for _ in csv.reader(text):
            count += 1
    text.detach()  # the file is closed by whoever opened it
    return max(0, count)
