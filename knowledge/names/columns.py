"""Many spellings of one length, each of whose places is a column of letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple


class Columns:
    """For each place and letter the spellings that have it there, as a number: a bit for a spelling.

    Letters are many, so a number is as long as the last spelling that it holds: with three thousand characters of Chinese
    some 400 bytes a spelling and place, with 26 letters four.
    """

    def __init__(self, spellings: Sequence[str]) -> None:
        self._spellings = tuple(spellings)
        self._all = (1 << len(spellings)) - 1
        self._columns = tuple(map(_having, zip(*spellings, strict=True)))

    def alike(self, typed: str, furthest: int) -> list[str]:
        """Return the spellings at most `furthest` edits from `typed`: these, all of them, and no others.

        One table of edit distances is filled for all spellings at once, since a cell says of each, in its bit, whether it
        comes so far within so many edits: Wu and Manber 1992 (Fast text searching allowing errors), with patterns side by
        side as in Hyyrö, Fredriksson and Navarro 2005 (Increased bit-parallelism for approximate and multiple string
        matching). The time is one of lengths, edits and spellings alone, whatever is typed.
        """
        states = _states(len(typed) - len(self._columns), furthest)
        # The number of a state that there is none of is -1: behind all states stands one that holds no spelling.
        before = [self._all if state.is_start else 0 for state in states] + [0]
        before_that, previous = [0] * len(before), ""
        for place, letter in enumerate(typed):
            now = [0] * len(before)
            for number, state in enumerate(states):
                column = place - state.ahead
                if column == -1:
                    now[number] = self._all
                elif 0 <= column < len(self._columns):
                    having = self._columns[column]
                    found = before[number] & having.get(letter, 0)
                    found |= before[state.replaced] | before[state.added] | now[state.left_out]
                    swapped = before_that[state.replaced] & having.get(previous, 0)
                    if swapped and column:
                        found |= swapped & self._columns[column - 1].get(letter, 0)
                    now[number] = found
            if not any(now) and not any(before):
                return []
            before_that, before, previous = before, now, letter
        return [self._spellings[place] for place in _places(before[len(states) - 1])]


class _State(NamedTuple):
    """So many letters that what was typed is `ahead` of a spelling by, after so many edits.

    The others are the numbers of the states from which one edit leads here: a letter replaced, added or left out.
    """

    ahead: int
    replaced: int
    added: int
    left_out: int
    is_start: bool


@lru_cache
def _states(longer: int, furthest: int) -> tuple[_State, ...]:
    """Return the states by which `furthest` edits lead to what is `longer` than the spelling; those are the last.

    Left out is from where they do not: a letter that one is still ahead of the other by costs an edit (Ukkonen 1985,
    Algorithms for approximate string matching).
    """
    numbers: dict[tuple[int, int], int] = {}
    for edits in range(furthest + 1):
        for ahead in range(-edits, edits + 1):
            if edits + abs(longer - ahead) <= furthest:
                numbers[ahead, edits] = len(numbers)
    return tuple(
        _State(
            ahead,
            replaced=numbers.get((ahead, edits - 1), -1),
            added=numbers.get((ahead - 1, edits - 1), -1),
            left_out=numbers.get((ahead + 1, edits - 1), -1),
            is_start=ahead <= 0,
        )
        for ahead, edits in numbers
    )


def _having(column: Sequence[str]) -> Mapping[str, int]:
    """Return for each letter of a column the spellings that have it."""
    bits: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(len(column) // 8 + 1))
    for place, letter in enumerate(column):
        bits[letter][place >> 3] |= 1 << (place & 7)
    return {letter: int.from_bytes(those, "little") for letter, those in bits.items()}


def _places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, in rising order."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
