"""Which spellings are few edits from what was typed. The only importer of rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

# Spellings looked up last, with what is near each; some 300 bytes an entry.
_REMEMBERED: Final = 4096


class NearSpellings:
    """Spellings by length, for finding those within some edits: optimal string alignment distance, so that a
    swap of neighbours counts as one (Boytsov 2011, Indexing methods for approximate dictionary searching).
    """

    def __init__(self, known: Iterable[str]) -> None:
        lengths: defaultdict[int, list[str]] = defaultdict(list)
        halves: defaultdict[tuple[int, bool, str], list[int]] = defaultdict(list)
        for spelling in known:
            length = len(spelling)
            for is_first, half in ((True, spelling[: length // 2]), (False, spelling[length // 2 :])):
                halves[length, is_first, half].append(len(lengths[length]))
            lengths[length].append(spelling)
        self._by_length: Mapping[int, tuple[str, ...]] = {n: tuple(of) for n, of in lengths.items()}
        self._by_half: Mapping[tuple[int, bool, str], tuple[int, ...]] = {
            half: tuple(places) for half, places in halves.items()
        }
        self._remembered = lru_cache(_REMEMBERED)(lambda typed, furthest: tuple(self._look(typed, furthest)))

    def within(self, typed: str, furthest: int) -> tuple[tuple[str, float], ...]:
        """Return the spellings at most `furthest` edits from `typed`, each with its distance.

        A command reads its text several times over, and people repeat names: what was asked before costs nothing.
        """
        return self._remembered(typed, furthest)

    def _look(self, typed: str, furthest: int) -> Iterator[tuple[str, float]]:
        for length in range(len(typed) - furthest, len(typed) + furthest + 1):
            if same := self._by_length.get(length):
                for spelling, distance, _ in process.extract(
                    typed,
                    self._alike(typed, length, same) if furthest == 1 else same,
                    scorer=OSA.distance,
                    score_cutoff=furthest,
                    limit=None,
                ):
                    yield spelling, distance

    def _alike(self, typed: str, length: int, same: tuple[str, ...]) -> list[str]:
        """Return those of `same`, which are `length` long, that one edit could make of `typed`, and others.

        One edit leaves the first half or the second as it is, unless it swaps the letters between them.
        """
        middle = length // 2
        places = {
            *self._by_half.get((length, True, typed[:middle]), ()),
            *self._by_half.get((length, False, typed[len(typed) - length + middle :]), ()),
        }
        if length == len(typed) and middle > 0:
            swapped = typed[: middle - 1] + typed[middle] + typed[middle - 1] + typed[middle + 1 :]
            places.update(self._by_half.get((length, True, swapped[:middle]), ()))
        return [same[place] for place in sorted(places)]


def is_one_edit(one: str, other: str) -> bool:
    """Say whether one edit at most makes `other` of `one`."""
    return OSA.distance(one, other, score_cutoff=1) <= 1
