"""fact <id> VERB: what can be done about one fact: its history, correct, wrong, revert, verify, prefer."""

from __future__ import annotations

import json
import re
from typing import Final

from handlers import curate, curation, proposal_text
from handlers.answer import Answer, Choice, Line, Section
from handlers.contributions import Deed
from handlers.desk import Desk
from handlers.request import QUESTION, Request
from handlers.standing_beside import others

SPEC: Final = re.compile(
    r"^([a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{3})\s+(history|correct|wrong|revert|verify|prefer)(?:\s+(.+))?$",
    re.IGNORECASE | re.DOTALL,
)


def deal(desk: Desk, request: Request, fact_id: str, verb: str, rest: str) -> Answer:
    """Do `verb` to the fact; only curators revert and prefer, everybody may correct."""
    if desk.contributions is None:
        return Answer(headline=curate.NOT_HERE, outcome="unknown")
    match verb:
        case "history":
            return _history(desk, request, fact_id)
        case "revert":
            return curate.revert(desk, request, fact_id, rest)
        case "verify":
            return curate.verify(desk, request, fact_id)
        case "prefer":
            return _prefer(desk, request, fact_id, rest)
    return _offer(fact_id, verb)


def _offer(fact_id: str, verb: str) -> Answer:
    """Offer the form where it could not be opened at once."""
    said = f"A correction of {fact_id} needs a source; a curator reviews it."
    choice = Choice(verb, "Open the form", QUESTION, f"fact {fact_id} {verb}")
    return Answer(headline=said, outcome="answer", choices=(choice,))


def _history(desk: Desk, request: Request, fact_id: str) -> Answer:
    """Every version of a fact, what superseded what, and who did it."""
    stands = curate.curation_of(desk, request)
    record = desk.base.fact(fact_id)
    if record is None:
        return curate.refused(f"No fact has the id “{fact_id}”.")
    entries: list[str] = []
    lines = [Line(record)]
    concerned = [
        kept for kept in stands.contributions.values() if fact_id in (kept.id, kept.draft.supersedes)
    ]
    for kept in concerned:
        entries += [
            f"{kept.id} ({proposal_text.sort_of(kept.draft)}): {line}" for line in proposal_text.history(kept)
        ]
        for other in (kept.id, kept.draft.supersedes):
            known = desk.base.fact(other)
            if known is not None and known.id not in {line.fact.id for line in lines}:
                lines.append(Line(known, group="Other versions"))
    entries = entries or ["It stands as the seeds have it; nobody has proposed a change."]
    return Answer(
        headline=f"History of {fact_id}. {superseded(desk, fact_id)}".strip(),
        outcome="answer",
        match="exact",
        lines=tuple(lines[:5]),
        sections=(Section("Who did what, when and why", tuple(entries)),),
    )


def superseded(desk: Desk, fact_id: str) -> str:
    """Say by what a fact was superseded; "" where it stands."""
    gone = desk.base.overlay.gone
    if fact_id not in gone:
        return ""
    return (
        f"It was superseded by {gone[fact_id]}."
        if gone[fact_id]
        else "It was withdrawn and no longer answers."
    )


def _prefer(desk: Desk, request: Request, fact_id: str, why: str) -> Answer:
    """Rank a fact over those that contradict it, with the reason readers see; without a reason, unrank it."""
    record = desk.base.fact(fact_id)
    rivals = others(desk, record) if record else ()
    if not rivals:
        return curate.refused(f"No fact that stands contradicts {fact_id}.")
    body = json.dumps({"over": [other.id for other in rivals]})
    wanted = curate.deed(desk, request, f"fact:{fact_id}", "preferred", why, body)

    def judge(deeds: tuple[Deed, ...]) -> Deed | str:
        return wanted if request.user in curation.read(deeds).curators else curate.NOT_A_CURATOR

    done = curate.record(desk, request, judge)
    if isinstance(done, str):
        return curate.refused(done)
    said = f"{fact_id} is preferred over {', '.join(other.id for other in rivals)}: {why}"
    return Answer(headline=said if why else f"{fact_id} is no longer preferred.", outcome="answer")
