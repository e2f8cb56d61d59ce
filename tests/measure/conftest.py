"""Gold for some of the example articles, written here, and folders of invented gold."""

import json
from pathlib import Path

import pytest

from ictdiplo import OfflineReader, extract, read_articles


@pytest.fixture(scope="session")
def gold():
    """The folder of gold for five of the example articles.

    A date and a side in it are not what a reader should find, so that some figures stay below 1.
    """
    return Path(__file__).parent / "gold"


@pytest.fixture(scope="session")
def extractions(gold):
    """What the offline reader finds in them."""
    folder = Path(__file__).parents[2] / "examples" / "articles"
    paths = [folder / f"{file.stem}.txt" for file in sorted(gold.glob("*.json"))]
    return [extract(article, model=OfflineReader()) for p in paths for article in read_articles(p)]


@pytest.fixture
def run_file(extractions, tmp_path):
    """The same as `extract --format jsonl` writes it."""
    path = tmp_path / "found.jsonl"
    path.write_text("".join(f"{one.model_dump_json()}\n" for one in extractions), encoding="utf-8")
    return path


@pytest.fixture
def write_gold(tmp_path):
    """Write a folder with an article and gold for each name; return the folder."""

    def write(texts, **records):
        folder = tmp_path / f"gold-{len(texts)}"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            (folder / f"{name}.json").write_text(json.dumps(records.get(name, {})), "utf-8")
        return folder

    return write
