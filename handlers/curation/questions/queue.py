"""The queue of curators: proposals that wait, and clusters of questions, in the order that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from handlers.answer import Answer, Choice, Section
from handlers.contribution import Contribution
from handlers.curation import actions, describe
from handlers.curation.questions.clusters import Cluster, clustered, key_of
from handlers.paging import Page, page
from handlers.request import ADD, REVIEW, Request
from handlers.say import Said, say, say_many
from handlers.services import Services
from handlers.target import Target

ON_A_PAGE: Final = 6
"""Proposals and questions that are listed at once, each with its button beside those of the whole queue."""
MINE: Final = "mine"
"""The verb that shows what became of one's own proposals."""
AS_SHOWN: Final = say("Press Refresh to see what others have done since.")
_PAGE: Final = re.compile(r"^(?P<order>.*?)\s*\bpage\s+(?P<page>[0-9]{1,4})$", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the queue is wanted: its order, and the page of it."""

    order: str = MOST_ASKED
    page: int = 1

    @property
    def text(self) -> str:
        """Return it as it is typed and carried by buttons."""
        return self.order if self.page == 1 else f"{self.order} page {self.page}"


def wanted(text: str) -> Wanted | None:
    """Return what part of the queue `text` names ("newest first", "oldest page 2"), None where it names none."""
    found = _PAGE.match(text.strip())
    number = int(found["page"]) if found else 1
    *before, order = (found["order"] if found else text).lower().removesuffix(" first").split() or [
        MOST_ASKED
    ]
    is_order = order in _ORDERS and before in ([], ["most"])
    return Wanted(order, number) if is_order else None


def ordered(services: Services, request: Request) -> tuple[Cluster, ...]:
    """Return all questions in the order that the text of `request` names, else in the usual one."""
    named = wanted(request.text) or Wanted()
    return tuple(sorted(clusters(services, request), key=_ORDERS[named.order]))


def from_page(services: Services, request: Request) -> tuple[Cluster, ...]:
    """Return the questions in the order that the text of `request` names, those of the page that it names and behind it first."""
    found = ordered(services, request)
    waiting = len(actions.curation_of(services, request).waiting())
    first = max(0, ((wanted(request.text) or Wanted()).page - 1) * ON_A_PAGE - waiting)
    return (*found[first:], *found[:first])


def listed(services: Services, request: Request) -> Answer:
    """Return the page of what waits that is wanted; where there is none of that number, the last one, and that it is."""
    found = part(services, request)
    named = wanted(request.text) or Wanted()
    if found.outcome == "refused" or 1 <= named.page <= found.pages:
        return found
    return replace(found, notes=(_no_page(named.page, found.page, found.pages), *found.notes))


def _no_page(asked: int, shown: int, pages: int) -> Said:
    return say_many(
        "There is no page {asked}: the queue has {count} page.",
        "There is no page {asked}: the queue has {count} pages, and this is page {shown}.",
        pages,
        asked=asked,
        shown=shown,
    )


def part(services: Services, request: Request) -> Answer:
    """Return a page of what waits, with a button for each, for other pages and orders, and for setting several aside."""
    if why := actions.denial(services, request):
        barred = actions.not_done(services, request, why)
        return replace(barred, choices=(*barred.choices, _own(services, request)))
    named = wanted(request.text) or Wanted()
    curation = actions.curation_of(services, request)
    waiting, questions = curation.waiting(), ordered(services, request)
    everything: tuple[Contribution | Cluster, ...] = (*waiting, *questions)
    shown = page(everything, named.page, ON_A_PAGE)
    proposals = tuple(one for one in shown.items if isinstance(one, Contribution))
    asked = tuple(one for one in shown.items if isinstance(one, Cluster))
    first = questions.index(asked[0]) + 1 if asked else 1
    sections = []
    if proposals:
        lines = tuple(describe.waiting(services, kept) for kept in proposals)
        sections.append(Section(say("Proposals"), lines))
    if asked:
        lines = tuple(_numbered(at, one) for at, one in enumerate(asked, first))
        sections.append(Section(_HEADINGS[named.order], lines))
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
            *map(_proposal, proposals),
            *(_question(at, one, Wanted(named.order, shown.number)) for at, one in enumerate(asked, first)),
            *_turning(named.order, shown),
            *((_refreshed(Wanted(named.order, shown.number)),) if sections else ()),
            *(_of_several(Wanted(named.order, shown.number)) if len(questions) > 1 else ()),
        ),
        notes=(*((AS_SHOWN,) if sections else ()), *_unreadable(curation.unreadable)),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
    )


def _own(services: Services, request: Request) -> Choice:
    """Return the button of what whoever may not see the queue can do: look what became of their own proposals, or propose a fact."""
    every = actions.curation_of(services, request).contributions.values()
    if any(kept.proposer == request.user for kept in every):
        return Choice(MINE, say("Your proposals"), REVIEW, "", MINE)
    return Choice("propose", say("Propose a fact"), ADD, "", "", effect="opens a form")


def back(text: str) -> Choice:
    """Return the button that leads back to the part of the queue that `text` names, else to its beginning."""
    return Choice("queue", say("Back to the queue"), REVIEW, carried(text), "")


def carried(text: str) -> str:
    """Return the part of the queue that `text` names as buttons carry it on, "" where it names none or the beginning."""
    named = wanted(text)
    return "" if named in (None, Wanted()) else named.text


def opened() -> Choice:
    """Return the button that shows the queue."""
    return Choice("queue", say("Open the queue"), REVIEW, "", "")


def _numbered(at: int, cluster: Cluster) -> Said:
    return say("Question {at}: {question}", at=at, question=cluster.line)


def _question(at: int, cluster: Cluster, shown: Wanted) -> Choice:
    """Return the button of a question, which is read in the list above: only its number stands here."""
    label = say("Question {at}", at=at)
    return Choice(
        f"q-{cluster.key}", label, REVIEW, carried(shown.text), "question", target=Target(id=cluster.key)
    )


def _proposal(kept: Contribution) -> Choice:
    return Choice("review", describe.to_review(kept), REVIEW, "", "show", target=Target(id=str(kept.number)))


def _turning(order: str, shown: Page[Contribution | Cluster]) -> Iterator[Choice]:
    """Yield the buttons for the pages beside the one that is shown."""
    if shown.number > 1:
        yield Choice("earlier", say("Previous page"), REVIEW, Wanted(order, shown.number - 1).text, "")
    if shown.number < shown.pages:
        yield Choice("later", say("Next page"), REVIEW, Wanted(order, shown.number + 1).text, "")


def _refreshed(named: Wanted) -> Choice:
    """Return the button for the same part of the queue as it is by then: what others do changes no list that is shown."""
    return Choice("refresh", say("Refresh"), REVIEW, named.text, "")


def _of_several(named: Wanted) -> tuple[Choice, ...]:
    """Return what can be done with several questions: set some aside at once, and see them in another order."""
    others = (
        Choice(f"sort-{name}", label, REVIEW, name, "")
        for name, label in _LABELS.items()
        if name != named.order
    )
    several = Choice(
        "several", say("Set several aside"), REVIEW, named.text, "which aside", effect="opens a form"
    )
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
