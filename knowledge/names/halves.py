"""Some spellings of one length, which are soon looked through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence


class Halves:
    """Spellings, and which of them have which first and which second half."""

    def __init__(self, spellings: Sequence[str]) -> None:
        self._spellings = tuple(spellings)
        self._length = len(spellings[0])
        self._middle = self._length // 2
        firsts: defaultdict[str, list[int]] = defaultdict(list)
        seconds: defaultdict[str, list[int]] = defaultdict(list)
        for place, spelling in enumerate(spellings):
            firsts[spelling[: self._middle]].append(place)
            seconds[spelling[self._middle :]].append(place)
        self._firsts: Mapping[str, Sequence[int]] = dict(firsts)
        self._seconds: Mapping[str, Sequence[int]] = dict(seconds)

    def alike(self, typed: str, furthest: int) -> Sequence[str]:
        """Return the spellings at most `furthest` edits from `typed`, and others.

        One edit leaves the first half or the second as it is (the pigeonhole principle), unless it swaps the letters
        between them. Of more edits all are returned: where spellings are few, telling them apart takes longer.
        """
        if furthest > 1:
            return self._spellings
        middle = self._middle
        places = {
            *self._firsts.get(typed[:middle], ()),
            *self._seconds.get(typed[len(typed) - self._length + middle :], ()),
        }
        if self._length == len(typed) and middle > 0:
            swapped = typed[: middle - 1] + typed[middle]
            places.update(self._firsts.get(swapped, ()))
        return [self._spellings[place] for place in sorted(places)]
