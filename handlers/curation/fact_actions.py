"""fact <id> VERB: what can be done about one fact: its history, correct, wrong, revert, verify, prefer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

from handlers.answer import Answer, Choice, Line, Section
from handlers.command import MISREAD, Handler, Reading, Verb, next_word
from handlers.contribution import CurationEvent
from handlers.curation import actions, approved, describe, history, projection
from handlers.records import fact_ids
from handlers.records.disagreements import others
from handlers.request import FACT, Request
from handlers.say import say
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact
from knowledge.vocabulary import FACT_ID


def read(services: Services, request: Request) -> Reading | None:
    """Return what is to be done with a fact; no verb shows it."""
    fact_id, after = next_word(request.text)
    fact_id = fact_ids.standard(fact_id)
    if not FACT_ID.match(fact_id):
        return None
    others = [fact_ids.standard(word) for word in after.split()]
    if others and all(map(FACT_ID.match, others)):
        return Reading("", " ".join((fact_id, *others)[: fact_ids.MOST]))
    verb, rest = next_word(after)
    target = Target(id=fact_id)
    if not verb:
        return Reading("", fact_id, target)
    # A fact that is taken back without a reason is asked for it.
    verb = "ask why" if verb == "revert" and not rest else verb
    if verb in {known.name for known in VERBS}:
        return Reading(verb, rest, target)
    return Reading(MISREAD, verb, target) if services.base.fact(fact_id) else None


def _of_fact(deal: Callable[[Services, Request, str, str], Answer]) -> Handler:
    """Return a handler of what is done to a fact."""

    def handle(services: Services, request: Request) -> Answer:
        if request.target is None:
            return actions.refused(say("Which fact? Its id stands under it."))
        return deal(services, request, request.target.id, request.text)

    return handle


def _offer(verb: str) -> Handler:
    """Return what offers the form where it could not be opened at once."""

    def offer(services: Services, request: Request, fact_id: str, rest: str) -> Answer:
        said = say("A correction needs a source, and a curator reviews it.")
        target = Target(id=fact_id)
        choice = Choice(verb, say("Open the form"), FACT, "", verb, target=target, effect="opens a form")
        return Answer(headline=said, outcome="answer", choices=(choice,))

    return _of_fact(offer)


def _history(services: Services, request: Request, fact_id: str, rest: str) -> Answer:
    """Every version of a fact, what superseded what, and who did it; for curators what readers thought of it, and what
    is asked to get it.
    """
    stands = actions.curation_of(services, request)
    record = services.base.fact(fact_id)
    if record is None:
        return actions.refused(say("No fact has the id “{fact}”.", fact=fact_id))
    lines = [Line(record)]
    happened: list[tuple[datetime, str]] = []
    for kept in stands.contributions.values():
        if fact_id not in (kept.id, kept.draft.supersedes):
            continue
        told = history.of(kept)
        happened += [
            (at, say("proposal {number} {event}", number=kept.number, event=event))
            for at, event in zip(told.at, told.entries, strict=True)
        ]
        for other in (kept.id, kept.draft.supersedes):
            known = services.base.fact(other)
            if known is not None and known.id not in {line.fact.id for line in lines}:
                lines.append(Line(known, group=say("Other versions")))
    sections = [_happened(happened)]
    if not actions.denial(services, request):
        votes = services.feedback.votes(request.team, f"fact:{fact_id}")
        thought = say(
            "Helpful {helpful}, not helpful {unhelpful}", helpful=votes.helpful, unhelpful=votes.unhelpful
        )
        sections.append(Section(say("What readers thought of it"), (thought,)))
        sections += _asks(services, record)
    headline = say("History of a fact.")
    if gone := superseded(services, fact_id):
        headline = say("{history} {superseded}", history=headline, superseded=gone)
    return Answer(
        headline=headline,
        outcome="answer",
        match="exact",
        lines=tuple(lines[:5]),
        sections=tuple(sections),
    )


def _happened(events: list[tuple[datetime, str]]) -> Section:
    """Return who did what, when and why."""
    title = say("Who did what, when and why")
    if not events:
        return Section(title, (say("It stands as the seeds have it. Nobody has proposed a change."),))
    return Section(title, tuple(said for _, said in events), at=tuple(at for at, _ in events))


def _asks(services: Services, record: Fact) -> list[Section]:
    """What a fact is found by. Learned asks are readers' words, so it stands where nothing is shared from."""
    overlay = services.base.overlay
    learned = overlay.asks.get(record.id, ())
    sections = (
        Section(say("What people ask for it"), overlay.own_asks(record)),
        Section(say("Learned from questions that curators settled"), learned),
        Section(say("What looks like it and is answered by no fact"), record.near_misses),
    )
    return [section for section in sections if section.entries]


def superseded(services: Services, fact_id: str) -> str:
    """Return a sentence that says by what a fact was superseded; "" where it stands."""
    gone = services.base.overlay.superseded
    if fact_id not in gone:
        return ""
    if later := gone[fact_id]:
        return say("It was replaced: {fact}", fact=describe.called(services, later))
    return say("It was withdrawn and no longer answers.")


def _prefer(services: Services, request: Request, fact_id: str, why: str) -> Answer:
    """Rank a fact over those that contradict it, with the reason readers see; without a reason, unrank it."""
    record = services.base.fact(fact_id)
    rivals = others(services, record) if record and not superseded(services, fact_id) else ()
    if not rivals:
        called = describe.called(services, fact_id)
        return actions.refused(say("No fact that stands contradicts this one: {fact}", fact=called))
    body = json.dumps({"over": [other.id for other in rivals]})
    wanted = actions.event_of(services, request, f"fact:{fact_id}", "preferred", why, body)

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        stands = projection.replay(events)
        if request.user not in stands.curators:
            return actions.NOT_A_CURATOR
        if not why and fact_id not in stands.preferred:
            return say(
                "This fact is not told first. /yrd fact {fact} prefer REASON has it told before those that contradict it.",
                fact=fact_id,
            )
        return wanted

    done = actions.record(services, request, decide)
    if isinstance(done, str):
        return actions.not_done(services, request, done)
    called = describe.called(services, fact_id)
    if not why:
        return Answer(headline=say("No longer told first: {fact}", fact=called), outcome="done")
    over = tuple(describe.called(services, other.id) for other in rivals)
    return Answer(
        headline=say("Told first from now on: {fact}", fact=called),
        outcome="done",
        sections=(Section(say("Why"), (why,)), Section(say("Told after it"), over)),
    )


def _misread(services: Services, request: Request, fact_id: str, rest: str) -> Answer:
    """Say what can be done with a fact, where the word after its id is none of that."""
    words = ", ".join(verb.name for verb in VERBS[:-1] if " " not in verb.name)
    return actions.misread(rest, fact_id, words)


# Only curators revert and prefer, everybody may correct.
VERBS: Final = (
    Verb("history", _of_fact(_history), is_private=True, needs="contributions"),
    Verb("correct", _offer("correct"), "opens a form", needs="contributions"),
    Verb("wrong", _offer("wrong"), "opens a form", needs="contributions"),
    Verb("ask why", _of_fact(approved.revert), "opens a form", needs="contributions"),
    Verb("revert", _of_fact(approved.revert), "changes", keeps_text=True, needs="contributions"),
    Verb(
        "verify",
        _of_fact(lambda services, request, fact_id, _: approved.verify(services, request, fact_id)),
        "changes",
        needs="contributions",
    ),
    Verb("prefer", _of_fact(_prefer), "changes", keeps_text=True, needs="contributions"),
    Verb(MISREAD, _of_fact(_misread), is_private=True),
)
