"""Chinese that a question writes in pinyin, other than names: words that are known, and those that entries speak of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Final

from knowledge.search.strangers import JOINS
from knowledge.search.terms import sound_term
from knowledge.text.chinese import merged, syllables

# In a word of Chinese.
_MOST_SYLLABLES: Final = 6
# 嗯 is read so, and nothing else.
_SOUNDS: Final = frozenset({"n", "ng"})
# What a word costs that syllables are read as: the longer are likelier, known ones above all, and likelier than none.
_KNOWN: Final = 2
_KNOWN_SYLLABLE: Final = 4
_SPOKEN_OF: Final = 5
_UNKNOWN: Final = 6
# What is longer and has no space is no sentence.
_MOST_LETTERS: Final = 100


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word: its syllables, as they were `typed`, the Chinese of a known one ("" of another) and the index term of one
    that entries speak of.
    """

    syllables: tuple[str, ...]
    typed: str
    chinese: str = ""
    term: str = ""


class Spellings:
    """Reads them: known words by their syllables, of several that are spelt alike the first; others by their sound."""

    def __init__(
        self,
        known: Iterable[tuple[str, str]],
        is_spoken_of: Callable[[str], bool],
        is_other: Callable[[str], bool],
        english: Collection[str],
    ) -> None:
        """Know words by pairs of Chinese and syllables; `is_spoken_of` says of a term that entries hold it, and `is_other`
        of a word of the question that it is one of the base as it stands; so may those in `english` be.
        """
        self._known: dict[tuple[str, ...], str] = {}
        for chinese, spelt in known:
            self._known.setdefault(tuple(spelt.split()), chinese)
        self._joined = frozenset(map("".join, self._known))
        self._is_spoken_of, self._is_other, self._english = is_spoken_of, is_other, english

    def is_word(self, word: str) -> bool:
        """Say whether a word of a question is a known one of Chinese."""
        return word in self._joined

    def at(self, words: Sequence[str], start: int, beyond: Collection[int]) -> tuple[int, tuple[Spelt, ...]]:
        """Return where the words of a question end that are Chinese in pinyin from `start` on, and what they say.

        Words at the places `beyond` are something else. Where no more than half of it is known or spoken of, of one word
        not all, or all of it may be English, it is no Chinese, and nothing is returned.
        """
        cut: list[tuple[str, ...]] = []
        end = start
        while (
            end < len(words) and end not in beyond and (more := self._syllables(words[end], is_first=not cut))
        ):
            cut.append(more)
            end += 1
        said = self._said(cut)
        told, spelt = sum(len(word.syllables) for word in said), sum(map(len, cut))
        # A word by itself may fall into syllables by chance: Toulouse.
        is_told = 2 * told > spelt if len(cut) > 1 else told == spelt
        run = words[start:end]
        # What stands in entries as it was typed is that, such as a name: Li Qiang.
        is_chinese = any(len(word) > 2 and word not in self._english for word in run) and not all(
            map(self._is_other, run)
        )
        return (end, said) if is_told and is_chinese else (start, ())

    def is_counted(self, words: Sequence[str], at: int, end: int) -> bool:
        """Say whether what stands from `at` to before `end` is a syllable behind a Chinese word that joins it to nothing,
        so that it is no name of two: no Xi'an in "duoshao ge xian".
        """
        if end - at > 1:
            return False
        before = self._known.get(syllables(words[at - 1]), "") if at else ""
        return bool(before) and before not in JOINS and len(syllables(words[at])) == 1

    def _syllables(self, word: str, *, is_first: bool) -> tuple[str, ...]:
        """Return the syllables of a word that is no other, or that behind Chinese is more likely a syllable of that."""
        if len(word) > _MOST_LETTERS:
            return ()
        is_other = len(word) > 2 and self._is_other(word)
        spelt = () if is_other and (is_first or (word,) not in self._known) else syllables(word)
        return spelt if _SOUNDS.isdisjoint(spelt) else ()

    def _said(self, cut: Sequence[tuple[str, ...]]) -> tuple[Spelt, ...]:
        """Return the words that typed words, cut into syllables, make up at the least cost; each is within one of them, or
        is several whole ones.
        """
        spelt = tuple(chain.from_iterable(cut))
        ends = frozenset(accumulate(map(len, cut), initial=0))
        best: list[tuple[int, tuple[Spelt, ...]]] = [(0, ())]
        for end in range(1, len(spelt) + 1):
            cost, said = best[end - 1]
            ways = [(cost + _UNKNOWN, said)]
            for start in range(max(0, end - _MOST_SYLLABLES), end):
                is_whole = {start, end} <= ends or ends.isdisjoint(range(start + 1, end))
                # Whatever falls into syllables falls into words of one: Aachen is no 啊啊.
                is_long = end - start > 1 or {start, end} <= ends
                if (
                    is_whole
                    and is_long
                    and (word := self._word(spelt[start:end], _typed(spelt, start, end, ends)))
                ):
                    cost, said = best[start]
                    ways.append((cost + _cost(word), (*said, word)))
            best.append(min(ways, key=lambda way: way[0]))
        return best[-1][1]

    def _word(self, run: tuple[str, ...], typed: str) -> Spelt | None:
        if chinese := self._known.get(run):
            return Spelt(run, typed, chinese)
        # One syllable is too many words.
        if len(run) > 1 and self._is_spoken_of(term := sound_term(tuple(map(merged, run)))):
            return Spelt(run, typed, term=term)
        return None


def _typed(spelt: Sequence[str], start: int, end: int, ends: Collection[int]) -> str:
    """Return syllables from `start` to before `end`, with a space where a typed word ends."""
    spaced = (f" {spelt[at]}" if at in ends and at > start else spelt[at] for at in range(start, end))
    return "".join(spaced)


def _cost(word: Spelt) -> int:
    if not word.chinese:
        return _SPOKEN_OF
    return _KNOWN if len(word.syllables) > 1 else _KNOWN_SYLLABLE
