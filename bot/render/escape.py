"""The one place where text is made safe for Slack and read back from it.

`escape` is for mrkdwn (the fallback `text` and `mrkdwn` objects), `inert` for carriers in which Slack parses
nothing (plain_text and rich_text), and `refuse_mass_mentions` is the last look before anything is sent.
Nothing here removes text: readers see what was written.
"""

from __future__ import annotations

import re
from typing import Final

_WORD_JOINER: Final = "\u2060"
_OPENS_MARKUP: Final = re.compile(r"<(?=[!@#])")
_MASS_MENTION: Final = re.compile(r"<!\s*(?:channel|here|everyone|group|subteam)", re.IGNORECASE)
# Slack's ids: docs.slack.dev names only their first letters; the rest is upper-case letters and digits.
_USER: Final = re.compile(r"^[UW][A-Z0-9]{1,40}$")


class MassMentionError(ValueError):
    """Something about to be sent would call a whole channel, workspace or group."""


def escape(text: str) -> str:
    """Return `text` for mrkdwn: exactly &, < and > become entities, as Slack asks, and nothing else."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return `text` from Slack with its three entities read once; never call it twice on the same text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def inert(text: str) -> str:
    """Return `text` for plain_text and rich_text with "<!", "<@" and "<#" parted by an invisible joiner.

    Slack parses nothing there; the joiner keeps it so when a client or an export shows the text as mrkdwn.
    """
    return _OPENS_MARKUP.sub(f"<{_WORD_JOINER}", text) if "<" in text else text


def mention(user: str) -> str:
    """Return the mention of one person, or "someone" where `user` is no id of Slack's."""
    return f"<@{user}>" if _USER.fullmatch(user) else "someone"


def refuse_mass_mentions(payload: str) -> str:
    """Return `payload` (text, or JSON about to be sent) as it is; MassMentionError if a live one is in it."""
    if "<!" in payload and _MASS_MENTION.search(payload):
        raise MassMentionError("a mass mention was about to leave; nothing was sent")
    return payload
