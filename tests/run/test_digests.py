"""Digests of the whole bot, as a person starts it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.digests.office import GENERAL, OWNER, TEAM, slot_of
from tests.run.bot_process import Bot, free_port, yrd


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def tokens(slack: LocalSlackServer) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }


def over_http(slack: LocalSlackServer, folder: Path) -> Bot:
    port = free_port()
    slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    return Bot(folder, tokens(slack), port)


def subscribe(folder: Path, due: datetime) -> None:
    """Subscribe #general to ports, daily, with `due` as the first slot."""
    store = Store.open(folder / "state.db")
    at = due.time().replace(microsecond=0)
    new = Subscription(TEAM, GENERAL, OWNER, at, "UTC", weekdays=tuple(range(7)), topics=("ports",))
    StoredSubscriptions(store).add(new, due - timedelta(hours=1))
    store.close()


def states(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "state.db")) as raw:
        found = raw.execute("SELECT state FROM deliveries WHERE part = 'digest' ORDER BY slot").fetchall()
    return [state for (state,) in found]


def test_a_digest_that_fell_due_while_the_bot_was_off_is_posted_late(
    slack: LocalSlackServer, folder: Path
) -> None:
    subscribe(folder, datetime.now(UTC) - timedelta(minutes=20))
    with over_http(slack, folder):
        [call] = slack.calls.wait_for("chat.postMessage", 1, timeout=20)
    assert call.payload["text"].startswith("Late: ")
    [post] = [post for post in slack.team.posts("general") if post.by_bot]
    assert ":digest" in slot_of(post)
    assert states(folder)[:1] == ["late"]


def test_a_bot_stopped_in_the_middle_of_a_post_records_what_it_knows(
    slack: LocalSlackServer, folder: Path
) -> None:
    subscribe(folder, datetime.now(UTC) - timedelta(minutes=1))
    slack.faults.time_out("chat.postMessage", seconds=2, accepted=True)
    with over_http(slack, folder) as bot:
        slack.calls.wait_for("chat.postMessage", 1, timeout=20)
        bot.terminate()
        assert bot.exit_status() == 0
    assert states(folder)[:1] == ["unknown"]


def test_an_app_that_is_removed_stops_delivering(slack: LocalSlackServer, folder: Path) -> None:
    subscribe(folder, datetime.now(UTC) + timedelta(hours=1))
    with over_http(slack, folder) as bot:
        assert slack.driver.command("alice", "general", "/yrd", "help").ok
        slack.driver.uninstall()
        bot.terminate()
        assert bot.exit_status() == 0
    with closing(sqlite3.connect(folder / "state.db")) as raw:
        [(team, why)] = raw.execute("SELECT team_id, why FROM teams").fetchall()
    assert (team, why) == (TEAM, "account_inactive")


def test_the_command_line_lists_previews_and_delivers(slack: LocalSlackServer, folder: Path) -> None:
    subscribe(folder, datetime.now(UTC) - timedelta(minutes=1))
    data = {"YRD_DATA_DIR": str(folder)}
    listed = yrd(folder, "digest", "list", **data)
    assert (listed.returncode, listed.stdout.split()[:2]) == (0, ["1", GENERAL])
    previewed = yrd(folder, "digest", "preview", "1", **data)
    assert previewed.returncode == 0
    assert "port" in previewed.stdout.lower()
    assert yrd(folder, "digest", "run", **data, **tokens(slack)).returncode == 0
    assert states(folder)[:1] == ["posted"]


def test_the_forecast_is_what_is_posted_then(slack: LocalSlackServer, folder: Path) -> None:
    subscribe(folder, datetime.now(UTC) - timedelta(minutes=1))
    data = {"YRD_DATA_DIR": str(folder)}
    foretold = yrd(folder, "digest", "forecast", "1", "--posts", "3", **data)
    assert foretold.returncode == 0
    assert [line[:8] for line in foretold.stdout.splitlines() if line.startswith("=== ")][2] == "=== From"
    assert "That was the last of 9 facts on Ports." in foretold.stdout
    assert "Facts 1–4 of 9 · Digest 1, every day" in foretold.stdout
    assert yrd(folder, "digest", "run", **data, **tokens(slack)).returncode == 0
    [post] = [post for post in slack.team.posts("general") if post.by_bot and not post.thread_ts]
    lead = post.text.partition(": ")[2][:60]
    assert lead.partition(". ")[0] in foretold.stdout
    described = yrd(folder, "digest", "forecast", "portss", "weekly", **data)
    assert described.returncode == 1
    assert "portss" in described.stderr


def test_the_forecast_of_a_described_digest_needs_none_that_is_kept(folder: Path) -> None:
    foretold = yrd(folder, "digest", "forecast", "ports", "daily", "9:00", YRD_DATA_DIR=str(folder))
    assert foretold.returncode == 0
    assert foretold.stdout.count("As described, every day; not saved") == 3
    *_, last = foretold.stdout.strip().splitlines()
    assert last.startswith("=== From ")
    assert last.endswith(" on nothing is posted until a fact is added or corrected.")
