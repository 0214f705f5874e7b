"""What a person does on Home: asks in the box, asks again, or picks a topic or a place. Answers go to Messages."""

from __future__ import annotations

from typing import Final

from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue, carry, decode
from bot.render.clean import LONGEST_QUESTION as LONGEST
from bot.render.slack_text import Typed, typed
from bot.slack import maps
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import NOTHING_ELSE, Actor, SlackContext
from bot.slack.home.ask_box import AGAIN, ASK, PICKED, Picked, Recent, recent_in
from bot.slack.home.coverage import PLACE, TOPIC
from bot.slack.home.digests import show_home
from handlers.answer import Answer
from handlers.records.about import command_of
from handlers.request import QUESTION
from handlers.route import DEAD
from handlers.say import say
from handlers.target import Target

PREFIX: Final = "home_"
DEAD_OPTION: Final = say("{dead} Write your question to me here instead.", dead=DEAD)


async def pressed(slack: SlackContext, click: Click, action: Action) -> None:
    """Answer in Messages and show Home anew."""
    kept = recent_in(click.view.private_metadata)
    name = action.action_id.partition(":")[0]
    if name in (TOPIC, PLACE):
        await _answer_picked(slack, click, _picked(slack, action), kept)
    elif name == PICKED:
        await _answer_picked(slack, click, _picked_before(action, kept), kept)
    elif name == ASK:
        await _ask(slack, click, action.value, kept)
    elif name == AGAIN:
        await _ask(slack, click, action.value, kept.without(action.value), again=True)
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
    if await _answer(slack, click, picked.value, again=True):
        kept = kept.having(picked)
    await show_home(slack, click.user, kept)


async def _ask(slack: SlackContext, click: Click, raw: str, kept: Recent, *, again: bool = False) -> None:
    said = typed(raw, slack.identity().user)
    if not said.text:
        return
    asked, cut = slack.question(QUESTION, said)
    if asked is None:
        await slack.sender.post(click.user, sentence(DEAD_OPTION))
    elif await _answer(slack, click, asked, cut=cut, said=said, again=again):
        kept = kept.having(said.cut(LONGEST)[0])
    else:
        # What changes something is not offered to be done again; what it changed, Home shows.
        slack = slack.renewed()
    await show_home(slack, click.user, kept)


async def _answer(
    slack: SlackContext,
    click: Click,
    asked: ButtonValue,
    *,
    cut: bool = False,
    said: Typed = NOTHING_ELSE,
    again: bool = False,
) -> bool:
    """Answer in Messages; say whether it was a question, which may stand on Home to be asked again.

    Nothing else is done `again`.
    """
    request = slack.request_of(asked, Actor(click.team, click.user), said)
    route = slack.route(request)
    if again and not route.is_question:
        await slack.sender.post(click.user, sentence(DEAD_OPTION))
        return False
    answer = slack.answer(asked, request, route, cut=cut)
    carried = asked if route.is_question else None

    async def speak(said: Answer, picture: Block | None) -> None:
        await slack.sender.post(click.user, slack.message(said, carried, picture=picture))

    await maps.say_with_picture(slack, answer, speak, click.user)
    return route.is_question
