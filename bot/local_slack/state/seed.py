"""The workspace as it is when it opens: people, the bot and channels, from seed.toml."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.local_slack.state.records import Channel, User
from bot.local_slack.state.team import SLACKBOT, Team

SEED: Final = Path(__file__).with_name("seed.toml")
# How the seed calls the bot among the members of a channel.
APP: Final = "app"


def populate(team: Team, seed: Path = SEED) -> Team:
    """Fill an empty team from `seed` and return it; KeyError or ValueError where it names what is not there."""
    told: dict[str, Any] = tomllib.loads(seed.read_text(encoding="utf-8"))
    me = team.identity
    people = [_person(entry, team.clock()) for entry in told["people"]]
    for user in people:
        team.add_user(user)
    team.add_user(User(me.bot_user, me.bot_handle, me.bot_name, is_bot=True))
    team.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
    for entry in told["channels"]:
        members = {me.bot_user if name == APP else team.user(name).id for name in entry["members"]}
        team.add_channel(
            Channel(
                entry["id"],
                entry["name"],
                members,
                is_private=entry.get("private", False),
                is_archived=entry.get("archived", False),
                topic=entry.get("topic", ""),
            )
        )
    for user in people:
        team.im(user)
    return team


def _person(entry: dict[str, Any], now: float) -> User:
    zone = entry.get("zone", "Asia/Shanghai")
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return User(
        entry["id"],
        entry["handle"],
        entry["name"],
        is_admin=entry.get("admin", False),
        tz=zone,
        tz_offset=int(offset.total_seconds()) if offset else 0,
        locale=entry.get("locale", "en-US"),
    )
