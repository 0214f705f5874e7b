"""The watchdog, and what is acknowledged over the socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.meter import Unmetered
from bot.slack.receiving.envelopes import Envelopes
from bot.slack.receiving.socket import GONE_SECONDS, Watchdog


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


def _app() -> App:
    app = App(
        signing_secret="s",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1"),
        process_before_response=True,
    )
    app.command("/yrd-city")(lambda ack: ack(text="Ningbo"))
    app.event("app_mention")(_break)
    return app


@pytest.fixture
def envelopes() -> Iterator[Envelopes]:
    made = Envelopes(_app(), concurrency=1, acknowledged=lambda event_id: None, meter=Unmetered())
    yield made
    made.close(1)


def _break() -> None:
    raise RuntimeError("a bug")


def _answer(envelopes: Envelopes, payload: Any, accepts: bool = True) -> list[dict[str, Any]]:
    """Return what is sent for one envelope; nothing is taken after it."""
    sent: list[dict[str, Any]] = []
    envelope = {"type": "any", "envelope_id": "E1", "payload": payload, "accepts_response_payload": accepts}

    def send(ack: dict[str, Any]) -> bool:
        sent.append(ack)
        return True

    envelopes.take(envelope, send)
    envelopes.close(5)
    return sent


COMMAND = {"command": "/yrd-city", "team_id": "T1", "user_id": "U1", "text": "x"}


def test_a_command_is_answered_in_its_ack(envelopes: Envelopes) -> None:
    sent = _answer(envelopes, COMMAND)
    assert sent[0]["envelope_id"] == "E1"
    assert "Ningbo" in json.dumps(sent[0]["payload"])


def test_an_envelope_that_takes_no_payload_gets_a_bare_ack(envelopes: Envelopes) -> None:
    assert _answer(envelopes, COMMAND, accepts=False) == [{"envelope_id": "E1"}]


@pytest.mark.parametrize(
    "payload",
    [{}, None, [], {"actions": []}, {"actions": "x"}, {"command": "/unknown"}, {"team": ["x"]}, {"view": 1}],
)
def test_odd_envelopes_are_acknowledged_too(envelopes: Envelopes, payload: Any) -> None:
    assert len(_answer(envelopes, payload)) == 1


def test_an_event_that_broke_before_it_was_taken_in_is_left_for_slack_to_send_again(
    envelopes: Envelopes,
) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.0"}
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    assert _answer(envelopes, payload) == []


def test_nothing_new_is_taken_while_stopping(envelopes: Envelopes) -> None:
    envelopes.close(0)
    assert _answer(envelopes, COMMAND) == []


@dataclass
class Noted(Unmetered):
    requests: list[tuple[str, int]] = field(default_factory=list)

    def request(self, kind: str, status: int, seconds: float) -> None:
        assert 0 <= seconds < 60
        self.requests.append((kind, status))


@pytest.mark.parametrize(
    ("payload", "counted"),
    [
        (COMMAND, ("command", 200)),
        ({"type": "block_actions", "actions": []}, ("block_actions", 200)),
        ({"type": "whatever somebody wrote"}, ("other", 404)),
        ({"view": 1}, ("other", 400)),
    ],
)
def test_every_envelope_is_counted_by_what_slack_calls_it(payload: Any, counted: tuple[str, int]) -> None:
    meter = Noted()
    made = Envelopes(_app(), concurrency=1, acknowledged=lambda event_id: None, meter=meter)
    _answer(made, payload)
    assert meter.requests == [counted]
