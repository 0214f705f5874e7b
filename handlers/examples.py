"""The questions that somebody who has asked nothing yet may begin with: each is answered in its first line."""

from __future__ import annotations

from typing import Final

FIRST_QUESTIONS: Final = (
    "Which district is twinned with Huainan?",
    "What is the enclave economy?",
    "Nanjing and Chuzhou",
    "What is the GDP of Xuzhou?",
    "Does Anhui count as part of the delta?",
    "淮南和哪个区结对？",
)
"""A value, a definition, a pairing, a figure, a question on which sources differ, and one in Chinese."""
