"""The app is removed, or its tokens are revoked: by an admin, or by itself."""

from __future__ import annotations

import pytest

from bot.local_slack import ManyLocalSlack
from tests.local_slack.many.conftest import Listener
from tests.local_slack.many.installing import (
    DELTA,
    PEARL,
    access,
    auth_error,
    client,
    code_for,
    error_of,
    install,
)

REMOVED = [(DELTA, "tokens_revoked"), (DELTA, "app_uninstalled")]


def test_a_removed_app_is_shut_out_and_told(slack: ManyLocalSlack, listener: Listener) -> None:
    token = install(slack)["access_token"]

    deliveries = slack.uninstall(DELTA)

    assert all(delivery.ok for delivery in deliveries)
    assert listener.events() == REMOVED
    assert auth_error(slack, token) == "account_inactive"
    assert not slack.many.is_installed(DELTA)


def test_a_removal_leaves_the_other_workspace_alone(slack: ManyLocalSlack) -> None:
    install(slack)
    pearl = install(slack, PEARL)["access_token"]

    slack.uninstall(DELTA)

    assert client(slack, pearl).auth_test()["team_id"] == PEARL


def test_an_installation_after_a_removal_starts_anew(slack: ManyLocalSlack) -> None:
    before = install(slack, scope="commands,chat:write")["access_token"]
    slack.uninstall(DELTA)

    after = install(slack, scope="users:read")

    assert after["scope"] == "users:read"
    assert after["access_token"] != before
    assert auth_error(slack, before) == "account_inactive"
    assert client(slack, after["access_token"]).auth_test()["ok"]


def test_a_removal_through_the_driver_alone_counts_as_well(slack: ManyLocalSlack) -> None:
    before = install(slack, scope="commands")["access_token"]
    slack.of(DELTA).driver.uninstall()

    assert auth_error(slack, before) == "account_inactive"
    after = install(slack, scope="users:read")
    assert after["scope"] == "users:read"
    assert auth_error(slack, before) == "account_inactive"


def test_revoked_tokens_are_refused_and_the_app_is_not_removed(
    slack: ManyLocalSlack, listener: Listener
) -> None:
    token = install(slack)["access_token"]

    slack.revoke(DELTA)

    assert listener.events() == [(DELTA, "tokens_revoked")]
    bots = listener.heard[0]["event"]["tokens"]["bot"]
    assert bots == [slack.of(DELTA).identity.bot_user]
    assert auth_error(slack, token) == "token_revoked"


def test_a_new_installation_after_a_revocation_gives_another_token(slack: ManyLocalSlack) -> None:
    before = install(slack)["access_token"]
    slack.revoke(DELTA)

    assert install(slack)["access_token"] != before
    assert auth_error(slack, before) == "token_revoked"


def test_the_bot_revokes_its_own_token(slack: ManyLocalSlack, listener: Listener) -> None:
    web = client(slack, install(slack)["access_token"])

    assert web.auth_revoke(test=True)["revoked"] is False
    assert web.auth_test()["ok"]
    assert web.auth_revoke()["revoked"] is True
    assert error_of(web.auth_test) == "token_revoked"
    slack.many.close()
    assert listener.events() == [(DELTA, "tokens_revoked")]


def test_the_bot_removes_itself_with_the_apps_secret(slack: ManyLocalSlack, listener: Listener) -> None:
    web = client(slack, install(slack)["access_token"])
    me = slack.app

    assert error_of(lambda: web.apps_uninstall(client_id="1.2", client_secret="x")) == "invalid_client_id"
    assert (
        error_of(lambda: web.apps_uninstall(client_id=me.client_id, client_secret="x")) == "bad_client_secret"
    )
    assert web.auth_test()["ok"]
    assert web.apps_uninstall(client_id=me.client_id, client_secret=me.client_secret)["ok"]
    assert error_of(web.auth_test) == "account_inactive"
    slack.many.close()
    assert listener.events() == REMOVED
    assert [call.method for call in slack.of(DELTA).slack.calls.made].count("apps.uninstall") == 3


@pytest.mark.parametrize("method", ["auth.revoke", "apps.uninstall"])
def test_removing_needs_a_token(slack: ManyLocalSlack, method: str) -> None:
    assert error_of(lambda: client(slack).api_call(method)) == "not_authed"
    assert error_of(lambda: client(slack, "xoxb-guess").api_call(method)) == "invalid_auth"


def test_a_code_from_before_the_removal_still_installs(slack: ManyLocalSlack) -> None:
    code = code_for(slack)
    install(slack)
    slack.uninstall(DELTA)

    assert access(slack, code=code)["ok"]
