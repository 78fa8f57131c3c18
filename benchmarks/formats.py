"""Does a chart in another format read as its text does?

    python benchmarks/formats.py SHARED [--as pdf --as fax ...] [--passages]

SHARED holds `cases` (charts with known answers) and `passages`. Each document is rendered to the format; the
statuses of the criteria are compared with those of the text chart, and with the known answers. A fax is a scan of
200 dots to the inch, blurred, one degree askew, with noise.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from indicated.chart import Chart, Document, read_chart
from indicated.chart.document import document_of
from indicated.cli.judge import judge
from indicated.determine.model import Determination, Outcome
from indicated.facts.find import facts_of_document
from indicated.formats.read import read_document
from indicated.score.expected import read_expected
from rendered import FORMATS


def rendered(document: Document, name: str) -> Document:
    suffix, render = FORMATS[name]
    reading = read_document(render(document.text), Path(document.name).with_suffix(suffix).name)
    return document_of(reading, document.name, document.date, document.kind)


def in_format(chart: Chart, name: str) -> Chart:
    return replace(chart, documents=tuple(rendered(document, name) for document in chart.documents))


def statuses(determination: Determination) -> dict[str, str]:
    return {criterion.id: str(criterion.status) for criterion in determination.criteria}


def compare_cases(folder: Path, name: str) -> None:
    same = asked = outcomes = unsafe = right = known = 0
    cases = sorted(path.parent for path in folder.glob("*/case.yaml"))
    for case in cases:
        chart = read_chart(case)
        text, other = judge(chart), judge(in_format(chart, name))
        answer = read_expected(case)
        one, two = statuses(text), statuses(other)
        differing = {key: f"{one[key]}, now {two.get(key)}" for key in one if one[key] != two.get(key)}
        same += len(one) - len(differing)
        asked += len(one)
        outcomes += text.outcome == other.outcome
        unsafe += other.outcome is Outcome.CRITERIA_MET and answer.outcome is not Outcome.CRITERIA_MET
        right += sum(str(status) == two.get(key) for key, status in answer.criteria.items())
        known += len(answer.criteria)
        for key, change in differing.items():
            print(f"   {case.name}: {key} {change}")
    print(
        f"{name:5} {len(cases)} charts: outcomes as in text {outcomes}, statuses as in text {same}/{asked} "
        f"({same / asked:.3f}), statuses right {right}/{known} ({right / known:.3f}), unsafe {unsafe}"
    )


def compare_passages(folder: Path, name: str) -> None:
    same = total = 0
    from passages import document_of as plain

    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            document = plain(json.loads(line))
            one = [(f.word, f.status, f.value, f.side) for f in facts_of_document(document)]
            two = [(f.word, f.status, f.value, f.side) for f in facts_of_document(rendered(document, name))]
            total += 1
            same += one == two
            if one != two:
                print("  ", json.loads(line)["id"])
    print(f"{name:5} passages that give the same facts: {same}/{total} ({same / total:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--as", dest="names", action="append", choices=FORMATS)
    parser.add_argument("--passages", action="store_true", help="compare passages instead of charts")
    given = parser.parse_args()
    for name in given.names or FORMATS:
        if given.passages:
            compare_passages(given.shared / "passages", name)
        else:
            compare_cases(given.shared / "cases", name)


if __name__ == "__main__":
    main()
