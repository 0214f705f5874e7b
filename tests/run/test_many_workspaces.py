"""One bot that workspaces install themselves: from the page to an answer, a digest, and the end."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.local_slack import ManyLocalSlack
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.team import Team
from bot.slack.api.identity import SEALED
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.installations.cipher import Cipher, new_key
from bot.state.installations.stored import StoredInstallations
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.subscription import Subscription
from tests.run.bot_process import free_port, until, yrd
from tests.run.installing import ALICE, DELTA, ORG, PEARL, Browser, asked, bot, posts, subscribed
from tests.state import raw
from tests.state.installations import KEY


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
        choose = f"https://app.slack.com/manage/{ORG}/integrations/profile/{slack.app.app_id}/workspaces/add"
        assert f'href="{choose}"' in page.text
        assert "in none of the organisation&#39;s workspaces yet" in page.text
        assert "Hangzhou" in asked(slack, ORG, "hangzhou", "/yrd-city")
        again = Browser(one.origin).allow(slack, ORG)
        assert (f'href="{choose}"' in again.text, "had YRD Desk already" in again.text) == (True, True)


@pytest.mark.parametrize(
    "named", [{"enterprise_id": ORG}, {"enterprise_id": ORG, "team_id": DELTA}], ids=repr
)
def test_an_organisation_that_removes_the_app_is_worked_for_no_more_whatever_the_event_names(
    named: dict[str, str], slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one, closing(Store.open(folder / "state.db")) as store:
        for team in (ORG, PEARL):
            Browser(one.origin).allow(slack, team)
        _remove_unheard(slack, store)
        slack.bot_origin = one.origin
        teams = StoredTeams(store)
        assert not teams.stopped(ORG)
        assert _removal(slack, named).ok
        until(lambda: teams.stopped(ORG))
        assert "not installed" in asked(slack, ORG, "hangzhou", "/yrd-city")
        assert not teams.stopped(PEARL)


def test_a_token_that_does_not_open_keeps_no_other_workspace_of_a_removal_from_being_checked(
    slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one, closing(Store.open(folder / "state.db")) as store:
        for team in (ORG, DELTA):
            Browser(one.origin).allow(slack, team)
        _remove_unheard(slack, store)
    lost = Cipher((new_key(),)).seal("xoxb-of-another-key")
    with bot(slack, folder) as one, closing(Store.open(folder / "state.db")) as store:
        raw.run(store, "UPDATE slack_bots SET bot_token = :lost WHERE team_id = :team", lost=lost, team=DELTA)
        assert SEALED in asked(slack, DELTA, "hangzhou", "/yrd-city")
        teams = StoredTeams(store)
        assert not teams.stopped(ORG)
        assert _removal(slack, {"team_id": DELTA, "enterprise_id": ORG}).ok
        until(lambda: teams.stopped(ORG))
        assert not teams.stopped(DELTA)


def _remove_unheard(slack: ManyLocalSlack, store: Store) -> None:
    """Have the organisation remove the app while no bot is reached, and none is to look after it soon."""
    raw.run(store, "UPDATE slack_bots SET checked_at = :at", at=time.time())
    slack.bot_origin = "http://127.0.0.1:1"
    slack.uninstall(ORG)


def _removal(slack: ManyLocalSlack, named: dict[str, str]) -> Delivery:
    """Send a signed event that an organisation removed the app, which names no more than that."""
    body = {
        "type": "event_callback",
        "token": slack.app.verification_token,
        "api_app_id": slack.app.app_id,
        "event": {"type": "app_uninstalled", "event_ts": f"{time.time():.6f}"},
        "event_id": "Ev0REMOVAL",
        "event_time": int(time.time()),
        **named,
    }
    return slack.of(ORG).driver.raw(json.dumps(body).encode(), {"Content-Type": "application/json"})


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


@pytest.mark.parametrize(
    ("word", "status", "told"),
    [
        ("org_login_required", 403, "does not let YRD Desk be installed there"),
        ("cannot_install_an_org_installed_app", 403, "does not let YRD Desk be installed there"),
        ("invalid_scope", 500, "not set up right"),
        ("invalid_code", 401, "did not accept the code"),
    ],
)
def test_what_beginning_again_does_not_help_has_a_page_of_its_own(
    word: str, status: int, told: str, slack: ManyLocalSlack, folder: Path
) -> None:
    with bot(slack, folder) as one:
        slack.faults.error("oauth.v2.access", word)
        page = Browser(one.origin).allow(slack, DELTA)
        assert (page.status, told in page.text) == (status, True)


def test_what_slack_sends_back_for_a_reason_is_told_by_it_and_logged_in_slacks_words_alone(
    slack: ManyLocalSlack, folder: Path
) -> None:
    log = folder / "bot.log"
    one = bot(slack, folder)
    one.log = log
    with one:
        for word, status, told in (
            ("access_denied", 200, "You did not let YRD Desk into"),
            ("team_access_not_granted", 403, "does not let YRD Desk be installed there"),
            ("invalid_team_for_non_distributed_app", 403, "does not let YRD Desk be installed there"),
            ("unapproved_scope", 500, "not set up right"),
            ("zebra_crossing", 400, "does not know"),
            ("zebra" * 20, 400, "does not know"),
            ("Okapi%0A%7B%22level%22", 400, "does not know"),
        ):
            page = Browser(one.origin).get(f"/slack/oauth_redirect?error={word}")
            assert (page.status, told in page.text) == (status, True), word
    logged = log.read_text()
    for word in ("team_access_not_granted", "unapproved_scope", "zebra_crossing", "odd"):
        assert f'"slack_error":"{word}"' in logged.replace(" ", ""), logged
    assert "zebrazebra" not in logged
    assert "Okapi" not in logged
    assert "access_denied" not in logged


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


def test_a_bot_whose_key_opens_some_tokens_works_for_those_and_an_installation_heals_the_others(
    slack: ManyLocalSlack, folder: Path
) -> None:
    newer = new_key()
    with bot(slack, folder) as one:
        for team in (DELTA, PEARL):
            Browser(one.origin).allow(slack, team)
    with closing(Store.open(folder / "state.db")) as store:
        kept = StoredInstallations(store, slack.app.client_id, Cipher((newer, KEY)))
        assert kept.seal_anew(PEARL)
    with bot(slack, folder, YRD_ENCRYPTION_KEY=newer) as one:
        status, ready = one.get("/readyz")
        assert (status, ready["checks"]["installations"]["ok"]) == (200, True)
        assert f"1 of 2 workspaces ({DELTA})" in ready["checks"]["installations"]["note"]
        assert "Hangzhou" in asked(slack, PEARL, "hangzhou", "/yrd-city")
        assert SEALED in asked(slack, DELTA, "hangzhou", "/yrd-city")
        assert Browser(one.origin).allow(slack, DELTA).status == 200
        assert "Hangzhou" in asked(slack, DELTA, "hangzhou", "/yrd-city")


def test_whoever_installed_the_app_is_told_of_a_token_that_slack_never_renews(folder: Path) -> None:
    with (
        ManyLocalSlack(
            redirect_uris=("https://desk.example/slack/oauth_redirect",), rotates_tokens=True
        ) as slack,
        closing(Store.open(folder / "state.db")) as store,
    ):
        slack.add(DELTA, "Delta Lab", "delta-lab")
        with bot(slack, folder) as one:
            Browser(one.origin).allow(slack, DELTA)
        ends = datetime.now(UTC) + timedelta(minutes=30)
        for table in ("slack_bots", "slack_installations"):
            raw.run(store, f"UPDATE {table} SET bot_token_expires_at = :at", at=ends.timestamp())  # noqa: S608
        slack.faults.error("oauth.v2.access", "invalid_refresh_token", times=20)
        team = slack.of(DELTA).team
        with bot(slack, folder):
            until(lambda: [text for text in _direct(team) if "ends at" in text])
        (told,) = (text for text in _direct(team) if "ends at" in text)
        assert f"{ends:%Y-%m-%d %H:%M} UTC" in told
        assert "https://desk.example/slack/install" in told
        assert not StoredTeams(store).stopped(DELTA)


def _direct(team: Team) -> list[str]:
    """What the bot has posted to whoever installed it."""
    return [post.text for post in team.posts(team.im(ALICE)) if post.by_bot]


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
