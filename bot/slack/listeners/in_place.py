"""What is looked at changes the message that was pressed in, or the modal over Home: nobody gets another one for it."""

from __future__ import annotations

from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue
from bot.slack import maps
from bot.slack.api.message import Message
from bot.slack.api.payloads import Click
from bot.slack.context import SlackContext
from bot.slack.sending import answer_modal
from bot.slack.sending.reply import deliver
from handlers.answer import Answer


async def turn(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show another page, or the answer without what was opened below it, where it stands."""

    async def speak(said: Answer, picture: Block | None) -> None:
        await change(
            slack,
            click,
            slack.message(
                said, asked, sharable=is_sharable(click), picture=picture, in_view=click.is_in_view
            ),
        )

    await maps.say_with_picture_at_hand(slack, answer, speak)


async def change(slack: SlackContext, click: Click, message: Message) -> None:
    """Put `message` in place of the one that was clicked in; over Home, where the click was there."""
    if not click.is_in_view:
        await deliver(slack.sender, click, message, replace=True)
    elif await answer_modal.show(slack.sender.views, click, message) is None and click.view.type == "home":
        # What was looked at in a modal that is closed by now is missed by nobody.
        await slack.sender.post(click.user, message)


def is_sharable(click: Click) -> bool:
    """Say whether what was clicked in is seen by one person in a place where others could see it."""
    return click.container.is_ephemeral


def is_for_one(click: Click) -> bool:
    """Say whether nobody else sees what was clicked in."""
    return click.container.is_ephemeral or is_direct(click) or click.is_in_view


def is_direct(click: Click) -> bool:
    """Say whether the click was made in direct messages."""
    return click.channel.startswith("D")
