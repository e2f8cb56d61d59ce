"""Turn the drafts of the merges' gold set into extractions, through the library's own resolver.

    python examples/gold/merges/build.py

Each `drafts/<name>.json` holds, by hand, the words of `articles/<name>.txt` that make up its
records. The library looks them up in the article and works out dates, sides and offsets, as it does
with a model's answer; what comes of it is a line of `extractions.jsonl`. Nothing is sent anywhere.
"""

from pathlib import Path

import ictdiplo

HERE = Path(__file__).parent


def extractions(part: Path) -> list[ictdiplo.Extraction]:
    """Return the extractions of one part, in the order of the articles' names."""
    found = []
    for path in sorted((part / "articles").glob("*.txt")):
        (article,) = ictdiplo.read_articles(path)
        draft = (part / "drafts" / f"{path.stem}.json").read_text(encoding="utf-8")
        found.append(ictdiplo.extract(article, model=ictdiplo.FakeModel([draft])))
    return found


if __name__ == "__main__":
    for part in (HERE / "dev", HERE / "held"):
        lines = [found.model_dump_json() for found in extractions(part)]
        (part / "extractions.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
