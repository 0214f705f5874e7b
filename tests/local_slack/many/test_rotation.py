"""Tokens that expire, and the refresh tokens that get the next."""

from __future__ import annotations

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation import TokenRotator
from slack_sdk.web import SlackResponse

from bot.local_slack import ManyLocalSlack
from bot.local_slack.state.clock import MovableClock
from tests.local_slack.many.installing import (
    DELTA,
    PEARL,
    access,
    auth_error,
    client,
    error_of,
    install,
)


def refresh(slack: ManyLocalSlack, token: str) -> SlackResponse:
    return access(slack, grant_type="refresh_token", refresh_token=token)


def test_an_installation_gets_a_token_that_expires_and_one_to_refresh_it(rotating: ManyLocalSlack) -> None:
    answer = install(rotating)

    assert answer["access_token"].startswith("xoxe.xoxb-1-")
    assert answer["refresh_token"].startswith("xoxe-1-")
    assert answer["expires_in"] == 43_200
    assert client(rotating, answer["access_token"]).auth_test()["team_id"] == DELTA


def test_a_token_expires_after_twelve_hours(rotating: ManyLocalSlack, clock: MovableClock) -> None:
    token = install(rotating)["access_token"]

    clock.forward(43_100)
    client(rotating, token).auth_test()
    clock.forward(200)

    assert auth_error(rotating, token) == "token_expired"


def test_a_refresh_gives_a_new_token_and_the_one_before_stays_good_until_it_expires(
    rotating: ManyLocalSlack, clock: MovableClock
) -> None:
    first = install(rotating)
    clock.forward(40_000)

    second = refresh(rotating, first["refresh_token"])

    assert second["access_token"] != first["access_token"]
    assert (second["team"]["id"], second["scope"]) == (DELTA, first["scope"])
    client(rotating, first["access_token"]).auth_test()
    clock.forward(4_000)
    assert auth_error(rotating, first["access_token"]) == "token_expired"
    client(rotating, second["access_token"]).auth_test()


def test_a_refresh_token_is_good_once(rotating: ManyLocalSlack) -> None:
    first = install(rotating)["refresh_token"]
    second = refresh(rotating, first)["refresh_token"]

    assert error_of(lambda: refresh(rotating, first)) == "invalid_refresh_token"
    assert refresh(rotating, second)["ok"]


def test_a_refresh_is_of_its_own_workspace(rotating: ManyLocalSlack) -> None:
    delta, pearl = install(rotating), install(rotating, PEARL)

    assert refresh(rotating, pearl["refresh_token"])["team"]["id"] == PEARL
    assert refresh(rotating, delta["refresh_token"])["team"]["id"] == DELTA


def test_a_refresh_needs_the_secret(rotating: ManyLocalSlack) -> None:
    token = install(rotating)["refresh_token"]

    def call() -> object:
        return access(rotating, grant_type="refresh_token", refresh_token=token, client_secret="wrong")

    assert error_of(call) == "bad_client_secret"
    assert refresh(rotating, token)["ok"]


def test_when_all_tokens_have_expired_the_refresh_token_is_still_good(
    rotating: ManyLocalSlack, clock: MovableClock
) -> None:
    first = install(rotating)
    clock.forward(100_000)

    token = refresh(rotating, first["refresh_token"])["access_token"]

    assert client(rotating, token).auth_test()["ok"]


def test_a_second_installation_gives_other_tokens_and_adds_its_scopes(rotating: ManyLocalSlack) -> None:
    first = install(rotating, scope="commands")

    again = install(rotating, scope="users:read")

    assert again["access_token"] != first["access_token"]
    assert again["scope"] == "commands,users:read"
    assert client(rotating, first["access_token"]).auth_test()["ok"]
    assert error_of(lambda: refresh(rotating, first["refresh_token"])) == "invalid_refresh_token"


def test_a_removed_app_refreshes_nothing(rotating: ManyLocalSlack) -> None:
    token = install(rotating)["refresh_token"]

    rotating.uninstall(DELTA)

    assert error_of(lambda: refresh(rotating, token)) == "invalid_refresh_token"


def test_an_app_that_does_not_rotate_refreshes_nothing(slack: ManyLocalSlack) -> None:
    install(slack)

    assert error_of(lambda: refresh(slack, "xoxe-1-guess")) == "invalid_refresh_token"
    assert error_of(lambda: access(slack, grant_type="password")) == "invalid_grant_type"


def test_the_sdk_rotates_with_it(rotating: ManyLocalSlack) -> None:
    answer = install(rotating)
    kept = Installation(
        user_id=answer["authed_user"]["id"],
        team_id=DELTA,
        bot_token=answer["access_token"],
        bot_refresh_token=answer["refresh_token"],
        bot_token_expires_in=answer["expires_in"],
    )
    rotator = TokenRotator(
        client_id=rotating.app.client_id,
        client_secret=rotating.app.client_secret,
        client=client(rotating),
    )

    rotated = rotator.perform_token_rotation(installation=kept, minutes_before_expiration=100_000)

    assert rotated is not None
    assert client(rotating, rotated.bot_token).auth_test()["team_id"] == DELTA
