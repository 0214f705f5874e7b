"""What a person does on Home: asks in the box, asks again, or picks a topic or a place. Answers go to Messages."""

from __future__ import annotations

from typing import Final

from bot.render.clean import LONGEST_QUESTION as LONGEST
from bot.render.clean import Typed, typed
from bot.slack import maps
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Action, Click
from bot.slack.context import Actor, SlackContext
from bot.slack.home.ask_box import AGAIN, ASK, Recent, recent_in
from bot.slack.home.coverage import PLACE, TOPIC
from bot.slack.home.digests import show_home
from handlers.request import QUESTION

PREFIX: Final = "home_"
DEAD: Final = "That no longer does anything. Write your question to me here instead."
_COMMANDS: Final = {TOPIC: "/yrd-topic", PLACE: "/yrd-city"}


def pressed(slack: SlackContext, click: Click, action: Action) -> None:
    """Answer in Messages and show Home anew."""
    kept = recent_in(click.view.private_metadata)
    if action.action_id in _COMMANDS:
        _look_up(slack, click, action, kept)
    elif action.action_id == ASK:
        _ask(slack, click, action.value, kept)
    elif action.action_id.startswith(f"{AGAIN}:"):
        _ask(slack, click, action.value, kept.without(action.value), again=True)
    else:
        slack.sender.post(click.user, sentence(DEAD))


def _look_up(slack: SlackContext, click: Click, action: Action, kept: Recent) -> None:
    known = slack.base.entity(action.selected_option.value) if action.selected_option else None
    command = _COMMANDS[action.action_id]
    if known is None or not slack.knows(command):
        slack.sender.post(click.user, sentence(DEAD))
        return
    _answer(slack, click, command, Typed(known.name))
    show_home(slack, click.user, kept.having(f"{command} {known.name}"))


def _ask(slack: SlackContext, click: Click, raw: str, kept: Recent, *, again: bool = False) -> None:
    said = typed(raw, slack.identity().user)
    if not said.text:
        return
    if _answer(slack, click, QUESTION, said, again=again):
        show_home(slack, click.user, kept.having(said.cut(LONGEST)[0]))
    else:
        # What changes something is not offered to be done again; what it changed, Home shows.
        show_home(slack.renewed(), click.user, kept)


def _answer(slack: SlackContext, click: Click, command: str, said: Typed, *, again: bool = False) -> bool:
    """Answer in Messages; say whether it was a question, which may stand on Home to be asked again.

    Nothing else is done `again`.
    """
    asked, cut = slack.question(command, said)
    if asked is None:
        slack.sender.post(click.user, sentence(DEAD))
        return False
    actor = Actor(click.team, click.user)
    route = slack.route(slack.request(asked.command, asked.text, actor, said.people))
    if again and not route.is_question:
        slack.sender.post(click.user, sentence(DEAD))
        return False
    answer = slack.answer(asked, actor, cut=cut, people=said.people)
    slack.sender.post(click.user, slack.message(answer, asked if route.is_question else None))
    maps.send(slack, answer, click.user)
    return route.is_question
