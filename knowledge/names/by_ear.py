"""Chinese names in which one character was typed for another that sounds like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from knowledge.text.chinese import rhyme, sound_alike
from knowledge.text.normalize import CHINESE


class ByEar:
    """Chinese spellings by what stands around each of their characters."""

    def __init__(self, spellings: Iterable[str]) -> None:
        around: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for spelling in spellings:
            if all(map(CHINESE.match, spelling)) and len(spelling) > 1:
                for before, _, after in _gaps(spelling):
                    around[before, after].append(spelling)
        whole = {spelling for found in around.values() for spelling in found}
        self._firsts = frozenset((len(spelling), spelling[0]) for spelling in whole)
        self._lasts = frozenset((len(spelling), spelling[-1]) for spelling in whole)
        self._around: Mapping[tuple[str, str], tuple[str, ...]] = {
            gap: tuple(found) for gap, found in around.items()
        }

    def same(self, typed: str) -> Iterator[tuple[str, str]]:
        """Yield the spellings of which `typed` has one character wrong that sounds the same, each with that character."""
        for spelling, wrong, right in self._with_one_wrong(typed):
            if sound_alike(wrong, right):
                yield spelling, wrong

    def rhyming(self, typed: str) -> Iterator[str]:
        """Yield the spellings of which `typed` has one character wrong that rhymes with the right one."""
        for spelling, wrong, right in self._with_one_wrong(typed):
            if rhyme(wrong, right):
                yield spelling

    def _with_one_wrong(self, typed: str) -> Iterator[tuple[str, str, str]]:
        # Of two characters or more with one wrong, the first or the last is right.
        is_begun = (len(typed), typed[:1]) in self._firsts
        if typed.isascii() or not (is_begun or (len(typed), typed[-1:]) in self._lasts):
            return
        for before, wrong, after in _gaps(typed):
            for spelling in self._around.get((before, after), ()):
                if spelling != typed:
                    yield spelling, wrong, spelling[len(before)]


def _gaps(spelling: str) -> Iterator[tuple[str, str, str]]:
    for at, character in enumerate(spelling):
        yield spelling[:at], character, spelling[at + 1 :]
