"""The state of the local workspace: one team, in memory, safe to use from several threads."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bot.local_slack.blockkit.ids import with_ids
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.identity import Identity
from bot.local_slack.state.records import Channel, File, Message, User, View

T = TypeVar("T")
Clock = Callable[[], float]
SLACKBOT = "USLACKBOT"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(prefix: str) -> str:
    """Return an id in the shape of Slack's: a letter and ten capitals or digits."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(10))


class Team:
    """People, channels, messages, views. Keeps no rules of the Web API: those stand in the methods.

    Every change raises `version` and wakes `wait_for`.
    """

    def __init__(self, identity: Identity, clock: Clock = time.time) -> None:
        self.identity = identity
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        self.epoch = secrets.token_hex(4)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.modals: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.uninstalled = False
        self._last_ts = 0

    # -- looking up ---------------------------------------------------------------------------------------
    def user(self, who: str | User) -> User:
        """Return a person by id, handle or record; KeyError when nobody is called so."""
        if isinstance(who, User):
            return who
        if who in self.users:
            return self.users[who]
        return _first_or_key_error((u for u in self.users.values() if u.name == who), who)

    def channel(self, which: str | Channel) -> Channel:
        """Return a conversation by id, name with or without "#", or record; KeyError when none is called so."""
        if isinstance(which, Channel):
            return which
        if which in self.channels:
            return self.channels[which]
        name = which.removeprefix("#")
        return _first_or_key_error((c for c in self.channels.values() if c.name == name and name), which)

    def im(self, who: str | User) -> Channel:
        """Return the direct message of the bot with a person; opened when it is not there yet."""
        user = self.user(who)
        with self.changed:
            for channel in self.channels.values():
                if channel.im_with == user.id:
                    return channel
            members = {user.id, self.identity.bot_user}
            return self.add_channel(Channel(new_id("D"), "", members, im_with=user.id))

    def home_of(self, who: str | User) -> str | None:
        """Return the workspace of a person: this one's id, another's, or None where Slack does not say."""
        user = self.users.get(who) if isinstance(who, str) else who
        home = user.team_id if user else ""
        return self.identity.team_id if home == "" else home

    def find(self, channel: str | Channel, ts: str) -> Message | None:
        """Return a message by its ts, ephemeral or not; None when it never was or is deleted."""
        found = (m for m in self.messages[self.channel(channel).id] if m.ts == ts and not m.deleted)
        return next(found, None)

    def posts(self, channel: str | Channel) -> list[Message]:
        """Return everything everybody sees in a channel, replies too, oldest first."""
        with self.lock:
            return [m for m in self.messages[self.channel(channel).id] if not m.only_for and not m.deleted]

    def replies(self, channel: str | Channel, ts: str) -> list[Message]:
        """Return the replies of a thread, without its parent, oldest first."""
        return [m for m in self.posts(channel) if m.thread_ts == ts]

    def ephemerals(self, channel: str | Channel, who: str | User) -> list[Message]:
        """Return what only this person sees in a channel, oldest first."""
        user = self.user(who).id
        with self.lock:
            return [
                m for m in self.messages[self.channel(channel).id] if m.only_for == user and not m.deleted
            ]

    def modal_of(self, who: str | User) -> View | None:
        """Return the modal on top of a person's screen; None when none is open."""
        user = self.user(who).id
        with self.lock:
            open_ones = [v for v in self.modals.values() if v.user == user and v.is_open]
            return open_ones[-1] if open_ones else None

    # -- changing -----------------------------------------------------------------------------------------
    def add_user(self, user: User) -> User:
        """Register a person and return it; replaces one with the same id."""
        with self.changed:
            self.users[user.id] = user
            self._bump()
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """Register a conversation and return it; replaces one with the same id, keeping its messages."""
        with self.changed:
            self.channels[channel.id] = channel
            self.messages.setdefault(channel.id, [])
            self._bump()
        return channel

    def join(self, channel: str | Channel, who: str | User) -> None:
        """Put a person or the bot in a channel."""
        with self.changed:
            self.channel(channel).members.add(self.user(who).id)
            self._bump()

    def leave(self, channel: str | Channel, who: str | User) -> None:
        """Take a person or the bot out of a channel."""
        with self.changed:
            self.channel(channel).members.discard(self.user(who).id)
            self._bump()

    def post(self, channel: str | Channel, who: str | User, text: str, **fields: Any) -> Message:
        """Add a message as given (fields of `Message`) and return it; checks neither membership nor limits."""
        user = self.user(who)
        fields["blocks"] = with_ids(fields.get("blocks") or [])
        with self.changed:
            place = self.channel(channel)
            fields.setdefault("by_bot", user.id == self.identity.bot_user)
            if not fields["by_bot"] and not fields.get("from_slack"):
                fields.setdefault("client_msg_id", str(uuid.uuid4()))
            message = Message(place.id, self.next_ts(), user.id, text, self.clock(), **fields)
            message.version = self._bump()
            self.messages[place.id].append(message)
        return message

    def notice(self, channel: str | Channel, who: str | User, text: str, thread_ts: str = "") -> Message:
        """Post what Slack itself tells one person, in a channel, and return it."""
        return self.post(
            channel, SLACKBOT, text, only_for=self.user(who).id, from_slack=True, thread_ts=thread_ts
        )

    def edit(
        self, message: Message, text: str, blocks: list[Json] | None, metadata: Json | None = None
    ) -> Message:
        """Replace the content of a message and return it; block ids are given anew where missing."""
        with self.changed:
            message.text, message.blocks = text, with_ids(blocks or [])
            message.metadata = metadata if metadata is not None else message.metadata
            message.edited_ts = self.next_ts()
            message.version = self._bump()
        return message

    def delete(self, message: Message) -> None:
        """Take a message away for everybody."""
        with self.changed:
            message.deleted = True
            message.version = self._bump()

    def show_view(self, view: View) -> View:
        """Put a view on a person's screen and return it: a modal on top of the others, or the Home tab."""
        with self.changed:
            view.version = self._bump()
            if view.body.get("type") == "home":
                self.homes[view.user] = view
            else:
                self.modals[view.id] = view
        return view

    def show_errors(self, view: View, errors: dict[str, str]) -> None:
        """Show why a submission was refused, by block_id."""
        with self.changed:
            view.errors = errors
            view.version = self._bump()

    def replace_view(self, view: View, body: Json) -> View:
        """Give a view a new body and a new hash, and return it."""
        with self.changed:
            view.body, view.hash, view.errors = body, self.new_hash(), {}
            view.version = self._bump()
        return view

    def close_views(self, who: str | User, only: str = "") -> None:
        """Close a person's modals, or the one called `only`."""
        user = self.user(who).id
        with self.changed:
            for view in self.modals.values():
                if view.user == user and only in ("", view.id):
                    view.is_open = False
                    view.version = self._bump()

    def clear(self) -> None:
        """Forget every message and view; people and channels stay."""
        with self.changed:
            self.messages = {channel: [] for channel in self.channels}
            self.modals, self.homes = {}, {}
            self.epoch = secrets.token_hex(4)
            self._bump()

    def touch(self) -> None:
        """Tell waiters that something beside messages and views changed."""
        with self.changed:
            self._bump()

    def wait_for(self, seen: Callable[[], Any], timeout: float = 15.0) -> Any:
        """Return what `seen()` says once it is truthy, woken by changes; TimeoutError after `timeout` seconds."""
        with self.changed:
            value = self.changed.wait_for(seen, timeout)
        if not value:
            raise TimeoutError(f"nothing of the kind in the workspace within {timeout} s")
        return value

    def next_ts(self) -> str:
        """Return a time stamp "seconds.micros", later than every one before."""
        with self.lock:
            self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_hash(self) -> str:
        """Return the version mark of a view, as views.update and views.publish check it."""
        return f"{int(self.clock())}.{secrets.token_hex(4)}"

    def _bump(self) -> int:
        self.version += 1
        self.changed.notify_all()
        return self.version


def _first_or_key_error(found: Iterable[T], key: str) -> T:
    for item in found:
        return item
    raise KeyError(key)
