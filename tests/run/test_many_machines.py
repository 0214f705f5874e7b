"""Several bots on one PostgreSQL for many workspaces: any may do any work, and who is in trouble holds up nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.local_slack import ManyLocalSlack
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.subscription import Subscription
from tests.run.bot_process import Bot, until
from tests.run.installing import ALICE, Browser, asked, bot, posts
from tests.state import raw

TEAMS = tuple(f"T04LAB{number:02}XYZ" for number in range(8))
LIMITED, HANGING, *WELL = TEAMS
BACK = "https://desk.example/slack/oauth_redirect"


@pytest.fixture
def slack() -> Iterator[ManyLocalSlack]:
    with ManyLocalSlack(redirect_uris=(BACK,)) as slack:
        for team in TEAMS:
            slack.add(team, f"Lab {team}", team.lower())
        yield slack


def _two(slack: ManyLocalSlack, folder: Path, url: str, running: ExitStack) -> tuple[Bot, Bot]:
    first, second = (running.enter_context(bot(slack, folder, YRD_DATABASE_URL=url)) for _ in range(2))
    return first, second


def test_a_workspace_installed_through_one_bot_is_answered_by_the_other_and_its_end_is_known_there(
    slack: ManyLocalSlack, folder: Path, url: str
) -> None:
    team = WELL[0]
    with ExitStack() as running:
        first, second = _two(slack, folder, url, running)
        browser = Browser(first.origin)
        back = slack.allow(browser.button(), team)
        assert Browser(second.origin, browser.cookies).get(back).status == 200
        for one in (first, second):
            slack.bot_origin = one.origin
            assert "Hangzhou" in asked(slack, team, "hangzhou", "/yrd-city")
        slack.bot_origin = first.origin
        slack.uninstall(team)
        slack.bot_origin = second.origin
        until(lambda: "not installed" in asked(slack, team, "hangzhou", "/yrd-city"))


def test_workspaces_that_slack_limits_or_leaves_waiting_hold_up_no_other(
    slack: ManyLocalSlack, folder: Path, url: str
) -> None:
    due = datetime.now(UTC) - timedelta(minutes=1)
    at = due.time().replace(microsecond=0)
    slack.of(LIMITED).faults.rate_limit("chat.postMessage", retry_after=600, times=99)
    slack.of(HANGING).faults.time_out("chat.postMessage", seconds=60, times=99)
    with ExitStack() as running, closing(Store.connect(url)) as store:
        first, _ = _two(slack, folder, url, running)
        for team in TEAMS:
            Browser(first.origin).allow(slack, team)
        for team in TEAMS:
            for topic in ("ports", "talent"):
                new = Subscription(
                    team, "C04GENERAL1", ALICE, at, "UTC", weekdays=tuple(range(7)), topics=(topic,)
                )
                StoredSubscriptions(store).add(new, due - timedelta(hours=1))
        until(lambda: all(len(posts(slack, team)) == 2 for team in WELL), 45)
        until(lambda: sum(_ended(store)[team] for team in WELL) == 2 * len(WELL))
        assert [len(posts(slack, team)) for team in WELL] == [2] * len(WELL)
        assert not posts(slack, LIMITED)


def _ended(store: Store) -> Counter[str]:
    """How many digests of each team are posted."""
    posted = "SELECT team_id FROM deliveries WHERE part = 'digest' AND state IN ('posted', 'late')"
    return Counter(row["team_id"] for row in raw.rows(store, posted))
