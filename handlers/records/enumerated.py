"""Names in a row, as a sentence holds them."""

from __future__ import annotations

from collections.abc import Sequence


def enumerated(names: Sequence[str], most: int) -> str:
    """Return "A", "A and B", "A, B and C"; of more than `most` the first, and how many more there are."""
    *before, last = _shown(names, most)
    return f"{', '.join(before)} and {last}" if before else last


def listed(names: Sequence[str], most: int) -> str:
    """Return "A; B; C", for names that may hold commas; of more than `most` the first, and how many more there are."""
    return "; ".join(_shown(names, most))


def _shown(names: Sequence[str], most: int) -> list[str]:
    return [*names[:most], f"{len(names) - most} more"] if len(names) > most else list(names)
