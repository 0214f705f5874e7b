"""What Slack makes of a text that a person types."""

from __future__ import annotations

import re

from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.team import Team

URL = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]'\"]")
FORM = r"<[@#][A-Z0-9]+>"


def to_mrkdwn(team: Team, text: str, labelled: bool = False) -> str:
    """Return `text` escaped (& < >), with @names, #names and addresses turned into Slack's <...> forms.

    `labelled` adds the name, as slash commands with should_escape get it: <@U..|name>. Text that already is such a
    form of a person or channel of this team stays one, as clients send it.
    """
    parts = re.split(rf"({FORM}|https?://\S+)", text)
    return "".join(_part(team, part, labelled) for part in parts)


def escape(text: str) -> str:
    """Return `text` with Slack's three entities. https://docs.slack.dev/messaging/formatting-message-text"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _part(team: Team, part: str, labelled: bool) -> str:
    if re.fullmatch(FORM, part) and part[2:-1] in {*team.users, *team.channels}:
        return part
    match = URL.match(part)
    if match:
        return f"<{escape(match[0])}>" + escape(part[match.end() :])
    ids = _names(team)
    names = "|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True))

    def refer(found: re.Match[str]) -> str:
        name = found[0].lower()
        return f"<{name[0]}{ids[name]}{'|' + found[0][1:] if labelled else ''}>"

    # Chinese may follow a name without a space; Latin letters and digits would make it another name.
    return re.sub(
        rf"(?<![A-Za-z0-9_/@#])(?:{names})(?![A-Za-z0-9_-])", refer, escape(part), flags=re.IGNORECASE
    )


def _names(team: Team) -> Json:
    ids: Json = {}
    for user in team.users.values():
        ids[f"@{user.name}".lower()] = ids[f"@{user.real_name}".lower()] = user.id
    for channel in team.channels.values():
        if channel.name:
            ids[f"#{channel.name}".lower()] = channel.id
    return ids
