"""Sending to Slack: the only place that calls the Web API and response URLs.

Nothing here calls by itself: each step is a `Call`, made by whoever runs the work that awaits it, and each step that was
made is not made again where a later one has to wait. Every call may raise SlackApiError (Slack said no) or OSError
(Slack was not reached, did not say in time, or something else answered). An UnknownOutcomeError among these says that
the message may be there: nothing sends it again, and whoever calls apologises for nothing.
"""

from __future__ import annotations

import http.client
import json
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import SplitResult, urlsplit

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookResponse

from bot.hosts import is_loopback
from bot.render.blockkit import fallback
from bot.render.escape import refuse_mass_mentions
from bot.slack.api import web
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import (
    asked_to_wait,
    error_code,
    error_reason,
    is_expired,
    is_word,
    unknown_outcome,
)
from bot.slack.api.exchange import LaterError, seconds_asked, was_not_sent
from bot.slack.api.message import Message, findable, is_file
from bot.slack.api.web import SlackWeb
from bot.slack.api.whose import vouched_for
from bot.slack.sending.newer_blocks import NewerBlocks, has_newer, older
from bot.slack.sending.outbox import Call, made
from bot.slack.sending.pictures import REFUSALS, VIEW_REFUSALS, WAITS, FileRefusedError, refused, until_ready

_log = logging.getLogger(__name__)

