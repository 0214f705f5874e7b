"""Pictures as files of Slack's: shared in a conversation, or kept in none, to be shown by a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from slack_sdk.errors import SlackClientError

from bot.render.blockkit import fallback
from bot.render.escape import refuse_mass_mentions
from bot.slack.api.web import SlackWeb
from bot.slack.sending.outbox import Call, made
from bot.slack.sending.pictures import FileRefusedError

# Ids of people, as against those of channels.
_PEOPLE: Final = ("U", "W")


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to upload. `alt` says in words what it shows; `comment` is plain text that stands above it."""

    content: bytes
    name: str
    title: str
    alt: str
    comment: str


class SlackFiles:
    """Uploads as the bot."""

    def __init__(self, client: SlackWeb) -> None:
        self._client = client

    async def share(self, place: str, upload: Upload, thread: str = "") -> None:
        """Put a picture into a channel, or into the direct message of the person whose id `place` is.

        SlackRequestError when the upload itself is refused; then nothing was posted.
        """
        comment = fallback(upload.comment)
        refuse_mass_mentions(comment)
        web_api, aside = self._client, f"files {place}"
        channel = place
        if place.startswith(_PEOPLE):
            opened = await made(
                Call(aside, lambda: web_api.conversations_open(users=place), limit="conversations.open")
            )
            channel = str(opened["channel"]["id"])
        file = await self._put(upload, aside)
        await made(
            Call(
                channel,
                lambda: web_api.files_completeUploadExternal(
                    files=[{"id": file, "title": upload.title}],
                    channel_id=channel,
                    initial_comment=comment,
                    thread_ts=thread or None,
                ),
                limit="files.completeUploadExternal",
            )
        )

    async def keep(self, upload: Upload) -> str:
        """Upload a picture that stands in no conversation yet, and return its id, by which an image block shows it.

        FileRefusedError where Slack takes none.
        """
        aside = f"files {upload.name}"
        try:
            file = await self._put(upload, aside)
            complete = lambda: self._client.files_completeUploadExternal(  # noqa: E731
                files=[{"id": file, "title": upload.title}]
            )
            await made(Call(aside, complete, limit="files.completeUploadExternal"))
        except SlackClientError as error:
            raise FileRefusedError(error) from error
        return file

    async def _put(self, upload: Upload, aside: str) -> str:
        """Hand Slack the bytes of a picture, and return the id of the file that they are to be."""
        web_api = self._client
        room = await made(
            Call(
                aside,
                lambda: web_api.files_getUploadURLExternal(
                    filename=upload.name, length=len(upload.content), alt_txt=upload.alt
                ),
                limit="files.getUploadURLExternal",
            )
        )
        await made(Call(aside, lambda: web_api.put_file(str(room["upload_url"]), upload.content)))
        return str(room["file_id"])
