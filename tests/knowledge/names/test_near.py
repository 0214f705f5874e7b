"""Every spelling within some edits is found, with its distance: as a scan of all of them finds it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks import grown_names
from knowledge.names.columns import Columns
from knowledge.names.halves import Halves
from knowledge.names.near import NearSpellings

EDITS = st.integers(0, 4)
# Few letters, so that what is drawn is near to something.
TEXT = st.text("abcd杭", max_size=9)


@st.composite
def _of_one_length(draw: st.DrawFn) -> list[str]:
    length = draw(st.integers(1, 8))
    spelling = st.text("abcd杭", min_size=length, max_size=length)
    return draw(st.lists(spelling, min_size=1, max_size=40, unique=True))


def _scan(known: Sequence[str], typed: str, furthest: int) -> list[str]:
    return [spelling for spelling in known if OSA.distance(typed, spelling) <= furthest]


@given(_of_one_length(), TEXT, EDITS)
@settings(max_examples=500)
def test_columns_find_what_a_scan_finds_and_nothing_else(known: list[str], typed: str, furthest: int) -> None:
    assert Columns(known).alike(typed, furthest) == _scan(known, typed, furthest)


@given(_of_one_length(), TEXT, EDITS)
@settings(max_examples=500)
def test_halves_leave_out_nothing_that_a_scan_finds(known: list[str], typed: str, furthest: int) -> None:
    kept = set(Halves(known).alike(typed, furthest))
    # NearSpellings asks for no spelling that differs by more letters than there may be edits.
    assert kept >= {near for near in _scan(known, typed, furthest) if abs(len(near) - len(typed)) <= furthest}


@pytest.fixture(scope="module")
def made_up() -> list[str]:
    """Names without spaces, as they are compared: of some lengths many, of others few."""
    return list(dict.fromkeys(name.replace(" ", "") for name in grown_names.names(30_000)))


@pytest.mark.parametrize("furthest", [0, 1, 2, 3])
def test_made_up_names_are_found_with_their_distances_in_order(made_up: list[str], furthest: int) -> None:
    names = NearSpellings(made_up)
    for typed, _ in grown_names.queries(made_up, 40):
        near = ((OSA.distance(typed, name, score_cutoff=furthest), name) for name in made_up)
        # Sorting is stable: of two as long and as near the one that came first stays first.
        found = sorted(
            (pair for pair in near if pair[0] <= furthest), key=lambda pair: (len(pair[1]), pair[0])
        )
        assert list(names.within(typed, furthest)) == [(name, distance) for distance, name in found]


def test_a_swap_of_neighbours_is_one_edit_wherever_it_stands() -> None:
    chance = random.Random(5)
    known = ["".join(chance.choices("abcdefgh", k=10)) for _ in range(2_000)]
    names = NearSpellings(known)
    for name in known[:100]:
        for at in range(9):
            typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            assert (name, typed != name) in names.within(typed, 1)


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert NearSpellings([]).within("hangzhou", 3) == ()


def test_what_was_typed_may_be_as_long_as_one_likes(made_up: list[str]) -> None:
    assert NearSpellings(made_up).within("hangzhou" * 1_000, 3) == ()
    assert NearSpellings(made_up).within("", 3) == ()
