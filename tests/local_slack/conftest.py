"""A local Slack, a clock that is set by hand, and a tiny Bolt app in both modes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.local_slack import LocalSlackServer
from tests.local_slack.echo import attach_over_http, connect_over_socket, hang_up


class HandClock:
    """Seconds since the epoch, moved on by hand."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack(clock: HandClock) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(clock=clock) as server:
        yield server


@pytest.fixture
def client(slack: LocalSlackServer) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, timeout=5)


@pytest.fixture(params=["http", "socket"])
def echo_slack(request: pytest.FixtureRequest) -> Iterator[LocalSlackServer]:
    """A local Slack with the echo app behind it, once over HTTP and once over Socket Mode."""
    with LocalSlackServer() as server:
        if request.param == "http":
            attach_over_http(server)
            yield server
        else:
            handler = connect_over_socket(server)
            yield server
            hang_up(server, handler)
