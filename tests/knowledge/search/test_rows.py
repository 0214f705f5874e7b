"""Rows of numbers: taken, kept and joined as lists would be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.rows import Rows, rows_of

LISTS = st.lists(st.lists(st.integers(0, 50), max_size=5), max_size=8)


def as_lists(rows: Rows) -> list[list[int]]:
    return [rows.held[start:end].tolist() for start, end in zip(rows.ends, rows.ends[1:], strict=False)]


@given(LISTS, LISTS)
def test_rows_are_joined_as_lists_are(one: list[list[int]], other: list[list[int]]) -> None:
    assert as_lists(Rows.of(one).joined(Rows.of(other))) == one + other


@given(LISTS, st.data())
def test_some_rows_are_kept_in_the_order_they_are_asked_for(
    lists: list[list[int]], data: st.DataObject
) -> None:
    taken = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=8)) if lists else []
    assert as_lists(Rows.of(lists).only(np.array(taken, np.int64))) == [lists[row] for row in taken]


@given(LISTS, st.data())
def test_what_rows_hold_comes_with_the_place_of_its_row(lists: list[list[int]], data: st.DataObject) -> None:
    taken = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=8)) if lists else []
    places, held = Rows.of(lists).take(np.array(taken, np.int64))
    wanted = [(place, number) for place, row in enumerate(taken) for number in lists[row]]
    assert list(zip(places.tolist(), held.tolist(), strict=True)) == wanted


def test_the_rows_of_entries_are_told_by_where_they_end() -> None:
    rows, firsts = rows_of(np.array([0, 2, 3, 6]), np.array([2, 0]))
    assert (rows.tolist(), firsts.tolist()) == ([3, 4, 5, 0, 1], [0, 3])
