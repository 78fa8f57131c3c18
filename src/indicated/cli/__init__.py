"""The command line: `indicated review CHART` and its sisters."""

from indicated.cli.main import main

__all__ = ["main"]
