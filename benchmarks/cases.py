"""Score charts with known answers that are kept outside this repository.

    python benchmarks/cases.py SHARED --part seen

SHARED holds `cases/<case>/`. The ten cases whose names sort first by their SHA-256 are the sealed part: they
are looked at once, for a release, and never while a rule is written. Which they are is told by the names of
the folders alone, without opening one.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

SEALED = 10


def order(name: str) -> int:
    """The place of a case in the sealed order."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def part_of(names: list[str], part: str) -> list[str]:
    """The names of the seen, the unseen or all cases."""
    sealed = set(sorted(names, key=order)[:SEALED])
    return sorted(n for n in names if part == "all" or (n in sealed) == (part == "unseen"))


def main() -> int:
    """Run `indicated score` over a part of the cases; further options go to it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--part", choices=("seen", "unseen", "all"), default="seen")
    arguments, rest = parser.parse_known_args()
    folder = arguments.shared / "cases"
    names = [path.name for path in folder.iterdir() if path.is_dir()]
    cases = [str(folder / name) for name in part_of(names, arguments.part)]
    program = "from indicated.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, "score", *cases, *rest], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
