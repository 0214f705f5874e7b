"""The curation part of the Home tab: how much waits for a curator, what became of one's own proposals, and who is a curator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.render.blockkit import Element
from bot.slack.context import Actor, SlackContext
from bot.slack.home.own import Own, choice, titled
from handlers import rights
from handlers.contribution import Contribution, ContributionState
from handlers.curation import actions as curation_actions
from handlers.curation import describe as curation_describe
from handlers.curation.admin import CHOOSING
from handlers.curation.barred import ADMIN
from handlers.curation.questions import queue
from handlers.request import ADD, QUESTION, REVIEW, Request
from handlers.say import Said, say, say_many
from handlers.target import Target

_WHAT: Final = titled(
    say("Your own facts:"), say("propose one with its source, and it is used once a curator approves it.")
)
_STATES: Final[tuple[ContributionState, ...]] = (
    "waiting", "approved", "rejected", "reverted", "withdrawn", "closed",
)  # fmt: skip


def own(slack: SlackContext, user: str) -> Own:
    """Return what `user` has to review, if they are a curator, and what became of what they proposed, if they did; where there is
    neither, what proposing is; and the button that proposes a fact.
    """
    request = slack.request(QUESTION, "", Actor(slack.team, user))
    curation = curation_actions.curation_of(slack.services, request)
    is_curator = not curation_actions.denial(slack.services, request)
    queued = _queue(slack, request, curation.waiting(), user) if is_curator else Own()
    mine = _mine(slack, [kept for kept in curation.contributions.values() if kept.proposer == user])
    found = queued + mine
    return (found if found.lines else Own((_WHAT,))) + Own(
        buttons=(choice(say("Propose a fact"), 0, ADD, ""),)
    )


def curators(slack: SlackContext, user: str) -> list[Element]:
    """Return the button by which an admin says who is a curator; nothing for anybody else."""
    is_admin = rights.is_admin(slack.services, slack.request(QUESTION, "", Actor(slack.team, user)))
    return [choice(say("Choose curators"), 94, ADMIN, CHOOSING)] if is_admin else []


def _queue(slack: SlackContext, request: Request, waiting: tuple[Contribution, ...], user: str) -> Own:
    """Return how much waits, with buttons for the first that `user` can decide and for all."""
    to_decide = [kept for kept in waiting if kept.author != user]
    counted = curation_describe.counted(len(to_decide), len(queue.clusters(slack.services, request)))
    own_words = len(waiting) - len(to_decide)
    told = say_many(
        "{waiting}, and {count} of your own.",
        "{waiting}, and {count} of your own.",
        own_words,
        waiting=counted,
    )
    line = titled(say("Waiting for review:"), told if own_words else say("{waiting}.", waiting=counted))
    first = [_opening(curation_describe.to_review(kept), 1, kept) for kept in to_decide[:1]]
    return Own((line,), (*first, choice(say("Open the queue"), 99, REVIEW, "")))


def _mine(slack: SlackContext, mine: Sequence[Contribution]) -> Own:
    if not mine:
        return Own()
    if len(mine) == 1:
        line = titled(say("Your proposal:"), curation_describe.own(slack.services, mine[0]))
        return Own((line,), (_opening(say("Your proposal"), 98, mine[0]),))
    counted = Counter(kept.state for kept in mine)
    told = [_counted(state, counted[state]) for state in _STATES if counted[state]]
    line = titled(say("Your proposals:"), say("{standing}.", standing=", ".join(told)))
    return Own((line,), (choice(say("Your proposals"), 98, REVIEW, queue.MINE),))


def _opening(label: str, at: int, kept: Contribution) -> Element:
    """Return the button that opens a proposal."""
    return choice(label, at, REVIEW, "show", Target(id=str(kept.number)))


def _counted(state: ContributionState, count: int) -> Said:
    match state:
        case "waiting":
            return say_many("{count} waits for review", "{count} wait for review", count)
        case "approved":
            return say_many("{count} is approved", "{count} are approved", count)
        case "rejected":
            return say_many("{count} was rejected", "{count} were rejected", count)
        case "reverted":
            return say_many("{count} was taken back", "{count} were taken back", count)
        case "withdrawn":
            return say_many("{count} was withdrawn", "{count} were withdrawn", count)
        case "closed":
            return say_many("{count} is closed", "{count} are closed", count)
