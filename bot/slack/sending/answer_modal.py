"""Answers to what is pressed in a view: in a modal over Home, where one looks; what is pressed there changes the same modal, and
what is pressed in a form gets a page over it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from bot.render import blockkit, limits
from bot.render.blockkit import Block
from bot.slack.api.errors import error_code, error_reason
from bot.slack.api.message import Message
from bot.slack.api.payloads import Click, ShownView
from bot.slack.sending.newer_blocks import older
from bot.slack.sending.open_cards import OpenCard
from bot.slack.sending.views import NotOpenedError, Opened, SlackViews
from handlers.answer import CardOf
from handlers.say import say

ANSWER: Final = "answer"
"""The callback id of a modal that shows an answer and asks for nothing."""
_HEAD: Final = "asked"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is to: the words that stand above it, "" for those that stand there, and what the modal `carries`
    in their stead.
    """

    question: str = ""
    carries: str = ""


def is_answer(view: ShownView) -> bool:
    """Say whether a modal shows an answer."""
    return view.type == "modal" and view.callback_id == ANSWER


async def show(
    views: SlackViews, click: Click, message: Message, asked: Asked | None = None
) -> Opened | None:
    """Show `message` where the click was: over Home, in place of the answer in whose modal it was, else over the form; return
    the modal, None where Slack opened none.
    """
    here, head = click.view, _head(click, asked)
    view = answer_view(message.blocks, head, asked.carries if asked else here.private_metadata)
    # Closed over a form it leaves that open.
    view["clear_on_close"] = here.clear_on_close if is_answer(here) else here.type == "home"
    opened = await _shown_where(views, click, view)
    # Without a hash a newer answer stands there.
    if opened is None or opened.hash:
        _note(
            views,
            opened,
            OpenCard(click.team, click.user, "", "", message.card_of or _NO_CARD, view, len(head)),
            here.id,
        )
    return opened


async def _shown_where(views: SlackViews, click: Click, view: dict[str, Any]) -> Opened | None:
    here = click.view
    if is_answer(here):
        return await views.update(
            here.id, view, unless=lambda: views.newest.is_late(here.id, click.pressed_at)
        )
    try:
        if here.type == "modal":
            return await views.push(click.trigger_id, view)
        if views.newest.is_late(here.id, click.pressed_at):
            # A newer question is answered: this answer would lie over that.
            return Opened("", "")
        return await views.open(click.trigger_id, view)
    except NotOpenedError:
        return None


_NO_CARD: Final = CardOf(0, 0)


def _note(views: SlackViews, opened: Opened | None, card: OpenCard, before: str) -> None:
    """Record what a modal shows now, in the place of the one of the id `before`, or that it shows no card."""
    if opened is None or card.card_of is _NO_CARD:
        views.cards.forget(opened.id if opened else before)
    else:
        views.cards.note(replace(card, id=opened.id, hash=opened.hash))


async def renew(views: SlackViews, card: OpenCard, message: Message) -> None:
    """Put the card as it stands now in place of the one in a modal, unless that was closed or shows something else by now."""
    head = list(card.view["blocks"][: card.head])
    view = {**card.view, "blocks": [*head, *older(message.blocks)][: limits.BLOCKS_IN_VIEW]}
    opened = await views.update(card.id, view, still=card.hash, unless=lambda: not views.cards.stands(card))
    if not views.cards.stands(card):
        return
    if opened is None or opened.hash == card.hash:
        # Closed, or changed by another process: the next press there tells it.
        views.cards.forget(card.id)
    else:
        now = message.card_of or card.card_of
        views.cards.note(replace(card, hash=opened.hash, card_of=now, view=view))


async def shown(views: SlackViews, click: Click, message: Message) -> bool:
    """Say whether `message` is shown as `show` does it; what Slack refuses or does not say is to be told another way."""
    try:
        return await show(views, click, message) is not None
    except (SlackApiError, OSError) as error:
        _log.warning(
            "an answer was not shown in a modal", extra={"error": error_code(error) or error_reason(error)}
        )
        return False


async def add(views: SlackViews, opened: Opened, message: Message, asked: Asked) -> None:
    """Put `message` in place of the answer that was `opened`, unless another stands there by now."""
    if opened.id:
        view = answer_view(message.blocks, _words(asked.question), asked.carries)
        await views.update(opened.id, view, still=opened.hash)


def answer_view(blocks: Sequence[Block], head: Sequence[Block] = (), carries: str = "") -> dict[str, Any]:
    """Return the modal that shows the blocks of an answer under `head`, and carries something along; with it all are closed."""
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": blockkit.plain_text(say("YRD Desk"), limits.MODAL_TITLE),
        "close": blockkit.plain_text(say("Close"), limits.MODAL_TITLE),
        "private_metadata": carries,
        "clear_on_close": True,
        "blocks": [*head, *older(blocks)][: limits.BLOCKS_IN_VIEW],
    }


def _head(click: Click, asked: Asked | None) -> list[Block]:
    """Return what stands above the answer: what is asked now, else what stood there."""
    if asked is not None:
        return _words(asked.question)
    blocks = click.view.blocks if is_answer(click.view) else ()
    return [block for block in blocks if isinstance(block, dict) and block.get("block_id") == _HEAD]


def _words(question: str) -> list[Block]:
    return [{**blockkit.context(question), "block_id": _HEAD}] if question else []
