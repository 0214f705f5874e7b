"""Socket Mode: tickets, hello, acks, and what happens when a link goes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.sync.client import ClientConnection, connect

from bot.local_slack import LocalSlackServer
from bot.local_slack.blockkit import limits
from bot.local_slack.driver.transport import SocketTransport


@pytest.fixture
def link(slack: LocalSlackServer) -> Iterator[SocketModeClient]:
    client = SocketModeClient(
        app_token=slack.app_token, web_client=WebClient(base_url=slack.api_url), ping_interval=0.2
    )
    yield client
    client.auto_reconnect_enabled = False
    client.default_auto_reconnect_enabled = False
    slack.workspace.socket_mode.drop()
    client.close()


def open_url(slack: LocalSlackServer) -> str:
    return str(WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["url"])


@pytest.fixture
def links() -> Iterator[ExitStack]:
    with ExitStack() as open_ones:
        yield open_ones


def hello(links: ExitStack, url: str) -> tuple[ClientConnection, dict[str, object]]:
    connection = links.enter_context(connect(url))
    return connection, json.loads(connection.recv(timeout=5))


def test_only_the_app_token_opens_a_link(slack: LocalSlackServer) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.bot_token)


def test_a_link_greets_and_its_ticket_is_good_once(slack: LocalSlackServer, links: ExitStack) -> None:
    url = open_url(slack)

    _, greeting = hello(links, url)
    _, refusal = hello(links, url)

    assert greeting["type"] == "hello"
    assert refusal == {"type": "disconnect", "reason": "link_disabled"}


def test_an_eleventh_link_is_one_too_many(slack: LocalSlackServer, links: ExitStack) -> None:
    for _ in range(limits.SOCKETS):
        hello(links, open_url(slack))
    slack.wait_for_socket(limits.SOCKETS)

    _, refusal = hello(links, open_url(slack))

    assert refusal["reason"] == "too_many_websockets"


def test_the_real_client_gets_envelopes_with_the_retry_and_acks_them(
    slack: LocalSlackServer, link: SocketModeClient
) -> None:
    seen: list[SocketModeRequest] = []

    def answer(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        seen.append(request)
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "hello"}))

    link.socket_mode_request_listeners.append(answer)
    link.connect()
    slack.use_socket()
    slack.wait_for_socket()

    sent = slack.driver.command("alice", "general", "/yrd", "x")
    slack.driver.resend(slack.driver.mention("alice", "general", "y"), attempt=2, reason="timeout")

    assert sent.message is not None
    assert sent.message.text == "hello"
    assert [request.type for request in seen] == ["slash_commands", "events_api", "events_api"]
    assert seen[0].accepts_response_payload
    assert (seen[2].retry_attempt, seen[2].retry_reason) == (2, "timeout")


def test_a_client_that_is_asked_to_leave_comes_back(slack: LocalSlackServer, link: SocketModeClient) -> None:
    link.connect()
    slack.wait_for_socket()

    slack.workspace.socket_mode.disconnect()

    assert len(slack.calls.wait_for("apps.connections.open", 2)) == 2


def test_a_client_whose_link_is_cut_comes_back(slack: LocalSlackServer, link: SocketModeClient) -> None:
    link.connect()
    slack.wait_for_socket()

    slack.workspace.socket_mode.drop()
    slack.calls.wait_for("apps.connections.open", 2, timeout=10)
    slack.wait_for_socket()

    assert len(slack.workspace.socket_mode) == 1


def test_without_a_link_nothing_is_delivered(slack: LocalSlackServer) -> None:
    slack.use_socket()

    sent = slack.driver.mention("alice", "general", "anybody?")

    assert (sent.status, sent.error.partition(":")[0]) == (0, "connection_failed")


def test_an_envelope_that_is_not_acked_times_out(slack: LocalSlackServer, links: ExitStack) -> None:
    connection, _ = hello(links, open_url(slack))
    slack.wait_for_socket()
    slack.use_socket()
    assert isinstance(slack.driver.transport, SocketTransport)
    slack.driver.transport.timeout = 0.1
    frames: list[str | bytes] = []
    reader = threading.Thread(target=lambda: frames.append(connection.recv()))
    reader.start()

    sent = slack.driver.command("bob", "general", "/yrd")

    reader.join()
    assert json.loads(frames[0])["payload"]["command"] == "/yrd"
    assert sent.error == "timeout"
    assert "operation_timeout" in slack.team.ephemerals("general", "bob")[0].text
