"""What a person does on Home: asks in the box or by a button, asks again, picks a topic or a place, or opens a page.

A question is answered in a modal over Home; what is no question, and all where Slack opens none, in Messages.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue, carry, decode
from bot.render.clean import LONGEST_QUESTION as LONGEST
from bot.render.slack_text import Typed, typed
from bot.slack import maps
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import NOTHING_ELSE, Actor, SlackContext
from bot.slack.home import answering
from bot.slack.home.ask_box import AGAIN, ASK, EXAMPLE, PICKED, Picked, Recent, recent_in
from bot.slack.home.coverage import PLACE, TOPIC
from bot.slack.home.pages import PAGE, page_view
from bot.slack.home.publish import show_home
from bot.slack.sending.reply import open_view
from handlers.answer import Answer
from handlers.records.about import command_of
from handlers.request import QUESTION
from handlers.route import DEAD
from handlers.say import say
from handlers.target import Target

PREFIX: Final = "home_"
DEAD_OPTION: Final = say("{dead} Write your question to me here instead.", dead=DEAD)


async def pressed(slack: SlackContext, click: Click, action: Action) -> None:
    """Answer, and show Home anew."""
    kept = recent_in(click.view.private_metadata)
    name = action.action_id.partition(":")[0]
    if name in (TOPIC, PLACE):
        await _answer_picked(slack, click, _picked(slack, action), kept)
    elif name == PICKED:
        await _answer_picked(slack, click, _picked_before(action, kept), kept)
    elif name in (ASK, EXAMPLE):
        await _ask(slack, click, action.value, kept.emptied())
    elif name == AGAIN:
        await _ask(slack, click, action.value, kept.without(action.value), again=True)
    elif view := page_view(slack.services, slack.commands, action.value) if name == PAGE else None:
        await open_view(slack.sender, click, view)
    else:
        await slack.sender.post(click.user, sentence(DEAD_OPTION))


def _picked(slack: SlackContext, action: Action) -> Picked | None:
    """Return what an option of a menu asks; None where its record is gone."""
    known = slack.base.entity(action.selected_option.value) if action.selected_option else None
    if known is None:
        return None
    command = command_of(known)
    # Asked again on another day, it is no answer that has changed meanwhile.
    value = carry(command, "", version="", verb="", target=Target(id=known.slug))
    return Picked(label=f"{command} {known.name}"[:LONGEST], value=value) if value else None


def _picked_before(action: Action, kept: Recent) -> Picked | None:
    value = decode(action.value)
    return next((one for one in kept.asked if isinstance(one, Picked) and one.value == value), None)


async def _answer_picked(slack: SlackContext, click: Click, picked: Picked | None, kept: Recent) -> None:
    if picked is None:
        await slack.sender.post(click.user, sentence(DEAD_OPTION))
        return
    where = await _answer(slack, click, picked.value, picked.label, again=True)
    if where != "nowhere":
        kept = kept.having(picked)
    await show_home(slack, click.user, kept, in_messages=picked.label if where == "messages" else "")


async def _ask(slack: SlackContext, click: Click, raw: str, kept: Recent, *, again: bool = False) -> None:
    said = typed(raw, slack.identity().user)
    if not said.text:
        return
    question = said.cut(LONGEST)[0]
    asked, cut = slack.question(QUESTION, said)
    if asked is None:
        await slack.sender.post(click.user, sentence(DEAD_OPTION))
        await show_home(slack, click.user, kept)
        return
    where = await _answer(slack, click, asked, question, cut=cut, said=said, again=again)
    if where == "nowhere":
        # What changes something is not offered to be done again; what it changed, Home shows.
        await show_home(slack.renewed(), click.user, kept, in_messages=question)
    else:
        await show_home(
            slack, click.user, kept.having(question), in_messages=question if where == "messages" else ""
        )


Where = Literal["modal", "messages", "nowhere"]


async def _answer(
    slack: SlackContext,
    click: Click,
    asked: ButtonValue,
    question: str,
    *,
    cut: bool = False,
    said: Typed = NOTHING_ELSE,
    again: bool = False,
) -> Where:
    """Answer, and say where a question is answered, which may stand on Home to be asked again: "nowhere" for what is none.

    Nothing else is done `again`.
    """
    request = slack.request_of(asked, Actor(click.team, click.user), said)
    route = slack.route(request)
    if not route.is_question:
        if again:
            await slack.sender.post(click.user, sentence(DEAD_OPTION))
        else:
            await slack.sender.post(
                click.user, slack.message(slack.answer(asked, request, route, cut=cut), None)
            )
        return "nowhere"
    answer = slack.answer(asked, request, route, cut=cut)
    message = slack.message(answer, asked)
    if await answering.show_answer(slack, click, message, answer, question):
        return "modal"

    async def speak(told: Answer, picture: Block | None) -> None:
        await slack.sender.post(click.user, slack.message(told, asked, picture=picture))

    await maps.say_with_picture(slack, answer, speak, click.user)
    return "messages"