# users.list: 200 a page is what docs.slack.dev/reference/methods/users.list advises; five pages are enough
# to find an owner in a workspace that runs its own bot.
_PER_PAGE: Final = 200
_PAGES: Final = 5
_HOOKS: Final = "hooks.slack.com"
# Ids of people, as against those of channels.
_PEOPLE: Final = ("U", "W")
_QUIET: Final = {"unfurl_links": False, "unfurl_media": False}
# Seconds for a form: a trigger is good for three.
_FORM_SECONDS: Final = 5.0
# Seconds between tries of a change of a message of which Slack did not say whether it is made.
_UPDATE_WAITS: Final = (1.0, 5.0, 20.0)
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to upload. `alt` says in words what it shows; `comment` is plain text that stands above it."""

    content: bytes
    name: str
    title: str
    alt: str
    comment: str


class NotDeliveredError(Exception):
    """A response URL that is not to be called, or that Slack says is used up or expired; nothing was posted."""


class BlocksRefusedError(NotDeliveredError):
    """Slack says that it does not take the blocks; nothing was posted."""


class NotOpenedError(Exception):
    """Slack opened no form, because the click is too old by now or too much is asked at once: a new click may do."""


class SlackSender:
    """Posts as the bot. Forms and permalinks are never waited for. `client.base_url` decides which response URLs are called besides Slack's own."""

    def __init__(self, client: SlackWeb) -> None:
        self._client = client
        # For what somebody sits and waits for.
        self._prompt = web.client(client.token, client.base_url, deadline=min(client.timeout, _FORM_SECONDS))
        self._api = urlsplit(client.base_url)
        self._newer = NewerBlocks()

    async def post(
        self,
        channel: str,
        message: Message,
        thread: str = "",
        key: str = "",
        during: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> str:
        """Post for everyone in `channel` (for one person, given a user's id), in `thread` if there is one; return its ts.

        With a `key` it can be found again by its metadata. `during` is entered for each try, once it no longer waits.
        """
        named = {"metadata": findable(key)} if key else {}

        async def post(fitted: Message) -> SlackResponse:
            fields = fitted.fields(channel=channel, **_QUIET, **named, **_in(thread))

            def send() -> SlackResponse:
                with during():
                    return self._client.chat_postMessage(**fields)

            return await made(Call(channel, until_ready(send, fitted.shows_file)))

        return str((await self._fitting(message, post)).get("ts") or "")

    async def posted(self, channel: str, message: Message) -> tuple[str, str]:
        """Post for everyone in `channel`, or for the person whose id it is; return the channel and the ts of the message."""
        fields = message.with_blocks(older(message.blocks)).fields(channel=channel, **_QUIET)
        said = await made(Call(channel, lambda: self._client.chat_postMessage(**fields)))
        return str(said["channel"]), str(said["ts"])

    async def update(self, channel: str, ts: str, latest: Callable[[], Message | None]) -> None:
        """Put what `latest` returns in place of a message that the bot posted; where that is None, nothing is done.

        It is asked when the turn of the call comes, so that the last of several shows how things stand then. What
        nobody knows to be done is done again: the same message twice in one place is there once.
        """
        waits = iter(_UPDATE_WAITS)

        def send() -> None:
            if (message := latest()) is None:
                return
            try:
                self._client.chat_update(
                    **message.with_blocks(older(message.blocks)).fields(channel=channel, ts=ts)
                )
            except (SlackApiError, OSError) as error:
                if unknown_outcome(error) is None or (seconds := next(waits, None)) is None:
                    raise
                raise LaterError(seconds) from error

        await made(Call(channel, send, limit="chat.update"))

    async def whisper(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """Post for `user` alone; Slack refuses where the bot is not in `channel`."""

        async def post(fitted: Message) -> None:
            fields = fitted.fields(channel=channel, user=user, **_in(thread))
            send = lambda: self._client.chat_postEphemeral(**fields)  # noqa: E731
            await made(Call(channel, until_ready(send, fitted.shows_file)))

        await self._fitting(message, post)

    async def _fitting(self, message: Message, send: Callable[[Message], Coroutine[Any, Any, _R]]) -> _R:
        """Return what `send` returns for `message`, or for the same in older blocks where Slack refuses the newer ones."""
        # A refusal does not say of what: beside a picture only what was taken before is tried.
        fitted = self._newer.sure(message) if message.shows_file else self._newer.fitting(message)
        if not has_newer(fitted):
            return await send(fitted)
        try:
            sent = await send(fitted)
        except (SlackApiError, BlocksRefusedError) as error:
            if isinstance(error, SlackApiError) and error_code(error) not in REFUSALS:
                raise
            sent = await send(fitted.with_blocks(older(fitted.blocks)))
            self._newer.note(fitted, taken=False)
            return sent
        self._newer.note(fitted, taken=True)
        return sent

    def sure(self, message: Message) -> Message:
        """Return `message` in blocks that Slack surely takes, for an acknowledgement: nobody is told that one was refused."""
        return self._newer.sure(message)

    async def has_messages(self, channel: str) -> bool:
        """Say whether anything stands in a conversation that the bot reads."""
        call = Call(
            f"conversations.history {channel}",
            lambda: self._client.conversations_history(channel=channel, limit=1),
            waits=False,
        )
        return bool((await made(call))["messages"])

    async def aside(self, lane: str, ask: Callable[[], _R]) -> _R:
        """Return what `ask` returns, which may wait for Slack for as long as one call does, and holds no worker."""
        return await made(Call(lane, ask, waits=False))

    async def respond(
        self, url: str, message: Message, *, public: bool = False, replace: bool = False, thread: str = ""
    ) -> bool:
        """Post to a response URL, which also works where the bot is not a member; say whether it is known to be there.

        False when nobody knows: then it is not to be sent another way. NotDeliveredError when the URL is not Slack's, or
        Slack says no; OSError when Slack was not reached.
        """
        kind = "in_channel" if public else "ephemeral"

        async def send(fitted: Message) -> bool:
            body = fitted.fields(response_type=kind, replace_original=replace, **_in(thread))
            return await self._send(url, body, shows_file=fitted.shows_file)

        return await self._fitting(message, send)

    async def withdraw(self, url: str) -> None:
        """Take away the message that `url` came with, such as an ephemeral one that was shared."""
        await self._send(url, {"delete_original": True})

    async def upload(self, place: str, upload: Upload, thread: str = "") -> None:
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

    async def publish_home(self, user: str, view: dict[str, Any]) -> None:
        """Show `view` as the Home tab of `user`."""
        call = lambda: self._client.views_publish(user_id=user, view=view)  # noqa: E731
        ready = until_ready(call, any(map(is_file, view["blocks"])), VIEW_REFUSALS)
        await made(Call(f"home {user}", ready, limit="views.publish"))

    async def open_view(self, trigger: str, view: dict[str, Any]) -> str:
        """Open a modal on the screen of whoever the trigger came from, within three seconds of it, and return its id;
        NotOpenedError where a new trigger is needed.
        """
        try:
            opened = lambda: self._prompt.views_open(trigger_id=trigger, view=view)  # noqa: E731
            said = await made(Call(f"form {trigger}", opened, waits=False, prompt=True))
            return str((said.get("view") or {}).get("id") or "")
        except SlackApiError as error:
            if is_expired(error) or asked_to_wait(error) is not None:
                raise NotOpenedError from error
            raise

    async def update_view(self, view_id: str, view: dict[str, Any]) -> bool:
        """Put `view` in place of an open modal; say whether it was still open. PictureRefusedError as a message."""
        call = lambda: self._prompt.views_update(view_id=view_id, view=view)  # noqa: E731
        ready = until_ready(call, any(map(is_file, view["blocks"])), VIEW_REFUSALS)
        try:
            await made(Call(f"view {view_id}", ready, limit="views.update", prompt=True))
        except SlackApiError as error:
            if error_code(error) != "not_found":
                raise
            return False
        return True

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message, "" where Slack gives none; the bot need not be in the channel."""
        try:
            asked = lambda: self._prompt.chat_getPermalink(channel=channel, message_ts=ts)  # noqa: E731
            said = await made(Call(f"permalink {channel} {ts}", asked, waits=False, prompt=True))
        except (SlackApiError, OSError):
            return ""
        found = said.get("permalink")
        return found if isinstance(found, str) else ""

    async def tell(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """Show `message` to `user` alone in `channel`, or by direct message where the bot is no member."""
        try:
            await self.whisper(channel, user, message, thread)
        except SlackApiError:
            await self.post(user, message)

    async def post_with_reply(self, user: str, message: Message, reply: Message | None) -> None:
        """Post `message` to a person, and `reply` in its thread."""
        channel, ts = await self.posted(user, message)
        if reply is not None:
            await self.post(channel, reply, ts)

    async def owner(self) -> str:
        """Return the id of the workspace's owner, "" when Slack lists none; needs the scope users:read.

        People of other workspaces, whom Slack lists where a channel is shared, are passed over.
        """
        team = str((await made(Call("auth.test", self._client.auth_test)))["team_id"])
        cursor = ""
        for _ in range(_PAGES):
            listed = await made(Call("users.list", self._listing(cursor)))
            for role in ("is_primary_owner", "is_owner", "is_admin"):
                for user in listed.get("members") or ():
                    is_ours = vouched_for(user, team) == "own"
                    if is_ours and user.get(role) and not user.get("deleted") and not user.get("is_bot"):
                        return str(user["id"])
            cursor = (listed.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return ""

    def _listing(self, cursor: str) -> Callable[[], SlackResponse]:
        return lambda: self._client.users_list(limit=_PER_PAGE, cursor=cursor or None)

    async def _send(self, url: str, body: dict[str, Any], *, shows_file: bool = False) -> bool:
        if not self.may_call(url):
            raise NotDeliveredError("a response URL that is not Slack's")

        waits = iter(WAITS)

        def send() -> WebhookResponse:
            said = web.response_url(url, deadline=self._client.timeout).send_dict(body)
            if shows_file and any(word in said.body for word in REFUSALS):
                raise refused(waits)
            if said.status_code == http.client.TOO_MANY_REQUESTS:
                # A proxy's, too, means that it went no further.
                raise LaterError(seconds_asked(said.headers))
            return said

        try:
            response = await made(Call(url, send))
        except OSError as error:
            if was_not_sent(error):
                raise
            _log.warning("a response URL did not answer", extra={"error": error_reason(error)})
            return False
        taken = _taken(response.status_code, response.body)
        if taken is False and any(word in response.body for word in REFUSALS):
            raise BlocksRefusedError(f"Slack answered {response.status_code}")
        if taken is False:
            raise NotDeliveredError(f"Slack answered {response.status_code}")
        if taken is None:
            # It may be there: sent another way as well, it would be there twice.
            _log.warning(
                "what answered a response URL was not Slack, or it could not say",
                extra={"status": response.status_code},
            )
        return taken is True

    def may_call(self, url: str) -> bool:
        """Say whether `url` is Slack's, or that of a local Slack on this machine's loopback."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None or not url.isprintable():
            return False
        if parts.scheme == "https" and parts.hostname == _HOOKS and port in (None, 443):
            return True
        return is_loopback(self._api.hostname or "") and _origin(parts) == _origin(self._api)


def _in(thread: str) -> dict[str, str]:
    return {"thread_ts": thread} if thread else {}


def _taken(status: int, body: str) -> bool | None:
    """Return whether Slack took a message, None where that is nobody's word or Slack's that it does not know.

    It says "ok", or in some cases {"ok": true}. Its no is a word, alone or in {"ok": false}, with 200 or a status
    from 400 on ("used_url", "expired_url", "no_service"): docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks.
    A gateway's page with such a status says nothing: Slack may have taken the message before.
    """
    text = body.strip()
    if status == http.client.OK and text == "ok":
        return True
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        # Every word of Slack's here is of several parts; a proxy may well say "forbidden".
        said = {"ok": False, "error": text if "_" in text and status != http.client.OK else ""}
    if not isinstance(said, dict):
        return None
    if said.get("ok") is True:
        return True if status == http.client.OK else None
    word = said.get("error") if said.get("ok") is False else ""
    is_no = status == http.client.OK or 400 <= status < 500
    return False if is_no and is_word(word) and kind_of(str(word)) != "unsure" else None


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port
