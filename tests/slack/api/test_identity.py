"""Who the bot is: remembered, asked in the background, and never waited for longer than a command may take."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.slack.api import identity as identities
from bot.slack.api import web
from bot.slack.api.identity import BotIdentity, BotIdentityProvider, IdentityUnknownError
from bot.state.store import Store
from bot.state.teams import StoredIdentities

ME = BotIdentity("T04DELTALAB", "U04YRDDESK1", "B04YRDDESK1")


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer() as server:
        yield server
        server.faults.release()


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[StoredIdentities]:
    store = Store.open(tmp_path / "state.db")
    yield StoredIdentities(store)
    store.close()


def started(slack: LocalSlackServer, memory: StoredIdentities | None, token: str = "") -> BotIdentityProvider:
    return BotIdentityProvider(web.client(token or slack.bot_token, slack.api_url), memory=memory)


def test_after_a_restart_a_silent_slack_is_not_waited_for(
    slack: LocalSlackServer, memory: StoredIdentities
) -> None:
    assert started(slack, memory).confirm()
    slack.faults.time_out("auth.test", seconds=30)
    began = time.monotonic()
    assert started(slack, memory)().team == ME.team
    assert time.monotonic() - began < 0.5


def test_another_token_is_another_bot(slack: LocalSlackServer, memory: StoredIdentities) -> None:
    started(slack, memory)()
    with pytest.raises(SlackApiError):
        started(slack, memory, "xoxb-another")()


def test_what_slack_says_anew_counts_from_then_on(slack: LocalSlackServer, memory: StoredIdentities) -> None:
    memory.keep(slack.bot_token, ME.team, "U0FORMERLY", "B0FORMERLY", "")
    me = started(slack, memory)
    assert me().user == "U0FORMERLY"
    assert me.confirm()
    assert me().user == ME.user
    assert started(slack, memory)().user == ME.user


def test_many_who_ask_a_silent_slack_wait_together_and_then_not_at_all(
    slack: LocalSlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "PROMPT_SECONDS", 0.3)
    slack.faults.time_out("auth.test", seconds=30, times=9)
    me, failed = started(slack, None), []

    def ask() -> None:
        try:
            me()
        except IdentityUnknownError as error:
            failed.append(error)

    began = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(8):
        ask()
    assert len(failed) == 16
    assert time.monotonic() - began < 1.5
    assert len(slack.calls.of_method("auth.test")) == 1
    slack.faults.clear()
    assert me.confirm() or me.confirm()
    assert me().team == ME.team
