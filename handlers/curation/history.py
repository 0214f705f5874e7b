"""The history of a proposal, in words: who did what to it, when and why."""

from __future__ import annotations

from handlers.answer import Section
from handlers.contribution import Contribution, CurationEvent
from handlers.say import Said, say


def of(kept: Contribution) -> Section:
    """Return every event of a contribution: who, what, when and why."""
    entries = tuple(_with_reason(_happened(event), event.why) for event in kept.events)
    return Section(say("So far"), entries, at=tuple(event.at for event in kept.events))


def _with_reason(said: Said, why: str) -> Said:
    return say("{event}: {why}", event=said, why=why) if why else said


def _closing(event: CurationEvent) -> Said:
    if event.body:
        return say(
            "closed: {name} approved proposal {number} in its place", name=event.name, number=event.body
        )
    return say("closed: {name} took back the fact that it is about", name=event.name)


def _happened(event: CurationEvent) -> Said:
    name = event.name
    match event.kind:
        case "proposed":
            return say("proposed by {name}", name=name)
        case "edited":
            return say("edited by {name}", name=name)
        case "approved":
            return say("approved by {name}", name=name)
        case "rejected":
            return say("rejected by {name}", name=name)
        case "withdrawn":
            return say("withdrawn by {name}", name=name)
        case "reverted":
            return say("taken back by {name}", name=name)
        case "verified":
            return say("verified by {name}", name=name)
        case "supported":
            return say("supported by {name}", name=name)
        case "closed":
            return _closing(event)
        case other:
            # Of a proposal there is no other event.
            return say("{event} by {name}", event=other, name=name)
