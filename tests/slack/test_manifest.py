"""The manifest is made from the commands, within Slack's limits, and asks for no more than is used."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.slack.listeners import manifest as manifests
from bot.slack.listeners.manifest import EVENTS, SCOPES, THREAD_EVENTS, manifest, scopes_in_use, scopes_table
from handlers.registry import SLASH


@pytest.fixture(params=[False, True], ids=["plain", "agent"])
def made(request: pytest.FixtureRequest) -> dict[str, Any]:
    return manifest(agent=request.param)


def test_the_commands_are_the_six_registered_ones_in_order(made: dict[str, Any]) -> None:
    commands = [command["command"] for command in made["features"]["slash_commands"]]
    assert commands == [command.name for command in SLASH]
    assert commands == ["/yrd", "/yrd-city", "/yrd-pair", "/yrd-mechanism", "/yrd-topic", "/yrd-digest"]


def test_every_command_is_escaped_and_hinted_within_slacks_limits(made: dict[str, Any]) -> None:
    for command in made["features"]["slash_commands"]:
        assert command["should_escape"] is True
        assert 1 < len(command["command"]) <= manifests.COMMAND_MAX
        assert 0 < len(command["description"]) <= manifests.DESCRIPTION_MAX
        assert 0 < len(command["usage_hint"]) <= manifests.USAGE_HINT_MAX


def test_names_and_descriptions_keep_slacks_limits(made: dict[str, Any]) -> None:
    shown = made["display_information"]
    assert len(shown["name"]) <= 35
    assert "slack" not in shown["name"].lower()
    assert len(shown["description"]) <= manifests.APP_DESCRIPTION_MAX
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", made["features"]["bot_user"]["display_name"])
    shortcut = made["features"]["shortcuts"][0]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "look_up")
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150


def test_home_and_messages_are_on_and_tokens_do_not_rotate(made: dict[str, Any]) -> None:
    home = made["features"]["app_home"]
    assert (home["home_tab_enabled"], home["messages_tab_enabled"]) == (True, True)
    assert home["messages_tab_read_only_enabled"] is False
    assert made["settings"]["token_rotation_enabled"] is False
    assert made["settings"]["interactivity"]["is_enabled"] is True


def test_agent_view_comes_only_on_request_and_never_with_assistant_view() -> None:
    assert "agent_view" not in manifest()["features"]
    features = manifest(agent=True)["features"]
    assert "assistant_view" not in features
    assert len(features["agent_view"]["agent_description"]) <= manifests.AGENT_DESCRIPTION_MAX
    prompts = features["agent_view"]["suggested_prompts"]
    assert 1 <= len(prompts) <= manifests.PROMPTS_MAX
    assert all(prompt["title"] and prompt["message"] for prompt in prompts)


def test_every_scope_and_event_has_its_reason_in_the_table(made: dict[str, Any]) -> None:
    table = scopes_table()
    assert all(f"| `{scope}` |" in table for scope in made["oauth_config"]["scopes"]["bot"])
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert all(f"| `{event}` |" in table for event in EVENTS)


def test_the_scopes_are_those_in_use_and_no_broad_ones() -> None:
    assert manifest()["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}
    assert set(scopes_in_use(agent=True)) - set(scopes_in_use()) == {"assistant:write"}
    assert not [
        scope for scope in SCOPES if scope.startswith(("admin", "search", "files:read", "channels:read"))
    ]


def test_each_event_has_the_scope_it_needs() -> None:
    needs = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    assert all(needs[event] in SCOPES for event in EVENTS if event in needs)


def test_socket_mode_names_no_address_and_http_names_one_everywhere() -> None:
    over_socket, over_http = manifest(), manifest(socket=False, url="https://desk.example/")
    assert over_socket["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(over_socket)
    address = "https://desk.example/slack/events"
    assert over_http["settings"]["socket_mode_enabled"] is False
    assert over_http["settings"]["interactivity"]["request_url"] == address
    assert over_http["settings"]["event_subscriptions"]["request_url"] == address
    assert {command["url"] for command in over_http["features"]["slash_commands"]} == {address}


def test_messages_of_channels_are_asked_for_only_for_threads_and_the_table_says_what_comes_with_them() -> (
    None
):
    plain, followed = (manifest(threads=threads) for threads in (False, True))
    events = followed["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) - set(plain["settings"]["event_subscriptions"]["bot_events"]) == set(THREAD_EVENTS)
    assert followed["oauth_config"] == plain["oauth_config"]
    needs = {"message.channels": "channels:history", "message.groups": "groups:history"}
    assert all(needs[event] in SCOPES for event in THREAD_EVENTS)
    assert "every message of the public channels the bot is in" in scopes_table()


def test_for_many_workspaces_slack_knows_where_whoever_installs_comes_back() -> None:
    made = manifest(many=True, url="https://desk.example/")
    assert made["oauth_config"]["redirect_urls"] == ["https://desk.example/slack/oauth_redirect"]
    settings = made["settings"]
    assert settings["event_subscriptions"]["request_url"] == "https://desk.example/slack/events"
    assert (settings["socket_mode_enabled"], settings["org_deploy_enabled"]) == (False, True)
    assert "redirect_urls" not in manifest()["oauth_config"]
