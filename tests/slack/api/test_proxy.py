"""A proxy on the way: what it says is not quoted, its password is in no log, and its no means that nothing was sent."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient

from bot.cli.doctor import findings
from bot.digests.verified_poster import RetryLater, VerifiedPoster
from bot.settings import Settings
from bot.slack.api import token, web
from tests.slack.peer import Peer, Speaks, answers, says

QUOTED = "quoted-portal"
PASSWORD = "s3cret"
API = "https://slack.example/api/"

NO = pytest.mark.parametrize(
    ("speak", "why"),
    [
        pytest.param(
            answers(
                407, b"<html>" + QUOTED.encode(), "Proxy-Authenticate: Basic", says_so=f"{QUOTED} sign in <b>"
            ),
            "the proxy refused the connection, 407",
            id="sign in first",
        ),
        pytest.param(
            answers(302, b"", f"Location: http://{QUOTED}/", says_so=QUOTED),
            "the proxy refused the connection, 302",
            id="redirect",
        ),
        pytest.param(
            says(f"220 {QUOTED} ready\r\n".encode()),
            "the proxy made no connection, BadStatusLine",
            id="no HTTP",
        ),
        pytest.param(
            says(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
            "the proxy made no connection, TimeoutError",
            id="trickle",
        ),
    ],
)


def through(peer: Peer, monkeypatch: pytest.MonkeyPatch, deadline: float = 0.5) -> WebClient:
    """Return a client that is to go through `peer`, as the environment says."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://bob:{PASSWORD}@127.0.0.1:{peer.port}")
    return web.client("xoxb-1", API, deadline=deadline)


@NO
def test_a_proxys_no_means_that_nothing_was_sent_and_is_not_quoted(
    speak: Speaks, why: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Peer(speak) as peer:
        client = through(peer, monkeypatch)
        assert VerifiedPoster(client, 7.0).post("C1", "text", (), "key") == RetryLater(
            7.0, f"Slack was not reached ({why})"
        )
        assert token.problem(client) == f"Slack was not reached ({why})."
    assert QUOTED not in caplog.text
    assert PASSWORD not in caplog.text


def test_the_doctor_says_what_the_proxy_did_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Peer(answers(407, b"", says_so=f"{QUOTED} sign in <b>")) as peer:
        through(peer, monkeypatch)
        # The signature that pydantic generates hides `_env_file`.
        unread: dict[str, Any] = {"_env_file": None}
        settings = Settings(
            **unread,
            data_dir=tmp_path,
            slack_bot_token=SecretStr("xoxb-1"),
            slack_app_token=SecretStr("xapp-1"),
            slack_api_url=API,
        )
        found = {finding.name: finding.said for finding in findings(settings)}
    assert found["Slack"] == "was not reached (the proxy refused the connection, 407)"
    assert found["app token"] == "Slack was not reached (the proxy refused the connection, 407)"


@pytest.mark.parametrize(
    "address",
    [f"http:bob:{PASSWORD}@proxy", f"socks5://bob:{PASSWORD}@proxy", f"http://bob:{PASSWORD}@[proxy"],
)
def test_a_proxy_that_cannot_be_read_is_not_quoted(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("HTTPS_PROXY", address)
    outcome = VerifiedPoster(web.client("xoxb-1", API, deadline=2), 7.0).post("C1", "text", (), "key")
    assert isinstance(outcome, RetryLater)
    assert PASSWORD not in f"{outcome}{caplog.text}"
