"""*Map* below an answer: the map of what that is on stands below it, or in its thread where others see it.

What is typed next may say which ties are to be on a map that a button drew, as behind one that was typed.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.ports import Conversation
from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue
from bot.slack import maps, remembering
from bot.slack.api.errors import is_barred
from bot.slack.api.payloads import Click
from bot.slack.context import Actor, SlackContext
from bot.slack.home.publish import asked_before, show_home
from bot.slack.listeners.in_place import change, is_direct, is_for_one, is_sharable, turn
from bot.slack.listeners.opening import map_below
from bot.slack.sending.reply import tell
from handlers.answer import Answer
from handlers.records.kind_of import spelt
from handlers.request import MAP


async def show_map(slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer) -> None:
    """Show the map of what an answer is on: below it, in its thread where others see it. What can no longer be drawn is
    answered in words.
    """
    drawn = answer if answer.picture is not None else _drawn(slack, click, answer)
    if drawn.picture is None or slack.maps is None:
        await turn(slack, click, asked, drawn)
    elif is_for_one(click):
        await _map_below(slack, click, asked, answer, drawn)
    else:
        await _map_in_thread(slack, click, drawn)
    if drawn is not answer:
        await remember_map(slack, click, ButtonValue(command=MAP, verb="", target=answer.map), drawn)


async def _map_below(
    slack: SlackContext, click: Click, asked: ButtonValue, answer: Answer, drawn: Answer
) -> None:
    async def speak(said: Answer, picture: Block | None) -> None:
        opened = map_below(slack, said, picture, in_chinese=answer.in_chinese)
        await change(
            slack,
            click,
            slack.message(
                answer, asked, sharable=is_sharable(click), opened=opened, in_view=click.is_in_view
            ),
        )

    place = click.channel if is_direct(click) and not click.container.is_ephemeral else click.user
    await maps.say_with_picture(slack, drawn, speak, place)


async def _map_in_thread(slack: SlackContext, click: Click, drawn: Answer) -> None:
    thread = click.thread or click.container.message_ts

    async def speak(said: Answer, picture: Block | None) -> None:
        await slack.sender.post(click.channel, slack.message(said, None, picture=picture), thread)

    try:
        await maps.say_with_picture(slack, drawn, speak, click.channel, thread)
    except SlackApiError as error:
        if not is_barred(error):
            raise
        # The bot may not post where it was shared: whoever asked gets the map alone.

        async def whisper(said: Answer, picture: Block | None) -> None:
            await tell(slack.sender, click, slack.message(said, None, picture=picture))

        await maps.say_with_picture(slack, drawn, whisper, click.user)


def _drawn(slack: SlackContext, click: Click, answer: Answer) -> Answer:
    """Return what is answered to whoever asks for the map that `answer` offers."""
    on = ButtonValue(command=MAP, verb="", target=answer.map)
    request = slack.request_of(on, Actor(click.team, click.user, click.channel, click.thread))
    return slack.answer_to(request, slack.route(request))


async def remember_map(slack: SlackContext, click: Click, asked: ButtonValue, drawn: Answer) -> None:
    """Have what is typed next follow on a map that `asked` for it drew: on Home, in a direct message, or in the thread."""
    if drawn.picture is None or click.container.is_ephemeral:
        return
    now = remembering.after(drawn, _as_typed(slack, asked), Conversation())
    if (kept := asked_before(click)) is not None:
        await show_home(slack, click.user, kept.going_on(now, slack.now()))
    elif click.channel:
        key = click.thread or (click.user if is_direct(click) else click.container.message_ts)
        slack.keep_conversation(click.team, click.channel, key, now)


def _as_typed(slack: SlackContext, asked: ButtonValue) -> str:
    """Return what a button for a map asks, as somebody would type it."""
    slugs = asked.target.ids if asked.target else ()
    names = [spelt(slack.base, record) for slug in slugs if (record := slack.base.entity(slug))]
    what = ", ".join(filter(None, (" and ".join(names), asked.text)))
    return f"{MAP} {what}".strip()
