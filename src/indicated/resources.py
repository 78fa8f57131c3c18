"""Where the policies, the vocabulary and the evidence ledger are kept.

In an installed package they lie in `indicated/data`; in a checkout they are the folders at its root.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "data"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1]

POLICIES = ROOT / "policies"
VOCABULARY = ROOT / "vocabulary"
EVIDENCE = ROOT / "evidence"
