"""What is typed into Home's box: it changes nothing by a second press, and has no channel of its own."""

from __future__ import annotations

import json

import pytest

from tests.slack.digest_stage import DigestStage, button, digests

__all__ = ["digests"]

DAILY = "/yrd-digest subscribe ports daily 09:00"


def asked(digests: DigestStage, text: str, user: str = "alice") -> None:
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
