"""What a person does on Home: asks in the box or by a button, asks again, picks a topic or a place, or opens a page.

All of it is answered over Home, in a modal or by the form that it opens; where Slack opens none, in Messages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot.ports import Conversation
from bot.render.blockkit import Block
from bot.render.button_value import ButtonValue, carry, decode
from bot.render.clean import LONGEST_QUESTION as LONGEST
from bot.render.slack_text import typed
from bot.slack import maps, remembering
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import Actor, SlackContext
from bot.slack.home import answering
from bot.slack.home.ask_box import AGAIN, ASK, EXAMPLE, PICKED
from bot.slack.home.coverage import PLACE, TOPIC
from bot.slack.home.pages import PAGE, page_view
from bot.slack.home.publish import show_home
from bot.slack.recent import Picked, Recent, recent_in
from bot.slack.sending.answer_modal import Asked
from bot.slack.sending.reply import deliver, open_view
from bot.slack.sending.runner import Work
from handlers.answer import Answer
from handlers.lookups import small_talk
from handlers.records.about import command_of
from handlers.registry import HELP
from handlers.request import QUESTION, Request
from handlers.route import DEAD
from handlers.routing.routed import Route
from handlers.say import say
from handlers.target import Target

PREFIX: Final = "home_"
# Does what a route says and shows Home as it is then, with what its metadata says was asked there.
CarryOut = Callable[[SlackContext, Click, Request, Route], Work]
_NO_QUESTIONS: Final = frozenset({small_talk.COMMAND.name, HELP.name})
DEAD_OPTION: Final = say("{dead} Write your question to me here instead.", dead=DEAD)


async def pressed(slack: SlackContext, click: Click, action: Action, carry_out: CarryOut) -> None:
    """Answer, or have `carry_out` do what is no question, and show Home anew."""
    kept = recent_in(click.view.private_metadata)
    name = action.action_id.partition(":")[0]
    if name in (TOPIC, PLACE):
        await _answer_picked(slack, click, _picked(slack, action), kept)
    elif name == PICKED:
        await _answer_picked(slack, click, _picked_before(action, kept), kept)
    elif name in (ASK, EXAMPLE):
        # What is typed may follow on what was asked before; what a button asks is whole.
        before = kept.conversation(slack.now()) if name == ASK else Conversation()
        await _ask(slack, click, action.value, kept.emptied(), carry_out, before)
    elif name == AGAIN:
        await _ask(slack, click, action.value, kept.without(action.value), _dead, Conversation())
    elif view := page_view(slack.services, slack.commands, action.value) if name == PAGE else None:
        await open_view(slack.sender, click, view)
    else:
        await deliver(slack.sender, click, sentence(DEAD_OPTION))


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
        await deliver(slack.sender, click, sentence(DEAD_OPTION))
        return
    request = slack.request_of(picked.value, Actor(click.team, click.user))
    route = slack.route(request)
    if not route.is_question:
        await _dead(slack, click, request, route)
        return
    answer = slack.answer(picked.value, request, route)
    kept = kept.having(picked).going_on(remembering.after(answer, picked.label, Conversation()), slack.now())
    await _answered(slack, click, _Answered(picked.value, answer, picked.label, kept))


async def _ask(
    slack: SlackContext, click: Click, raw: str, kept: Recent, carry_out: CarryOut, before: Conversation
) -> None:
    said = typed(raw, slack.identity().user)
    if not said.text:
        return
    question = said.cut(LONGEST)[0]
    asked, cut = slack.question(QUESTION, said, before.subjects)
    if asked is None:
        await deliver(slack.sender, click, sentence(DEAD_OPTION))
        await show_home(slack, click.user, kept)
        return
    request = replace(slack.request_of(asked, Actor(click.team, click.user), said), earlier=before.earlier)
    route = slack.route(request)
    if route.is_question:
        answer = slack.answer(asked, request, route, cut=cut)
        kept = kept.going_on(remembering.after(answer, asked.text, before), slack.now())
        if not cut and (again := _to_ask_again(slack, request, route, answer)):
            kept = kept.having(again)
        await _answered(slack, click, _Answered(remembering.carried(asked, route), answer, question, kept))
        return
    # What changes something is not offered to be done again; what it changed, Home shows.
    kept = kept.going_on(remembering.after_no_question(route, before), slack.now())
    await carry_out(slack, click.with_metadata(kept.encode()), request, route)


def _to_ask_again(slack: SlackContext, request: Request, route: Route, answer: Answer) -> str:
    """Return the question that is worth asking again, whole where it followed on another; "" where there is none: talk, another
    page, and what neither has an answer nor asks for anything.
    """
    if route.follows is not None:
        whole = route.follows.request
        return whole.text[:LONGEST] if whole is not None and route.follows.deed == "asks" else ""
    if route.command.name in _NO_QUESTIONS:
        return ""
    is_one = answer.outcome != "unknown" or slack.services.asks(slack.services, request)
    return request.text if is_one else ""


async def _dead(slack: SlackContext, click: Click, request: Request, route: Route) -> None:
    """Say that what an older Home offers to do again is not done."""
    await deliver(slack.sender, click, sentence(DEAD_OPTION))
    await show_home(slack, click.user, recent_in(click.view.private_metadata))


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer to a question that was `asked` in the words of `question`, and what stands on Home as asked from now on."""

    asked: ButtonValue
    answer: Answer
    question: str
    kept: Recent


async def _answered(slack: SlackContext, click: Click, found: _Answered) -> None:
    """Show an answer over Home, in Messages where Slack opens nothing, and what was asked on Home."""
    message = slack.message(found.answer, found.asked, in_view=True)
    asked = Asked(found.question, found.kept.encode())
    if await answering.show_answer(slack, click, message, found.answer, asked):
        await show_home(slack, click.user, found.kept)
        return

    async def speak(told: Answer, picture: Block | None) -> None:
        await slack.sender.post(click.user, slack.message(told, found.asked, picture=picture))

    await maps.say_with_picture(slack, found.answer, speak, click.user)
    await show_home(slack, click.user, found.kept, in_messages=found.question)
