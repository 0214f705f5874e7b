"""What warns of the facts of an answer, each warning once, below all of them: a fact carries the numbers of its own.

A warning of several sentences, or clauses, is told apart where some of them warn of other facts too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.render.fact_renderer import RenderedFact
from handlers.records.caveats import CLAUSES

_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """`texts` stand below the facts; `marks` are what stands behind each fact, by its id, "" where nothing warns of it."""

    texts: tuple[str, ...]
    marks: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a warning with what joins it to the next; by its `words` it is the same wherever it ends a sentence or not."""

    text: str
    behind: str

    @property
    def words(self) -> str:
        return self.text.rstrip(".")


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
    """Return by its words of which facts each clause of a warning warns."""
    warned: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for warning in fact.warnings:
            for clause in _clauses(warning):
                warned[clause.words].add(fact.fact.id)
    return {words: frozenset(of) for words, of in warned.items()}


def _notes(fact: RenderedFact, warned: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield what warns of a fact: clauses that warn of the same facts together, each time as whole sentences."""
    for warning in fact.warnings:
        for _, clauses in groupby(_clauses(warning), key=lambda clause: warned[clause.words]):
            *before, last = clauses
            said = "".join((*(clause.text + clause.behind for clause in before), last.text))
            yield f"{said[0].upper()}{said[1:]}{'.' if last.behind.startswith(';') else ''}"


def _clauses(warning: str) -> Iterator[_Clause]:
    start = 0
    for found in CLAUSES.finditer(warning):
        yield _Clause(warning[start : found.start()], found[0])
        start = found.end()
    yield _Clause(warning[start:], "")


def _mark(number: int) -> str:
    return str(number).translate(_SUPERSCRIPT)
