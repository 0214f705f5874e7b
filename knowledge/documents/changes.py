"""What moved in a document between two readings of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Moves:
    """Numbers of paragraphs: `added` and `changed` of the new text, `gone` of the old; `renumbered` counts."""

    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    renumbered: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone or self.renumbered)

    def __str__(self) -> str:
        parts = [
            f"{len(numbers)} {what} ({_listed(numbers)})"
            for numbers, what in ((self.added, "added"), (self.changed, "changed"), (self.gone, "gone"))
            if numbers
        ]
        parts += [f"{self.renumbered} renumbered"] if self.renumbered else []
        return f"paragraphs {', '.join(parts)}" if parts else "nothing moved"


def moves(before: Sequence[str], now: Sequence[str]) -> Moves:
    """Return what moved between two lists of paragraph hashes, in order; paragraphs count from 1."""
    added: list[int] = []
    changed: list[int] = []
    gone: list[int] = []
    renumbered = 0
    for sort, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if sort == "equal":
            renumbered += (b - a) if a != c else 0
            continue
        both = min(b - a, d - c)
        changed += range(c + 1, c + both + 1)
        added += range(c + both + 1, d + 1)
        gone += range(a + both + 1, b + 1)
    return Moves(tuple(added), tuple(changed), tuple(gone), renumbered)


def _listed(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    left = len(numbers) - _SHOWN
    return f"{shown} and {left} more" if left > 0 else shown
