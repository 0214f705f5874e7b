"""From the page of the installation to a machine that is killed in the middle of a digest: two workspaces, two bots, one database."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.local_slack import ManyLocalSlack
from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.store import Store
from handlers.contribution import CurationEvent
from handlers.subscription import Subscription
from tests.cli.test_export_seeds import PAGE, approved
from tests.run.bot_process import Bot, until
from tests.run.installing import ALICE, DELTA, PEARL, Browser, asked, bot, posts, subscribed
from tests.state import raw

OWN = "Harbour news"
ASKED = "joint harbour office of Hefei and Ningbo"
# A claim is given up after a minute, the channel is read then, and once more half a minute later.
SETTLED_SECONDS = 240


@pytest.fixture
def slack() -> Iterator[ManyLocalSlack]:
    with ManyLocalSlack(redirect_uris=("https://desk.example/slack/oauth_redirect",)) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl Lab", "pearl-lab")
        yield slack


def _through(slack: ManyLocalSlack, one: Bot, team: str, text: str, command: str = "/yrd") -> str:
    slack.bot_origin = one.origin
    return asked(slack, team, text, command)


def _record(store: Store, team: str, event: CurationEvent) -> None:
    StoredContributions(store).record(team, lambda events: event)


def _due_now(store: Store, team: str) -> None:
    due = datetime.now(UTC) - timedelta(minutes=1)
    new = Subscription(
        team, "C04GENERAL1", ALICE, due.time().replace(microsecond=0), "UTC",
        weekdays=tuple(range(7)), topics=("ports",),
    )  # fmt: skip
    StoredSubscriptions(store).add(new, due - timedelta(hours=1))


@pytest.mark.chaos
def test_two_workspaces_outlive_a_removal_and_a_machine_that_is_killed_in_the_middle_of_a_digest(
    slack: ManyLocalSlack, folder: Path, url: str
) -> None:
    with ExitStack() as running, closing(Store.connect(url)) as store:
        machines = [running.enter_context(bot(slack, folder, YRD_DATABASE_URL=url)) for _ in range(2)]
        first, second = machines
        for machine, team in zip(machines, (DELTA, PEARL), strict=True):
            slack.bot_origin = machine.origin
            assert Browser(machine.origin).allow(slack, team).status == 200

        # Each curates: what one approves answers through the other machine, and in no other workspace.
        _through(slack, first, DELTA, "admin curators add <@U04BOB5M9QX>")
        assert "Bob" in _through(slack, second, DELTA, "admin curators list")
        assert "Bob" not in _through(slack, second, PEARL, "admin curators list")
        for event in approved(PAGE):
            _record(store, DELTA, event)
        until(lambda: OWN in _through(slack, second, DELTA, ASKED))
        assert OWN not in _through(slack, second, PEARL, ASKED)

        # Each subscribes; one removes the app, and nothing is posted there.
        for machine, team in zip(machines, (DELTA, PEARL), strict=True):
            slack.bot_origin = machine.origin
            subscribed(slack, team)
        slack.uninstall(PEARL)
        until(lambda: "not installed" in _through(slack, first, PEARL, "hangzhou", "/yrd-city"))
        _due_now(store, PEARL)

        # Slack takes the digest, and does not say so before the machine that posted it is gone.
        slack.of(DELTA).faults.time_out("chat.postMessage", seconds=60, accepted=True)
        _due_now(store, DELTA)
        until(lambda: posts(slack, DELTA), 60)
        holder = next(
            row["held_by"] for row in raw.rows(store, "SELECT * FROM turns") if row["team_id"] == DELTA
        )
        dead = next(machine for machine in machines if f":{machine.pid}:" in holder)
        alive = next(machine for machine in machines if machine is not dead)
        os.kill(dead.pid, signal.SIGKILL)

        until(lambda: _states(store, DELTA) == ["posted"], SETTLED_SECONDS)
        assert (len(posts(slack, DELTA)), posts(slack, PEARL)) == (1, [])
        assert "Hangzhou" in _through(slack, alive, DELTA, "hangzhou", "/yrd-city")

        # Who comes back within the grace time has all of it.
        slack.bot_origin = alive.origin
        assert Browser(alive.origin).allow(slack, PEARL).status == 200
        assert "every day at 09:00" in _through(slack, alive, PEARL, "list", "/yrd-digest")


def _states(store: Store, team: str) -> list[str]:
    sql = "SELECT state FROM deliveries WHERE team_id = :team AND part = 'digest' AND state <> 'planned'"
    return [str(row["state"]) for row in raw.rows(store, sql, team=team)]
