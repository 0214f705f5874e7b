"""Answers to questions asked on Home, with their pictures as soon as Slack has them."""

from __future__ import annotations

from typing import Final

from bot.render import blockkit
from bot.render.blockkit import Block
from bot.slack import maps
from bot.slack.api.message import Message
from bot.slack.api.payloads import Click
from bot.slack.context import SlackContext
from bot.slack.sending import answer_modal
from bot.slack.sending.answer_modal import Asked
from handlers.answer import Answer
from handlers.say import say

_DRAWING: Final = say("Drawing the map …")


async def show_answer(
    slack: SlackContext, click: Click, message: Message, answer: Answer, asked: Asked
) -> bool:
    """Show an answer in a modal, with its picture as soon as Slack has it and if the answer stands there still; say whether
    there is a modal.
    """
    views = slack.sender.views
    waits = answer.picture is not None and slack.maps is not None
    first = message.with_blocks((*message.blocks, blockkit.context(_DRAWING))) if waits else message
    opened = await answer_modal.show(views, click, first, asked)
    if opened is None or not waits:
        return opened is not None

    async def speak(said: Answer, picture: Block | None) -> None:
        blocks = (*message.blocks[:1], *([picture] if picture else []), *message.blocks[1:])
        notes = [blockkit.context(*said.notes)] if said.notes != answer.notes else []
        await answer_modal.add(views, opened, message.with_blocks((*blocks, *notes)), asked)

    await maps.say_with_picture(slack, answer, speak, click.user)
    return True
