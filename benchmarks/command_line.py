"""How long the command line takes, from the start of the process to its end, and how many charts it reads a second.

    python benchmarks/command_line.py [--rounds 10]

Each command runs in a process of its own, as a person at a terminal runs it. The compiled vocabulary is in the cache, except for
the first line.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = ROOT / "policies" / "lumbar-sympathetic-block" / "cases"
EXAMPLE = str(CASES / "first-block-complete")
COMMANDS = {
    "indicated --version": ["--version"],
    "indicated policy show": ["policy", "show"],
    "indicated facts CHART": ["facts", EXAMPLE],
    "indicated review CHART": ["review", EXAMPLE],
}


def seconds(words: list[str], cache: str) -> float:
    """The time that one call of the program takes."""
    program = Path(sys.executable).with_name("indicated")
    environment = os.environ | {"XDG_CACHE_HOME": cache}
    start = time.perf_counter()
    subprocess.run([program, *words], cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Run each command several times and print the medians."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as cache:
        print(
            f"{'indicated review CHART, the first time':40}{seconds(COMMANDS['indicated review CHART'], cache):8.2f} s"
        )
        for name, words in COMMANDS.items():
            median = statistics.median(seconds(words, cache) for _ in range(rounds))
            print(f"{name:40}{median:8.2f} s")
        charts = [str(case.parent) for case in sorted(CASES.glob("*/case.yaml"))]
        one = statistics.median(seconds(["facts", charts[0]], cache) for _ in range(rounds))
        many = statistics.median(seconds(["facts", *charts * 10], cache) for _ in range(max(1, rounds // 3)))
        print(f"{'charts a second, in one process':40}{(len(charts) * 10 - 1) / (many - one):8.0f}")


if __name__ == "__main__":
    main()
