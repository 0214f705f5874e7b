"""The clients of Slack's Web API and response URLs, all made here: none takes another's answer for Slack's.

A proxy, a captive portal or a broken load balancer may answer 200 with anything. slack_sdk reports that as if
Slack had refused the call, and quotes what came. Here only what has the form of an answer of Slack's passes, and
everything else is a NotSlackError. Reference: docs.slack.dev/apis/web-api#responses.
"""

from __future__ import annotations

import http.client
import io
import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from http.client import HTTPMessage, responses
from typing import Any, Final, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.meter import UNMETERED, CallResult, Meter, is_again
from bot.slack.api.errors import asked_to_wait, is_word, unknown_outcome
from bot.slack.api.exchange import (
    HttpAnswer,
    LaterError,
    NotSlackError,
    exchange,
    seconds_asked,
    was_not_sent,
)

T = TypeVar("T")
# Seconds for a whole call.
DEADLINE: Final = 10.0
# Seconds for sending a picture, which may have a slow line to go over.
UPLOAD_DEADLINE: Final = 60.0
_LIMITED: Final = b'{"ok":false,"error":"ratelimited"}'

_ID: Final = re.compile(r"[A-Z][A-Z0-9]+")
_CHANNEL: Final = re.compile(r"[CDG][A-Z0-9]+")
_TIMESTAMP: Final = re.compile(r"[0-9]+\.[0-9]+")
_ADDRESS: Final = re.compile(r"https?://[!-~]+")
_TOKEN: Final = re.compile(r"xox[!-~]+")
_SOCKET: Final = re.compile(r"wss?://[!-~]+")
# What Slack's "ok" to a method holds at least, where the bot goes by it: a form, or a type.
_HOLDS: Final[Mapping[str, Mapping[str, re.Pattern[str] | type]]] = {
    "apps.connections.open": {"url": _SOCKET},
    "auth.test": {"team_id": _ID},
    "chat.getPermalink": {"permalink": _ADDRESS},
    "chat.postMessage": {"channel": _CHANNEL, "ts": _TIMESTAMP},
    "conversations.history": {"messages": list},
    "conversations.open": {"channel": dict},
    "conversations.replies": {"messages": list},
    "files.completeUploadExternal": {"files": list},
    "files.getUploadURLExternal": {"file_id": _ID, "upload_url": _ADDRESS},
    "oauth.v2.access": {"access_token": _TOKEN},
    "users.info": {"user": dict},
    "users.list": {"members": list},
}


# What shows something to somebody: said or shown twice, it stands there twice.
_SHOWS: Final = frozenset(
    {
        "chat.postEphemeral", "chat.postMessage", "files.completeUploadExternal", "views.open", "views.publish",
        "views.push",
    }
)  # fmt: skip


def client(
    token: str | None,
    api_url: str,
    *,
    deadline: float = DEADLINE,
    upload_deadline: float = UPLOAD_DEADLINE,
    meter: Meter = UNMETERED,
) -> SlackWeb:
    """Return a client whose every call ends within `deadline` seconds, is counted, and tells Slack's answers from others.

    It makes each call once: not again where it was told to come later (429), which is waited for elsewhere, and
    never after a lost connection: the default of slack_sdk would post such a message twice.
    """
    return SlackWeb(
        token=token,
        base_url=api_url,
        timeout=deadline,
        upload_deadline=upload_deadline,
        meter=meter,
        logger=quiet("bot.slack.api.web.sdk"),
        retry_handlers=[],
    )


