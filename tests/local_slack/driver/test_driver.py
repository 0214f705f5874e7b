"""What the driver sends is what Slack sends: signed, encoded, escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.mrkdwn import to_mrkdwn


class Catcher:
    """A WSGI application that keeps requests and answers with a status."""

    def __init__(self, status: str = "200 OK", headers: Iterable[tuple[str, str]] = ()) -> None:
        self.status = status
        self.headers = list(headers)
        self.requests: list[tuple[dict[str, str], bytes]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {
            key[5:].replace("_", "-").lower(): v for key, v in environ.items() if key.startswith("HTTP_")
        }
        self.requests.append(({**headers, "content-type": environ.get("CONTENT_TYPE", "")}, body))
        start(self.status, self.headers)
        return [b""]


@pytest.fixture
def catcher(slack: LocalSlackServer) -> Catcher:
    catching = Catcher()
    slack.attach(catching)
    return catching


class StoppedClock(Clock):
    def __init__(self, now: float) -> None:
        self._now = now

    def now(self) -> float:
        return self._now


def test_every_request_is_signed_as_slack_signs(
    slack: LocalSlackServer, catcher: Catcher, clock: Any
) -> None:
    verifier = SignatureVerifier(slack.signing_secret, StoppedClock(clock.now))

    slack.driver.command("alice", "general", "/yrd-city", "杭州")
    slack.driver.mention("alice", "general", "杭州")
    slack.driver.open_home("bob")

    assert len(catcher.requests) == 3
    for headers, body in catcher.requests:
        assert verifier.is_valid_request(body, headers)


def test_a_command_is_a_form_with_slacks_fields(slack: LocalSlackServer, catcher: Catcher) -> None:
    slack.driver.command("alice", "delta-news", "/yrd-city", "A & <B> @bob #general https://x.org/?a=1&b=2")

    headers, body = catcher.requests[0]
    form = {key: value[0] for key, value in parse_qs(body.decode()).items()}
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert form["text"] == (
        "A &amp; &lt;B&gt; <@U04BOB5M9QX|bob> <#C04GENERAL1|general> <https://x.org/?a=1&amp;b=2>"
    )
    assert form["response_url"].startswith(slack.origin + "/response/")
    assert {form["team_id"], form["channel_name"], form["user_name"]} == {
        "T04DELTALAB",
        "delta-news",
        "alice",
    }
    assert form["trigger_id"]


def test_an_event_is_json_with_its_envelope(slack: LocalSlackServer, catcher: Catcher) -> None:
    slack.driver.direct_message("bob", "a & b")

    headers, body = catcher.requests[0]
    envelope = json.loads(body)
    assert headers["content-type"] == "application/json"
    assert envelope["type"] == "event_callback"
    assert envelope["event_id"].startswith("Ev")
    assert envelope["authorizations"][0]["is_bot"]
    assert envelope["event"]["channel_type"] == "im"
    assert envelope["event"]["text"] == "a &amp; b"


def test_a_retry_says_so_in_its_headers(slack: LocalSlackServer, catcher: Catcher) -> None:
    slack.driver.resend(slack.driver.mention("alice", "general", "x"), 3, "http_error")

    headers, _ = catcher.requests[1]
    assert (headers["x-slack-retry-num"], headers["x-slack-retry-reason"]) == ("3", "http_error")


def test_messages_of_a_channel_go_out_where_the_bot_is_in_it_and_subscribed_to_them(
    slack: LocalSlackServer, catcher: Catcher
) -> None:
    assert slack.driver.say("alice", "general", "quiet").error == "not sent"
    slack.driver.events |= {"message.channels"}
    heard = slack.driver.say("alice", "general", "heard")
    assert (heard.payload["event"]["type"], heard.payload["event"]["channel_type"]) == ("message", "channel")
    assert [twin.payload["event"]["type"] for twin in slack.driver.mention("alice", "general", "x").also] == [
        "message"
    ]
    slack.team.channel("general").members.discard(slack.team.identity.bot_user)
    assert slack.driver.say("alice", "general", "not a member").error == "not sent"


def test_raw_requests_go_out_as_they_are(slack: LocalSlackServer, catcher: Catcher) -> None:
    slack.driver.raw(b"\xff\xfe", {"Content-Type": "text/plain"}, sign=False)
    slack.driver.raw(b"{}", {"X-Slack-Signature": "v0=00"})

    (first, body), (second, _) = catcher.requests
    assert body == b"\xff\xfe"
    assert "x-slack-signature" not in first
    assert second["x-slack-signature"] == "v0=00"
    assert second["x-slack-request-timestamp"]


def test_a_header_can_be_sent_twice(slack: LocalSlackServer, catcher: Catcher) -> None:
    slack.driver.raw(b"{}", [("X-Slack-Request-Timestamp", "1")])

    headers, _ = catcher.requests[0]
    assert len(headers["x-slack-request-timestamp"].split(",")) == 2


def test_a_bot_that_fails_gets_the_notice_slack_shows(slack: LocalSlackServer) -> None:
    slack.attach(Catcher("500 Oops"))

    sent = slack.driver.command("alice", "general", "/yrd")

    assert sent.status == 500
    assert "dispatch_failed" in slack.team.ephemerals("general", "alice")[0].text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("@YRD Desk杭州", "<@U04YRDDESK1>杭州"),
        ("@yrd-desk, hello", "<@U04YRDDESK1>, hello"),
        ("mail@bob.org", "mail@bob.org"),
        ("@bobby", "@bobby"),
        (
            "<!channel> & <@U04BOB5M9QX> <@U0NOBODY>",
            "&lt;!channel&gt; &amp; <@U04BOB5M9QX> &lt;@U0NOBODY&gt;",
        ),
        ("see https://x.org/a.", "see <https://x.org/a>."),
    ],
)
def test_text_is_stored_as_slack_stores_it(typed: str, stored: str, slack: LocalSlackServer) -> None:
    assert to_mrkdwn(slack.team, typed) == stored
