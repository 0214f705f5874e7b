"""Two workspaces with the same people and channels: what is of the one does not reach the other."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from bot.local_slack import ManyLocalSlack
from bot.local_slack.api.files import upload_url
from tests.local_slack.many.conftest import Listener
from tests.local_slack.many.installing import DELTA, GENERAL, PEARL, client, error_of, install

VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "Look up"}, "blocks": []}


def post(url: str, body: bytes) -> int:
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.netloc, timeout=5)
    connection.request("POST", at.path, body, {"Content-Type": "application/json"})
    status = connection.getresponse().status
    connection.close()
    return status


def said(slack: ManyLocalSlack, team_id: str) -> list[str]:
    return [message.text for message in slack.of(team_id).team.posts(GENERAL)]


def test_they_have_the_same_people_and_channels_and_each_its_own_bot(slack: ManyLocalSlack) -> None:
    delta, pearl = slack.of(DELTA), slack.of(PEARL)
    shared = delta.team.users.keys() & pearl.team.users.keys()

    assert "U04ALICE7K2" in shared
    assert GENERAL in delta.team.channels.keys() & pearl.team.channels.keys()
    assert delta.identity.bot_user not in shared
    assert delta.identity.bot_id != pearl.identity.bot_id
    assert delta.identity.signing_secret == pearl.identity.signing_secret == slack.app.signing_secret


def test_each_token_reaches_only_its_own_workspace(slack: ManyLocalSlack) -> None:
    delta, pearl = (client(slack, install(slack, team)["access_token"]) for team in (DELTA, PEARL))

    delta.chat_postMessage(channel=GENERAL, text="to Delta")
    pearl.chat_postMessage(channel=GENERAL, text="to Pearl")

    assert (said(slack, DELTA), said(slack, PEARL)) == (["to Delta"], ["to Pearl"])
    assert (delta.auth_test()["team"], pearl.auth_test()["team"]) == ("Delta Lab", "Pearl Lab")


def test_the_token_may_stand_in_the_form(slack: ManyLocalSlack) -> None:
    install(slack, DELTA)
    token = install(slack, PEARL)["access_token"]

    answer = client(slack).api_call("auth.test", params={"token": token})

    assert answer["team_id"] == PEARL


def test_the_other_workspaces_installation_opens_nothing(slack: ManyLocalSlack) -> None:
    delta = install(slack, DELTA)["access_token"]

    assert slack.of(PEARL).identity.bot_token == ""
    assert client(slack, delta).auth_test()["team_id"] == DELTA


def test_faults_and_calls_are_each_workspaces_own(slack: ManyLocalSlack) -> None:
    delta, pearl = (client(slack, install(slack, team)["access_token"]) for team in (DELTA, PEARL))
    slack.of(DELTA).faults.error("chat.postMessage", "fatal_error")

    pearl.chat_postMessage(channel=GENERAL, text="x")

    assert error_of(lambda: delta.chat_postMessage(channel=GENERAL, text="x")) == "fatal_error"
    assert len(slack.of(PEARL).slack.calls.of_method("chat.postMessage")) == 1
    assert slack.calls.of_method("chat.postMessage") == []


def test_a_trigger_of_one_workspace_opens_nothing_in_the_other(
    slack: ManyLocalSlack, listener: Listener
) -> None:
    delta, pearl = (client(slack, install(slack, team)["access_token"]) for team in (DELTA, PEARL))
    trigger = slack.of(DELTA).driver.command("alice", "general", "/yrd").payload["trigger_id"]

    assert error_of(lambda: pearl.views_open(trigger_id=trigger, view=VIEW)) == "invalid_trigger_id"
    assert delta.views_open(trigger_id=trigger, view=VIEW)["ok"]


def test_a_response_url_answers_where_it_was_given_away(slack: ManyLocalSlack, listener: Listener) -> None:
    for team in (DELTA, PEARL):
        url = slack.of(team).driver.command("alice", "general", "/yrd").payload["response_url"]
        assert post(url, json.dumps({"text": team, "response_type": "in_channel"}).encode()) == 200

    assert (said(slack, DELTA), said(slack, PEARL)) == ([DELTA], [PEARL])


def test_a_file_lands_in_the_workspace_that_gave_the_address_away(slack: ManyLocalSlack) -> None:
    given = upload_url(slack.of(PEARL).slack.context, {"filename": "a.txt", "length": "3"})

    assert post(given["upload_url"], b"abc") == 200
    assert slack.of(PEARL).team.files[given["file_id"]].content == b"abc"
    assert slack.of(DELTA).team.files == {}


def test_events_name_their_workspace_and_are_signed_with_the_apps_secret(
    slack: ManyLocalSlack, listener: Listener
) -> None:
    for team in (DELTA, PEARL):
        assert slack.of(team).driver.mention("alice", "general", "hello").ok

    assert listener.events() == [(DELTA, "app_mention"), (PEARL, "app_mention")]
    for told in listener.heard:
        me = slack.of(told["team_id"]).identity
        assert told["api_app_id"] == slack.app.app_id
        assert told["authorizations"][0]["team_id"] == me.team_id
        assert told["authorizations"][0]["user_id"] == me.bot_user


def test_events_of_an_organisation_say_so(slack: ManyLocalSlack, listener: Listener) -> None:
    grid = slack.add("T04GRID0001", "Grid Works", "grid", enterprise_id="E04GRID0001", is_organisation=True)

    grid.driver.mention("alice", "general", "hello")
    grid.driver.command("alice", "general", "/yrd")

    event, command = listener.heard
    authorized: dict[str, Any] = event["authorizations"][0]
    assert authorized["is_enterprise_install"] is True
    assert (authorized["enterprise_id"], authorized["team_id"]) == ("E04GRID0001", None)
    assert (command["enterprise_id"], command["is_enterprise_install"]) == ("E04GRID0001", "true")


def test_the_bot_may_say_later_where_it_listens(slack: ManyLocalSlack, listener: Listener) -> None:
    with ManyLocalSlack(app=slack.app, bot_origin="http://127.0.0.1:1") as elsewhere:
        before = elsewhere.add(DELTA, "Delta Lab", "delta-lab")
        assert not before.driver.mention("alice", "general", "hello").ok

        elsewhere.bot_origin = slack.origin
        after = elsewhere.add(PEARL, "Pearl Lab", "pearl-lab")

        assert elsewhere.bot_origin == slack.origin
        assert before.driver.mention("alice", "general", "hello").ok
        assert after.driver.mention("alice", "general", "hello").ok
    assert listener.events() == [(DELTA, "app_mention"), (PEARL, "app_mention")]
