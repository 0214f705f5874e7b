"""What counts as Slack's word, what does not, and that every client knows the difference."""

from __future__ import annotations

import ast
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.util.utils import create_copy
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.digests.verified_poster import RetryLater, VerifiedPoster
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import STRANGERS
from bot.slack.api import token, web
from bot.slack.api.errors import UnknownOutcomeError, error_code
from bot.slack.api.exchange import NotSlackError
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.web import client
from bot.slack.sending.client import SlackSender
from bot.slack.sending.files import Upload
from bot.slack.sending.views import NotOpenedError
from tests.slack.at_once import at_once
from tests.slack.peer import Peer, answers
from tests.slack.stage import Stage

QUOTED = "quoted-portal"
JSON = "Content-Type: application/json; charset=utf-8"
POSTED = {"ok": True, "channel": "C1", "ts": "1795000000.000100"}


def asked(status: int, body: object, *headers: str, method: str = "chat.postMessage") -> SlackResponse:
    """Call `method` at an address that answers so."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with Peer(answers(status, raw, *(headers or (JSON,)))) as peer:
        return web.client("xoxb-1", peer.url, deadline=2).api_call(method, json={"channel": "C1"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        f"<html><title>{QUOTED}".encode(),
        f'{{"ok":true,"ts":"1.1","text":"{QUOTED}'.encode(),
        QUOTED.encode(),
        b"\xff\xfe\x00" + QUOTED.encode(),
        b'{"a":' * 50_000,
        [],
        {},
        "ok",
        None,
        1,
        [{"ok": True}],
        {"ok": "yes", "page": QUOTED},
        {"ok": 1} | {"ts": "1.1"},
        {"ok": None, "error": "not_in_channel"},
        {"ok": False},
        {"ok": False, "error": None},
        {"ok": False, "error": ""},
        {"ok": False, "error": f"Sign in to the {QUOTED}"},
        {"ok": False, "error": f"<b>{QUOTED}</b>"},
        {"ok": False, "error": "a" * 200},
        {"ok": True},
        {"ok": True, "channel": "C1", "ts": ""},
        {"ok": True, "channel": "C1", "ts": 1.1},
        {"ok": True, "channel": "C1", "ts": f"<html>{QUOTED}"},
        {"ok": True, "channel": "C1", "ts": "1.1\n"},
        {"ok": True, "channel": f"#{QUOTED}", "ts": "1.1"},
    ],
)
@pytest.mark.parametrize("status", [200, 403, 502])
def test_an_answer_without_the_form_of_slacks_is_nobodys_word(
    status: int, body: object, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(UnknownOutcomeError) as raised:
        asked(status, body)
    assert isinstance(raised.value.__cause__, NotSlackError)
    assert str(raised.value.__cause__).startswith(f"what answered was not Slack: HTTP {status}, ")
    assert QUOTED not in str(raised.value) + caplog.text


@pytest.mark.parametrize("status", [201, 204, 301, 302, 307, 500])
def test_a_yes_with_another_status_is_not_slacks(status: int) -> None:
    with pytest.raises(UnknownOutcomeError):
        asked(status, POSTED if status != 204 else b"")


def test_a_yes_of_slacks_passes_whatever_it_is_called() -> None:
    assert asked(200, POSTED, "Content-Type: text/html; charset=no-such")["ts"] == POSTED["ts"]


@pytest.mark.parametrize("status", [200, 400, 403, 500, 503])
def test_a_no_of_slacks_is_one_with_any_status_of_a_refusal(status: int) -> None:
    said = {"ok": False, "error": "not_in_channel"}
    with pytest.raises(SlackApiError) as refused:
        asked(status, said, "Content-Type: text/plain; charset=no-such", "X-Slack-Req-Id: 7")
    response = refused.value.response
    assert (error_code(refused.value), response.status_code, response.data) == (
        "not_in_channel",
        status,
        said,
    )
    assert response.headers["X-Slack-Req-Id"] == "7"


@pytest.mark.parametrize("body", [b"", b"<h1>quoted-portal</h1>", b'{"ok":false,"error":"ratelimited"}'])
def test_too_many_is_too_many_whoever_says_it(body: bytes) -> None:
    with pytest.raises(SlackApiError) as limited:
        asked(429, body, "Retry-After: 7", "Content-Type: text/html; charset=no-such")
    response = limited.value.response
    assert (error_code(limited.value), response.status_code) == ("ratelimited", 429)
    assert response.headers["Retry-After"] == "7"
    assert QUOTED not in str(limited.value)


@pytest.mark.parametrize(
    ("method", "lacks"),
    [
        ("auth.test", {"team": "Delta"}),
        ("conversations.history", {"messages": None}),
        ("conversations.replies", {}),
        ("users.info", {"user": []}),
        ("apps.connections.open", {"url": ""}),
        ("apps.connections.open", {"url": "https://portal.example/login"}),
        ("auth.test", {"team_id": "the guest network"}),
        ("chat.getPermalink", {"permalink": "javascript:alert(1)"}),
        ("files.getUploadURLExternal", {"file_id": "F1", "upload_url": "file:///etc/passwd"}),
        ("files.getUploadURLExternal", {"file_id": "<b>", "upload_url": "https://files.slack.com/1"}),
    ],
)
def test_a_yes_that_lacks_what_was_asked_for_is_not_slacks(method: str, lacks: dict[str, Any]) -> None:
    with pytest.raises(NotSlackError):
        asked(200, {"ok": True} | lacks, method=method)


def test_a_sentence_of_the_sdks_is_no_word_of_slacks() -> None:
    said = {"ok": False, "error": "Received a response in a non-JSON format: <html>"}
    assert error_code(SlackApiError("no", said)) == ""


# -- waiting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seconds", ["38", "120", "99999999", "9" * 5000, "-1", "1.5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"]
)
def test_a_long_wait_is_not_waited_out(seconds: str) -> None:
    # Whoever waited would run into the test's own patience; pytest shows it as a hanging test.
    with (
        Peer(answers(429, b"", f"Retry-After: {seconds}")) as peer,
        pytest.raises(SlackApiError) as limited,
    ):
        client("xoxb-1", peer.url, deadline=2).auth_test()
    assert error_code(limited.value) == "ratelimited"


def test_no_call_ever_waits() -> None:
    with LocalSlackServer() as slack:
        slack.faults.rate_limit("auth.test", retry_after=1, times=9)
        with pytest.raises(SlackApiError):
            web.client(slack.bot_token, slack.api_url).auth_test()
        assert len(slack.calls.of_method("auth.test")) == 1


def test_a_modal_is_not_waited_for() -> None:
    with LocalSlackServer() as slack:
        slack.faults.rate_limit("views.open", retry_after=1, times=9)
        with pytest.raises(NotOpenedError):
            at_once(SlackSender(client(slack.bot_token, slack.api_url)).views.open("1.2", {"type": "modal"}))
        assert len(slack.calls.of_method("views.open")) == 1


def test_who_the_bot_is_is_never_waited_for() -> None:
    with LocalSlackServer() as slack:
        slack.faults.rate_limit("auth.test", retry_after=1, times=9)
        with pytest.raises(SlackApiError):
            BotIdentityProvider(client(slack.bot_token, slack.api_url))()
        assert len(slack.calls.of_method("auth.test")) == 1


@pytest.mark.parametrize("body", [b"<html>quoted-portal", b'{"ok":false,"error":"ratelimited"}'])
def test_to_come_later_is_not_put_into_slacks_mouth(body: bytes) -> None:
    with Peer(answers(429, body, "Retry-After: 5")) as peer:
        hurried = web.client("xoxb-1", peer.url, deadline=2)
        said = [token.problem(hurried), VerifiedPoster(hurried, 7.0).post("C1", "text", (), "key")]
    assert said == [
        "I was asked to wait (429), so I do not know; it may pass.",
        RetryLater(5.0, "was asked to wait 5 s", limited=True),
    ]


# -- uploading --------------------------------------------------------------------------------------------

PICTURE = Upload(b"picture", "map.png", "Map", "A map", "Here")


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("kind", [kind for kind in STRANGERS if kind != "trickle"])
def test_a_picture_behind_a_stranger_is_not_said_to_be_refused(method: str, kind: Any) -> None:
    with LocalSlackServer() as slack:
        slack.faults.stranger(method, kind)
        # Only the last of the calls shows something.
        may_be_there = method == "files.completeUploadExternal"
        with pytest.raises(UnknownOutcomeError if may_be_there else NotSlackError):
            at_once(
                SlackSender(client(slack.bot_token, slack.api_url, deadline=2)).files.share(
                    "C04GENERAL1", PICTURE
                )
            )


def test_sending_a_picture_has_a_deadline_of_its_own() -> None:
    with LocalSlackServer() as slack:
        slack.faults.stranger("upload", "trickle", accepted=True)
        impatient = web.client(slack.bot_token, slack.api_url, deadline=5, upload_deadline=0.3)
        with pytest.raises(TimeoutError):
            at_once(SlackSender(impatient).files.share("C04GENERAL1", PICTURE))
        slack.faults.release()


def test_a_refused_picture_does_not_quote_who_refused(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with LocalSlackServer() as slack:
        slack.faults.server_error("upload", status=503)
        with pytest.raises(Exception, match="HTTP 503") as refused:
            at_once(
                SlackSender(client(slack.bot_token, slack.api_url, deadline=2)).files.share(
                    "C04GENERAL1", PICTURE
                )
            )
    assert "Server Error" not in str(refused.value) + caplog.text


# -- every client -----------------------------------------------------------------------------------------


def test_every_client_in_the_bot_is_made_in_one_place() -> None:
    makers, root = set(), Path(__file__).parents[3]
    for path in (root / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in {"WebClient", "WebhookClient", "SlackWeb", "_ResponseUrl", "urlopen"}:
                    makers.add(path.relative_to(root).as_posix())
    assert makers == {"bot/slack/api/web.py"}


def test_a_copy_of_a_client_is_as_strict_and_ends_as_soon() -> None:
    copied = create_copy(web.client("xoxb-1", "https://slack.com/api/", deadline=0.5, upload_deadline=7))
    assert isinstance(copied, web.SlackWeb)
    assert (copied.timeout, copied.upload_deadline) == (0.5, 7)


def test_the_client_that_bolt_hands_to_each_request_is_ours(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    passed = App.dispatch

    def dispatch(app: App, request: BoltRequest) -> Any:
        response = passed(app, request)
        seen.append(request.context.client)
        return response

    monkeypatch.setattr(App, "dispatch", dispatch)
    stage.slack.driver.open_home("alice")
    stage.settle()
    assert seen
    assert all(isinstance(one, web.SlackWeb) and one.timeout == web.DEADLINE for one in seen)
