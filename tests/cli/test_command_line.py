"""The command line as people call it: results on standard output, everything else beside it, exit codes that tell."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indicated.cli import doctor
from indicated.cli.main import fault, main
from indicated.cli.output import recognition

REQUEST = """\
id: willow-7
request: {procedure: "64520", laterality: right, date: 2026-03-10, diagnoses: [G90.521]}
documents:
- {file: documents/01-visit.txt, date: 2026-02-20, kind: consultation note}
"""
NOTE = "EXAM\nThe right foot is cooler than the left.\nNo fever. Not on blood thinners.\n"
NAME = "Zebulon Quartermaine"


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    folder = tmp_path / "willow"
    (folder / "documents").mkdir(parents=True)
    (folder / "request.yaml").write_text(REQUEST)
    (folder / "documents" / "01-visit.txt").write_text(NOTE)
    return folder


class Called:
    """What a call gave: exit code, standard output and standard error."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(*arguments: object) -> Called:
        monkeypatch.setattr(sys, "argv", ["indicated", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capfd.readouterr()
        code = caught.value.code
        return Called(code if isinstance(code, int) else 0, out, err)

    return run


def test_help_teaches_by_examples(call) -> None:  # type: ignore[no-untyped-def]
    for command in ([], ["review"], ["explain"], ["facts"], ["score"], ["policy", "show"]):
        found = call(*command, "--help")
        assert found.code == 0
        assert "    indicated " in found.out.split("Options:")[0]


def test_help_is_quick() -> None:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from indicated.cli import main; main()", "--help"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert time.perf_counter() - start < 1.0


def test_version(call) -> None:  # type: ignore[no-untyped-def]
    assert call("--version").out.startswith("indicated ")


def test_a_review_prints_only_the_result(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    found = call("review", chart, "--format", "json")
    assert (found.code, found.err) == (0, "")
    data = json.loads(found.out)
    assert data["schema"] == "indicated/determination/1"
    assert data["determination"] in {"more_information", "clinician_review"}


def test_no_colour_where_there_is_no_terminal(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    assert "\x1b" not in call("review", chart).out


def test_the_name_of_the_file_tells_the_format(call, chart: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = call("review", chart, "-o", tmp_path / "memo.html")
    assert (found.code, found.out) == (0, "")
    assert "<html" in (tmp_path / "memo.html").read_text()


@pytest.mark.parametrize("option", ["--letter", "--request"])
def test_letters(call, chart: Path, option: str) -> None:  # type: ignore[no-untyped-def]
    found = call("review", chart, option, "--format", "md")
    assert found.code == 0
    assert found.out.startswith("#")


@pytest.mark.parametrize(
    "arguments",
    [
        ["review"],
        ["review", "CHART", "--format", "xls"],
        ["review", "CHART", "-o", "memo.xls"],
        ["review", "CHART", "--letter", "--request"],
        ["review", "CHART", "-o", "/nowhere/memo.md"],
        ["explain", "CHART", "no-such-criterion"],
        ["facts", "CHART", "--format", "xml"],
        ["score", "CHART"],
        ["score", "CHART", "--require", "luck=1"],
        ["bless", "CHART"],
    ],
)
def test_wrong_usage_leaves_with_2(call, chart: Path, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = call(*(str(chart) if a == "CHART" else a for a in arguments))
    assert (found.code, found.out) == (2, "")
    assert found.err


def test_a_chart_that_cannot_be_read_leaves_with_3(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    (chart / "request.yaml").write_text(REQUEST.replace("right", NAME))
    found = call("review", chart)
    assert (found.code, found.out) == (3, "")
    assert "error: request.yaml:2: the side is not a word that is read." in found.err
    assert NAME not in found.err


def test_a_policy_that_cannot_be_read_leaves_with_3(call, chart: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "policy.yaml").write_text("policy: [")
    assert call("review", chart, "--policy", tmp_path / "policy.yaml").code == 3
    assert call("review", chart, "--policy", tmp_path / "none").code == 3
    assert call("policy", "show", "none").code == 3


def test_a_fault_of_the_program_shows_no_chart_text(  # type: ignore[no-untyped-def]
    call, chart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError(NAME)

    monkeypatch.setattr("indicated.cli.judge.find_facts", fail)
    found = call("review", chart)
    assert found.code == 1
    assert found.err.count("\n") == 1
    assert "Reference " in found.err
    assert NAME not in found.err
    monkeypatch.setenv("INDICATED_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["indicated", "review", str(chart)])
    with pytest.raises(KeyError):
        main()


def test_the_same_fault_has_the_same_reference() -> None:
    def fails(text: str) -> str:
        try:
            raise ValueError(text)
        except ValueError as error:
            return fault(error)

    assert fails("one") == fails("two")


def test_ctrl_c_leaves_with_130(call, chart: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("indicated.cli.judge.find_facts", stop)
    assert call("review", chart).code == 130


def test_facts_of_several_charts(call, chart: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = call("facts", chart, tmp_path / "none", chart, "--format", "jsonl")
    assert found.code == 3, "one chart could not be read"
    assert "none: there is no such chart." in found.err
    lines = [json.loads(line) for line in found.out.splitlines()]
    assert {line["chart"] for line in lines} == {"willow-7"}
    assert "skin temperature asymmetry" in {line["word"] for line in lines}


def test_a_text_from_standard_input() -> None:
    program = [sys.executable, "-c", "from indicated.cli import main; main()"]
    told = [
        "facts",
        "-",
        "--format",
        "jsonl",
        "--procedure",
        "64520",
        "--side",
        "right",
        "--date",
        "2026-03-10",
    ]
    run = subprocess.run([*program, *told], input=NOTE, capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "skin temperature asymmetry" in run.stdout


def test_what_was_left_out_is_told_beside_the_result(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    found = call("facts", chart, "--as-of", "2026-02-01", "--format", "jsonl")
    assert (found.code, found.out) == (0, "")
    assert "note: documents/01-visit.txt: dated after the request and not read." in found.err


def test_explain_and_policy_show(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    assert call("explain", chart, "sympathetic-dysfunction").out.startswith("sympathetic-dysfunction")
    assert "lumbar-sympathetic-block" in call("policy", "show").out
    assert "criteria:" in call("policy", "show", "lumbar-sympathetic-block").out


def test_score(call, chart: Path) -> None:  # type: ignore[no-untyped-def]
    answer = (
        "expected:\n  determination: more_information\n  criteria: {sympathetic-dysfunction: {status: met}}\n"
    )
    (chart / "request.yaml").rename(chart / "case.yaml")
    (chart / "case.yaml").write_text(REQUEST + answer)
    found = call("score", chart, "--json")
    assert (found.code, json.loads(found.out)["unsafe"]) == (0, 0)
    assert call("score", chart.parent).code == 0
    found = call("score", chart, "--require", "cases=2")
    assert found.code == 4
    assert "cases is 1, and cases=2 is required." in found.err
    assert found.out.startswith("Unsafe answers        0/1")


def test_doctor(call, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    found = call("doctor")
    assert found.code == 0
    assert "ok       Python" in found.out
    monkeypatch.setenv("INDICATED_DEBUG", "1")
    assert "unsafe   INDICATED_DEBUG=1" in call("doctor").out


def test_doctor_names_every_optional_part_and_how_to_get_it(call, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(
        doctor, "_OPTIONAL", {"no_such_part": ("a thing", "cannot be made", "pip install it")}
    )
    monkeypatch.setenv("INDICATED_PAGE_CACHE", "off")
    text = call("doctor").out
    assert "optional no_such_part: a thing cannot be made  ->  pip install it" in text
    assert "optional Tesseract: scans and faxes cannot be read" in text
    assert "tesseract-ocr" in text
    assert "recognised pages are not kept (INDICATED_PAGE_CACHE=off)" in text
    assert "from the network" in text


def test_the_bar_of_recognition_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    with recognition() as progress:
        assert progress is None
    monkeypatch.delenv("CI", raising=False)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with recognition() as progress:
        assert progress
        progress("fax[red].pdf", 1, 3)
        progress("fax[red].pdf", 3, 3)
    assert "fax[red].pdf" in terminal.getvalue()


class Terminal(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    program = [
        sys.executable,
        "-c",
        "from indicated.cli import main; main()",
        "policy",
        "show",
        "lumbar-sympathetic-block",
    ]
    run = subprocess.run(program, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (run.returncode, run.stderr) == (0, b"")
