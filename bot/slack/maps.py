"""Maps as pictures in Slack: uploaded to a conversation, or to the direct message of who asked.

An ephemeral answer cannot carry a file, so it only says where the picture is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.slack.context import SlackContext
from bot.slack.sending.client import Upload
from handlers.answer import Answer
from handlers.say import say

ON_ITS_WAY: Final = say("I am sending the picture to our direct messages.")
SENT: Final = say("The map is in our direct messages: Slack shows no pictures in answers that only you see.")


def announced(slack: SlackContext, answer: Answer) -> Answer:
    """Return `answer` with a note that its picture is coming, if it has one."""
    if answer.picture is None or slack.maps is None:
        return answer
    return replace(answer, notes=(ON_ITS_WAY, *answer.notes))


async def send(slack: SlackContext, answer: Answer, place: str, thread: str = "") -> None:
    """Upload the picture of `answer` to `place`, a channel or the id of a person; nothing where it has none."""
    if answer.picture is None or slack.maps is None:
        return
    drawn = slack.maps(answer.picture)
    asked = f"map {answer.picture.title}".strip()
    comment = say(
        "{title}. What it shows is in the picture's description; each pairing's source is in the answer to /yrd {asked}.",
        title=drawn.title,
        asked=asked,
    )
    upload = Upload(
        content=drawn.png,
        name=drawn.name,
        title=drawn.title,
        alt=drawn.alt,
        comment=comment,
    )
    await slack.sender.upload(place, upload, thread)
