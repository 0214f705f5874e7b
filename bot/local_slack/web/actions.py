"""What a person asked for on the page, as a thing to do: one table of actions, all through the driver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bot.local_slack.blockkit.json import Json
from bot.local_slack.blockkit.limits import COMMAND_TEXT
from bot.local_slack.driver.driver import Driver
from bot.local_slack.driver.mrkdwn import to_mrkdwn
from bot.local_slack.state.records import Channel, Message, User
from bot.local_slack.state.team import Team
from bot.local_slack.web.tour import Tour

Action = Callable[[], object]
# As long as the mark that a page gives its tab.
LONGEST_TAB = 36


class PageActions:
    """Reads what the page sends and hands back what to do; does nothing itself."""

    def __init__(self, team: Team, driver: Driver, tour: Tour, commands: Sequence[str]) -> None:
        self._team = team
        self._tours = {"start": tour.start, "next": tour.next, "stop": tour.stop}
        self._driver = driver
        self._commands = frozenset(commands)
        self._table: dict[str, Callable[[User, Json], Action]] = {
            "say": self._say,
            "click": self._click,
            "click_home": self._click_home,
            "click_modal": self._click_modal,
            "shortcut": self._shortcut,
            "home": lambda user, asked: partial(self._driver.open_home, user, _text(asked, "tab") or "home"),
            "submit": lambda user, asked: partial(self._driver.fill_in, user, _object(asked, "typed")),
            "close": lambda user, asked: partial(self._close, user),
            "dismiss": self._dismiss,
            "edit": self._edit,
            "delete": self._delete,
            "tour": lambda user, asked: partial(self._tours[_text(asked, "what")], _tab(asked)),
        }

    def read(self, asked: Json) -> Action:
        """Return what is to be done; LookupError, TypeError or ValueError for what is not there or not theirs."""
        user = self._person(asked)
        return self._table[_text(asked, "do")](user, asked)

    def _person(self, asked: Json) -> User:
        user = self._team.user(_text(asked, "as"))
        if user.is_bot:
            raise ValueError("the bot speaks for itself")
        return user

    def _edit(self, user: User, asked: Json) -> Action:
        text = _text(asked, "text").strip()
        if not text or len(text) > COMMAND_TEXT:
            raise ValueError("empty, or longer than Slack lets people type")
        return partial(self._driver.edit, user, self._own(user, asked), text)

    def _delete(self, user: User, asked: Json) -> Action:
        return partial(self._driver.delete, user, self._own(user, asked))

    def _own(self, user: User, asked: Json) -> Message:
        message = self._message(user, asked)
        if message.user != user.id:
            raise LookupError("somebody else's message")
        return message

    def _say(self, user: User, asked: Json) -> Action:
        channel, text, thread = (
            self._channel(user, asked),
            _text(asked, "text").strip(),
            _text(asked, "thread"),
        )
        if not text or len(text) > COMMAND_TEXT:
            raise ValueError("empty, or longer than Slack lets people type")
        if text.startswith("/"):
            return self._slash(user, channel, text, thread)
        if channel.im_with:
            return partial(self._driver.direct_message, user, text, thread)
        if f"<@{self._team.identity.bot_user}>" in to_mrkdwn(self._team, text):
            return partial(self._driver.mention, user, channel, text, thread)
        return partial(self._driver.say, user, channel, text, thread)

    def _slash(self, user: User, channel: Channel, text: str, thread: str) -> Action:
        command, _, rest = text.partition(" ")
        command = command.lower()
        if command == "/invite":
            return partial(self._driver.invite_bot, channel)
        if command not in self._commands:
            tip = f"{to_mrkdwn(self._team, command)} is not a command here. Type / to see those there are."
            return partial(self._team.notice, channel, user, tip, thread)
        if thread:
            tip = f"{command} is not supported in threads. Mention @{self._team.identity.bot_name} here instead."
            return partial(self._team.notice, channel, user, tip, thread)
        return partial(self._driver.command, user, channel, command, rest)

    def _click(self, user: User, asked: Json) -> Action:
        return partial(self._driver.click, user, self._message(user, asked), **_press(asked))

    def _click_home(self, user: User, asked: Json) -> Action:
        return partial(self._driver.click_home, user, **_press(asked), typed=_object(asked, "typed"))

    def _click_modal(self, user: User, asked: Json) -> Action:
        return partial(self._driver.click_modal, user, **_press(asked), typed=_object(asked, "typed"))

    def _shortcut(self, user: User, asked: Json) -> Action:
        message = self._message(user, asked)
        if message.only_for:
            raise ValueError("ephemeral messages have no shortcuts")
        return partial(self._driver.shortcut, user, message, _text(asked, "callback_id"))

    def _dismiss(self, user: User, asked: Json) -> Action:
        message = self._message(user, asked)
        if not message.only_for:
            raise ValueError("only what one person sees can be dismissed")
        return partial(self._team.delete, message)

    def _close(self, user: User) -> None:
        # Pressed twice, or closed by the app meanwhile: nothing is left to close.
        if self._team.modal_of(user) is not None:
            self._driver.close_view(user)

    def _channel(self, user: User, asked: Json) -> Channel:
        channel = self._team.channels[_text(asked, "channel")]
        if user.id not in channel.members:
            raise LookupError("not a channel of this person")
        return channel

    def _message(self, user: User, asked: Json) -> Message:
        message = self._team.find(self._channel(user, asked), _text(asked, "ts"))
        if message is None or message.only_for not in ("", user.id):
            raise LookupError("no such message")
        return message


def _press(asked: Json) -> dict[str, Any]:
    return {
        "action_id": _text(asked, "action_id"),
        "block_id": _text(asked, "block_id"),
        "chosen": asked.get("chosen"),
    }


def _text(asked: Json, name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text")
    return value


def _tab(asked: Json) -> str:
    tab = _text(asked, "tab")
    if not 0 < len(tab) <= LONGEST_TAB:
        raise ValueError("a tour is that of a tab")
    return tab


def _object(asked: Json, name: str) -> Json:
    value = asked.get(name) or {}
    if not isinstance(value, dict):
        raise TypeError(f"{name} must be an object")
    return value
