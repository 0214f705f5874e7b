"""Figures of several places side by side, taken from the facts that an answer shows anyway."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.answer import Answer, FigureRow, FigureTable, Line
from handlers.request import Request
from handlers.say import say
from handlers.services import Services
from knowledge import citing
from knowledge.model import Fact, Figure, Place

MOST_ROWS = 10
# Units of points in time, which nobody compares between places.
_NOT_COMPARED = frozenset({"year", "years"})


def compare_figures(services: Services, request: Request, answer: Answer) -> Answer:
    """Return `answer` with a table of the figures that the facts of a page have in common, if they have any.

    What answers a question has its own, if it compares: beside a figure that was asked for others say nothing.
    """
    compared = table(services, answer.lines) if answer.headline else None
    return replace(answer, table=compared) if compared else answer


def table(services: Services, lines: Sequence[Line]) -> FigureTable | None:
    """Return the figures of the shown facts that two or more places have in one unit; None where there are none."""
    by_unit: defaultdict[str, list[tuple[Place, Fact, Figure]]] = defaultdict(list)
    for line in lines:
        place = _place(services, line.fact)
        for figure in line.fact.figures:
            known = any((f.of, f.value) == (figure.of, figure.value) for _, _, f in by_unit[figure.unit])
            if place is not None and figure.unit and figure.unit not in _NOT_COMPARED and not known:
                by_unit[figure.unit].append((place, line.fact, figure))
    rows = [
        _row(*found)
        for several in by_unit.values()
        if len({place.slug for place, _, _ in several}) > 1
        for found in several
    ]
    return FigureTable(tuple(_told(lines, rows[:MOST_ROWS]))) if rows else None


def _told(lines: Sequence[Line], rows: Sequence[FigureRow]) -> Iterator[FigureRow]:
    """Yield `rows`, each with whether they tell every figure of its fact."""
    counted = Counter(row.fact for row in rows)
    figures = {line.fact.id: len(line.fact.figures) for line in lines}
    return (replace(row, is_told=counted[row.fact] == figures[row.fact]) for row in rows)


def gathered(services: Services, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return `facts` in their order, but those whose figures compare with an earlier one's right behind it.

    What a table sets side by side must stand on one page; the first of each lot keeps its place.
    """
    units = {fact.id: _compared(services, fact) for fact in facts if fact.figures}
    if len(units) < 2:
        return tuple(facts)
    lots: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for unit in units.get(fact.id, ()):
            lots[unit].append(fact)
    several = {unit for unit, lot in lots.items() if len({_place(services, fact) for fact in lot}) > 1}
    ordered: dict[Fact, None] = {}
    for fact in facts:
        ordered[fact] = None
        for unit in units.get(fact.id, ()):
            if unit in several:
                ordered.update(dict.fromkeys(lots[unit]))
    return tuple(ordered)


def _compared(services: Services, fact: Fact) -> tuple[str, ...]:
    """The units of a fact's figures that may be compared between places."""
    if not fact.figures or _place(services, fact) is None:
        return ()
    return tuple(dict.fromkeys(f.unit for f in fact.figures if f.unit and f.unit not in _NOT_COMPARED))


def _place(services: Services, fact: Fact) -> Place | None:
    """The place that a fact is about first."""
    return next((p for slug in fact.subjects if isinstance(p := services.base.entity(slug), Place)), None)


def _row(place: Place, fact: Fact, figure: Figure) -> FigureRow:
    value = _number(figure.value) + (f"–{_number(figure.upper)}" if figure.upper is not None else "")
    return FigureRow(
        place=f"{place.name} {place.chinese}".strip(),
        of=figure.of,
        value=f"{value} {figure.unit}",
        year=str(figure.year) if figure.year else say("not stated"),
        citation=citing.cited(fact.citations),
        fact=fact.id,
    )


def _number(value: float) -> str:
    """ "675.523", "12,000"."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")
