"""A running bot beside a Slack that limits or says nothing, and beside a state.db that somebody else holds."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.delivery import Delivery
from bot.slack.api.identity import NOT_KNOWN_YET
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import Bot

pytestmark = pytest.mark.slow

SLACK_WAITS_SECONDS = 3.0
STOPS_SECONDS = 6.0


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server
        server.faults.clear()


def running(slack: LocalSlackServer, folder: Path) -> Bot:
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    return Bot(folder, settings)


def joined(slack: LocalSlackServer, bot: Bot) -> None:
    slack.use_http(f"{bot.origin}/slack/events")


def seconds(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def answered(slack: LocalSlackServer, said: Delivery) -> None:
    slack.team.wait_for(lambda: said.message and slack.team.replies(said.message.channel, said.message.ts))


def known(slack: LocalSlackServer) -> None:
    """Wait until the bot knows who it is."""
    assert slack.driver.command("alice", "general", "/yrd-city", "Ningbo").ok
    slack.calls.wait_for("auth.test")


@pytest.mark.parametrize("how", ["limited", "silent"])
def test_what_waits_in_one_channel_holds_up_no_other_no_form_and_no_end(
    how: str, slack: LocalSlackServer, folder: Path
) -> None:
    elsewhere = slack.team.channel("random").id
    slack.team.channel("random").members.add(slack.team.identity.bot_user)
    with running(slack, folder) as bot:
        joined(slack, bot)
        known(slack)
        if how == "limited":
            slack.faults.rate_limit("chat.postMessage", retry_after=120)
        else:
            slack.faults.time_out("chat.postMessage", seconds=30)
        waiting = [slack.driver.mention("bob", "general", f"Hefei {number}") for number in range(8)]
        slack.calls.wait_for("chat.postMessage")
        said = slack.driver.mention("bob", "random", "Ningbo")
        assert seconds(lambda: answered(slack, said)) < SLACK_WAITS_SECONDS
        slack.driver.command("alice", "general", "/yrd", "add")
        assert (
            seconds(lambda: slack.team.wait_for(lambda: slack.team.modal_of("alice"))) < SLACK_WAITS_SECONDS
        )
        assert bot.get("/healthz")[0] == 200
        bot.terminate()
        assert seconds(lambda: bot.exit_status()) < STOPS_SECONDS
    assert slack.team.replies(elsewhere, said.message.ts) if said.message else False
    with sqlite3.connect(folder / "state.db") as db:
        [(open_ones,)] = db.execute("SELECT count(*) FROM events WHERE answered_at IS NULL")
    assert open_ones == len(waiting)


def test_what_an_ack_promised_comes_when_slack_lets_it_in_order_and_once(
    slack: LocalSlackServer, folder: Path
) -> None:
    with running(slack, folder) as bot:
        joined(slack, bot)
        known(slack)
        slack.faults.rate_limit("chat.postMessage", retry_after=3)
        waiting = [slack.driver.mention("bob", "general", f"Hefei {number}") for number in range(8)]
        for said in waiting:
            answered(slack, said)
    replies = [
        len(slack.team.replies(said.message.channel, said.message.ts)) for said in waiting if said.message
    ]
    assert replies == [1] * 8
    assert [call.status for call in slack.calls.of_method("chat.postMessage")] == [429, *[200] * 8]


def test_after_a_restart_beside_a_silent_slack_commands_are_answered(
    slack: LocalSlackServer, folder: Path
) -> None:
    with running(slack, folder) as bot:
        joined(slack, bot)
        known(slack)
    slack.faults.time_out("auth.test", seconds=30, times=99)
    with running(slack, folder) as bot:
        joined(slack, bot)
        for _ in range(8):
            began = time.monotonic()
            shown = slack.driver.command("alice", "general", "/yrd-city", "Ningbo").message
            assert shown
            assert "Ningbo" in shown.text
            assert time.monotonic() - began < SLACK_WAITS_SECONDS
        answered(slack, slack.driver.mention("bob", "general", "Hefei"))
        assert bot.get("/healthz")[0] == 200
        bot.terminate()
        assert seconds(lambda: bot.exit_status()) < STOPS_SECONDS


def test_a_first_start_beside_a_silent_slack_says_so_in_time(slack: LocalSlackServer, folder: Path) -> None:
    slack.faults.time_out("auth.test", seconds=30, times=99)
    with running(slack, folder) as bot:
        joined(slack, bot)
        for _ in range(3):
            began = time.monotonic()
            shown = slack.driver.command("alice", "general", "/yrd-city", "Ningbo").message
            assert shown
            assert shown.text == NOT_KNOWN_YET
            assert time.monotonic() - began < SLACK_WAITS_SECONDS
        assert bot.get("/healthz")[0] == 200


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold state.db as another program may, against reading too."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def answers_from_memory(slack: LocalSlackServer) -> None:
    for command, text in (("/yrd-city", "Ningbo"), ("/yrd", "which ports lead?"), ("/yrd-pair", "Minhang")):
        began = time.monotonic()
        shown = slack.driver.command("alice", "general", command, text).message
        assert shown
        assert "wrong on my side" not in shown.text
        assert time.monotonic() - began < SLACK_WAITS_SECONDS
    said = slack.driver.mention("bob", "general", "Hefei")
    assert said.ok
    assert seconds(lambda: answered(slack, said)) < SLACK_WAITS_SECONDS


def test_while_another_program_holds_state_db_facts_are_answered(
    slack: LocalSlackServer, folder: Path
) -> None:
    with running(slack, folder) as bot:
        joined(slack, bot)
        known(slack)
        with held(folder / "state.db"):
            for _ in range(3):
                answers_from_memory(slack)
            assert bot.get("/healthz")[0] == 200
        answers_from_memory(slack)
        bot.terminate()
        assert bot.exit_status() == 0
    with sqlite3.connect(folder / "state.db") as db:
        [(open_ones,)] = db.execute("SELECT count(*) FROM events WHERE answered_at IS NULL")
        [(events,)] = db.execute("SELECT count(*) FROM events")
    assert (events, open_ones) == (4, 0)


def test_a_start_beside_a_program_that_holds_state_db_answers_and_opens_it_later(
    slack: LocalSlackServer, folder: Path
) -> None:
    with running(slack, folder) as bot:
        joined(slack, bot)
        known(slack)
    with held(folder / "state.db"), running(slack, folder) as bot:
        joined(slack, bot)
        answers_from_memory(slack)
        shown = slack.driver.command("alice", "general", "/yrd-city", "Ningbo").message
        assert shown
        assert "cannot be read just now" in shown.text
