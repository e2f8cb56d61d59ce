"""Read one article with a model of your own, behind any OpenAI-compatible address.

    ollama pull qwen3:8b
    python examples/local_model.py
    python examples/local_model.py --base-url http://localhost:8000/v1 --model Qwen/Qwen3-8B

The address defaults to OPENAI_BASE_URL, then to Ollama's; the model to ICTDIPLO_MODEL, then to
qwen3:8b. Most local servers need no key; for those that do, it is taken from OPENAI_API_KEY.
"""

import argparse
import os
import sys
from pathlib import Path

import ictdiplo

OLLAMA = "http://localhost:11434/v1"
ARTICLE = Path(__file__).parent / "articles" / "01-iran-pakistan-eco-mou.txt"


def main() -> None:
    """Print the records of one article as JSON, and what it took to standard error."""
    settings = parse_arguments()
    model = ictdiplo.Model(
        settings.model,
        base_url=settings.base_url,
        api_key=os.environ.get("OPENAI_API_KEY"),
        attempts=1,  # a server on the same machine is there or it is not
    )
    try:
        found = ictdiplo.extract(settings.article.read_text(encoding="utf-8"), model=model)
    except ictdiplo.ModelUnavailable as error:
        sys.exit(f"Nothing usable answers at {settings.base_url}: {error}\nIs a server running?")
    except ictdiplo.ModelError as error:
        sys.exit(f"{settings.model} at {settings.base_url} did not read it: {error}")
    print(found.model_dump_json(indent=2, include={"meetings", "proposals", "mous", "rejected"}))
    print(f"{found.provenance.attempts} requests, {found.usage.seconds:.1f} s", file=sys.stderr)


def parse_arguments() -> argparse.Namespace:
    """Read the settings from the command line, then from the environment."""
    parser = argparse.ArgumentParser(description="Read an article with a model of your own.")
    parser.add_argument("article", nargs="?", type=Path, default=ARTICLE)
    parser.add_argument("--base-url", default=os.environ.get("OPENAI_BASE_URL", OLLAMA))
    parser.add_argument("--model", default=os.environ.get("ICTDIPLO_MODEL", "qwen3:8b"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
