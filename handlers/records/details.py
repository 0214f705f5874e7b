"""What is known of the facts of an answer beside what they state: kept apart, since few who ask want it."""

from __future__ import annotations

from handlers.answer import Answer, Section
from handlers.services import Services
from knowledge.model import Fact


def details(services: Services, facts: tuple[Fact, ...]) -> Answer:
    """Return the id of each fact with how its source holds it, by whom and as of when, and how to see it in full."""
    return Answer(
        headline="Details",
        outcome="answer",
        sections=(Section("", tuple(map(_told, facts))),),
        notes=("/yrd fact with an id shows that fact in full.",) if facts else (),
    )


def _told(fact: Fact) -> str:
    by = f" by {fact.speaker}" if fact.speaker else ""
    date = f", of {fact.date}" if fact.date else ""
    return f"{fact.id}: {fact.stance}{by}{date}"
