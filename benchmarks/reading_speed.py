"""Reading facts beside medspaCy, on the same notes with the same terms, in one run.

    python benchmarks/reading_speed.py FOLDER --medspacy PYTHON [--rounds 3]

FOLDER holds notes as *.txt (folders in it are searched). PYTHON is the interpreter of an environment with
medspaCy 1.3.1 (`python -m venv m && m/bin/pip install medspacy==1.3.1`). The two take turns, one core each.
Our side does more: it makes dated, sided facts with their evidence; medspaCy finds terms and their context.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from indicated.chart.model import Document
from indicated.facts.find import facts_of_document
from indicated.reading.language import language_entries, read_language

_SIGNS = ("word", "class", "cue", "examples", "means", "about", "spots")
_MOST_SPELLINGS = 40


def literals() -> list[tuple[str, str]]:
    """The terms of all words as plain phrases: every choice written out, stars and gaps left away."""
    rules = set()
    for entry in language_entries():
        if "word" not in entry:
            continue
        for group, terms in entry.items():
            if group not in _SIGNS:
                for term in terms:
                    rules |= {
                        (entry["word"], phrase)
                        for phrase in itertools.islice(_spellings(term), _MOST_SPELLINGS)
                    }
    return sorted(rule for rule in rules if rule[1])


def _spellings(term: str) -> Iterator[str]:
    choice = re.search(r"\(([^()]*)\)", term)
    if choice:
        for option in choice[1].split("|"):
            yield from _spellings(term[: choice.start()] + option + term[choice.end() :])
    else:
        plain = re.sub(r"<[^>]*>|~\d*|[#*\\]", " ", term)
        yield re.sub(r"\s+", " ", plain).strip()


def ours(notes: list[str]) -> float:
    """Notes a second of this program."""
    language = read_language()
    start = time.perf_counter()
    for number, note in enumerate(notes):
        for _ in facts_of_document(Document(str(number), note), language):
            pass
    return len(notes) / (time.perf_counter() - start)


def main() -> None:
    """Run both in turns and print the figures and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--medspacy", required=True, help="a Python with medspaCy")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    notes = [file.read_text(errors="replace") for file in sorted(options.folder.rglob("*.txt"))]
    rules = literals()
    baseline = Path(__file__).with_name("medspacy_baseline.py")
    mine, theirs = [], []
    with tempfile.NamedTemporaryFile("w", suffix=".json") as handle:
        json.dump({"rules": rules, "notes": notes}, handle)
        handle.flush()
        for _ in range(options.rounds):
            mine.append(ours(notes))
            run = subprocess.run(
                [options.medspacy, str(baseline), handle.name], capture_output=True, text=True, check=True
            )
            theirs.append(json.loads(run.stdout.splitlines()[-1])["notes_per_second"])
    print(
        f"{len(notes)} notes, {sum(map(len, notes)) / len(notes):.0f} characters each, {len(rules)} phrases"
    )
    print(f"indicated {statistics.median(mine):8.0f} notes/s   {[round(x) for x in mine]}")
    print(f"medspaCy  {statistics.median(theirs):8.1f} notes/s   {[round(x, 1) for x in theirs]}")
    print(f"ratio     {statistics.median(a / b for a, b in zip(mine, theirs, strict=True)):8.0f}")


if __name__ == "__main__":
    main()
