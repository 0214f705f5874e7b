"""What warns of the facts of an answer, each warning once, below all of them: a fact carries the numbers of its own.

A warning of several sentences is told apart where some of them warn of other facts too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.render.fact_renderer import RenderedFact

_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """`texts` stand below the facts; `marks` are what stands behind each fact, by its id, "" where nothing warns of it."""

    texts: tuple[str, ...]
    marks: dict[str, str]


def footnotes(facts: Sequence[RenderedFact]) -> Footnotes:
    """Return the warnings of `facts`, numbered in the order in which they are met; of one fact alone without a number."""
    warned = _shared(facts)
    notes = {fact.fact.id: tuple(_notes(fact, warned)) for fact in facts}
    numbers: dict[str, int] = {}
    for note in (note for of_fact in notes.values() for note in of_fact):
        numbers.setdefault(note, len(numbers) + 1)
    if len(facts) < 2:
        return Footnotes(tuple(numbers), dict.fromkeys(notes, ""))
    return Footnotes(
        tuple(f"{_mark(number)} {note}" for note, number in numbers.items()),
        {fact: "\u2009".join(_mark(numbers[note]) for note in of_fact) for fact, of_fact in notes.items()},
    )


def _shared(facts: Sequence[RenderedFact]) -> dict[str, frozenset[str]]:
    """Return by its words of which facts each sentence of a warning warns."""
    warned: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for warning in fact.warnings:
            for sentence in _SENTENCES.split(warning):
                warned[sentence].add(fact.fact.id)
    return {sentence: frozenset(of) for sentence, of in warned.items()}


def _notes(fact: RenderedFact, warned: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield what warns of a fact: sentences that warn of the same facts together."""
    for warning in fact.warnings:
        for _, sentences in groupby(_SENTENCES.split(warning), key=warned.__getitem__):
            yield " ".join(sentences)


def _mark(number: int) -> str:
    return str(number).translate(_SUPERSCRIPT)
