"""A person lets the app in, the bot fetches a token with the code."""

from __future__ import annotations

import http.client
import re

import pytest
from slack_sdk.web import SlackResponse

from bot.local_slack import ManyLocalSlack, new_oauth_app
from bot.local_slack.state.clock import MovableClock
from tests.local_slack.many.installing import (
    ALICE,
    BOB,
    DELTA,
    access,
    asking,
    auth_error,
    client,
    code_for,
    error_of,
    install,
    told_by,
)


def test_a_new_app_has_ids_in_slacks_shapes_and_secrets_of_its_own() -> None:
    first, second = new_oauth_app(["http://a/b"]), new_oauth_app(["http://a/b"])

    assert re.fullmatch(r"\d{10}\.\d{13}", first.client_id)
    assert first.client_secret != second.client_secret
    assert first.signing_secret != second.signing_secret


def test_the_person_is_sent_back_with_a_code_and_the_state(slack: ManyLocalSlack) -> None:
    location = slack.allow(asking(slack, state="a&b=c"), DELTA)

    assert location.startswith(f"{slack.app.redirect_uris[0]}?code=")
    assert told_by(location)["state"] == "a&b=c"


def test_who_cancels_is_sent_back_with_access_denied_and_nothing_is_installed(slack: ManyLocalSlack) -> None:
    location = slack.deny(asking(slack))

    assert told_by(location) == {"error": "access_denied", "state": "s1"}
    assert not slack.many.is_installed(DELTA)


