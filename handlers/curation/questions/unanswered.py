"""Questions the base could not answer, clustered by likeness, and what curators do about them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from handlers.answer import Answer, Choice, Effect, Line, Section
from handlers.command import MISREAD, Reading, Verb, next_word
from handlers.contribution import CurationEvent, EventKind, Settlement
from handlers.curation import actions, projection, support
from handlers.curation.questions import queue
from handlers.curation.questions.clusters import Cluster, key_of
from handlers.draft import Draft
from handlers.ports import UnansweredQuestion
from handlers.request import REVIEW, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact

SETTLED: Final = say("That question is not in the queue: it may be settled by now.")
WITHOUT_QUESTION: Final = say("/yrd add proposes the same words as a fact of its own.")
_KEY: Final = re.compile(r"^[0-9a-f]{8}$")
_FACT: Final = re.compile(r"^[a-z0-9-]{5,80}$")
_MISREAD: Final = f"{MISREAD} question"
_SHOWN: Final = 12
_SETTLED_BY: Final = {"": "question", "new": "new fact", "scope": "out of scope", "fact": "which fact"}


def read(services: Services, request: Request) -> Reading | None:
    """Return what `review` is to do with a question, by its key; None where the text is about none."""
    word, after = next_word(request.text)
    key, rest = next_word(after)
    if word != "question" or not _KEY.match(key):
        return None
    verb, rest = next_word(rest)
    fact_id, left = next_word(rest)
    target = Target(id=key)
    if verb == "fact" and _FACT.match(fact_id) and not left:
        return Reading("settle", target=Target(id=key, other=fact_id))
    if verb in _SETTLED_BY and not rest:
        return Reading(_SETTLED_BY[verb], target=target)
    wrong = verb if verb not in _SETTLED_BY else fact_id
    return Reading(_MISREAD, wrong, target) if queue.cluster(services, request, key) else None


def open_cluster(services: Services, request: Request) -> Cluster | Answer:
    """Return the cluster with the question that is meant, if whoever asks may settle it; else why not."""
    if why := actions.denial(services, request):
        return actions.not_done(services, request, why)
    key = request.target.id if request.target else ""
    return queue.cluster(services, request, key) or actions.refused(SETTLED)


def _show(services: Services, request: Request) -> Answer:
    found = open_cluster(services, request)
    return found if isinstance(found, Answer) else _card(services, found, queue.carried(request.text))


def _out_of_scope(services: Services, request: Request) -> Answer:
    found = open_cluster(services, request)
    return found if isinstance(found, Answer) else _set_aside(services, request, (found,))


def set_aside(services: Services, request: Request, keys: tuple[str, ...]) -> Answer:
    """Take the clusters of those keys off the list for good, in one step; return the queue without them, and a way back."""
    if why := actions.denial(services, request):
        return actions.not_done(services, request, why)
    wanted = frozenset(keys)
    found = tuple(
        c for c in queue.clusters(services, request) if not wanted.isdisjoint(key_of(q) for q in c.questions)
    )
    return _set_aside(services, request, found) if found else actions.refused(SETTLED)


def _set_aside(services: Services, request: Request, found: tuple[Cluster, ...]) -> Answer:
    pairs = [(question.command, question.text) for one in found for question in one.questions]
    why = say_many("{count} question out of scope", "{count} questions out of scope", len(pairs))
    done = _recorded(services, request, "settled", why)
    if done:
        return actions.not_done(services, request, done)
    services.questions.settle(request.team, pairs, request.now, out_of_scope=True)
    said = say_many(
        "{count} question is out of scope and will not be listed again.",
        "{count} questions are out of scope and will not be listed again.",
        len(pairs),
    )
    if len(pairs) == 1:
        said = say("“{question}” is out of scope and will not be listed again.", question=pairs[0][1])
    undo = Choice(
        "undo",
        say("Undo"),
        REVIEW,
        queue.carried(request.text),
        "bring back",
        target=Target(id=_moment(request.now)),
        effect="changes",
    )
    return _then_queue(services, request, Answer(headline=said, outcome="done", choices=(undo,)))


def _bring_back(services: Services, request: Request) -> Answer:
    """List again what was set aside at the moment that is meant."""
    if why := actions.denial(services, request):
        return actions.not_done(services, request, why)
    at = request.target.id if request.target else ""
    brought = (
        services.questions.bring_back(request.team, int(at) / 1000) if at.isdecimal() and len(at) < 16 else 0
    )
    if not brought:
        return actions.refused(say("Nothing is left of that to bring back."))
    why = say_many("{count} question listed again", "{count} questions listed again", brought)
    if failed := _recorded(services, request, "reopened", why):
        return actions.not_done(services, request, failed)
    said = say_many("{count} question is listed again.", "{count} questions are listed again.", brought)
    return _then_queue(services, request, Answer(headline=said, outcome="done"))


def _moment(now: datetime) -> str:
    """Return a moment as a button carries it, in milliseconds."""
    return str(round(now.timestamp() * 1000))


def _recorded(services: Services, request: Request, what: EventKind, why: str) -> str:
    """Keep in the ledger what a curator did to several questions at once; return why it was refused, "" where it was not."""
    wanted = actions.event_of(services, request, "q:scope", what, why)

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        return wanted if request.user in projection.replay(events).curators else actions.NOT_A_CURATOR

    done = actions.record(services, request, decide)
    return done if isinstance(done, str) else ""


def _then_queue(services: Services, request: Request, done: Answer) -> Answer:
    """Return what was done, and under it what is left to do, in the order and on the page that it was done from: no
    message of its own for each step.
    """
    left = queue.part(services, request)
    return replace(
        left,
        headline=say("{done} {queue}", done=done.headline, queue=left.headline),
        outcome="done",
        lines=done.lines,
        choices=(*done.choices, *left.choices),
    )


def settle_with_fact(services: Services, request: Request) -> Answer:
    """Settle the question that is meant with the fact that answers it, tell those who asked, and return how it went."""
    found = open_cluster(services, request)
    if isinstance(found, Answer):
        return found
    fact_id = request.target.other if request.target else ""
    fact = services.base.fact(fact_id)
    if fact is None or fact.id in services.base.overlay.superseded:
        return actions.refused(say("No fact that stands has the id “{fact}”.", fact=fact_id))
    told = settle(services, request, found, fact)
    if isinstance(told, str):
        return actions.not_done(services, request, told)
    said = say_many(
        "Answered with this fact, and the {count} person who asked was told.",
        "Answered with this fact, and the {count} people who asked were told.",
        told,
    )
    return _then_queue(services, request, Answer(headline=said, outcome="done", lines=(Line(fact),)))


def propose(services: Services, request: Request, draft: Draft, why: str = "") -> Answer:
    """Keep a draft for review; one that is to answer a question comes of whoever may settle it. Return what became of it."""
    if draft.question:
        found = open_cluster(services, replace(request, target=Target(id=draft.question)))
        if isinstance(found, Answer):
            return replace(found, notes=(WITHOUT_QUESTION,))
    return support.propose(services, request, draft, why)


def settle(services: Services, request: Request, found: Cluster, fact: Fact, approved: int = 0) -> int | str:
    """Take a cluster off the list and tell, once, those who asked; return how many were told, or why it was refused.

    From then on the fact is found by its questions, in every process.

    Curators may, and whoever just `approved` the proposal of that number that answers it.
    """
    why = f"answered: {fact.id}"
    asks = tuple(question.text for question in found.questions)
    body = Settlement(fact=fact.id, questions=asks).model_dump_json()
    wanted = actions.event_of(services, request, f"q:{found.key}", "settled", why, body)

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        stands = projection.replay(events)
        own = stands.contributions.get(approved)
        is_theirs = own is not None and own.state == "approved" and own.approver == request.user
        if request.user not in stands.curators and not is_theirs:
            return actions.NOT_A_CURATOR
        settled = (
            event.at for event in events if event.subject == wanted.subject and event.kind == "settled"
        )
        return SETTLED if any(at > found.last_asked for at in settled) else wanted

    done = actions.record(services, request, decide)
    if isinstance(done, str):
        return done
    pairs = [(question.command, question.text) for question in found.questions]
    askers = services.questions.settle(request.team, pairs, request.now)
    said = say(
        "You asked “{question}”, or something like it, and I had no answer. A curator points to this:",
        question=found.text,
    )
    for user in askers:
        services.notifier.notify(
            request.team, user, Answer(headline=said, outcome="answer", lines=(Line(fact),))
        )
    return len(askers)


def _card(services: Services, found: Cluster, shown: str) -> Answer:
    near = tuple(
        fact for fact_id in found.questions[0].nearest if (fact := services.base.fact(fact_id)) is not None
    )[:3]
    target = Target(id=found.key)
    answers = (
        Choice(
            f"near-{fact.id}",
            say("Fact {at} answers it", at=at),
            REVIEW,
            shown,
            "settle",
            target=Target(id=found.key, other=fact.id),
            effect="changes",
        )
        for at, fact in enumerate(near, 1)
    )
    aside = say("Out of scope") if len(found.questions) == 1 else say("All of these are out of scope")
    choices = (
        *answers,
        _choice("new", say("Answer with a new fact"), "new fact", shown, target, "opens a form"),
        _choice("fact", say("Another fact answers it"), "which fact", shown, target, "opens a form"),
        _choice("scope", aside, "out of scope", shown, target, "changes"),
        queue.back(shown),
    )
    questions = found.questions[:_SHOWN]
    asked_as = Section(
        say("How it was asked, and when last"),
        tuple(map(_asked, questions)),
        at=tuple(q.last_asked for q in questions),
    )
    nearest = Section(
        say("Nearest facts when it was asked"),
        tuple(say("{at}. {fact}", at=at, fact=fact.statement) for at, fact in enumerate(near, 1)),
    )
    return Answer(
        headline=say("{question}.", question=found.line),
        outcome="answer",
        sections=(asked_as, *((nearest,) if near else ())),
        choices=choices,
    )


def _asked(question: UnansweredQuestion) -> Said:
    return say_many(
        "“{question}”, asked once", "“{question}”, asked {count} times", question.times,
        question=question.text,
    )  # fmt: skip


def _choice(name: str, label: str, verb: str, shown: str, target: Target, effect: Effect) -> Choice:
    return Choice(name, label, REVIEW, shown, verb, target=target, effect=effect)


# Verbs of `review`.
VERBS: Final = (
    Verb("question", _show, is_private=True, needs="contributions"),
    Verb("new fact", _show, "opens a form", is_private=True, needs="contributions"),
    Verb("which fact", _show, "opens a form", is_private=True, needs="contributions"),
    Verb("settle", settle_with_fact, "changes", needs="contributions"),
    Verb("out of scope", _out_of_scope, "changes", needs="contributions"),
    Verb("which aside", queue.listed, "opens a form", is_private=True, needs="contributions"),
    Verb("bring back", _bring_back, "changes", needs="contributions"),
    Verb(
        _MISREAD,
        lambda services, request: actions.misread(
            request.text, say("a question"), say("new, fact ID, scope")
        ),
        is_private=True,
        needs="contributions",
    ),
)
