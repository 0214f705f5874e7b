"""Answers to what is asked on Home: in a modal over it, where one looks; what is pressed there changes the same modal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block
from bot.slack import maps
from bot.slack.api.message import Message
from bot.slack.api.payloads import Click
from bot.slack.context import SlackContext
from bot.slack.sending.client import NotOpenedError
from bot.slack.sending.newer_blocks import older
from handlers.answer import Answer
from handlers.say import say

_DRAWING: Final = say("Drawing the map …")


async def show(slack: SlackContext, click: Click, message: Message, question: str = "") -> str:
    """Show `message` in a modal, the one that was pressed in if it was one, under the `question`; return its id, "" where Slack
    opened none, because the click is too old.
    """
    view = answer_view(message.blocks, question or _question(click))
    if click.view.type == "modal":
        await slack.sender.update_view(click.view.id, view)
        return click.view.id
    try:
        return await slack.sender.open_view(click.trigger_id, view)
    except NotOpenedError:
        return ""


async def show_answer(
    slack: SlackContext, click: Click, message: Message, answer: Answer, question: str
) -> bool:
    """Show an answer as `show`, with its picture as soon as Slack has it; say whether there is a modal."""
    waits = answer.picture is not None and slack.maps is not None
    first = message.with_blocks((*message.blocks, blockkit.context(_DRAWING))) if waits else message
    opened = await show(slack, click, first, question)
    if not opened or not waits:
        return bool(opened)

    async def speak(said: Answer, picture: Block | None) -> None:
        blocks = [*message.blocks[:1], *([picture] if picture else []), *message.blocks[1:]]
        notes = [blockkit.context(*said.notes)] if said.notes != answer.notes else []
        await slack.sender.update_view(opened, answer_view([*blocks, *notes], question))

    await maps.say_with_picture(slack, answer, speak, click.user)
    return True


def answer_view(blocks: Sequence[Block], question: str) -> dict[str, Any]:
    """Return the modal that shows the blocks of an answer."""
    head = [blockkit.context(question)] if question else []
    return {
        "type": "modal",
        "title": blockkit.plain_text(say("YRD Desk"), limits.MODAL_TITLE),
        "close": blockkit.plain_text(say("Close"), limits.MODAL_TITLE),
        "private_metadata": question,
        "blocks": [*head, *older(blocks)][: limits.BLOCKS_IN_VIEW],
    }


def _question(click: Click) -> str:
    """Return what stands above the answer that is looked further into."""
    return click.view.private_metadata if click.view.type == "modal" else ""
