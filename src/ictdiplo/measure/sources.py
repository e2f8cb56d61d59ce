"""Gold with its articles, and what was predicted, off the disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ..errors import EvaluationError
from ..gather.run import Failure
from ..records import Extraction
from .compared import KINDS

Predicted: TypeAlias = str | Path | Iterable[Extraction | Failure]

_LISTS: set[str] = {*KINDS}


class Gold(NamedTuple):
    """One article, and what is to be found in it."""

    name: str
    """The stem of both its files."""
    path: Path
    """The article's file."""
    text: str
    """All of that file, as it is."""
    records: Mapping[str, Any]
    """The JSON object of the gold's file."""


class Prediction(NamedTuple):
    """What was said to be found in one article, or why it could not be read."""

    article: str
    """The article's id."""
    records: Mapping[str, Any]
    """The records in JSON form, by type."""
    error: str | None = None
    """What went wrong; null where nothing did."""


def read_gold(folder: str | Path, articles: str | Path | None = None) -> list[Gold]:
    """Read `<name>.json` of a folder, each with `<name>.txt` of `articles`, or beside it.

    Raises:
        EvaluationError: a folder, an article or all gold is missing, or a file is not in form.
    """
    texts = _folder(folder if articles is None else articles)
    return [_gold(path, texts / f"{path.stem}.txt") for path in _json_files(_folder(folder))]


def read_predictions(predicted: Predicted) -> Iterator[Prediction]:
    """Read JSON Lines as `ictdiplo extract` writes them, or a folder in the form of gold.

    Raises:
        EvaluationError: it is missing, or not in form.
    """
    if not isinstance(predicted, str | Path):
        yield from map(_from_outcome, predicted)
    elif (path := Path(predicted)).is_dir():
        yield from (Prediction(file.stem, _records(file)) for file in _json_files(path))
    else:
        # Split at line feeds alone: a string in JSON may hold the other ends of lines.
        for number, line in enumerate(_content(path).split("\n"), start=1):
            if line.strip():
                yield _from_line(line, f"{path}, line {number}")


def _folder(folder: str | Path) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise EvaluationError(f"{path}: there is no such folder.")
    return path


def _json_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.json"))
    if not files:
        raise EvaluationError(f"{folder}: the folder has no .json file in it.")
    return files


def _gold(path: Path, article: Path) -> Gold:
    if not article.is_file():
        raise EvaluationError(
            f"{path}: its article is missing; it should be {article}, or in another folder that "
            "you name as articles."
        )
    return Gold(path.stem, article, _content(article), _records(path))


def _records(path: Path) -> dict[str, Any]:
    return _in_form(_parsed(_content(path), str(path)), str(path))


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise EvaluationError(f"{path}: there is no such file.") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: this is not UTF-8.") from error


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{where}: this is not JSON ({error}).") from error


def _in_form(found: Any, where: str) -> dict[str, Any]:
    """Refuse what would otherwise count as an article in which nothing is to be found."""
    if not isinstance(found, dict):
        raise EvaluationError(f"{where}: this is no object with {', '.join(KINDS)} in it.")
    for kind in KINDS:
        records = found.get(kind) or []
        if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
            raise EvaluationError(f"{where}: `{kind}` is no list of objects.")
    return found


def _from_outcome(outcome: Extraction | Failure) -> Prediction:
    if isinstance(outcome, Failure):
        return Prediction(outcome.article, {}, outcome.message)
    return Prediction(outcome.article.id, records_of(outcome))


def records_of(found: Extraction) -> dict[str, Any]:
    """Return the records of an extraction in JSON form, by type."""
    return found.model_dump(mode="json", include=_LISTS)


def _from_line(line: str, where: str) -> Prediction:
    found = _in_form(_parsed(line, where), where)
    article = found.get("article")
    name = article.get("id") if isinstance(article, dict) else None
    if not isinstance(name, str):
        raise EvaluationError(f"{where}: `article.id` is missing; write it with --format jsonl.")
    if "meetings" in found:
        return Prediction(name, found)
    if "error" in found:
        return Prediction(name, {}, _message(found["error"]))
    raise EvaluationError(f"{where}: there are neither `meetings` nor an `error`.")


def _message(error: Any) -> str:
    said = error.get("message") if isinstance(error, dict) else error
    return str(said or "no reason given")
