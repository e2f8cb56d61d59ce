"""Run the property tests of tests/test_fuzz.py on what a coverage-guided fuzzer makes up.

    python tools/fuzz.py                                  # all of them, a minute each
    python tools/fuzz.py --seconds 600 test_any_words_have_a_date_or_a_reason

atheris (dependency group `fuzz`) watches which lines of the package are reached and changes its
bytes to reach others; hypothesis makes a test's arguments of the bytes. A failure is printed with
these arguments: make it a case of the tests. Inputs that reached something new are kept in
`.fuzz/` for the next time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".fuzz"
TARGETS = (
    "test_any_file_is_articles_or_typed_errors",
    "test_any_page_is_an_article_or_a_typed_error",
    "test_what_is_found_stands_where_it_says",
    "test_any_words_have_a_date_or_a_reason",
    "test_any_words_are_a_side",
    "test_whatever_is_said_of_an_article_is_borne_out_or_rejected",
    "test_whatever_is_found_can_be_written_and_read_back",
)
SECONDS = 60
SLOWEST = 60  # seconds that one input may take before it counts as a failure
LARGEST = 4096  # bytes of an input, of which hypothesis makes much longer texts


def fuzz(target: str, options: list[str]) -> None:
    """Run one target in this process, which libFuzzer ends."""
    import atheris

    sys.path.insert(0, str(ROOT / "tests"))
    with atheris.instrument_imports(include=["ictdiplo"]):
        import test_fuzz
    run = getattr(test_fuzz, target).hypothesis.fuzz_one_input
    atheris.Setup([sys.argv[0], *options], run)
    atheris.Fuzz()


def run_each(targets: list[str], seconds: int) -> int:
    """Run targets one after the other, each in its own process; return how many failed."""
    failed = []
    for target in targets:
        corpus = KEPT / target
        corpus.mkdir(parents=True, exist_ok=True)
        print(f"{target}: {seconds} seconds", flush=True)
        limits = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}"]
        limits += [f"-max_len={LARGEST}", "-len_control=0"]  # a draft needs many bytes at once
        artifacts = f"-artifact_prefix={corpus}/"
        command = [sys.executable, __file__, "--one", target, *limits, artifacts, str(corpus)]
        if subprocess.run(command, check=False).returncode:
            failed.append(target)
    print(f"{len(targets) - len(failed)} of {len(targets)} held; failed: {failed or 'none'}")
    return len(failed)


def main() -> None:
    """Fuzz what the command line names."""
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
    options = argparse.ArgumentParser(description="Fuzz the property tests.")
    options.add_argument("targets", nargs="*", default=list(TARGETS))
    options.add_argument("--seconds", type=int, default=SECONDS)
    chosen = options.parse_args()
    sys.exit(run_each(chosen.targets, chosen.seconds))


if __name__ == "__main__":
    main()