class SlackWeb(WebClient):
    """slack_sdk's client over `exchange`. SlackApiError for Slack's refusals; OSError when Slack did not say.

    Of a call that shows something an OSError that is an UnknownOutcomeError says that it may have been carried out.
    """

    def __init__(
        self, *given: Any, upload_deadline: float = UPLOAD_DEADLINE, meter: Meter = UNMETERED, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.upload_deadline = upload_deadline
        self._meter = meter

    def within(self, deadline: float) -> SlackWeb:
        """Return a client of the same token whose calls end within `deadline` seconds, or as soon as this one's."""
        return client(self.token, self.base_url, deadline=min(deadline, self.timeout), meter=self._meter)

    def response_url(self, url: str) -> WebhookClient:
        """Return a client of one response URL, which never tries again."""
        timeout: Any = self.timeout
        return _ResponseUrl(
            url, meter=self._meter, timeout=timeout, logger=quiet("bot.slack.api.web.sdk"), retry_handlers=[]
        )

    def api_call(self, api_method: str, **named: Any) -> SlackResponse:
        """Return the answer to a call, as slack_sdk does."""
        call = super().api_call
        try:
            return _counted(self._meter, api_method, lambda: call(api_method, **named))
        except (SlackApiError, OSError) as error:
            unknown = unknown_outcome(error) if api_method in _SHOWS else None
            if unknown is None:
                raise
            raise unknown from error

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        _refuse_other_schemes(url)
        return _slacks(url, exchange(req, self.timeout, self.ssl))

    def put_file(self, url: str, data: bytes) -> None:
        """Send the bytes of a file to where files.getUploadURLExternal said; SlackRequestError when they are refused."""
        _refuse_other_schemes(url)
        request = Request(url, data=data, method="POST")
        answer = exchange(request, self.upload_deadline, self.ssl)
        if answer.status == http.client.TOO_MANY_REQUESTS:
            raise LaterError(seconds_asked(answer.headers))
        if answer.status != http.client.OK:
            # The body is not quoted: it may be anybody's page.
            raise SlackRequestError(f"an upload was answered with HTTP {answer.status}")


class _ResponseUrl(WebhookClient):
    def __init__(self, url: str, *, meter: Meter, **named: Any) -> None:
        super().__init__(url, **named)
        self._meter = meter

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        _refuse_other_schemes(url)
        answer = _counted(
            self._meter, "response_url", lambda: exchange(req, self.timeout, self.ssl), _result_of_status
        )
        body = answer.body.decode("utf-8", "replace")
        headers = dict(answer.headers.items())
        return WebhookResponse(url=url, status_code=answer.status, body=body, headers=headers)


def _counted(
    meter: Meter,
    method: str,
    call: Callable[[], T],
    result_of: Callable[[T], CallResult] = lambda answer: "ok",
) -> T:
    """Return what `call` returns or raises, and have it counted as a call of `method`."""
    began = time.monotonic()
    result: CallResult = "refused"
    try:
        answer = call()
        result = result_of(answer)
    except (SlackApiError, OSError) as error:
        result = _result_of(error)
        raise
    else:
        return answer
    finally:
        meter.slack_call(method, result, time.monotonic() - began, again=is_again())


def _result_of(error: SlackApiError | OSError) -> CallResult:
    if asked_to_wait(error) is not None:
        return "limited"
    if isinstance(error, OSError) and was_not_sent(error):
        return "not_sent"
    is_answer = isinstance(error, SlackApiError) and unknown_outcome(error) is None
    return "refused" if is_answer else "unanswered"


def _result_of_status(answer: HttpAnswer) -> CallResult:
    if answer.status == http.client.TOO_MANY_REQUESTS:
        return "limited"
    return "ok" if answer.status == http.client.OK else "refused"


def _refuse_other_schemes(url: str) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise SlackRequestError("an address that is neither http nor https")


def _slacks(url: str, answer: HttpAnswer) -> dict[str, Any]:
    """Return an answer of Slack's with status 200, as slack_sdk wants it; HTTPError for one with another."""
    if answer.status == http.client.TOO_MANY_REQUESTS:
        # Proxies say so too, in their own words; it means the same.
        raise _refused(url, answer, _LIMITED)
    said = _said(answer)
    if answer.status == 200 and said["ok"] and _holds(url, said):
        return _passed(answer)
    if not said["ok"] and is_word(said.get("error")):
        if answer.status == 200:
            return _passed(answer)
        if answer.status >= 400:
            raise _refused(url, answer, answer.body)
    raise NotSlackError(f"HTTP {answer.status}, JSON without what Slack's answer has")


def _said(answer: HttpAnswer) -> dict[str, Any]:
    """Return the body as an object with a boolean "ok"; NotSlackError, in our words, when it is none."""
    came = f"HTTP {answer.status}, "
    if not answer.body.strip():
        raise NotSlackError(came + "empty")
    try:
        said = json.loads(answer.body.decode("utf-8"))
    except (ValueError, RecursionError):
        page = answer.body.lstrip().startswith(b"<")
        raise NotSlackError(came + ("a web page" if page else "neither JSON nor a web page")) from None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        raise NotSlackError(came + "JSON that is no answer of Slack's")
    return said


def _holds(url: str, said: Mapping[str, Any]) -> bool:
    method = urlsplit(url).path.rpartition("/")[2]
    wanted = _HOLDS.get(method, {})
    return all(_has_form(said.get(name), form) for name, form in wanted.items())


def _has_form(value: object, form: re.Pattern[str] | type) -> bool:
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and form.fullmatch(value) is not None
    return isinstance(value, form)


def _passed(answer: HttpAnswer) -> dict[str, Any]:
    return {"status": answer.status, "headers": answer.headers, "body": answer.body.decode("utf-8")}


def _refused(url: str, answer: HttpAnswer, body: bytes) -> HTTPError:
    headers = HTTPMessage()
    for name, value in answer.headers.items():
        if name.lower() not in ("content-type", "content-length"):
            headers[name] = value
    headers["Content-Type"] = "application/json;charset=utf-8"
    return HTTPError(url, answer.status, responses.get(answer.status, ""), headers, io.BytesIO(body))


def quiet(name: str) -> logging.Logger:
    """Return the logger that slack_sdk is to write to in place of its own.

    Its messages quote calls and envelopes, and with them what people wrote, what came, and the proxy with its
    password. What goes wrong is raised or told to a listener, and logged there in the bot's words.
    """
    logger = logging.getLogger(name)
    logger.setLevel(logging.CRITICAL)
    return logger
