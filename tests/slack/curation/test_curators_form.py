"""An admin says in a form who is a curator, from Home or wherever the list of them is; nobody else is offered it."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from bot.local_slack.state.records import User
from tests.slack.curation_stage import CurationStage, team, told
from tests.slack.home.test_after_forms import on_home, sent
from tests.slack.home.test_ask_box import asked, home, pressed
from tests.slack.home.test_ask_box import told as in_modal

__all__ = ["team"]
LABEL = "Choose curators"


def opened(team: CurationStage, user: str = "alice") -> None:
    team.slack.driver.open_home(user)
    team.settle()


def ids(team: CurationStage, *users: str) -> list[str]:
    return [team.slack.team.user(user).id for user in users]


def curators(team: CurationStage) -> set[str]:
    return set(team.services.team_bases.curation(team.team_id).curators.values())


def test_an_admin_appoints_and_dismisses_over_home(team: CurationStage) -> None:
    team.appointed("bob")
    opened(team)
    on_home(team, LABEL)
    assert "Curators now: Bob Li." in in_modal(team)
    assert ids(team, "bob")[0] in in_modal(team)
    sent(team, {"p_curators": ids(team, "carol", "alice")})
    assert curators(team) == {"Alice Chen", "Carol Wu"}
    shown = in_modal(team)
    for sentence in ("Carol Wu is now a curator.", "Bob Li is no longer a curator.", "Alice Chen"):
        assert sentence in shown
    assert "You are now a curator" in team.card("carol").text
    # She became one herself: Home shows what waits.
    assert "Waiting for review" in home(team)


def test_what_nobody_changed_changes_nothing_and_says_who_is_one(team: CurationStage) -> None:
    team.appointed("bob")
    opened(team)
    on_home(team, LABEL)
    sent(team, {})
    assert curators(team) == {"Bob Li"}
    assert "Curators review proposals." in in_modal(team)


def test_all_of_them_may_be_dismissed(team: CurationStage) -> None:
    team.appointed("bob")
    opened(team)
    on_home(team, LABEL)
    sent(team, {"p_curators": []})
    assert curators(team) == set()


def test_whom_another_appointed_meanwhile_stays_one(team: CurationStage) -> None:
    opened(team)
    on_home(team, LABEL)
    team.appointed("carol")
    sent(team, {"p_curators": ids(team, "bob")})
    assert curators(team) == {"Bob Li", "Carol Wu"}


def test_who_is_no_member_is_told_under_the_menu_and_nobody_is_appointed(team: CurationStage) -> None:
    team.slack.team.add_user(User("U0STRANGER1", "sam", "Sam Guest", team_id="T0ELSEWHERE", is_stranger=True))
    opened(team)
    on_home(team, LABEL)
    said = team.slack.driver.submit_view("alice", {"p_curators": ["U0STRANGER1", *ids(team, "bob")]})
    assert "Only members of this workspace become curators, and " in told(said)
    assert curators(team) == set()


def test_it_is_offered_to_admins_alone_and_refused_to_others(team: CurationStage) -> None:
    for user in ("alice", "bob"):
        opened(team, user)
    assert LABEL in home(team)
    assert LABEL not in home(team, "bob")
    asked(team, "admin curators choose", "bob")
    assert "Only admins of the workspace appoint curators." in in_modal(team, "bob")


def test_who_is_no_admin_any_more_changes_nothing(team: CurationStage) -> None:
    opened(team)
    on_home(team, LABEL)
    alice = team.slack.team.user("alice")
    team.slack.team.users[alice.id] = replace(alice, is_admin=False)
    sent(team, {"p_curators": ids(team, "bob")})
    assert curators(team) == set()
    assert "Only admins of the workspace appoint curators." in in_modal(team)


def test_a_name_typed_on_home_leads_to_the_form(team: CurationStage) -> None:
    asked(team, "admin curators add Carol")
    assert "choose the person from the list" in in_modal(team)
    pressed(team, LABEL)
    assert "p_curators" in in_modal(team)


def test_the_list_in_a_channel_leads_to_the_form_and_is_told_there(team: CurationStage) -> None:
    listed = team.typed("admin curators list")
    team.pressed(listed, LABEL, "alice")
    team.slack.driver.submit_view("alice", {"p_curators": ids(team, "carol")})
    team.settle()
    (*_, last) = team.slack.team.ephemerals("general", "alice")
    assert "Carol Wu is now a curator." in json.dumps(last.blocks)
    assert LABEL not in json.dumps(team.typed("admin curators list", "bob").blocks)


@pytest.mark.parametrize("door", ["mention", "message"])
def test_where_no_form_can_be_opened_an_admin_gets_its_button(team: CurationStage, door: str) -> None:
    if door == "mention":
        team.slack.driver.mention("alice", "general", "admin curators choose")
    else:
        team.slack.driver.direct_message("alice", "admin curators choose")
    team.settle()
    channel = "general" if door == "mention" else team.slack.team.im("alice")
    said = [*team.slack.team.posts(channel), *team.slack.team.ephemerals(channel, "alice")][-1]
    assert "Curators are chosen in a form." in json.dumps(said.blocks)
    assert LABEL in json.dumps(said.blocks)


def _joined(team: CurationStage, count: int) -> list[str]:
    users = [f"U0MANY{number:04}" for number in range(count)]
    for number, user in enumerate(users):
        team.slack.team.add_user(User(user, f"many{number}", f"Person {number}"))
    return users


def test_many_are_asked_about_side_by_side_while_slack_waits(team: CurationStage) -> None:
    users = _joined(team, 12)
    opened(team)
    on_home(team, LABEL)
    team.slack.faults.time_out("users.info", seconds=30, times=99)
    began = time.monotonic()
    said = team.slack.driver.submit_view("alice", {"p_curators": users})
    assert time.monotonic() - began < 3
    assert "Slack cannot be reached just now" in told(said)
    assert curators(team) == set()
    team.slack.faults.clear()
    team.slack.driver.submit_view("alice", {"p_curators": users})
    team.settle()
    assert len(curators(team)) == len(users)


def test_the_form_says_who_left_and_how_many_it_does_not_show(team: CurationStage) -> None:
    users = _joined(team, 52)
    team.appointed(*(f"many{number}" for number in range(52)))
    gone = team.slack.team.users[users[3]]
    team.slack.team.users[gone.id] = replace(gone, team_id="T0ELSEWHERE", is_stranger=True)
    opened(team)
    on_home(team, LABEL)
    assert "No members of this workspace any more, so without rights: Person 3." in in_modal(team)
    assert "2 more curators are not shown here" in in_modal(team)
    sent(team, {})
    assert len(curators(team)) == 52
