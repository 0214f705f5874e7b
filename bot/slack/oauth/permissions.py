"""What the bot may do and why, in groups that people understand; no scope and no event of the manifest is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.slack.listeners.manifest import AGENT_SCOPES, EVENTS, SCOPES, THREAD_EVENTS
from handlers.say import Said, say


class Permission(NamedTuple):
    """A scope or an event, by Slack's name for it, and why the bot asks for it."""

    name: str
    why: str
    sort: Said


@dataclass(frozen=True, slots=True)
class Group:
    """Permissions that serve one purpose."""

    title: Said
    said: Said
    permissions: tuple[Permission, ...]


_SCOPE: Final = say("permission")
_EVENT: Final = say("event")
_HEARS: Final = "hears"
_GROUPS: Final[dict[str, tuple[Said, Said, tuple[str, ...]]]] = {
    _HEARS: (
        say("It hears only what is addressed to it"),
        say("Mentions, direct messages, commands and visits to its Home tab; nothing else that is said."),
        ("app_mentions:read", "app_mention", "im:history", "message.im", "commands", "app_home_opened"),
    ),
    "threads": (
        say("It follows threads where a channel has it so"),
        say(
            "Slack sends it every message of the channels that it is in; what is not asked of it is dropped, and not kept."
        ),
        tuple(THREAD_EVENTS),
    ),
    "posts": (
        say("It posts answers, maps and digests"),
        say("In channels that it was invited to, in direct messages, and where somebody types a command."),
        ("chat:write", "files:write", "im:write"),
    ),
    "reads": (
        say("It reads back its own digests"),
        say("So that none is posted twice; of other messages it keeps nothing."),
        ("metadata.message:read", "channels:history", "groups:history"),
    ),
    "people": (
        say("It asks who belongs to the workspace"),
        say("In a channel shared with another workspace, only members of yours have rights."),
        ("users:read",),
    ),
    "ends": (
        say("It stops when you remove it"),
        say("Whoever manages the apps of your workspace can remove it at any time."),
        ("app_uninstalled", "tokens_revoked"),
    ),
}
_HEARS_IN_THREADS: Final = (
    say("It hears what is addressed to it"),
    say("Mentions, direct messages, commands and visits to its Home tab."),
)


def groups(*, agent: bool = False, threads: bool = False) -> tuple[Group, ...]:
    """Return every scope and event that the manifest asks for, made with the same `agent` and `threads`, each once."""
    left = {name: Permission(name, why, _SCOPE) for name, why in _scopes(agent).items()}
    left |= {name: Permission(name, why, _EVENT) for name, why in _events(threads).items()}
    found = []
    for key, (title, said, names) in _GROUPS.items():
        permissions = tuple(left.pop(name) for name in names if name in left)
        if threads and key == _HEARS:
            title, said = _HEARS_IN_THREADS
        if permissions:
            found.append(Group(title, said, permissions))
    if left:
        # What is new in the manifest is told before somebody finds its place.
        found.append(Group(say("It asks for this besides"), say("Slack has it so."), tuple(left.values())))
    return tuple(found)


def _scopes(agent: bool) -> dict[str, str]:
    return {**SCOPES, **(AGENT_SCOPES if agent else {})}


def _events(threads: bool) -> dict[str, str]:
    return {**EVENTS, **(THREAD_EVENTS if threads else {})}
