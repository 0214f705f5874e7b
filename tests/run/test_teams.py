"""`yrd teams`: what an operator sees of the workspaces that installed the bot, and how one is removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.local_slack import ManyLocalSlack
from bot.state.installations.cipher import new_key
from bot.state.store import Store
from bot.state.teams import StoredTeams
from tests.run.bot_process import until, yrd
from tests.run.installing import DELTA, PEARL, Browser, asked, bot, subscribed
from tests.state import raw
from tests.state.installations import KEY


@pytest.fixture(scope="module")
def slack() -> Iterator[ManyLocalSlack]:
    with ManyLocalSlack(redirect_uris=("https://desk.example/slack/oauth_redirect",)) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl Lab", "pearl-lab")
        yield slack


def test_workspaces_are_listed_shown_and_removed(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        for team in (DELTA, PEARL):
            Browser(one.origin).allow(slack, team)
        subscribed(slack, DELTA)
        settings = {name: value for name, value in one.settings.items() if name != "YRD_PORT"}

        listed = yrd(folder, "teams", "list", **settings)
        assert [line.split(", installed")[0] for line in listed.stdout.splitlines()] == [
            f"{DELTA}  Delta Lab: works",
            f"{PEARL}  Pearl Lab: works",
        ]
        shown = yrd(folder, "teams", "show", DELTA, **settings).stdout
        assert "by U04ALICE7K2" in shown
        assert "scopes: all" in shown
        assert "digests: 1" in shown
        assert "xoxb" not in shown

        unasked = yrd(folder, "teams", "remove", DELTA, **settings)
        assert (unasked.returncode, "--yes" in unasked.stderr) == (2, True)
        removed = yrd(folder, "teams", "remove", DELTA, "--yes", **settings)
        assert (removed.returncode, removed.stdout.startswith(f"{DELTA} is removed")) == (0, True)
        assert not slack.many.is_installed(DELTA)
        # Until the next cleaning it is known that it was removed, and nothing else.
        assert f"{DELTA}  (name not known): stopped since" in yrd(folder, "teams", "list", **settings).stdout
        assert "digests: 0" in yrd(folder, "teams", "show", DELTA, **settings).stdout
        assert yrd(folder, "teams", "show", "T0NOBODY", **settings).returncode == 1
        assert "Hangzhou" in asked(slack, PEARL, "hangzhou", "/yrd-city")


def test_a_workspace_has_the_zone_of_whoever_installed_the_app_until_another_is_chosen(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
        settings = {name: value for name, value in one.settings.items() if name != "YRD_PORT"}

        def zone() -> str:
            shown = yrd(folder, "teams", "show", PEARL, **settings).stdout
            return next(line.partition(": ")[2] for line in shown.splitlines() if "time zone" in line)

        until(lambda: zone() == "Asia/Shanghai")
        chosen = yrd(folder, "teams", "zone", PEARL, "Europe/Berlin", **settings)
        assert (chosen.returncode, "Europe/Berlin" in chosen.stdout) == (0, True)
        # Another installation leaves it.
        Browser(one.origin).allow(slack, PEARL)
        assert zone() == "Europe/Berlin"
        for wrong in ("Berlin/Europe", "8"):
            refused = yrd(folder, "teams", "zone", PEARL, wrong, **settings)
            assert (refused.returncode, "Asia/Tokyo" in refused.stderr) == (2, True)
        assert yrd(folder, "teams", "zone", "T0NOBODY", "Asia/Tokyo", **settings).returncode == 1
        assert "YRD_TIMEZONE" not in zone()
        yrd(folder, "teams", "zone", PEARL, **settings)
        assert "YRD_TIMEZONE" in zone()


def test_of_another_app_nothing_is_removed_or_deleted(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
        subscribed(slack, PEARL)
    settings = {name: value for name, value in one.settings.items() if name != "YRD_PORT"}
    of_the_app = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "YRD_ENCRYPTION_KEY")
    without = {name: value for name, value in settings.items() if name not in of_the_app}
    for changed in (without, {**settings, "SLACK_CLIENT_ID": "9.9"}):
        refused = yrd(folder, "teams", "remove", PEARL, "--yes", **changed)
        assert (refused.returncode, "nothing was deleted" in refused.stderr) == (1, True), refused.stderr
        assert slack.app.client_id in refused.stderr
        listed = yrd(folder, "teams", "list", **changed).stdout
        assert (
            f"{PEARL}  (name not known): installed the app with the client id {slack.app.client_id}" in listed
        )
    assert slack.many.is_installed(PEARL)
    shown = yrd(folder, "teams", "show", PEARL, **settings).stdout
    assert ("state: works\n" in shown, "digests: 1" in shown) == (True, True)


def test_the_zone_of_the_machine_is_no_zone(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
    settings = {name: value for name, value in one.settings.items() if name != "YRD_PORT"}
    before = yrd(folder, "teams", "show", PEARL, **settings).stdout
    refused = yrd(folder, "teams", "zone", PEARL, "localtime", **settings)
    assert (refused.returncode, "localtime is no time zone" in refused.stderr) == (2, True)
    assert yrd(folder, "teams", "show", PEARL, **settings).stdout == before


def test_a_token_that_is_not_renewed_is_told_before_it_ends_and_after(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
    settings = {name: value for name, value in one.settings.items() if name != "YRD_PORT"}
    ends = datetime.now(UTC) + timedelta(minutes=30)
    with closing(Store.open(folder / "state.db")) as store:
        for table in ("slack_bots", "slack_installations"):
            raw.run(store, f"UPDATE {table} SET bot_token_expires_at = :at", at=ends.timestamp())  # noqa: S608
        unrenewed = f"its token ends at {ends:%Y-%m-%d %H:%M} UTC and is not renewed"
        shown = yrd(folder, "teams", "show", PEARL, **settings).stdout
        assert f"state: {unrenewed}. Start the bot" in shown
        found = yrd(folder, "doctor", **settings).stdout
        assert f"{PEARL} Pearl Lab: {unrenewed}" in found
        assert "/slack/install" in found

        StoredTeams(store).stop(PEARL, "token_expired", datetime.now(UTC), None)
        shown = yrd(folder, "teams", "show", PEARL, **settings).stdout
        assert f"state: stopped since {datetime.now(UTC):%Y-%m-%d} (token_expired)\n" in shown
        found = yrd(folder, "doctor", **settings).stdout
        assert (
            f"{PEARL} Pearl Lab: work is stopped since {datetime.now(UTC):%Y-%m-%d} (token_expired)" in found
        )
        assert "is not renewed" not in found


def test_a_key_takes_the_place_of_another_without_a_new_installation(
    slack: ManyLocalSlack, folder: Path
) -> None:
    newer = yrd(folder, "teams", "new-key").stdout.strip()
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
    settings = {**one.settings, "YRD_ENCRYPTION_KEY": f"{newer},{KEY}"}
    sealed = yrd(folder, "teams", "seal-anew", **settings)
    assert sealed.stdout == "The token of 1 workspace is encrypted anew.\n"
    with bot(slack, folder, YRD_ENCRYPTION_KEY=newer) as one:
        assert "Hangzhou" in asked(slack, PEARL, "hangzhou", "/yrd-city")


def test_a_key_that_opens_no_token_is_told_and_loses_nothing(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, PEARL)
    wrong = {**one.settings, "YRD_ENCRYPTION_KEY": new_key()}
    lost = yrd(folder, "teams", "seal-anew", **wrong)
    assert (lost.returncode, "YRD_ENCRYPTION_KEY" in lost.stderr) == (1, True)
    told = yrd(folder, "doctor", **wrong).stdout
    assert "FAIL  installations: tokens do not open" in told
    assert "does not open the tokens of 1 of 1 workspace (T04PEARLLAB)" in told
    assert "ok    installations: 1 workspace" in yrd(folder, "doctor", **one.settings).stdout
    with bot(slack, folder) as one:
        assert "Hangzhou" in asked(slack, PEARL, "hangzhou", "/yrd-city")
