"""Slack's bad days can be had on demand, and the SDK meets them as it would meet the real ones."""

from __future__ import annotations

import json
import urllib.error
from collections.abc import Callable
from http.client import RemoteDisconnected
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import Stranger

GENERAL = "C04GENERAL1"


def post(client: WebClient) -> Any:
    return client.chat_postMessage(channel=GENERAL, text="x")


def test_a_rate_limit_says_when_to_come_back_and_passes(slack: LocalSlackServer, client: WebClient) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as limited:
        post(client)

    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "7"
    assert slack.team.posts("general") == []
    assert post(client)["ok"]


def test_an_error_is_given_as_often_as_asked(slack: LocalSlackServer, client: WebClient) -> None:
    slack.faults.error("*", "fatal_error", times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            client.auth_test()
    assert client.auth_test()["ok"]


@pytest.mark.parametrize("accepted", [False, True])
def test_a_server_error_may_or_may_not_have_posted(
    accepted: bool, slack: LocalSlackServer, client: WebClient
) -> None:
    slack.faults.server_error("chat.postMessage", status=503, accepted=accepted)

    with pytest.raises(SlackApiError) as failed:
        post(client)

    assert failed.value.response.status_code == 503
    assert len(slack.team.posts("general")) == accepted


@pytest.mark.parametrize("accepted", [False, True])
def test_a_dropped_connection_may_or_may_not_have_posted(accepted: bool, slack: LocalSlackServer) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    slack.faults.drop("chat.postMessage", accepted=accepted)

    with pytest.raises(RemoteDisconnected):
        post(client)

    assert len(slack.team.posts("general")) == accepted


@pytest.mark.parametrize("accepted", [False, True])
def test_a_time_out_may_or_may_not_have_posted(accepted: bool, slack: LocalSlackServer) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    slack.faults.time_out("chat.postMessage", accepted=accepted)

    with pytest.raises((TimeoutError, urllib.error.URLError)):
        post(client)
    slack.faults.release()

    assert len(slack.team.posts("general")) == accepted


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    ("kind", "looks"),
    [
        ("cut", lambda body: body.startswith(b'{"ok":true,') and not body.endswith(b"}")),
        ("empty", lambda body: body == b""),
        ("login_page", lambda body: body.startswith(b"<!doctype html>")),
        ("other_json", lambda body: json.loads(body)["ok"] == "yes"),
        ("trickle", lambda body: body == b" " * len(body) and len(body) > 1),
    ],
)
def test_a_stranger_answers_200_whether_slack_carried_the_call_out_or_not(
    kind: Stranger, looks: Callable[[bytes], bool], accepted: bool, slack: LocalSlackServer
) -> None:
    slack.faults.stranger("chat.postMessage", kind, accepted=accepted, seconds=0.3)
    call = Request(
        f"{slack.api_url}chat.postMessage",
        data=json.dumps({"channel": GENERAL, "text": "x"}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"},
    )

    with urlopen(call, timeout=5) as answer:
        assert answer.status == 200
        assert looks(answer.read())

    assert len(slack.team.posts("general")) == accepted


def test_a_late_post_shows_in_history_only_after_a_while(clock: Any) -> None:
    with LocalSlackServer(scopes=("chat:write", "channels:history"), clock=clock) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        slack.faults.visible_after = 5.0
        post(client)

        before = client.conversations_history(channel=GENERAL)["messages"]
        clock.advance(5.0)
        after = client.conversations_history(channel=GENERAL)["messages"]

    assert (len(before), len(after)) == (0, 1)
