"""The curation part of the Home tab: what waits for a curator, and what became of one's own proposals."""

from __future__ import annotations

from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block, Element
from bot.render.button_value import carry
from bot.slack.context import Actor, SlackContext
from handlers.contribution import Contribution
from handlers.curation import actions as curation_actions
from handlers.curation import describe as curation_describe
from handlers.curation import queue
from handlers.request import ADD, QUESTION, REVIEW, Request
from handlers.say import Said, say
from handlers.target import Target

_WAITING: Final = 8
_MINE: Final = 6


def blocks(slack: SlackContext, user: str) -> list[Block]:
    """Return what `user` has to review, if they are a curator, and what they proposed, if they did."""
    request = slack.request(QUESTION, "", Actor(slack.team, user))
    curation = curation_actions.curation_of(slack.services, request)
    shown: list[Block] = []
    if not curation_actions.denial(slack.services, request):
        shown += _queue(slack, request, curation.waiting())
    mine = [kept for kept in curation.contributions.values() if kept.proposer == user]
    if mine:
        shown.append(blockkit.header(say("Your proposals")))
        shown.append(blockkit.bullets([_line(slack, kept) for kept in reversed(mine[-_MINE:])]))
    return shown


def propose() -> Element:
    """Return the button that proposes a fact."""
    return _button(say("Propose a fact"), ADD, "", 0)


def _queue(slack: SlackContext, request: Request, waiting: tuple[Contribution, ...]) -> list[Block]:
    questions = queue.clusters(slack.services, request)
    shown: list[Block] = [blockkit.header(say("For curators"))]
    counted = curation_describe.counted(len(waiting), len(questions))
    counts = say("Waiting for review: {waiting}.", waiting=counted)
    shown.append(blockkit.rich_text(blockkit.text_element(counts)))
    buttons: list[Element] = []
    lines: list[str] = []
    for at, kept in enumerate(waiting[:_WAITING], 1):
        lines.append(curation_describe.waiting(slack.services, kept))
        label = curation_describe.to_review(kept)
        buttons.append(_button(label, REVIEW, "show", at, Target(id=str(kept.number))))
    lines += [cluster.line for cluster in questions[:_WAITING]]
    if lines:
        shown.append(blockkit.bullets(lines))
    if len(questions) > 1:
        buttons.append(_button(say("Set several aside"), REVIEW, "which aside", 98))
    buttons.append(_button(say("Open the queue"), REVIEW, "", 99))
    return [*shown, blockkit.actions(buttons)]


def _line(slack: SlackContext, kept: Contribution) -> Said:
    said: str = curation_describe.clipped(kept.draft.statement)
    if not said:
        said = say("Wrong: {fact}", fact=curation_describe.called(slack.services, kept.draft.supersedes))
    standing = curation_describe.standing(say("It"), kept.state)
    if kept.why:
        standing = say("{standing} Why: {why}", standing=standing, why=kept.why)
    return say("{number}. {statement} {standing}", number=kept.number, statement=said, standing=standing)


def _button(label: str, word: str, verb: str, at: int, target: Target | None = None) -> Element:
    asked = carry(word, "", "", verb=verb, target=target)
    return blockkit.button(label, f"choice:{at}", asked.encode() if asked else "{}")
