"""What an answer says beside its facts: disagreement and which is preferred, what is overdue, what is gone."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.desk import Desk
from handlers.request import Request
from knowledge.model import Fact


def answer(desk: Desk, request: Request, given: Answer) -> Answer:
    """Return `given` with what must be said of the facts it shows; most answers stay as they are."""
    if not given.lines:
        return given
    shown = [line.fact for line in given.lines]
    notes = [*_disagreements(desk, shown), *_overdue(request, shown)]
    if not notes:
        return given
    # First what warns of the facts: a reader sees three notes at most.
    return replace(given, lines=_with_others(desk, given), notes=(*notes, *given.notes))


def others(desk: Desk, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that stand and say otherwise."""
    found = (desk.base.fact(other) for other in fact.contradicts)
    return tuple(other for other in found if other is not None and other.id not in desk.base.overlay.gone)


def _disagreements(desk: Desk, shown: list[Fact]) -> list[str]:
    """One note for each pair a curator ranked. Unranked pairs say so on the facts' full view alone."""
    said: dict[frozenset[str], str] = {}
    for fact in shown:
        for other in others(desk, fact):
            preferred = next((f for f in (fact, other) if f.id in desk.base.overlay.ranks), None)
            if preferred is not None:
                reason = desk.base.overlay.ranks[preferred.id]
                less = other if preferred is fact else fact
                said[frozenset({fact.id, other.id})] = (
                    f"{preferred.id} and {less.id} disagree; preferred is {preferred.id}: {reason}"
                )
    return list(said.values())


def _overdue(request: Request, shown: list[Fact]) -> list[str]:
    today = f"{request.now:%Y-%m-%d}"
    late = [f for f in shown if f.contributed and f.contributed.review_by and f.contributed.review_by < today]
    return [f"{f.id} is overdue for review since {f.contributed.review_by}." for f in late if f.contributed]


def _with_others(desk: Desk, given: Answer) -> tuple[Line, ...]:
    """Return the lines with the other side of a ranked disagreement, and the preferred first."""
    lines = list(given.lines)
    ids = {line.fact.id for line in lines}
    for line in given.lines:
        for other in others(desk, line.fact):
            ranked = {line.fact.id, other.id} & set(desk.base.overlay.ranks)
            if ranked and other.id not in ids and len(lines) < FACTS_PER_PAGE:
                lines.insert(lines.index(line) + (other.id not in ranked), Line(other, line.group))
                ids.add(other.id)
    return tuple(lines)
