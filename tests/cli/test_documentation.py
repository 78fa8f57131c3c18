"""docs/command-line.md names every command and every option, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from indicated.cli.app import app

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
OWN = {"--help", "--version", "--install-completion", "--show-completion"}


def options() -> set[str]:
    root = get_command(app)
    found: set[str] = set()
    pending = list(root.commands.values())  # type: ignore[attr-defined]
    while pending:
        command = pending.pop()
        pending += getattr(command, "commands", {}).values()
        for parameter in command.params:
            found.update(name for name in parameter.opts if name.startswith("--"))
    return found | OWN


def test_every_option_is_on_the_page_and_none_besides() -> None:
    written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert written == options()


def test_every_command_is_on_the_page() -> None:
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"indicated {name}" in PAGE
