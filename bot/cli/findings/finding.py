"""What `yrd doctor` found of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["ok", "note", "FAIL"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do about it where something is to be done."""

    name: str
    grade: Grade
    said: str
    do: str = ""

    def __str__(self) -> str:
        advice = f"\n        {self.do}" if self.do else ""
        return f"{self.grade:<5} {self.name}: {self.said}{advice}"
