"""Which probes a reader survived, as a person reads it."""

from __future__ import annotations

from typing import TextIO

from ..measure.probes import PROBE_KINDS
from ..measure.probing import ProbeReport
from .console import Line, console_on, print_line
from .scores import print_table


def write_probes(report: ProbeReport, stream: TextIO) -> None:
    """Write how many probes of each kind were survived, and what went wrong with the others."""
    console = console_on(stream)
    rows = (
        (kind.replace("_", " "), "", str(report.made(kind)), str(report.survived(kind)))
        for kind in PROBE_KINDS
    )
    print_table([("Probes", "", "made", "survived"), *rows], console)
    for probed in report.probed:
        if probed.failure:
            print_line(Line(""), console)
            print_line(Line(f"{probed.name}: {probed.failure}", 0), console)
            print_line(Line(f"written: {probed.written}", style="italic"), console)
    for unread in report.unread:
        print_line(Line(f"not read: {unread}", 0), console)
