"""Killed, started again and doubled: what was taken in is answered once or told of once, and changed once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.transport import HttpTransport
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.records import Message
from bot.slack.listeners.events import INTERRUPTED
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from tests.digests.office import DAILY
from tests.run.bot_process import Bot, free_port

EVENTS = "http://127.0.0.1:{}/slack/events"


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def _bot(slack: LocalSlackServer, folder: Path) -> Bot:
    port = free_port()
    slack.use_http(EVENTS.format(port))
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    return Bot(folder, settings, port)


def _by_bot(slack: LocalSlackServer, said: Message) -> list[str]:
    return [reply.text for reply in slack.team.replies(said.channel, said.ts) if reply.by_bot]


def _until_each_has_one(slack: LocalSlackServer, said: list[Message], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not all(_by_bot(slack, one) for one in said):
        time.sleep(0.1)
    # What would be there twice comes soon after.
    time.sleep(1)


def _count(folder: Path, sql: str) -> int:
    with sqlite3.connect(folder / "state.db") as raw:
        return int(raw.execute(sql).fetchone()[0])


@pytest.mark.slow
def test_what_was_acknowledged_and_killed_is_told_of_once_at_the_next_start(
    slack: LocalSlackServer, folder: Path
) -> None:
    with _bot(slack, folder) as bot:
        answered = slack.driver.mention("bob", "general", "Hefei").message
        slack.team.wait_for(lambda: _by_bot(slack, answered))
        # Carried out, but the process is killed before it hears so.
        slack.faults.time_out("chat.postMessage", seconds=8, accepted=True)
        hanging = slack.driver.mention("bob", "general", "Wuxi").message
        slack.team.wait_for(lambda: _by_bot(slack, hanging))
        slack.faults.rate_limit("chat.postMessage", retry_after=30, times=99)
        asked = [slack.driver.mention("bob", "general", f"Ningbo {n}").message for n in range(6)]
        asked.append(slack.driver.direct_message("alice", "Wuhu").message)
        time.sleep(1)
        bot.kill()
    slack.faults.clear()
    with _bot(slack, folder), _bot(slack, folder) as second:
        _until_each_has_one(slack, asked[:-1], 150)
        direct = [post.text for post in slack.team.posts(slack.team.im("alice").id) if post.by_bot]
        # Killed while or after it told them.
        second.kill()
    with _bot(slack, folder):
        time.sleep(12)
    assert [_by_bot(slack, one) for one in asked[:-1]] == [[INTERRUPTED]] * 6
    assert direct == [INTERRUPTED]
    for one in (answered, hanging):
        assert [INTERRUPTED not in text for text in _by_bot(slack, one)] == [True]


@pytest.mark.slow
def test_a_redelivery_finds_what_another_process_has_in_hand_and_after_its_death_is_answered(
    slack: LocalSlackServer, folder: Path
) -> None:
    with _bot(slack, folder) as first:
        slack.faults.rate_limit("chat.postMessage", retry_after=30, times=99)
        sent = slack.driver.mention("bob", "general", "Hefei")
        with _bot(slack, folder):
            for _ in range(3):
                time.sleep(5)
                assert slack.driver.resend(sent).ok
            slack.faults.clear()
            assert _by_bot(slack, sent.message) == [], "in hand in the other process"
            first.kill()
            _until_each_has_one(slack, [sent.message], 150)
            assert slack.driver.resend(sent, attempt=2).ok
            time.sleep(1)
    assert _by_bot(slack, sent.message) == [INTERRUPTED]


def _again(sent: Delivery, slack: LocalSlackServer, bot: Bot) -> Delivery:
    """The same signed bytes, to `bot`."""
    to = HttpTransport(EVENTS.format(bot.port), slack.signing_secret)
    return to.post(urlencode(sent.payload).encode(), sent.signed)


def _until(folder: Path, sql: str, value: int) -> None:
    deadline = time.monotonic() + 10
    while _count(folder, sql) != value:
        assert time.monotonic() < deadline, sql
        time.sleep(0.05)


@pytest.mark.slow
def test_the_same_signed_bytes_change_something_once_also_after_a_restart_and_in_a_second_process(
    slack: LocalSlackServer, folder: Path
) -> None:
    store = Store.open(folder / "state.db")
    StoredSubscriptions(store).add(DAILY, datetime.now(UTC))
    store.close()
    is_paused, claims = "SELECT paused FROM subscriptions", "SELECT count(*) FROM requests"
    with _bot(slack, folder) as other, _bot(slack, folder) as bot:
        paused = slack.driver.command("alice", "general", "/yrd-digest", "pause 1")
        _until(folder, is_paused, 1)
        read = slack.driver.command("alice", "general", "/yrd-city", "Ningbo")
        resumed = slack.driver.command("alice", "general", "/yrd-digest", "resume 1")
        _until(folder, is_paused, 0)
        assert resumed.ok
        assert _again(paused, slack, other).status == 200
        # In order: a SIGTERM lets finish what was taken in.
        other.terminate()
        assert other.exit_status() == 0
        bot.kill()
    assert (_count(folder, is_paused), _count(folder, claims)) == (0, 2)
    with _bot(slack, folder) as next_one:
        assert _again(paused, slack, next_one).status == 200
        assert "Ningbo" in str(_again(read, slack, next_one).reply), "what only reads is no matter"
        next_one.terminate()
        assert next_one.exit_status() == 0
    assert (_count(folder, is_paused), _count(folder, claims)) == (0, 2)
