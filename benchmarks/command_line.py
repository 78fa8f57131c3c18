"""How long the command line takes, from the start of the process to its end, and how many charts it reads a second.

    python benchmarks/command_line.py [--rounds 10]

Each command runs in a process of its own, as a person at a terminal runs it: with the byte code of all modules kept,
whatever the environment of a developer says. The compiled vocabulary is in the cache, except for the first line. A bare
import of the libraries of the command line runs in turns with `indicated review`, and the ratio is told.
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
YARDSTICK = "import typer, rich, yaml"
COMMANDS = {
    "indicated --version": ["--version"],
    "indicated policy show": ["policy", "show"],
    "indicated facts CHART": ["facts", EXAMPLE],
    "indicated review CHART": ["review", EXAMPLE],
}


def seconds(words: list[str], cache: str) -> float:
    """The time that one call of the program takes."""
    return _timed([str(Path(sys.executable).with_name("indicated")), *words], cache)


def _timed(command: list[str], cache: str) -> float:
    environment = os.environ | {"XDG_CACHE_HOME": cache, "PYTHONPYCACHEPREFIX": f"{cache}/byte code"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def beside_import(cache: str, rounds: int) -> None:
    """Print how many times a review takes the time of the bare import, both in turns."""
    bare, whole = [], []
    for _ in range(rounds):
        bare.append(_timed([sys.executable, "-c", YARDSTICK], cache))
        whole.append(seconds(COMMANDS["indicated review CHART"], cache))
    print(f"{YARDSTICK:40}{statistics.median(bare):8.2f} s")
    ratio = statistics.median(a / b for a, b in zip(whole, bare, strict=True))
    print(f"{'review beside it':40}{ratio:8.1f} times")


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
        beside_import(cache, rounds)
        charts = [str(case.parent) for case in sorted(CASES.glob("*/case.yaml"))]
        one = statistics.median(seconds(["facts", charts[0]], cache) for _ in range(rounds))
        many = statistics.median(seconds(["facts", *charts * 10], cache) for _ in range(max(1, rounds // 3)))
        print(f"{'charts a second, in one process':40}{(len(charts) * 10 - 1) / (many - one):8.0f}")


if __name__ == "__main__":
    main()
