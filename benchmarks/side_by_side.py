"""ictdiplo beside its peers: all of them on one machine, in one run, against one endpoint.

    python benchmarks/side_by_side.py                  # measures everything
    python benchmarks/side_by_side.py calls grounding  # measures these parts anew, keeps the others
    python benchmarks/side_by_side.py --tables         # measures nothing, only writes what is known

Each writes results.json, and of it RESULTS.md and RESULTS.svg. `make bench-peers` sets up an
environment for each peer, and runs this.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("peers")))

import measurements
import plot
import stage
import tables

HERE = Path(__file__).parent


def machine() -> str:
    """Say on what, when and beside which versions it was measured."""
    versions = ", ".join(
        f"{name} {stage.version(contender, name)}"
        for contender, name in (
            ("sdk", "openai"),
            ("instructor_alone", "instructor"),
            ("langextract_alone", "langextract"),
            ("floor", "aiohttp"),
        )
    )
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {versions}."
    )


def main() -> None:
    """Measure what was asked for, and write the page and the picture."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("parts", nargs="*", help=f"of {', '.join(measurements.PARTS)}")
    options.add_argument("--tables", action="store_true", help="measure nothing")
    asked = options.parse_args()
    raw = measurements.known()
    if not asked.tables:
        raw = measurements.measure(asked.parts or list(measurements.PARTS), machine())
    if missing := measurements.PARTS.keys() - raw.keys():
        sys.exit(f"There is no page before these are measured too: {', '.join(sorted(missing))}.")
    page = tables.page(raw)
    (HERE / "RESULTS.md").write_text(page, encoding="utf-8")
    plot.draw(raw, HERE / "RESULTS.svg")
    print(page)


if __name__ == "__main__":
    main()
