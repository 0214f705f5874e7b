"""What is typed into Home's box: it changes nothing by a second press, and has no channel of its own."""

from __future__ import annotations

import json

import pytest

from bot.slack.home.actions import DEAD_OPTION
from bot.slack.home.ask_box import Recent
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, button, digests
from tests.slack.stage import Stage

__all__ = ["digests", "team"]

DAILY = "/yrd-digest subscribe ports daily 09:00"


def asked(digests: Stage, text: str, user: str = "alice") -> None:
    digests.slack.driver.open_home(user)
    digests.settle()
    digests.slack.driver.click_home(user, "home_ask", chosen=text)
    digests.settle()


def test_a_digest_saved_from_home_is_of_the_direct_message_it_is_saved_in(digests: DigestStage) -> None:
    for user in ("alice", "bob"):
        asked(digests, DAILY, user)
        shown = digests.posts(digests.slack.team.im(user))[-1]
        block, element = button(shown, "Save")
        digests.slack.driver.click(user, shown, element["action_id"], block_id=block["block_id"])
        digests.settle()
    team = digests.slack.team
    assert [kept.channel for kept in digests.kept()] == [team.im("alice").id, team.im("bob").id]
    assert "is saved" in digests.posts(team.im("bob"), 2)[-1].text


@pytest.mark.parametrize("verb", ["show", "history", "pause", "edit", "unsubscribe"])
def test_a_digest_without_a_number_is_nobodys_where_there_is_no_channel(
    digests: DigestStage, verb: str
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    asked(digests, f"/yrd-digest {verb}", "bob")
    said = digests.posts(digests.slack.team.im("bob"))[-1]
    assert "Ports" not in json.dumps(said.blocks)
    assert "number" in said.text


CHANGES = ("admin curators remove U04CAROL0X1", "review 1 approve", "fact team-001 revert oops", "review")


@pytest.mark.parametrize("text", CHANGES)
def test_what_is_no_question_is_done_once_and_not_offered_again(team: CurationStage, text: str) -> None:
    team.appointed("carol")
    asked(team, text)
    user = team.slack.team.user("alice").id
    home = json.dumps(team.slack.team.homes[user].body)
    assert "home_again" not in home
    assert f"Answered in Messages: {text}" in home


def test_what_an_older_home_offers_to_do_again_is_not_done(team: CurationStage) -> None:
    team.appointed("carol")
    team.slack.driver.open_home("alice")
    team.settle()
    home = team.slack.team.homes[team.slack.team.user("alice").id]
    home.body["private_metadata"] = Recent(asked=(CHANGES[0],)).encode()
    team.slack.driver.open_home("alice")
    team.settle()
    team.slack.driver.click_home("alice", "home_again:0")
    assert team.card("alice").text == DEAD_OPTION
    assert "Carol Wu" in team.typed("admin curators list").text
    assert "home_again" not in json.dumps(home.body)


def test_home_shows_what_a_change_made_there_comes_to(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    asked(team, "review 1 approve")
    home = json.dumps(team.slack.team.homes[team.slack.team.user("alice").id].body)
    assert "Waiting for review" in home
    assert "Review 1" not in home


def test_a_digest_that_is_paused_on_home_takes_nothing_from_what_was_asked_there(
    digests: DigestStage,
) -> None:
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    digests.slack.driver.click_home("alice", "digest_pause")
    digests.settle()
    home = json.dumps(digests.slack.team.homes[digests.slack.team.user("alice").id].body)
    assert "digest_resume" in home
    assert "home_again:0" in home
