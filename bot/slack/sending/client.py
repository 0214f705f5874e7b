"""Sending to Slack: messages here, and beside them files and views. Nothing else calls the Web API and response URLs.

Nothing here calls by itself: each step is a `Call`, made by whoever runs the work that awaits it, and each step that was
made is not made again where a later one has to wait. Every call may raise SlackApiError (Slack said no) or OSError
(Slack was not reached, did not say in time, or something else answered). An UnknownOutcomeError among these says that
the message may be there: nothing sends it again, and whoever calls apologises for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.api.errors import error_code, unknown_outcome
from bot.slack.api.exchange import LaterError
from bot.slack.api.message import Message, findable
from bot.slack.api.web import SlackWeb
from bot.slack.api.whose import vouched_for
from bot.slack.sending.files import SlackFiles
from bot.slack.sending.newer_blocks import NewerBlocks, has_newer, older
from bot.slack.sending.open_cards import OpenCards
from bot.slack.sending.outbox import Call, made
from bot.slack.sending.pictures import REFUSALS, until_ready
from bot.slack.sending.response_urls import BlocksRefusedError, ResponseUrls
from bot.slack.sending.views import SlackViews

# users.list: 200 a page is what docs.slack.dev/reference/methods/users.list advises; five pages are enough
# to find an owner in a workspace that runs its own bot.
_PER_PAGE: Final = 200
_PAGES: Final = 5
_QUIET: Final = {"unfurl_links": False, "unfurl_media": False}
# Seconds for a form: a trigger is good for three.
_FORM_SECONDS: Final = 5.0
# Seconds between tries of a change of a message of which Slack did not say whether it is made.
_UPDATE_WAITS: Final = (1.0, 5.0, 20.0)
_R = TypeVar("_R")


class SlackSender:
    """Posts as the bot. Permalinks are never waited for. `files` and `views` send what is no message;
    `open_cards` are the modals with cards that other senders know of as well.
    """

    def __init__(self, client: SlackWeb, open_cards: OpenCards | None = None) -> None:
        self._client = client
        # For what somebody sits and waits for.
        self._prompt = client.within(_FORM_SECONDS)
        self._urls = ResponseUrls(client)
        self.files = SlackFiles(client)
        self.views = SlackViews(client, self._prompt, open_cards or OpenCards())
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
            return await self._urls.send(url, body, shows_file=fitted.shows_file)

        return await self._fitting(message, send)

    async def withdraw(self, url: str) -> None:
        """Take away the message that `url` came with, such as an ephemeral one that was shared."""
        await self._urls.send(url, {"delete_original": True})

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

    def may_call(self, url: str) -> bool:
        """Say whether `url` is Slack's, or that of a local Slack on this machine's loopback."""
        return self._urls.may_call(url)


def _in(thread: str) -> dict[str, str]:
    return {"thread_ts": thread} if thread else {}
