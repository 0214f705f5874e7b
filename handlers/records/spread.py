"""Which facts of a record stand on which page of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby, zip_longest

from handlers.records.told import Told


def spread(rows: Sequence[Told], size: int) -> tuple[Told, ...]:
    """Return `rows` for pages of `size`: the first holds the best of each heading, the others the rest as it stands.

    On every page the headings keep their order, and each stands there once.
    """
    first = set(_chosen(rows)[:size])
    return (*(row for row in rows if row in first), *(row for row in rows if row not in first))


def _chosen(rows: Sequence[Told]) -> list[Told]:
    """Return `rows` with the best of each heading first, then the second best: a higher tier only after a lower one."""
    tiers = groupby(sorted(rows, key=lambda row: row.tier), key=lambda row: row.tier)
    return [row for _, tier in tiers for row in _in_turn(tier)]


def _in_turn(rows: Iterable[Told]) -> list[Told]:
    groups = [tuple(group) for _, group in groupby(rows, key=lambda row: row.group)]
    return [row for row in chain.from_iterable(zip_longest(*groups)) if row is not None]
