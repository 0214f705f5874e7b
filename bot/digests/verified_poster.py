"""Posting once, and reading back what was posted: what Slack's answers mean to a claim.

Nothing here tries a second time. Reference: docs.slack.dev/reference/methods/chat.postMessage,
docs.slack.dev/reference/methods/conversations.history.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.render.content import Block
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import UnknownOutcomeError, asked_to_wait, error_code, error_reason
from bot.slack.api.exchange import NotSlackError, header, seconds_asked, was_not_sent
from bot.slack.api.message import EVENT, Message, findable
from handlers.say import Said, say

READ_SCOPE: Final = "metadata.message:read"
# Where our clock was ahead when a claim was made, its message is older than the claim: read from earlier.
MARGIN: Final = timedelta(hours=1)
# Where a message is nearly always: Slack shows it within seconds of its claim, and clocks differ by less.
NEAR: Final = timedelta(minutes=2)
# conversations.history gives at most 999 a page, and of commercial apps outside the Marketplace 15, once a minute
# (docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps); more than this many messages since
# a claim are not read.
_PER_PAGE: Final = 200
_MOST: Final = 5_000
# Readings that are begun at once, at most; one that is forgotten begins anew.
_BOOKMARKS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack took the message as `ts`."""

    ts: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Nothing was posted or read; it may be tried again in `seconds`. `limited` says that it was asked so."""

    seconds: float
    why: str
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack says no, in its word for why."""

    code: str


@dataclass(frozen=True, slots=True)
class UnknownOutcome:
    """The message may be there or not."""

    why: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel was read back to before the claim, and the message is not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The channel cannot be read back, and waiting will not help."""

    why: str


Outcome = Posted | RetryLater | Refused | UnknownOutcome
Reading = Posted | Absent | RetryLater | Unreadable | Refused


@dataclass(frozen=True, slots=True)
class _Bookmark:
    """Where the reading of a channel goes on: after `read` messages, at `cursor`."""

    cursor: str = ""
    read: int = 0


class VerifiedPoster:
    """Posts and reads back as the bot. `client` must not try again by itself: it could post twice.

    An answer that is not Slack's says nothing: a post is an UnknownOutcome then, a reading is to RetryLater.

    `back_off` is how long to wait, in seconds, where Slack does not say it.
    """

    def __init__(self, client: WebClient, back_off: float) -> None:
        assert not client.retry_handlers
        self._client = client
        self._back_off = back_off
        self._bookmarks: dict[tuple[str, datetime], _Bookmark] = {}

    def post(
        self, channel: str, text: str, blocks: tuple[Block, ...], slot_key: str, thread_ts: str = ""
    ) -> Outcome:
        """Post one message that names `slot_key` in its metadata; return what is known of it then. Raises nothing."""
        body = Message(text, blocks).fields(
            channel=channel, metadata=findable(slot_key), unfurl_links=False, unfurl_media=False
        )
        if thread_ts:
            body["thread_ts"] = thread_ts
        try:
            response = self._client.chat_postMessage(**body)
        except SlackApiError as error:
            return self._after_refusal(error)
        except UnknownOutcomeError as error:
            return UnknownOutcome(str(error))
        except Exception as error:  # noqa: BLE001 - whatever broke, the question is only whether it was sent
            if was_not_sent(error):
                return RetryLater(
                    self._back_off, say("Slack was not reached ({reason})", reason=error_reason(error))
                )
            return UnknownOutcome(_no_answer(error))
        ts = response.get("ts")
        return (
            Posted(ts)
            if isinstance(ts, str) and ts
            else UnknownOutcome(say("Slack's answer had no timestamp"))
        )

    def find(
        self,
        channel: str,
        slot_key: str,
        claimed_at: datetime,
        bot_user: str,
        thread_ts: str = "",
        *,
        thorough: bool = True,
    ) -> Reading:
        """Return whether the message of `slot_key` stands in `channel` (or a person's direct messages, or a thread).

        It is looked for near its claim first; only when `thorough` the channel is read back to `claimed_at`, by the next
        call from where this one had to stop. What `bot_user` did not write does not count. Raises nothing.
        """
        reading = (slot_key, claimed_at)
        try:
            place = self._direct(channel) if channel[:1] in "UW" else channel
            found = self._read(place, reading, bot_user, thread_ts, thorough)
        except SlackApiError as error:
            found = self._after_unread(error)
            if error_code(error) == "invalid_cursor" and reading in self._bookmarks:
                del self._bookmarks[reading]
                found = RetryLater(self._back_off, say("Slack no longer knew where I had stopped reading"))
        except Exception as error:  # noqa: BLE001 - a reading that failed says nothing, whatever broke it
            return RetryLater(self._back_off, _no_answer(error))
        if not isinstance(found, RetryLater):
            self._bookmarks.pop(reading, None)
        return found

    def _read(
        self, place: str, reading: tuple[str, datetime], bot_user: str, thread_ts: str, thorough: bool
    ) -> Reading:
        slot_key, claimed_at = reading
        mark = self._bookmarks.get(reading)
        if mark is None:
            near = self._page(place, thread_ts, claimed_at - NEAR, claimed_at + NEAR)
            said = _found(near, slot_key, claimed_at, bot_user)
            if said is not None or not thorough:
                return said or Absent()
            mark = self._stop_at(reading, _Bookmark())
        while mark.read < _MOST:
            response = self._page(place, thread_ts, claimed_at - MARGIN, cursor=mark.cursor)
            if said := _found(response, slot_key, claimed_at, bot_user):
                return said
            cursor = (response.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Absent()
            mark = self._stop_at(reading, _Bookmark(str(cursor), mark.read + len(_messages(response))))
        return Unreadable(say("more than {most} messages were posted since", most=_MOST))

    def _stop_at(self, reading: tuple[str, datetime], mark: _Bookmark) -> _Bookmark:
        while len(self._bookmarks) >= _BOOKMARKS:
            self._bookmarks.pop(next(iter(self._bookmarks)), None)
        self._bookmarks[reading] = mark
        return mark

    def is_member(self, channel: str) -> Absent | RetryLater | Refused | Posted:
        """Read one message of `channel`; return Posted when that works, whatever is in it, else why it does not."""
        try:
            _messages(self._client.conversations_history(channel=channel, limit=1))
        except SlackApiError as error:
            found = self._after_unread(error)
            return Refused(found.why) if isinstance(found, Unreadable) else found
        except Exception as error:  # noqa: BLE001 - as in find
            return RetryLater(self._back_off, _no_answer(error))
        return Posted("")

    def direct(self, user: str) -> str:
        """Return the channel of the person's direct messages, "" where Slack did not say."""
        try:
            return self._direct(user)
        except Exception:  # noqa: BLE001 - as in find: whatever the way to Slack does, nobody knows it
            return ""

    def _direct(self, user: str) -> str:
        return str(self._client.conversations_open(users=user)["channel"]["id"])

    def _page(
        self, channel: str, thread_ts: str, since: datetime, until: datetime | None = None, cursor: str = ""
    ) -> SlackResponse:
        asked: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{since.timestamp():.6f}",
            "latest": f"{until.timestamp():.6f}" if until else None,
            "inclusive": True,
            "limit": _PER_PAGE,
            "include_all_metadata": True,
            "cursor": cursor or None,
        }
        if thread_ts:
            return self._client.conversations_replies(ts=thread_ts, **asked)
        return self._client.conversations_history(**asked)

    def _after_refusal(self, error: SlackApiError) -> Outcome:
        said, status = error_code(error), _status(error)
        if asked_to_wait(error) is not None:
            return self._wait(error)
        if status >= http.client.INTERNAL_SERVER_ERROR:
            return UnknownOutcome(_answered(said or status))
        return Refused(said)

    def _after_unread(self, error: SlackApiError) -> RetryLater | Unreadable | Refused:
        said, status = error_code(error), _status(error)
        if asked_to_wait(error) is not None:
            return self._wait(error)
        # Anything else that Slack says will not get better by waiting.
        if not said or kind_of(said) == "unsure" or status >= http.client.INTERNAL_SERVER_ERROR:
            return RetryLater(self._back_off, _answered(said or status))
        return Refused(said) if kind_of(said) == "token" else Unreadable(said)

    def _wait(self, error: SlackApiError) -> RetryLater:
        headers = error.response.headers if hasattr(error.response, "headers") else {}
        seconds = seconds_asked(headers, self._back_off)
        return RetryLater(
            seconds, say("was asked to wait {seconds} s", seconds=format(seconds, "g")), limited=True
        )


