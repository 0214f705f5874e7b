"""Whom or what a question in Chinese is about that nobody here has heard of.

Chinese is written without spaces, so what is left between names and known words is no sure sign of anything; where it
stands as a subject does, begins the question or is joined to something, or where nothing else is asked, it is what the
question is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.names.mentions import Piece
from knowledge.text import chinese

JOINS: Final = frozenset("和与跟同及对在从给向")
"""What joins two things, or puts one into a relation."""
# Parts of speech that are no thing: verbs, adverbs, prepositions, conjunctions, pronouns, particles, times, and what
# tells the mood or only makes a sound.
_NO_THING: Final = frozenset("vdpcrutyeofz")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    is_grammar: bool = False
    is_known: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Strangers:
    """Finds them: `word_at` gives the length of the known word at a position of a text and whether it is grammar;
    `is_light` says of a word that it says little, `is_held` that a fact speaks of it.
    """

    word_at: Callable[[str, int], tuple[int, bool]]
    is_light: Callable[[str], bool]
    is_held: Callable[[str], bool]

    def among(self, pieces: Sequence[Piece], *, is_first: bool) -> Iterator[str]:
        """Yield the unknown subjects of a run of Chinese, cut at its names; `is_first` if nothing is asked before it."""
        units = [unit for text, name in pieces for unit in self._units(text, is_name=name is not None)]
        # Where nothing is asked but what is left, that is what is asked about: 淮南的张三.
        is_all = all(unit.is_name or not unit.is_known for unit in units)
        for at, unit in enumerate(units):
            if unit.is_known or unit.is_grammar:
                is_first = is_first and unit.is_grammar
                continue
            before, after = units[at - 1] if at else None, units[at + 1] if at + 1 < len(units) else None
            is_joined = any(beside is not None and beside.text in JOINS for beside in (before, after))
            if (is_all or is_first or is_joined) and (thing := _thing(unit.text)) and not self.is_held(thing):
                yield thing
            is_first = False

    def _units(self, text: str, *, is_name: bool) -> Iterator[_Unit]:
        if is_name:
            yield _Unit(text, is_known=True, is_name=True)
            return
        words = chinese.words(text)
        joins = _joins(words)
        within = self._within_unknown_words(words) - joins
        rest, position = "", 0
        while position < len(text):
            length, is_grammar = (1, True) if position in joins else self.word_at(text, position)
            # 张三 is somebody, although a number is a known word.
            is_part = len(rest) == 1 == length and not is_grammar and not self.is_light(text[position])
            if not length or (length == 1 and position in within) or is_part:
                rest += text[position]
                position += 1
                continue
            if rest:
                yield _Unit(rest)
                rest = ""
            yield _Unit(text[position : position + length], is_grammar=is_grammar, is_known=not is_grammar)
            position += length
        if rest:
            yield _Unit(rest)

    def _within_unknown_words(self, words: Sequence[chinese.Word]) -> frozenset[int]:
        """Return the positions within words of the dictionary that known ones do not make up: 为 in 华为 is none."""
        return frozenset(
            at
            for word in words
            if not all(self.word_at(word.text, within)[0] for within in range(len(word.text)))
            for at in range(word.start, word.end)
        )


def _joins(words: Sequence[chinese.Word]) -> frozenset[int]:
    """Return where words that join two things stand: 给 in 马斯克给, not in 给力."""
    return frozenset(word.start for word in words if word.text in JOINS)


def _thing(text: str) -> str:
    """Return what of a text without known words may be a thing or a person, "" where nothing is."""
    words = chinese.words(text)
    if all(_is_no_thing(word) for word in words):
        return ""
    # A name that the dictionary lacks falls into single characters, whatever they are by themselves.
    if any(len(word.text) > 1 for word in words):
        while len(words[0].text) > 1 and _is_no_thing(words[0]):
            words = words[1:]
        while len(words[-1].text) > 1 and _is_no_thing(words[-1]):
            words = words[:-1]
    thing = text[words[0].start : words[-1].end]
    return thing if len(thing) >= _SHORTEST else ""


def _is_no_thing(word: chinese.Word) -> bool:
    return word.part[:1] in _NO_THING
