"""Which spellings are few edits from what was typed. The only importer of rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.names.columns import Columns
from knowledge.names.halves import Halves

# Spellings looked up last, with what is near each; some 300 bytes an entry.
_REMEMBERED: Final = 4096
# So many spellings of one length are no longer looked through: with three edits columns take less time from some 500 on,
# with one, which most slips are, more.
_MANY: Final = 1_000


class NearSpellings:
    """Spellings by length, for finding those within some edits: optimal string alignment distance, so that a
    swap of neighbours counts as one (Boytsov 2011, Indexing methods for approximate dictionary searching).
    """

    def __init__(self, known: Iterable[str]) -> None:
        lengths: defaultdict[int, list[str]] = defaultdict(list)
        for spelling in known:
            lengths[len(spelling)].append(spelling)
        self._by_length: Mapping[int, Columns | Halves] = {
            length: Columns(same) if len(same) >= _MANY else Halves(same) for length, same in lengths.items()
        }
        self._remembered = lru_cache(_REMEMBERED)(lambda typed, furthest: tuple(self._look(typed, furthest)))

    def within(self, typed: str, furthest: int) -> tuple[tuple[str, float], ...]:
        """Return the spellings at most `furthest` edits from `typed`, each with its distance: the shorter first, of
        one length the nearer, and of these who came first.

        A command reads its text several times over, and people repeat names: what was asked before costs nothing.
        """
        return self._remembered(typed, furthest)

    def _look(self, typed: str, furthest: int) -> Iterator[tuple[str, float]]:
        for length in range(len(typed) - furthest, len(typed) + furthest + 1):
            if same := self._by_length.get(length):
                for spelling, distance, _ in process.extract(
                    typed,
                    same.alike(typed, furthest),
                    scorer=OSA.distance,
                    score_cutoff=furthest,
                    limit=None,
                ):
                    yield spelling, distance


def is_one_edit(one: str, other: str) -> bool:
    """Say whether one edit at most makes `other` of `one`."""
    return OSA.distance(one, other, score_cutoff=1) <= 1
