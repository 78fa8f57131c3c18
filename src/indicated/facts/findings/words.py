"""The words of the vocabulary for the findings of a limb, and the entry that says what is said of them."""

from __future__ import annotations

FINDINGS = (
    "skin temperature asymmetry",
    "skin color change",
    "abnormal sweating",
    "edema",
    "allodynia or hyperalgesia",
    "reduced range of motion",
    "motor change",
    "trophic change",
)
SAID = "said of a finding"
