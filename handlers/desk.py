"""What a handler has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.base import FactBase


@dataclass(frozen=True, slots=True)
class Desk:
    """The fact base, and (as commands that change state arrive) the ports they write through."""

    base: FactBase
