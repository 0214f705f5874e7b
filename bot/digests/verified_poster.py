"""Posting once, and reading back what was posted: what Slack's answers mean to a claim.

Nothing here tries a second time. Reference: docs.slack.dev/reference/methods/chat.postMessage,
docs.slack.dev/reference/methods/conversations.history.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.render.content import Block
from bot.slack.api.errors import UNSURE, UnknownOutcomeError, error_code, error_reason
from bot.slack.api.exchange import NotSlackError, header, retry_after, was_not_sent
from bot.slack.api.message import EVENT, Message, findable

READ_SCOPE: Final = "metadata.message:read"
# Where our clock was ahead when a claim was made, its message is older than the claim: read from earlier.
MARGIN: Final = timedelta(hours=1)
# conversations.history gives at most 999 a page; more than this many messages since a claim are not read.
_PER_PAGE: Final = 200
_PAGES: Final = 25

# Slack asks for a minute or so; a channel is not left alone for longer than an hour because of a slip.
_LONGEST_WAIT: Final = 3600.0

# Slack refuses these before it does anything; the token is no good, or the app is gone.
DEAD_TOKEN: Final = frozenset(
    {"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "app_uninstalled"}
)
_WAIT: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# The reading may go well later. Anything else that Slack says will not get better by waiting.
_PASSING: Final = UNSURE | _WAIT


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


class VerifiedPoster:
    """Posts and reads back as the bot. `client` must not try again by itself: it could post twice.

    An answer that is not Slack's says nothing: a post is an UnknownOutcome then, a reading is to RetryLater.

    `back_off` is how long to wait, in seconds, where Slack does not say it.
    """

    def __init__(self, client: WebClient, back_off: float) -> None:
        assert not client.retry_handlers
        assert not getattr(client, "patience", 0)
        self._client = client
        self._back_off = back_off

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
                return RetryLater(self._back_off, f"Slack was not reached ({error_reason(error)})")
            return UnknownOutcome(f"no answer from Slack ({error_reason(error)})")
        ts = response.get("ts")
        return Posted(ts) if isinstance(ts, str) and ts else UnknownOutcome("Slack's answer had no timestamp")

    def find(
        self, channel: str, slot_key: str, claimed_at: datetime, bot_user: str, thread_ts: str = ""
    ) -> Reading:
        """Return whether the message of `slot_key` stands in `channel` (or a person's direct messages, or a thread).

        Read back to `claimed_at`; what `bot_user` did not write does not count. Raises nothing.
        """
        try:
            place = self._direct(channel) if channel[:1] in "UW" else channel
            for response in self._pages(place, claimed_at, thread_ts):
                messages = _messages(response)
                if not _shows_metadata(response.headers):
                    return Unreadable(f"the scope {READ_SCOPE} is missing")
                for message in messages:
                    if _is_it(message, slot_key, bot_user):
                        return Posted(str(message["ts"]))
                if _is_ahead(claimed_at, response.headers):
                    return Unreadable("my clock was wrong when I posted it")
            return Absent()
        except SlackApiError as error:
            return self._after_unread(error)
        except _TooManyError:
            return Unreadable(f"more than {_PER_PAGE * _PAGES} messages were posted since")
        except Exception as error:  # noqa: BLE001 - a reading that failed says nothing, whatever broke it
            return RetryLater(self._back_off, f"no answer from Slack ({error_reason(error)})")

    def is_member(self, channel: str) -> Absent | RetryLater | Refused | Posted:
        """Read one message of `channel`; return Posted when that works, whatever is in it, else why it does not."""
        try:
            _messages(self._client.conversations_history(channel=channel, limit=1))
        except SlackApiError as error:
            found = self._after_unread(error)
            return Refused(found.why) if isinstance(found, Unreadable) else found
        except Exception as error:  # noqa: BLE001 - as in find
            return RetryLater(self._back_off, f"no answer from Slack ({error_reason(error)})")
        return Posted("")

    def _direct(self, user: str) -> str:
        return str(self._client.conversations_open(users=user)["channel"]["id"])

    def _pages(self, channel: str, claimed_at: datetime, thread_ts: str) -> Iterator[SlackResponse]:
        asked: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{(claimed_at - MARGIN).timestamp():.6f}",
            "limit": _PER_PAGE,
            "include_all_metadata": True,
        }
        if thread_ts:
            asked |= {"ts": thread_ts, "oldest": thread_ts}
        read = self._client.conversations_replies if thread_ts else self._client.conversations_history
        cursor = ""
        for _ in range(_PAGES):
            response = read(**asked, cursor=cursor or None)
            yield response
            cursor = (response.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise _TooManyError

    def _after_refusal(self, error: SlackApiError) -> Outcome:
        said, status = error_code(error), _status(error)
        if status == http.client.TOO_MANY_REQUESTS or said in _WAIT:
            return self._wait(error)
        if status >= http.client.INTERNAL_SERVER_ERROR:
            return UnknownOutcome(f"Slack answered {said or status}")
        return Refused(said)

    def _after_unread(self, error: SlackApiError) -> RetryLater | Unreadable | Refused:
        said, status = error_code(error), _status(error)
        if status == http.client.TOO_MANY_REQUESTS or said in _WAIT:
            return self._wait(error)
        if not said or said in _PASSING or status >= http.client.INTERNAL_SERVER_ERROR:
            return RetryLater(self._back_off, f"Slack answered {said or status}")
        return Refused(said) if said in DEAD_TOKEN else Unreadable(said)

    def _wait(self, error: SlackApiError) -> RetryLater:
        headers = error.response.headers if hasattr(error.response, "headers") else {}
        given = retry_after(headers)
        seconds = self._back_off if given is None else min(given, _LONGEST_WAIT)
        return RetryLater(max(seconds, 1.0), f"was asked to wait {seconds:g} s", limited=True)


class _TooManyError(Exception):
    """There is more to read than is read."""


def _status(error: SlackApiError) -> int:
    status = getattr(error.response, "status_code", 0)
    return status if isinstance(status, int) else 0


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
