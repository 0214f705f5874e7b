"""The watchdog, and what is acknowledged over the socket."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.receiving.socket import GONE_SECONDS, Watchdog, _Handler


class EndedError(Exception):
    """The process would have ended."""


class Link:
    """A link that is there or not, and a clock, both set by hand."""

    def __init__(self) -> None:
        self.is_up = False
        self.now = 1000.0
        self.watchdog = Watchdog(lambda: self.is_up, self._end, lambda: self.now)

    def _end(self) -> None:
        raise EndedError

    def after(self, seconds: float) -> None:
        self.now += seconds
        self.watchdog.tick()


def test_the_watchdog_ends_the_process_when_the_link_never_came_up() -> None:
    link = Link()
    link.after(GONE_SECONDS - 1)
    with pytest.raises(EndedError):
        link.after(1)


def test_the_watchdog_counts_only_the_time_since_the_link_was_last_up() -> None:
    link = Link()
    link.after(GONE_SECONDS - 1)
    link.is_up = True
    link.after(30)
    link.is_up = False
    link.after(GONE_SECONDS - 1)
    with pytest.raises(EndedError):
        link.after(1)


def test_the_watchdog_lets_a_link_that_is_up_live_for_ever() -> None:
    link = Link()
    link.is_up = True
    for _ in range(100):
        link.after(GONE_SECONDS)


class Client(BaseSocketModeClient):
    """A socket client that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send_socket_mode_response(self, response: SocketModeResponse | dict[str, Any]) -> None:
        assert isinstance(response, SocketModeResponse)
        self.sent.append(response.to_dict())


@pytest.fixture
def handler() -> Any:
    app = App(
        signing_secret="s",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
        process_before_response=True,
    )
    app.command("/yrd-city")(lambda ack: ack(text="Ningbo"))
    app.event("app_mention")(_break)
    made = _Handler(app, "xapp-1", WebClient(), concurrency=1, acknowledged=lambda event_id: None)
    yield made
    made.client.close()


def _break() -> None:
    raise RuntimeError("a bug")


def _answer(handler: _Handler, payload: Any, accepts: bool = True) -> list[dict[str, Any]]:
    client = Client()
    handler.handle(client, SocketModeRequest("any", "E1", payload, accepts_response_payload=accepts))
    return client.sent


COMMAND = {"command": "/yrd-city", "team_id": "T1", "user_id": "U1", "text": "x"}


def test_a_command_is_answered_in_its_ack(handler: _Handler) -> None:
    sent = _answer(handler, COMMAND)
    assert sent[0]["envelope_id"] == "E1"
    assert "Ningbo" in json.dumps(sent[0]["payload"])


def test_an_envelope_that_takes_no_payload_gets_a_bare_ack(handler: _Handler) -> None:
    assert _answer(handler, COMMAND, accepts=False) == [{"envelope_id": "E1"}]


@pytest.mark.parametrize(
    "payload",
    [{}, {"actions": []}, {"actions": "x"}, {"command": "/unknown"}, {"team": ["x", "id"]}, {"view": 1}],
)
def test_odd_envelopes_are_acknowledged_too(handler: _Handler, payload: dict[str, Any]) -> None:
    assert len(_answer(handler, payload)) == 1


def test_an_event_that_broke_before_it_was_taken_in_is_left_for_slack_to_send_again(
    handler: _Handler,
) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.0"}
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    assert _answer(handler, payload) == []


def test_nothing_new_is_taken_while_stopping(handler: _Handler) -> None:
    handler.drain(0)
    assert _answer(handler, COMMAND) == []
