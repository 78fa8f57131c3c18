"""The baseline of reading_speed.py: medspaCy with its own sentence splitter and context rules, on the same terms.

Run by reading_speed.py with the Python of an environment that has medspaCy; prints notes per second.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Read the rules and the notes that reading_speed.py wrote, process each note, print the figures."""
    import medspacy  # type: ignore[import-not-found]
    from loguru import logger  # type: ignore[import-not-found]
    from medspacy.ner import TargetRule  # type: ignore[import-not-found]

    logger.remove()  # its sentence splitter logs every token, which would slow it down
    given = json.loads(Path(sys.argv[1]).read_text())
    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
    matcher = nlp.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(literal, word) for word, literal in given["rules"]])
    nlp(given["notes"][0])
    start = time.perf_counter()
    found = sum(len(nlp(note).ents) for note in given["notes"])
    seconds = time.perf_counter() - start
    print(json.dumps({"notes_per_second": len(given["notes"]) / seconds, "found": found, "seconds": seconds}))


if __name__ == "__main__":
    main()
