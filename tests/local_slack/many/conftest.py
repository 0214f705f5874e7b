"""Two workspaces of one app, a clock that is put forward, and a bot that writes down what it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, request
from slack_sdk.signature import SignatureVerifier

from bot.local_slack import ManyLocalSlack
from bot.local_slack.state.clock import MovableClock
from tests.local_slack.many.installing import DELTA, PEARL


class Listener:
    """What the bot was sent, with a good signature, as Bolt would read it."""

    def __init__(self, slack: ManyLocalSlack) -> None:
        self.heard: list[dict[str, Any]] = []
        self._verifier = SignatureVerifier(slack.app.signing_secret)
        self.web = Flask(__name__)
        self.web.add_url_rule("/slack/events", "events", self._hear, methods=["POST"])

    def _hear(self) -> str:
        assert self._verifier.is_valid_request(request.get_data(), dict(request.headers))
        self.heard.append(request.get_json() if request.is_json else request.form.to_dict())
        return ""

    def events(self) -> list[tuple[str, str]]:
        """The events by workspace and type."""
        return [(told["team_id"], told["event"]["type"]) for told in self.heard if "event" in told]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def slack(clock: MovableClock) -> Iterator[ManyLocalSlack]:
    yield from _two(ManyLocalSlack(clock=clock))


@pytest.fixture
def rotating(clock: MovableClock) -> Iterator[ManyLocalSlack]:
    yield from _two(ManyLocalSlack(clock=clock, rotates_tokens=True))


def _two(server: ManyLocalSlack) -> Iterator[ManyLocalSlack]:
    with server as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl Lab", "pearl-lab")
        yield slack


@pytest.fixture
def listener(slack: ManyLocalSlack) -> Listener:
    listener = Listener(slack)
    slack.attach(listener.web)
    return listener
