"""Whose a payload is, read from fields that may be missing, odd or at odds; and how long Slack's word is kept."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.records import User
from bot.slack.api import users as api_users
from bot.slack.api.users import Acquaintances
from bot.slack.api.web import client
from bot.slack.api.whose import Membership, Whose, claimed, vouched_for, whose
from bot.slack.sending.client import SlackSender
from tests.slack.at_once import at_once
from tests.slack.stage import HandClock, Stage

EVENT = {"type": "event_callback"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({**EVENT, "team_id": "T1"}, Whose("T1")),
        ({**EVENT, "team_id": "T1", "context_team_id": "T2"}, Whose("T2")),
        (
            {**EVENT, "team_id": "T1", "context_team_id": "T2", "authorizations": [{"team_id": "T3"}]},
            Whose("T3"),
        ),
        ({**EVENT, "team_id": "T1", "authorizations": "T3"}, Whose("T1")),
        ({**EVENT, "team_id": "T1", "authorizations": [None]}, Whose("T1")),
        ({**EVENT, "team_id": 1, "event": {"user_team": ["T2"], "team": "T3"}}, Whose("", ("T3",))),
        ({**EVENT, "team_id": "T1", "event": {"user_team": "T2", "team": "T3"}}, Whose("T1", ("T2",))),
        ({**EVENT, "team_id": "T1", "event": {"team": "T2", "source_team": "T3"}}, Whose("T1", ("T2", "T3"))),
        ({**EVENT, "team_id": "T1", "event": {"source_team": "T3"}}, Whose("T1")),
        ({**EVENT, "team_id": "T1", "event": {"user_profile": "T3", "team": "no id"}}, Whose("T1")),
        ({"command": "/yrd", "team_id": "T1"}, Whose("T1", ("T1",))),
        ({"command": "/yrd", "team_id": "T1", "context_team_id": "T2"}, Whose("T2", ("T1", "T2"))),
        ({"command": "/yrd", "context_team_id": "T2"}, Whose("T2")),
        (
            {"command": "/yrd", "team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": "true"},
            Whose("E1", ("T1",)),
        ),
        (
            {"type": "block_actions", "user": {"team_id": "T1"}, "team": {"id": "T2"}},
            Whose("", ("T1",), ("T2", "T1")),
        ),
        (
            {
                "type": "block_actions",
                "user": {"team_id": "T1"},
                "team": {"id": "T2"},
                "message": {"team": "T3", "bot_id": "B1"},
            },
            Whose("", ("T1",), ("T3", "T2", "T1")),
        ),
        (
            {"type": "message_action", "team": {"id": "T2"}, "message": {"team": "T3", "bot_id": "B1"}},
            Whose("", (), ("T2",)),
        ),
        (
            {
                "type": "block_actions",
                "api_app_id": "A1",
                "team": {"id": "T2"},
                "message": {"team": "T3", "bot_id": "B1", "app_id": "A2"},
            },
            Whose("", (), ("T2",)),
        ),
        ({**EVENT, "team_id": None, "enterprise_id": "E1", "authorizations": []}, Whose("", (), ("E1",))),
        ({"type": "view_submission", "user": "U1", "view": {"app_installed_team_id": "T3"}}, Whose("T3")),
        (
            {"type": "block_actions", "user": {}, "enterprise": {"id": "E1"}, "is_enterprise_install": True},
            Whose("E1", (), ("E1",)),
        ),
    ],
)
def test_installation_and_person_are_read_in_slacks_order(body: dict[str, Any], said: Whose) -> None:
    assert whose(body) == said


@pytest.mark.parametrize("removal", ["app_uninstalled", "tokens_revoked"])
@pytest.mark.parametrize(
    ("named", "places"),
    [
        ({}, ()),
        ({"team_id": "T1"}, ("T1",)),
        ({"enterprise_id": "E1"}, ("E1",)),
        ({"enterprise_id": "E1", "team_id": None, "authorizations": None}, ("E1",)),
        ({"team_id": "T1", "enterprise_id": "E1"}, ("T1", "E1")),
        (
            {"team_id": "T1", "context_team_id": "T1", "authorizations": [{"team_id": "T1"}]},
            ("T1",),
        ),
        (
            {
                "team_id": "T1",
                "enterprise_id": "E1",
                "context_team_id": "T2",
                "context_enterprise_id": "E2",
                "authorizations": [
                    {"team_id": "T3", "enterprise_id": "E3"},
                    "T9",
                    {"team_id": None, "enterprise_id": "E4", "is_enterprise_install": True},
                ],
            },
            ("T3", "E3", "E4", "T1", "E1", "T2", "E2"),
        ),
        (
            {
                "team_id": "T1",
                "authorizations": [{"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": True}],
            },
            ("E1", "T1"),
        ),
        ({"team_id": "no id", "enterprise_id": ["E1"], "context_team_id": 1}, ()),
    ],
)
def test_a_removal_names_every_workspace_and_organisation_once_and_no_installation(
    removal: str, named: dict[str, Any], places: tuple[str, ...]
) -> None:
    body = {**EVENT, **named, "event": {"type": removal, "user_team": "T8"}}
    assert whose(body) == Whose("", (), places)


@pytest.mark.parametrize(
    ("homes", "enterprise", "membership"),
    [
        ((), "", "unknown"),
        (("T1",), "", "own"),
        (("T2",), "", "stranger"),
        (("T2",), "E1", "unknown"),
        (("E1",), "E1", "unknown"),
        (("E2",), "E1", "stranger"),
        (("E2",), "", "stranger"),
        (("W1",), "", "unknown"),
        (("T1", "T2"), "", "unknown"),
        (("T1", "T1"), "E1", "own"),
    ],
)
def test_a_payload_says_ours_or_theirs_only_where_nothing_speaks_against_it(
    homes: tuple[str, ...], enterprise: str, membership: Membership
) -> None:
    assert claimed(homes, "T1", enterprise) == membership


@pytest.mark.parametrize(
    ("person", "membership"),
    [
        ({}, "unknown"),
        ({"team_id": "T1"}, "own"),
        ({"team_id": "T1", "is_stranger": False}, "own"),
        ({"team_id": "T1", "is_stranger": True}, "stranger"),
        ({"team_id": "T1", "is_stranger": "true"}, "stranger"),
        ({"team_id": "T2", "is_stranger": False}, "stranger"),
        ({"team_id": "T1", "profile": {"team": "T1"}}, "own"),
        ({"team_id": "T1", "profile": {"team": "T2"}}, "unknown"),
        ({"team_id": "T2", "profile": {"team": "T1"}}, "unknown"),
        ({"team_id": "T1", "profile": {"team": "T2"}, "enterprise_user": {"teams": ["T1", "T2"]}}, "own"),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2", "T1"]}}, "own"),
        ({"team_id": "T2", "enterprise_user": {"teams": "T1"}}, "stranger"),
        ({"team_id": "E2"}, "unknown"),
        ({"team_id": "E2", "enterprise_user": {"teams": ["T2"]}}, "stranger"),
        ({"team_id": ["T1"]}, "unknown"),
        ({"is_stranger": True}, "stranger"),
    ],
)
def test_users_info_vouches_only_for_a_member_of_the_workspace(
    person: dict[str, Any], membership: Membership
) -> None:
    assert vouched_for(person, "T1") == membership


class People:
    """Says what it was told to say, and counts."""

    def __init__(self, *said: Membership) -> None:
        self.said, self.times = list(said), 0

    def membership(self, team: str, user: str) -> Membership:
        self.times += 1
        return self.said.pop(0) if len(self.said) > 1 else self.said[0]


def test_slacks_word_is_kept_ten_minutes_and_its_silence_not_at_all() -> None:
    clock, asked = HandClock(), People("unknown", "own", "stranger")
    known = Acquaintances(asked, clock)
    assert [known.membership("T1", "U1") for _ in range(3)] == ["unknown", "own", "own"]
    clock.now += api_users.KEPT_SECONDS["own"] - 1
    assert known.membership("T1", "U1") == "own"
    clock.now += 1
    assert known.membership("T1", "U1") == "stranger"
    assert asked.times == 3


def test_a_stranger_who_joins_the_workspace_is_known_within_a_minute() -> None:
    clock, asked = HandClock(), People("stranger", "own")
    known = Acquaintances(asked, clock)
    assert [known.membership("T1", "U1") for _ in range(2)] == ["stranger", "stranger"]
    clock.now += 60
    assert known.membership("T1", "U1") == "own"


def test_no_more_people_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_users, "KEPT_MAX", 2)
    asked = People("own")
    known = Acquaintances(asked, HandClock())
    for user in ("U1", "U2", "U3", "U3", "U2", "U1"):
        known.membership("T1", user)
    assert asked.times == 4


def test_slack_is_not_asked_about_people_whom_the_payload_calls_ours(stage: Stage) -> None:
    stage.slack.driver.command("bob", "general", "/yrd", "Ningbo")
    stage.replies(stage.slack.driver.mention("bob", "general", "Ningbo").message)
    stage.settle()
    assert stage.slack.calls.of_method("users.info") == []


def _unsaid(stage: Stage) -> User:
    user = stage.slack.team.add_user(User("U0UNSAID01", "unsaid", "Una Unsaid", team_id=None))
    stage.slack.team.join("general", user)
    return user


def test_a_mention_is_acknowledged_before_slack_is_asked_whose_it_is(stage: Stage) -> None:
    stage.slack.faults.time_out("users.info")
    said = stage.slack.driver.mention(_unsaid(stage), "general", "Ningbo")
    assert said.ok
    assert said.seconds < 1
    stage.slack.faults.clear()
    assert stage.replies(said.message)[0].text.startswith("You asked: Ningbo")


def test_a_click_is_acknowledged_in_time_though_slack_is_silent(stage: Stage) -> None:
    stage.slack.faults.time_out("users.info")
    user = _unsaid(stage)
    under = stage.slack.team.post("general", user, "here")
    pressed = stage.slack.driver.press(user, under, {"type": "button", "action_id": "sources", "value": "{}"})
    assert pressed.ok
    stage.slack.faults.clear()
    assert "did not tell me whether you belong" in stage.whispers("general", user.id)[0].text


def test_of_a_reader_whom_slack_does_not_name_nothing_is_kept(stage: Stage) -> None:
    said = stage.slack.driver.mention(_unsaid(stage), "general", "Minhang and Huainan")
    stage.replies(said.message)
    stage.settle()
    stage.slack.driver.mention("alice", "general", "since when?", thread_ts=said.message.ts)
    stage.replies(said.message, 2)
    assert [(asked.user, asked.context) for asked in stage.engine.asked] == [
        ("", ()),
        (stage.slack.team.user("alice").id, ()),
    ]


def test_an_owner_of_another_workspace_is_not_told_of_our_failures() -> None:
    with LocalSlackServer() as slack:
        users = dict(slack.team.users)
        slack.team.users.clear()
        slack.team.add_user(User("U0FOREIGN", "fay", "Fay Foreign", is_admin=True, team_id="T0OTHER"))
        slack.team.users.update(users)
        assert at_once(SlackSender(client(slack.bot_token, slack.api_url)).owner()) == users["U04ALICE7K2"].id
