"""What warns of the facts of an answer, each warning once, below all of them: a fact carries the numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.render.fact_renderer import RenderedFact

_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Footnotes:
    """`texts` stand below the facts; `marks` are what stands behind each fact, by its id, "" where nothing warns of it."""

    texts: tuple[str, ...]
    marks: dict[str, str]


def footnotes(facts: Sequence[RenderedFact]) -> Footnotes:
    """Return the warnings of `facts`, numbered in the order in which they are met; of one fact alone without a number."""
    numbers: dict[str, int] = {}
    for fact in facts:
        for warning in fact.warnings:
            numbers.setdefault(warning, len(numbers) + 1)
    if len(facts) < 2:
        return Footnotes(tuple(numbers), {fact.fact.id: "" for fact in facts})
    return Footnotes(
        tuple(f"{_mark(number)} {warning}" for warning, number in numbers.items()),
        {fact.fact.id: "\u2009".join(_mark(numbers[one]) for one in fact.warnings) for fact in facts},
    )


def _mark(number: int) -> str:
    return str(number).translate(_SUPERSCRIPT)
