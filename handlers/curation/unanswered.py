"""Questions the base could not answer, clustered by likeness, and what curators do about them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers.answer import Answer, Choice, Effect, Line, Section
from handlers.command import MISREAD, Reading, Verb, next_word
from handlers.contribution import CurationEvent, Settlement
from handlers.curation import actions, projection
from handlers.curation.clusters import Cluster, clustered, key_of
from handlers.draft import Draft
from handlers.request import REVIEW, Request
from handlers.say import say, say_many
from handlers.services import Services
from handlers.target import Target
from knowledge.model import Fact

SETTLED: Final = say("That question is not in the queue: it may be settled by now.")
WITHOUT_QUESTION: Final = say("/yrd add proposes the same words as a fact of its own.")
_KEY: Final = re.compile(r"^[0-9a-f]{8}$")
_FACT: Final = re.compile(r"^[a-z0-9-]{5,80}$")
_MISREAD: Final = f"{MISREAD} question"
_SETTLED_BY: Final = {"": "question", "new": "new fact", "scope": "out of scope", "fact": "which fact"}


def clusters(services: Services, request: Request) -> tuple[Cluster, ...]:
    """Return what nobody could answer, the most asked first."""
    asked = services.questions.unanswered(request.team, request.now)
    return clustered(asked, services.base.lexicon.stop, services.base.tuning.same_question)


def cluster(services: Services, request: Request, key: str) -> Cluster | None:
    """Return the cluster with a question of that key."""
    found = clusters(services, request)
    return next((c for c in found if any(key_of(q) == key for q in c.questions)), None)


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
    return Reading(_MISREAD, wrong, target) if cluster(services, request, key) else None


def open_cluster(services: Services, request: Request) -> Cluster | Answer:
    """Return the cluster with the question that is meant, if whoever asks may settle it; else why not."""
    if why := actions.denial(services, request):
        return actions.refused(why)
    key = request.target.id if request.target else ""
    return cluster(services, request, key) or actions.refused(SETTLED)


def _show(services: Services, request: Request) -> Answer:
    found = open_cluster(services, request)
    return found if isinstance(found, Answer) else _card(services, found)


def _out_of_scope(services: Services, request: Request) -> Answer:
    found = open_cluster(services, request)
    if isinstance(found, Answer):
        return found
    told = settle(services, request, found, None)
    if isinstance(told, str):
        return actions.refused(told)
    said = say("“{question}” is out of scope and will not be listed again.", question=found.text)
    return Answer(headline=said, outcome="done")


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
        return actions.refused(told)
    return Answer(
        headline=say_many(
            "Settled with {fact}; {count} person who asked was told.",
            "Settled with {fact}; {count} people who asked were told.",
            told,
            fact=fact.id,
        ),
        outcome="done",
        lines=(Line(fact),),
    )


def propose(services: Services, request: Request, draft: Draft, why: str = "") -> Answer:
    """Keep a draft for review; one that is to answer a question comes of whoever may settle it. Return what became of it."""
    if draft.question:
        found = open_cluster(services, replace(request, target=Target(id=draft.question)))
        if isinstance(found, Answer):
            return replace(found, notes=(WITHOUT_QUESTION,))
    return actions.propose(services, request, draft, why)


def settle(
    services: Services, request: Request, found: Cluster, fact: Fact | None, approved: int = 0
) -> int | str:
    """Take a cluster off the list and tell, once, those who asked; return how many were told, or why it was refused.

    From then on the fact is found by its questions, in every process.

    Curators may, and whoever just `approved` the proposal of that number that answers it.
    """
    why = f"answered: {fact.id}" if fact else "out of scope"
    asks = tuple(question.text for question in found.questions)
    body = Settlement(fact=fact.id, questions=asks).model_dump_json() if fact else ""
    wanted = actions.event_of(services, request, f"q:{found.key}", "settled", why, body)

    def decide(events: tuple[CurationEvent, ...]) -> CurationEvent | str:
        stands = projection.replay(events)
        own = stands.contributions.get(approved)
        is_theirs = own is not None and own.state == "approved" and own.approver == request.user
        if request.user not in stands.curators and not is_theirs:
            return actions.NOT_A_CURATOR
        last = max(question.last_asked for question in found.questions)
        settled = (
            event.at for event in events if event.subject == wanted.subject and event.kind == "settled"
        )
        return SETTLED if any(at > last for at in settled) else wanted

    done = actions.record(services, request, decide)
    if isinstance(done, str):
        return done
    pairs = [(question.command, question.text) for question in found.questions]
    askers = services.questions.settle(request.team, pairs, request.now, out_of_scope=fact is None)
    if fact is not None:
        said = say(
            "You asked “{question}”, or something like it, and I had no answer. A curator points to this:",
            question=found.text,
        )
        for user in askers:
            services.notifier.notify(
                request.team, user, Answer(headline=said, outcome="answer", lines=(Line(fact),))
            )
    return len(askers)


def _card(services: Services, found: Cluster) -> Answer:
    near = tuple(
        fact for fact_id in found.questions[0].nearest if (fact := services.base.fact(fact_id)) is not None
    )
    target = Target(id=found.key)
    choices = (
        *(
            Choice(
                f"near-{fact.id}",
                say("{fact} answers", fact=fact.id),
                REVIEW,
                "",
                "settle",
                target=Target(id=found.key, other=fact.id),
                effect="changes",
            )
            for fact in near[:3]
        ),
        _choice("new", say("Answer with a new fact"), "new fact", target, "opens a form"),
        _choice("fact", say("An existing fact answers"), "which fact", target, "opens a form"),
        _choice("scope", say("Out of scope"), "out of scope", target, "changes"),
    )
    asked = tuple(
        say(
            "“{question}” ({command}), {times}×, last {day}",
            question=q.text,
            command=q.command,
            times=q.times,
            day=q.last_asked.strftime("%Y-%m-%d"),
        )
        for q in found.questions
    )
    return Answer(
        headline=say("{question}.", question=found.line),
        outcome="answer",
        lines=tuple(Line(fact, group=say("Nearest facts when it was asked")) for fact in near[:3]),
        sections=(Section(say("Asked as"), asked[:12]),),
        choices=choices,
    )


def _choice(name: str, label: str, verb: str, target: Target, effect: Effect) -> Choice:
    return Choice(name, label, REVIEW, "", verb, target=target, effect=effect)


# Verbs of `review`.
VERBS: Final = (
    Verb("question", _show, is_private=True, needs="contributions"),
    Verb("new fact", _show, "opens a form", is_private=True, needs="contributions"),
    Verb("which fact", _show, "opens a form", is_private=True, needs="contributions"),
    Verb("settle", settle_with_fact, "changes", needs="contributions"),
    Verb("out of scope", _out_of_scope, "changes", needs="contributions"),
    Verb(
        _MISREAD,
        lambda services, request: actions.misread(
            request.text, say("a question"), say("new, fact ID, scope")
        ),
        is_private=True,
        needs="contributions",
    ),
)
