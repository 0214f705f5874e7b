"""One bot that workspaces install themselves: from the page to an answer, a digest, and the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack import ManyLocalSlack
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.installations.cipher import new_key
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.subscription import Subscription
from tests.run.bot_process import free_port, until, yrd
from tests.run.installing import ALICE, DELTA, ORG, PEARL, Browser, asked, bot, posts, subscribed
from tests.state import raw


@pytest.fixture
def slack() -> Iterator[ManyLocalSlack]:
    with ManyLocalSlack(redirect_uris=("https://desk.example/slack/oauth_redirect",)) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        slack.add(PEARL, "Pearl <b>Lab</b>", "pearl-lab")
        slack.add(ORG, "River Org", "river-org", enterprise_id=ORG, is_organisation=True)
        yield slack


def test_two_workspaces_install_from_the_page_and_are_answered_each_by_itself(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        assert "/slack/install" in one.said
        for team, name in ((DELTA, "Delta Lab"), (PEARL, "Pearl &lt;b&gt;Lab&lt;/b&gt;")):
            page = Browser(one.origin).allow(slack, team)
            assert (page.status, name in page.text) == (200, True)
            assert slack.of(team).team.identity.scopes == frozenset(scopes_in_use())
            assert "Hangzhou" in asked(slack, team, "hangzhou", "/yrd-city")
        subscribed(slack, DELTA)
        assert "no digests here" in asked(slack, PEARL, "list", "/yrd-digest")
        slack.of(PEARL).driver.mention("alice", "general", "population of Shanghai")
        until(lambda: posts(slack, PEARL))
        assert not posts(slack, DELTA)
        status, ready = one.get("/readyz")
        assert (status, ready["checks"]["slack"]) == (200, {"ok": True})


def test_an_organisation_installs_for_all_its_workspaces(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        page = Browser(one.origin).allow(slack, ORG)
        assert (page.status, "River Org" in page.text) == (200, True)
        assert "Hangzhou" in asked(slack, ORG, "hangzhou", "/yrd-city")


def test_digests_of_each_workspace_are_posted_by_its_own_bot(slack: ManyLocalSlack, folder: Path) -> None:
    due = datetime.now(UTC) - timedelta(minutes=1)
    at = due.time().replace(microsecond=0)
    with bot(slack, folder) as one:
        for team in (DELTA, PEARL):
            Browser(one.origin).allow(slack, team)
        with closing(Store.open(folder / "state.db")) as store:
            for team in (DELTA, PEARL):
                new = Subscription(
                    team, "C04GENERAL1", ALICE, at, "UTC", weekdays=tuple(range(7)), topics=("ports",)
                )
                StoredSubscriptions(store).add(new, due - timedelta(hours=1))
            until(lambda: posts(slack, DELTA) and posts(slack, PEARL), 40)
            until(lambda: not _open(store))
        assert (len(posts(slack, DELTA)), len(posts(slack, PEARL))) == (1, 1)


def _open(store: Store) -> list[dict[str, Any]]:
    return raw.rows(store, "SELECT * FROM deliveries WHERE state = 'claimed'")


def test_a_workspace_that_removes_the_app_is_worked_for_no_more_and_gets_all_back_with_it(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one, closing(Store.open(folder / "state.db")) as store:
        for team in (DELTA, PEARL):
            Browser(one.origin).allow(slack, team)
        subscribed(slack, DELTA)
        slack.uninstall(DELTA)
        teams = StoredTeams(store)
        until(lambda: teams.stopped(DELTA))
        assert "xoxb" not in str(raw.rows(store, "SELECT * FROM slack_bots"))
        assert [row["team_id"] for row in raw.rows(store, "SELECT team_id FROM slack_bots")] == [PEARL]
        assert "not installed" in asked(slack, DELTA, "hangzhou", "/yrd-city")
        assert "Hangzhou" in asked(slack, PEARL, "hangzhou", "/yrd-city")
        assert not teams.stopped(PEARL)
        Browser(one.origin).allow(slack, DELTA)
        assert not teams.stopped(DELTA)
        assert "every day at 09:00" in asked(slack, DELTA, "list", "/yrd-digest")


def test_who_says_no_is_told_that_nothing_was_installed(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        browser = Browser(one.origin)
        page = browser.get(slack.deny(browser.button()))
        assert (page.status, "othing was installed" in page.text) == (200, True)
        assert "not installed" in asked(slack, DELTA, "hangzhou", "/yrd-city")


def test_what_slack_sends_back_is_good_once_and_in_the_browser_that_began(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        browser = Browser(one.origin)
        back = slack.allow(browser.button(), DELTA)
        assert Browser(one.origin).get(back).status == 400
        assert browser.get(back).status == 200
        assert browser.get(back).status == 401
        assert browser.get(back.replace("code=", "code=made-up-")).status == 401
        for odd in (
            "/slack/oauth_redirect",
            "/slack/oauth_redirect?code=1",
            "/slack/oauth_redirect?error=<script>x</script>",
        ):
            page = Browser(one.origin).get(odd)
            assert page.status in (200, 400, 401)
            assert "<script>" not in page.text
            assert "default-src 'none'" in page.headers["content-security-policy"]


def test_an_installation_in_each_of_two_tabs_ends_well(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        browser = Browser(one.origin)
        first, second = browser.button(), browser.button()
        for button, team in ((first, DELTA), (second, PEARL)):
            assert browser.get(slack.allow(button, team)).status == 200


def test_what_slack_refuses_is_told_as_what_it_is(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder, SLACK_CLIENT_SECRET="wrong-one", SLACK_USER_SCOPES="admin") as one:
        assert "admin" not in Browser(one.origin).button()
        page = Browser(one.origin).allow(slack, DELTA)
        assert (page.status, "not set up right" in page.text) == (500, True)
        slack.faults.error("oauth.v2.access", "ratelimited")
        assert Browser(one.origin).allow(slack, DELTA).status == 502
        slack.faults.server_error("oauth.v2.access")
        assert Browser(one.origin).allow(slack, DELTA).status == 502
        assert "not installed" in asked(slack, DELTA, "hangzhou", "/yrd-city")


def test_nobody_makes_the_page_ask_for_more_than_it_says(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        page = Browser(one.origin).get(
            "/slack/install?team=T1%26user_scope%3Dadmin%26redirect_uri%3Dhttps://evil.example"
        )
        assert page.status == 200
        assert "user_scope=admin" not in page.text
        assert "evil.example" not in page.text
        assert "team=T04DELTALAB" in Browser(one.origin).get(f"/slack/install?team={DELTA}").text


def test_who_asks_for_the_heads_of_pages_installs_nothing(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        browser = Browser(one.origin)
        back = slack.allow(browser.button(), DELTA)
        assert (browser.get(back, "HEAD").status, browser.get(back).status) == (200, 200)
        assert browser.get("/slack/install", "POST").status == 405


def test_a_removal_that_nobody_heard_of_is_found_out(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, DELTA)
    slack.uninstall(DELTA)
    with bot(slack, folder), closing(Store.open(folder / "state.db")) as store:
        until(lambda: StoredTeams(store).stopped(DELTA))
        stop = StoredTeams(store).stop_of(DELTA)
        assert stop is not None
        assert stop.purge_at is not None


def test_a_removal_that_slack_did_not_confirm_is_asked_about_again(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one, closing(Store.open(folder / "state.db")) as store:
        Browser(one.origin).allow(slack, PEARL)
        until(lambda: raw.rows(store, "SELECT checked_at FROM slack_bots")[0]["checked_at"], 90)
        slack.of(PEARL).faults.drop("auth.test", times=2)
        slack.uninstall(PEARL)
        until(lambda: raw.rows(store, "SELECT checked_at FROM slack_bots")[0]["checked_at"] is None)
        until(lambda: StoredTeams(store).stopped(PEARL), 90)


def test_a_bot_whose_key_opens_no_token_does_not_start(slack: ManyLocalSlack, folder: Path) -> None:
    with bot(slack, folder) as one:
        Browser(one.origin).allow(slack, DELTA)
    ended = yrd(
        folder, "run", **{**one.settings, "YRD_ENCRYPTION_KEY": new_key(), "YRD_PORT": str(free_port())}
    )
    assert (ended.returncode, "YRD_ENCRYPTION_KEY" in ended.stderr) == (2, True)


def test_a_renewed_token_takes_the_place_of_the_old_one_before_it_ends(folder: Path) -> None:
    with ManyLocalSlack(
        redirect_uris=("https://desk.example/slack/oauth_redirect",), rotates_tokens=True
    ) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        with bot(slack, folder) as one:
            Browser(one.origin).allow(slack, DELTA)
        with closing(Store.open(folder / "state.db")) as store:
            before = raw.rows(store, "SELECT * FROM slack_bots")[0]
            soon = time.time() + 600
            raw.run(store, "UPDATE slack_bots SET bot_token_expires_at = :at", at=soon)
            raw.run(store, "UPDATE slack_installations SET bot_token_expires_at = :at", at=soon)
            with bot(slack, folder) as one:
                until(lambda: raw.rows(store, "SELECT * FROM slack_bots")[0]["bot_token_expires_at"] > soon)
                assert raw.rows(store, "SELECT * FROM slack_bots")[0]["bot_token"] != before["bot_token"]
                slack.of(DELTA).driver.mention("alice", "general", "population of Shanghai")
                until(lambda: posts(slack, DELTA))
