"""What is counted of each call of Slack's, and that counting changes nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.meter import CallResult, Unmetered, trying
from bot.slack.api import web

POST = "chat.postMessage"


@dataclass
class Noted(Unmetered):
    calls: list[tuple[str, CallResult, bool]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def slack_call(self, method: str, result: CallResult, seconds: float, *, again: bool) -> None:
        self.calls.append((method, result, again))
        self.seconds.append(seconds)


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=frozenset({"chat:write"})) as slack:
        yield slack


def post(slack: LocalSlackServer, meter: Noted, channel: str = "C04GENERAL1") -> None:
    client = web.client(slack.bot_token, slack.api_url, deadline=1, meter=meter)
    with suppress(SlackApiError, OSError):
        client.chat_postMessage(channel=channel, text="Ports")


def limited(slack: LocalSlackServer) -> Any:
    return slack.faults.rate_limit(POST, retry_after=7)


def broken(slack: LocalSlackServer) -> Any:
    return slack.faults.server_error(POST, accepted=False)


def lost(slack: LocalSlackServer) -> Any:
    return slack.faults.drop(POST, accepted=True)


def nothing(slack: LocalSlackServer) -> Any:
    return None


@pytest.mark.parametrize(
    ("fault", "channel", "result"),
    [
        (nothing, "C04GENERAL1", "ok"),
        (nothing, "C00NOWHERE", "refused"),
        (limited, "C04GENERAL1", "limited"),
        (broken, "C04GENERAL1", "unanswered"),
        (lost, "C04GENERAL1", "unanswered"),
    ],
)
def test_a_call_is_counted_once_by_what_came_of_it(
    slack: LocalSlackServer, fault: Callable[[LocalSlackServer], Any], channel: str, result: CallResult
) -> None:
    meter = Noted()
    fault(slack)
    post(slack, meter, channel)
    assert meter.calls == [(POST, result, False)]
    assert 0 <= meter.seconds[0] < 5


def test_a_slack_that_is_not_there_was_not_sent_anything(slack: LocalSlackServer) -> None:
    meter = Noted()
    client = web.client("xoxb-1", "http://127.0.0.1:9/api/", deadline=1, meter=meter)
    with pytest.raises(OSError):  # noqa: PT011 - of whatever kind
        client.auth_test()
    assert meter.calls == [("auth.test", "not_sent", False)]


def test_what_is_tried_again_is_counted_as_that_and_what_follows_is_not(slack: LocalSlackServer) -> None:
    meter = Noted()
    with trying(again=True):
        post(slack, meter)
    post(slack, meter)
    assert [again for _, _, again in meter.calls] == [True, False]


def test_a_client_for_less_time_counts_by_the_same_meter(slack: LocalSlackServer) -> None:
    meter = Noted()
    client = web.client(slack.bot_token, slack.api_url, meter=meter)
    assert client.within(2).timeout == 2
    assert client.within(2).within(9).timeout == 2
    client.within(2).chat_postMessage(channel="C04GENERAL1", text="Ports")
    assert meter.calls == [(POST, "ok", False)]
