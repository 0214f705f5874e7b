"""What a person does on Home: asks in the box, asks again, or picks a topic or a place. Answers go to Messages."""

from __future__ import annotations

from typing import Final

from bot.render.clean import LONGEST_QUESTION as LONGEST
from bot.render.clean import Typed, typed
from bot.slack.api.message import sentence
from bot.slack.api.payloads import Click, Press
from bot.slack.context import Asker, Front
from bot.slack.home.ask_box import AGAIN, ASK, Recent, recent_in
from bot.slack.home.coverage import PLACE, TOPIC
from bot.slack.home.digests import show_home
from handlers.request import QUESTION

PREFIX: Final = "home_"
DEAD: Final = "That no longer does anything. Write your question to me here instead."
_COMMANDS: Final = {TOPIC: "/yrd-topic", PLACE: "/yrd-city"}


def pressed(front: Front, click: Click, press: Press) -> None:
    """Answer in Messages and show Home anew."""
    kept = recent_in(click.view.private_metadata)
    if press.action_id in _COMMANDS:
        _look_up(front, click, press, kept)
    elif press.action_id == ASK or press.action_id.startswith(f"{AGAIN}:"):
        _ask(front, click, press.value, kept)
    else:
        front.outbox.post(click.user, sentence(DEAD))


def _look_up(front: Front, click: Click, press: Press, kept: Recent) -> None:
    known = front.base.entity(press.selected_option.value) if press.selected_option else None
    command = _COMMANDS[press.action_id]
    if known is None or not front.knows(command):
        front.outbox.post(click.user, sentence(DEAD))
        return
    _answer(front, click, command, Typed(known.name))
    show_home(front, click.user, kept.having(f"{command} {known.name}"))


def _ask(front: Front, click: Click, raw: str, kept: Recent) -> None:
    said = typed(raw, front.who().user)
    if said.text:
        _answer(front, click, QUESTION, said)
        show_home(front, click.user, kept.having(said.cut(LONGEST)[0]))


def _answer(front: Front, click: Click, command: str, said: Typed) -> None:
    asked, cut = front.question(command, said)
    if asked is None:
        front.outbox.post(click.user, sentence(DEAD))
        return
    asker = Asker(click.team, click.user)
    route = front.route(front.request(asked.command, asked.text, asker, said.people))
    answer = front.answer(asked, asker, cut=cut, people=said.people)
    front.outbox.post(click.user, front.message(answer, asked if route.is_question else None))