def _no_answer(error: Exception) -> Said:
    return say("no answer from Slack ({reason})", reason=error_reason(error))


def _answered(what: str | int) -> Said:
    return say("Slack answered {answer}", answer=what)


def _status(error: SlackApiError) -> int:
    status = getattr(error.response, "status_code", 0)
    return status if isinstance(status, int) else 0


def _found(
    response: SlackResponse, slot_key: str, claimed_at: datetime, bot_user: str
) -> Posted | Unreadable | None:
    """Return what a page says of the message; None where it is not on it, and may stand elsewhere."""
    messages = _messages(response)
    if not _shows_metadata(response.headers):
        return Unreadable(say("the scope {scope} is missing", scope=READ_SCOPE))
    for message in messages:
        if _is_it(message, slot_key, bot_user):
            return Posted(str(message["ts"]))
    if _is_ahead(claimed_at, response.headers):
        return Unreadable(say("my clock was wrong when I posted it"))
    return None


def _messages(response: SlackResponse) -> list[Any]:
    # Before anything else is read off the answer: its headers say nothing if it is not Slack's.
    messages = response.get("messages")
    if not isinstance(messages, list):
        raise NotSlackError("an answer without messages")
    return messages


def _shows_metadata(headers: Mapping[str, str]) -> bool:
    # Without the scope Slack leaves metadata out and says nothing: every message would seem absent.
    scopes = header(headers, "x-oauth-scopes")
    return READ_SCOPE in {scope.strip() for scope in scopes.split(",")}


def _is_it(message: Mapping[str, Any], slot_key: str, bot_user: str) -> bool:
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT:
        return False
    payload = metadata.get("event_payload")
    mine = isinstance(payload, Mapping) and payload.get("slot") == slot_key
    # Any app can write any metadata: only the bot's own messages count.
    return mine and message.get("user") == bot_user


def _is_ahead(claimed_at: datetime, headers: Mapping[str, str]) -> bool:
    """Say whether by Slack's clock the claim lies in the future: then the message is older than was read."""
    try:
        there = parsedate_to_datetime(header(headers, "date"))
    except (TypeError, ValueError):
        return False
    return claimed_at - MARGIN > there
