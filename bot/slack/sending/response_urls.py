"""Response URLs: which of them are called, and what their answers say."""

from __future__ import annotations

import http.client
import json
import logging
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from slack_sdk.webhook import WebhookResponse

from bot.hosts import is_loopback
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import error_reason, is_word
from bot.slack.api.exchange import LaterError, seconds_asked, was_not_sent
from bot.slack.api.web import SlackWeb
from bot.slack.sending.outbox import Call, made
from bot.slack.sending.pictures import REFUSALS, WAITS, refused

_log = logging.getLogger(__name__)
_HOOKS: Final = "hooks.slack.com"


class NotDeliveredError(Exception):
    """A response URL that is not to be called, or that Slack says is used up or expired; nothing was posted."""


class BlocksRefusedError(NotDeliveredError):
    """Slack says that it does not take the blocks; nothing was posted."""


class ResponseUrls:
    """Posts to response URLs. `client.base_url` decides which are called besides Slack's own."""

    def __init__(self, client: SlackWeb) -> None:
        self._client = client
        self._api = urlsplit(client.base_url)

    async def send(self, url: str, body: dict[str, Any], *, shows_file: bool = False) -> bool:
        """Post `body`; say whether it is known to be there. Errors as `SlackSender.respond`."""
        if not self.may_call(url):
            raise NotDeliveredError("a response URL that is not Slack's")

        waits = iter(WAITS)

        def send() -> WebhookResponse:
            said = self._client.response_url(url).send_dict(body)
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
