"""Names in pinyin, made of their Chinese spellings. They are looked up and never guessed at: what is curated or means
something else comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

# What is shorter is a word of too many things: "bang" is written for Bengbu (蚌), and "ji" for Hebei.
_FEWEST_SYLLABLES = 2


class InPinyin:
    """Owners of names by what the syllables of these make up."""

    def __init__(self, spelt: Iterable[tuple[str, str]], is_taken: Callable[[str], bool]) -> None:
        """Know names by pairs of syllables, with spaces between, and owner; what `is_taken` means something else."""
        self._owners: dict[str, tuple[str, ...]] = {}
        self._cuts: dict[str, frozenset[int]] = {}
        for name, owner in spelt:
            # Who has no ü writes u for it, where others write v.
            for syllables in dict.fromkeys((name, name.replace("v", "u"))):
                self._add(syllables.split(), owner, is_taken)

    def _add(self, syllables: Sequence[str], owner: str, is_taken: Callable[[str], bool]) -> None:
        key = "".join(syllables)
        if len(syllables) < _FEWEST_SYLLABLES or is_taken(key):
            return
        known = self._owners.get(key, ())
        if owner not in known:
            self._owners[key] = (*known, owner)
        self._cuts[key] = self._cuts.get(key, frozenset()).union(accumulate(map(len, syllables)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._owners)

    def __contains__(self, key: str) -> bool:
        return key in self._owners

    def owners(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return who is called what `words` make up, each of them one syllable or several."""
        key = "".join(words)
        owners = self._owners.get(key, ())
        return owners if owners and self._cuts[key].issuperset(accumulate(map(len, words))) else ()
