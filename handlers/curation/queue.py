"""The queue of curators: proposals that wait, and clusters of questions, in the order that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.curation import actions, describe
from handlers.curation.clusters import Cluster, clustered, key_of
from handlers.request import REVIEW, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target

_PROPOSALS: Final = 4
_QUESTIONS: Final = 5
_LISTED: Final = 12
MOST_ASKED: Final = "asked"
_ORDERS: Final[Mapping[str, Callable[[Cluster], float]]] = MappingProxyType(
    {
        MOST_ASKED: lambda cluster: -cluster.times,
        "newest": lambda cluster: -cluster.last_asked.timestamp(),
        "oldest": lambda cluster: cluster.last_asked.timestamp(),
    }
)
_LABELS: Final[Mapping[str, Said]] = MappingProxyType(
    {MOST_ASKED: say("Most asked first"), "newest": say("Newest first"), "oldest": say("Oldest first")}
)
_HEADINGS: Final[Mapping[str, Said]] = MappingProxyType(
    {
        MOST_ASKED: say("Unanswered questions, most asked first"),
        "newest": say("Unanswered questions, newest first"),
        "oldest": say("Unanswered questions, oldest first"),
    }
)


def clusters(services: Services, request: Request) -> tuple[Cluster, ...]:
    """Return what nobody could answer, the most asked first. What is no question by now, of whatever an older version
    kept, is left out.
    """
    asked = (
        question
        for question in services.questions.unanswered(request.team, request.now)
        if services.asks(services, _as_asked(request, question.command, question.text))
    )
    return clustered(asked, services.base.lexicon.stop, services.base.tuning.same_question)


def cluster(services: Services, request: Request, key: str) -> Cluster | None:
    """Return the cluster with a question of that key."""
    found = clusters(services, request)
    return next((c for c in found if any(key_of(q) == key for q in c.questions)), None)


def _as_asked(request: Request, command: str, text: str) -> Request:
    """Return the request that a kept question is, whoever asks for it now."""
    return replace(
        request, text=text, command=command, written="", references=(), verb=None, target=None, digest=None,
        context=(), earlier=None, page=1,
    )  # fmt: skip


def order_of(text: str) -> str:
    """Return the order that `text` names, "" where it names none."""
    words = text.lower().removesuffix(" first").split()
    wanted = "".join(words[-1:])
    return wanted if wanted in _ORDERS and words[:-1] in ([], ["most"]) else ""


def ordered(clusters: tuple[Cluster, ...], order: str) -> tuple[Cluster, ...]:
    """Return the clusters in that order; in the usual one where it is none."""
    return tuple(sorted(clusters, key=_ORDERS.get(order, _ORDERS[MOST_ASKED])))


def listed(services: Services, request: Request) -> Answer:
    """Return what waits, with a button for each, for its order, and for setting several questions aside."""
    if why := actions.denial(services, request):
        return actions.not_done(services, request, why)
    order = order_of(request.text) or MOST_ASKED
    curation = actions.curation_of(services, request)
    waiting, questions = curation.waiting(), ordered(clusters(services, request), order)
    sections = []
    if waiting:
        sections.append(
            Section(say("Proposals"), tuple(describe.waiting(services, kept) for kept in waiting))
        )
    if questions:
        sections.append(Section(_HEADINGS[order], tuple(cluster.line for cluster in questions[:_LISTED])))
    if unsupported := services.base.overlay.unsupported:
        title = say("Approved, but citing documents that the base no longer has: they answer nobody")
        sections.append(Section(title, unsupported))
    return Answer(
        headline=say("Waiting: {waiting}.", waiting=describe.counted(len(waiting), len(questions)))
        if sections
        else say("Nothing waits for review."),
        outcome="answer",
        sections=tuple(sections),
        choices=(
            *(
                Choice(
                    "review", describe.to_review(kept), REVIEW, "", "show", target=Target(id=str(kept.number))
                )
                for kept in waiting[:_PROPOSALS]
            ),
            *(_question(cluster) for cluster in questions[:_QUESTIONS]),
            *_of_several(questions, order),
        ),
        notes=_unreadable(curation.unreadable),
    )


def back() -> Choice:
    """Return the button that leads back to the queue."""
    return Choice("queue", say("Back to the queue"), REVIEW, "", "")


def opened() -> Choice:
    """Return the button that shows the queue."""
    return Choice("queue", say("Open the queue"), REVIEW, "", "")


def _question(cluster: Cluster) -> Choice:
    label = say("“{question}”", question=cluster.text)
    return Choice(f"q-{cluster.key}", label, REVIEW, "", "question", target=Target(id=cluster.key))


def _of_several(clusters: tuple[Cluster, ...], order: str) -> tuple[Choice, ...]:
    """Return what can be done with several questions: see them in another order, and set some aside at once."""
    if len(clusters) < 2:
        return ()
    others = (
        Choice(f"sort-{name}", label, REVIEW, name, "") for name, label in _LABELS.items() if name != order
    )
    several = Choice("several", say("Set several aside"), REVIEW, order, "which aside", effect="opens a form")
    return (several, *others)


def _unreadable(events: tuple[int, ...]) -> tuple[str, ...]:
    """Return what curators are told of events that cannot be read."""
    if not events:
        return ()
    return (
        say_many(
            "{count} entry of the record cannot be read, and the proposals, roles and facts that it is about are left out"
            " until then. “yrd doctor” on my machine names it.",
            "{count} entries of the record cannot be read, and the proposals, roles and facts that they are about are"
            " left out until then. “yrd doctor” on my machine names them.",
            len(events),
        ),
    )
