"""What a workspace is made of: people, channels, messages, views. Plain records, changed only by `Team`."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.local_slack.blockkit.json import Json


@dataclass(slots=True)
class User:
    """A person or the bot. `tz_offset` is in seconds east of Greenwich.

    `team_id` is their workspace: "" the local one, None where Slack leaves it out. `is_stranger` and
    `enterprise_user` are left out of users.info where they are None.
    """

    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_bot: bool = False
    tz: str = "Asia/Shanghai"
    tz_offset: int = 28_800
    locale: str = "en-US"
    team_id: str | None = ""
    is_stranger: bool | None = None
    enterprise_user: Json | None = None


@dataclass(slots=True)
class Channel:
    """A conversation. `im_with` is the person on the other side of the bot's direct message, else ""."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_archived: bool = False
    im_with: str = ""
    topic: str = ""

    @property
    def kind(self) -> str:
        """Return "im", "private" or "public"."""
        if self.im_with:
            return "im"
        return "private" if self.is_private else "public"


@dataclass(slots=True)
class Message:
    """A message, or an ephemeral one when `only_for` names the person who sees it.

    `thread_ts` is set on replies alone. `at` is the second it was accepted; `version` counts the team's changes.
    """

    channel: str
    ts: str
    user: str
    text: str
    at: float
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    only_for: str = ""
    by_bot: bool = False
    from_slack: bool = False
    edited_ts: str = ""
    deleted: bool = False
    metadata: Json | None = None
    client_msg_id: str = ""
    command: str = ""
    broadcast: bool = False
    files: list[str] = field(default_factory=list)
    version: int = 0


@dataclass(slots=True)
class File:
    """A file the bot uploads: `ticket` is the secret of its upload URL; without content it is not there yet."""

    id: str
    name: str
    alt: str
    length: int
    ticket: str
    title: str = ""
    content: bytes = b""


@dataclass(slots=True)
class View:
    """A modal or a Home tab as it stands. `hash` changes with every update.

    `errors` are what the last submission was refused for, by block_id; under "" when it failed as a whole.
    """

    id: str
    user: str
    body: Json
    hash: str
    root: str = ""
    previous: str = ""
    is_open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    version: int = 0
