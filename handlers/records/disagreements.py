"""What an answer says beside its facts: disagreement and which is preferred, what is overdue, what is gone."""

from __future__ import annotations

from dataclasses import replace

from handlers.answer import FACTS_PER_PAGE, Answer, Line
from handlers.request import Request
from handlers.services import Services
from knowledge.model import Fact


def disagreements(services: Services, request: Request, given: Answer) -> Answer:
    """Return `given` with what must be said of the facts it shows; most answers stay as they are."""
    if not given.lines:
        return given
    shown = [line.fact for line in given.lines]
    notes = [*_disagreements(services, shown), *_overdue(request, shown)]
    if not notes:
        return given
    # First what warns of the facts: a reader sees three notes at most.
    return replace(given, lines=_with_others(services, given), notes=(*notes, *given.notes))


def others(services: Services, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that stand and say otherwise."""
    found = (services.base.fact(other) for other in fact.contradicts)
    return tuple(
        other for other in found if other is not None and other.id not in services.base.overlay.superseded
    )


def _disagreements(services: Services, shown: list[Fact]) -> list[str]:
    """Return a note for each pair that disagrees, with the preferred of the two where a curator ranked them."""
    said: dict[frozenset[str], str] = {}
    ranks = services.base.overlay.preferred
    for fact in shown:
        for other in others(services, fact):
            pair = frozenset({fact.id, other.id})
            preferred = next((one for one in (fact.id, other.id) if one in ranks), "")
            rank = f"; preferred is {preferred}: {ranks[preferred]}" if preferred else "."
            said.setdefault(pair, f"{fact.id} and {other.id} disagree{rank}")
    return list(said.values())


def _overdue(request: Request, shown: list[Fact]) -> list[str]:
    today = f"{request.now:%Y-%m-%d}"
    late = [f for f in shown if f.contributed and f.contributed.review_by and f.contributed.review_by < today]
    return [f"{f.id} is overdue for review since {f.contributed.review_by}." for f in late if f.contributed]


def _with_others(services: Services, given: Answer) -> tuple[Line, ...]:
    """Return the lines with the other side of every disagreement beside them, a preferred one first."""
    lines = list(given.lines)
    ids = {line.fact.id for line in lines}
    for line in given.lines:
        for other in others(services, line.fact):
            if other.id not in ids and len(lines) < FACTS_PER_PAGE:
                first = other.id in services.base.overlay.preferred
                lines.insert(lines.index(line) + (not first), Line(other, line.group))
                ids.add(other.id)
    return tuple(lines)
