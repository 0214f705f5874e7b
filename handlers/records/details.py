"""What is known of the facts of an answer beside what they state: kept apart, since few who ask want it."""

from __future__ import annotations

from typing import Final

from handlers.answer import Answer, Section
from handlers.say import Said, say
from handlers.services import Services
from knowledge.model import Fact

# By their English, which is what the seeds call them.
_STANCES: Final[dict[str, Said]] = {
    stance: stance
    for stance in (
        say("reported"),
        say("claimed"),
        say("planned"),
        say("recommended"),
        say("historical"),
    )
}


def details(services: Services, facts: tuple[Fact, ...]) -> Answer:
    """Return the id of each fact with how its source holds it, by whom and as of when, and how to see it in full."""
    return Answer(
        headline=say("Details"),
        outcome="answer",
        sections=(Section("", tuple(map(_told, facts))),),
        notes=(say("/yrd fact with an id shows that fact in full."),) if facts else (),
    )


def _told(fact: Fact) -> Said:
    said = {"id": fact.id, "stance": _STANCES[fact.stance], "speaker": fact.speaker, "date": fact.date}
    if fact.speaker and fact.date:
        return say("{id}: {stance} by {speaker}, of {date}", **said)
    if fact.speaker:
        return say("{id}: {stance} by {speaker}", **said)
    if fact.date:
        return say("{id}: {stance}, of {date}", **said)
    return say("{id}: {stance}", **said)
