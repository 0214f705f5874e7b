"""`yrd workspace`: the local workspace that is running, driven from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.run.bot_process import Bot, free_port, yrd

TEAM, NEWS, ALICE = "T04DELTALAB", "C04DELTANEW", "U04ALICE7K2"


def subscribed(folder: Path) -> None:
    store = Store.open(folder / "state.db")
    daily = Subscription(
        TEAM, NEWS, ALICE, time(9), "Asia/Shanghai", weekdays=tuple(range(7)), topics=("ports",), facts=3
    )
    StoredSubscriptions(store).add(daily, datetime.now(UTC))
    store.close()


def messages(bot: Bot) -> list[dict[str, Any]]:
    seen = bot.get(f"/workspace/updates?as={ALICE}")[1]
    found: list[dict[str, Any]] = [m for m in seen["messages"] if m["channel"] == NEWS and not m["thread_ts"]]
    return found


def test_three_days_forward_post_three_digests_that_a_restart_keeps(folder: Path) -> None:
    subscribed(folder)
    with Bot(folder, {}) as bot:
        forward = yrd(folder, "workspace", "forward", "3d")
        assert forward.returncode == 0, forward.stderr
        assert "72.0 h ahead" in forward.stdout
        posted = messages(bot)
        assert len(posted) == 3
        ahead = [float(message["ts"]) for message in posted]
        assert 80_000 < ahead[1] - ahead[0] < 92_000
    with Bot(folder, {}) as bot:
        assert [m["ts"] for m in messages(bot)] == [m["ts"] for m in posted]
        assert "72.0 h ahead" in yrd(folder, "workspace", "status").stdout


def test_a_fault_is_prepared_and_the_page_shows_nothing_of_the_secret(folder: Path) -> None:
    with Bot(folder, {}) as bot:
        told = yrd(folder, "workspace", "fault", "429", "chat.postMessage", "--times", "2")
        assert "2 × rate_limit on chat.postMessage" in told.stdout
        assert "faults: none" in yrd(folder, "workspace", "heal").stdout
        refused = yrd(folder, "workspace", "fault", "500", "no.such")
        assert refused.returncode == 1
        assert "the bot calls no method no.such" in refused.stderr
        secret = json.loads((folder / "workspace-control.json").read_text())["secret"]
        assert secret not in bot.get("/")[1]


def test_a_second_demo_takes_nothing_from_the_first(folder: Path) -> None:
    with Bot(folder, {}, arguments=("--demo",)):
        kept = (folder / "demo" / "state.db").stat().st_ino
        second = yrd(folder, "run", "--demo", YRD_PORT=str(free_port()))
        assert second.returncode == 2
        assert second.stderr == f"{folder / 'demo'} is in use: stop the demo that runs there first.\n"
        assert (folder / "demo" / "state.db").stat().st_ino == kept


def test_without_a_workspace_it_says_so(folder: Path) -> None:
    done = yrd(folder, "workspace", "status")
    assert done.returncode == 2
    assert "No local workspace is running" in done.stderr
