"""Maps as pictures in Slack: in the answer itself, for whoever sees it; where Slack takes none there, behind it as a file.

A picture is uploaded once and stands in no conversation; the block that shows it goes into any message, also one that a
single person sees. Where Slack refuses the block, the file is shared beside the answer, or in the direct message
of whoever asked where the answer is for them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Final

from bot.map.cache import Map
from bot.render import blockkit
from bot.render.blockkit import Block
from bot.slack.context import SlackContext
from bot.slack.sending.files import Upload
from bot.slack.sending.pictures import FileRefusedError, PictureRefusedError
from handlers.answer import Answer, Picture
from handlers.say import say

SENT: Final = say("The map is in our direct messages: Slack took no picture here.")
Say = Callable[[Answer, Block | None], Coroutine[Any, Any, object]]
"""Says an answer, with a picture or without."""


async def say_with_picture(
    slack: SlackContext, answer: Answer, speak: Say, place: str, thread: str = ""
) -> None:
    """Have `speak` say `answer` with its picture in it; without where Slack takes none there, and share the file in `place`,
    a channel or the id of a person.
    """
    try:
        shown = await block(slack, answer.picture)
    except FileRefusedError as refused:
        reference = slack.trouble(refused.error, "map", None)
        note = say("Slack took no picture from me; it is logged as {reference}.", reference=reference)
        await speak(replace(answer, notes=(*answer.notes, note)), None)
        return
    if shown is None:
        await speak(answer, None)
        return
    try:
        await speak(answer, shown)
    except PictureRefusedError:
        # Deleted since, or Slack shows no files here: another try begins with an upload.
        forget(slack, answer.picture)
        is_aside = place.startswith(("U", "W"))
        told = replace(answer, notes=(*answer.notes, SENT)) if is_aside else answer
        await speak(told, None)
        await share(slack, answer, place, thread)


async def say_with_picture_at_hand(slack: SlackContext, answer: Answer, speak: Say) -> None:
    """Have `speak` say `answer` again, with its picture if Slack holds it still; nothing is uploaded for it."""
    shown = block_at_hand(slack, answer.picture)
    try:
        await speak(answer, shown)
    except PictureRefusedError:
        forget(slack, answer.picture)
        await speak(answer, None)


async def block_if_taken(slack: SlackContext, picture: Picture | None) -> Block | None:
    """Return the block as `block`; None also where Slack takes no file, which is logged."""
    try:
        return await block(slack, picture)
    except FileRefusedError as refused:
        slack.trouble(refused.error, "map", None)
        return None


async def block(slack: SlackContext, picture: Picture | None) -> Block | None:
    """Return the block that shows a picture, uploaded if it was not before; None where there is none."""
    return None if picture is None or slack.maps is None else await image(slack, slack.maps(picture))


async def image(slack: SlackContext, drawn: Map) -> Block:
    """Return the block that shows a map, uploaded if it was not before."""
    key = _key(slack, drawn)
    file = slack.uploads.of(key)
    if file is None:
        file = await slack.sender.files.keep(_upload(drawn))
        slack.uploads.note(key, file)
    return _image(file, drawn)


def block_at_hand(slack: SlackContext, picture: Picture | None) -> Block | None:
    """Return the same where the picture was uploaded before, else None: nothing is sent for it."""
    return None if picture is None or slack.maps is None else image_at_hand(slack, slack.maps(picture))


def image_at_hand(slack: SlackContext, drawn: Map) -> Block | None:
    """Return the block that shows a map that was uploaded before, else None."""
    file = slack.uploads.of(_key(slack, drawn))
    return _image(file, drawn) if file else None


async def share(slack: SlackContext, answer: Answer, place: str, thread: str = "") -> None:
    """Share the picture of `answer` as a file in `place`; nothing where it has none."""
    if answer.picture is not None and slack.maps is not None:
        await slack.sender.files.share(place, _upload(slack.maps(answer.picture)), thread)


def forget(slack: SlackContext, picture: Picture | None) -> None:
    """Have a picture uploaded anew the next time, because Slack does not show the one that it has."""
    if picture is not None and slack.maps is not None:
        forget_map(slack, slack.maps(picture))


def forget_map(slack: SlackContext, drawn: Map) -> None:
    """Have a map uploaded anew the next time."""
    slack.uploads.forget(_key(slack, drawn))


def _key(slack: SlackContext, drawn: Map) -> str:
    return f"{slack.team}/{drawn.key}"


def _upload(drawn: Map) -> Upload:
    return Upload(
        content=drawn.png,
        name=drawn.name,
        title=drawn.title,
        alt=drawn.alt,
        comment=drawn.title,
    )


def _image(file: str, drawn: Map) -> Block:
    return blockkit.image(file, drawn.alt)