def test_the_answer_has_slacks_shape(slack: ManyLocalSlack) -> None:
    answer = install(slack)

    assert answer.data == {
        "ok": True,
        "app_id": slack.app.app_id,
        "authed_user": {"id": ALICE},
        "scope": "chat:write,commands",
        "token_type": "bot",
        "access_token": slack.of(DELTA).identity.bot_token,
        "bot_user_id": slack.of(DELTA).identity.bot_user,
        "team": {"id": DELTA, "name": "Delta Lab"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    assert answer["access_token"].startswith("xoxb-")


def test_the_token_is_good_and_has_the_scopes_that_were_asked_for(slack: ManyLocalSlack) -> None:
    web = client(slack, install(slack)["access_token"])

    told = web.auth_test()

    assert (told["team_id"], told["bot_id"]) == (DELTA, slack.of(DELTA).identity.bot_id)
    assert told.headers["X-OAuth-Scopes"] == "chat:write,commands"
    assert error_of(web.users_list) == "missing_scope"


def test_whoever_installs_is_the_authed_user(slack: ManyLocalSlack) -> None:
    assert access(slack, code=code_for(slack, user=BOB))["authed_user"] == {"id": BOB}


def test_before_the_code_is_exchanged_no_token_is_good(slack: ManyLocalSlack) -> None:
    code_for(slack)

    assert not slack.many.is_installed(DELTA)
    assert slack.of(DELTA).identity.bot_token == ""
    assert auth_error(slack, "xoxb-guess") == "invalid_auth"
    assert error_of(client(slack).auth_test) == "not_authed"


def test_a_code_is_good_once(slack: ManyLocalSlack) -> None:
    code = code_for(slack)
    access(slack, code=code)

    assert error_of(lambda: access(slack, code=code)) == "code_already_used"


def test_a_code_is_good_for_ten_minutes(slack: ManyLocalSlack, clock: MovableClock) -> None:
    early, late = code_for(slack), code_for(slack)

    clock.forward(590)
    access(slack, code=early)
    clock.forward(20)

    assert error_of(lambda: access(slack, code=late)) == "invalid_code"


def test_a_code_that_never_was_is_invalid(slack: ManyLocalSlack) -> None:
    assert error_of(lambda: access(slack, code="1.2.3")) == "invalid_code"


def test_a_wrong_secret_is_refused_and_leaves_the_code_good(slack: ManyLocalSlack) -> None:
    code = code_for(slack)

    assert error_of(lambda: access(slack, code=code, client_secret="wrong")) == "bad_client_secret"
    assert error_of(lambda: access(slack, code=code, client_id="1.2")) == "invalid_client_id"
    assert access(slack, code=code)["ok"]


def test_the_secret_is_taken_from_the_form_as_well(slack: ManyLocalSlack) -> None:
    given = {"client_id": slack.app.client_id, "code": code_for(slack)}

    def call(secret: str) -> SlackResponse:
        return client(slack).api_call("oauth.v2.access", params={**given, "client_secret": secret})

    assert error_of(lambda: call("")) == "bad_client_secret"
    assert call(slack.app.client_secret)["ok"]


def test_the_redirect_uri_must_be_the_one_that_was_asked_with() -> None:
    uris = ("http://127.0.0.1:1/first", "http://127.0.0.1:1/second?kept=1")
    with ManyLocalSlack(redirect_uris=uris) as slack:
        slack.add(DELTA, "Delta Lab", "delta-lab")
        location = slack.allow(asking(slack, redirect_uri=uris[1]), DELTA)
        code = told_by(location)["code"]

        assert location.startswith(f"{uris[1]}&code=")
        assert error_of(lambda: access(slack, code=code)) == "bad_redirect_uri"
        assert error_of(lambda: access(slack, code=code, redirect_uri=uris[0])) == "bad_redirect_uri"
        assert access(slack, code=code, redirect_uri=uris[1])["ok"]


def test_a_second_installation_gives_the_same_token_and_adds_its_scopes(slack: ManyLocalSlack) -> None:
    first = install(slack, scope="commands,chat:write")

    again = install(slack, scope="users:read")

    assert again["access_token"] == first["access_token"]
    assert again["scope"] == "chat:write,commands,users:read"
    assert client(slack, first["access_token"]).users_list()["ok"]


def test_an_organisation_is_installed_as_a_whole(slack: ManyLocalSlack) -> None:
    slack.add("T04GRID0001", "Grid Works", "grid-works", enterprise_id="E04GRID0001", is_organisation=True)

    answer = install(slack, "T04GRID0001")

    assert answer["team"] is None
    assert answer["enterprise"] == {"id": "E04GRID0001", "name": "Grid Works"}
    assert answer["is_enterprise_install"] is True
    assert client(slack, answer["access_token"]).auth_test()["enterprise_id"] == "E04GRID0001"


def test_a_workspace_of_an_organisation_names_both(slack: ManyLocalSlack) -> None:
    slack.add("T04GRID0002", "Grid Team", "grid-team", enterprise_id="E04GRID0001")

    answer = install(slack, "T04GRID0002")

    assert answer["team"] == {"id": "T04GRID0002", "name": "Grid Team"}
    assert answer["enterprise"]["id"] == "E04GRID0001"
    assert answer["is_enterprise_install"] is False


def test_workspaces_are_added_once_and_organisations_have_an_id(slack: ManyLocalSlack) -> None:
    with pytest.raises(ValueError, match="already"):
        slack.add(DELTA, "Delta Lab", "delta-lab")
    with pytest.raises(ValueError, match="enterprise_id"):
        slack.add("T04OTHER001", "Other", "other", is_organisation=True)
    with pytest.raises(KeyError):
        slack.of("T04OTHER001")
    assert len(slack.many) == 2


def test_fetching_a_token_can_fail_on_demand_and_is_recorded_without_secrets(slack: ManyLocalSlack) -> None:
    slack.faults.error("oauth.v2.access", "internal_error")
    code = code_for(slack)

    assert error_of(lambda: access(slack, code=code)) == "internal_error"
    assert access(slack, code=code)["ok"]
    calls = slack.calls.of_method("oauth.v2.access")
    assert [call.response and call.response["ok"] for call in calls] == [False, True]
    assert all(not {"code", "client_secret"} & call.payload.keys() for call in calls)


def test_api_test_needs_no_token(slack: ManyLocalSlack) -> None:
    assert client(slack).api_test()["ok"]
    assert client(slack).api_test(foo="bar")["args"] == {"foo": "bar"}
    assert error_of(lambda: client(slack).api_test(error="my_error")) == "my_error"


def test_methods_slack_does_not_have_are_unknown_with_a_token_and_without(slack: ManyLocalSlack) -> None:
    token = install(slack)["access_token"]

    assert error_of(lambda: client(slack).api_call("no.such")) == "unknown_method"
    assert error_of(lambda: client(slack, token).api_call("no.such")) == "unknown_method"


def test_addresses_nobody_gave_away_lead_nowhere(slack: ManyLocalSlack) -> None:
    for path in ("/response/nobodys", "/upload/nobodys"):
        connection = http.client.HTTPConnection(slack.origin.removeprefix("http://"))
        connection.request("POST", path, b"{}")
        assert connection.getresponse().status == 404
        connection.close()
