"""ictdiplo beside its peers: all of them on one machine, in one run, against one endpoint.

    python benchmarks/side_by_side.py                 # measures everything, writes RESULTS.md and .svg
    python benchmarks/side_by_side.py calls grounding # measures these parts anew, keeps the others
    python benchmarks/side_by_side.py --tables        # measures nothing, writes again what is known

`make bench-peers` sets up an environment for each peer and runs this.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("peers")))

import measurements


def main() -> None:
    """Measure what was asked for."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("parts", nargs="*", help=f"of {', '.join(measurements.PARTS)}")
    options.add_argument("--tables", action="store_true", help="measure nothing")
    asked = options.parse_args()
    if not asked.tables:
        measurements.measure(asked.parts or list(measurements.PARTS))


if __name__ == "__main__":
    main()
