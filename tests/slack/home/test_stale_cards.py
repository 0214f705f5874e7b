"""A card that lies open over Home while another person decides says so at once, or where Slack does not let it, by the next press."""

from __future__ import annotations

import pytest

from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.home.test_after_forms import on_home
from tests.slack.home.test_ask_box import asked, home, pressed, told

__all__ = ["digests", "team"]


@pytest.fixture
def card(team: CurationStage) -> CurationStage:
    """Alice has a proposal of Bob's before her, which Carol may decide as well."""
    team.appointed("alice", "carol")
    team.proposed("bob")
    team.slack.driver.open_home("alice")
    team.settle()
    on_home(team, "Review proposal 1")
    assert "joint harbour office" in told(team)
    return team


def test_an_open_card_says_at_once_what_another_did(card: CurationStage) -> None:
    carols = card.card("carol")
    card.pressed(carols, "Approve", "carol")
    assert "Approved by Carol Wu." in told(card)
    assert '"Approve"' not in told(card)
    # What is done next is told as well: the modal is known as it stands now.
    card.typed("fact team-001 revert The page is gone.", "carol")
    card.settle()
    assert "Taken back by Carol Wu: The page is gone." in told(card)


def test_an_open_card_says_that_another_edited_it(card: CurationStage) -> None:
    card.pressed(card.card("carol"), "Edit", "carol")
    card.filled("carol", {"p_caveat": "Not yet open."})
    card.settle()
    assert "Not yet open." in told(card)
    pressed(card, "Approve")
    assert "Approved by Alice" in told(card)


def test_what_stands_in_place_of_the_card_by_now_is_left_alone(card: CurationStage) -> None:
    pressed(card, "Reject")
    form = told(card)
    card.slack.driver.close_view("alice")
    assert "p_why" in form
    asked(card, "Ningbo")
    shown = told(card)
    card.pressed(card.card("carol"), "Approve", "carol")
    assert told(card) == shown


def test_a_card_that_was_closed_is_missed_by_nobody(card: CurationStage) -> None:
    before = len(card.slack.team.posts(card.slack.team.im("alice")))
    card.slack.driver.close_view("alice")
    card.pressed(card.card("carol"), "Approve", "carol")
    assert told(card) == ""
    assert len(card.slack.team.posts(card.slack.team.im("alice"))) == before


def test_who_decides_in_the_modal_sees_it_there_once(card: CurationStage) -> None:
    pressed(card, "Approve")
    assert "Approved by Alice" in told(card)
    assert "View fact" in told(card)


def test_what_slack_refused_once_is_tried_again_with_the_next_change(card: CurationStage) -> None:
    card.slack.faults.error("views.update", "view_too_large", times=3)
    card.pressed(card.card("carol"), "Approve", "carol")
    card.slack.faults.clear()
    card.typed("fact team-001 revert The page is gone.", "carol")
    card.settle()
    assert "Taken back by Carol Wu" in told(card)


@pytest.mark.parametrize("label", ["Approve", "Edit", "Reject"])
def test_where_it_was_changed_elsewhere_the_next_press_on_a_decided_proposal_tells_by_whom(
    card: CurationStage, label: str
) -> None:
    # Whatever is tried at the same moment is refused alike.
    card.slack.faults.error("views.update", "hash_conflict", times=3)
    card.pressed(card.card("carol"), "Approve", "carol")
    card.settle()
    card.slack.faults.clear()
    pressed(card, label)
    assert "pproved by Carol Wu" in told(card)
    assert "p_why" not in told(card)
    assert "Review proposal 1" not in home(card)


def test_the_next_press_on_an_ended_digest_tells_that_it_is(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    asked(digests, "digest show 1")
    digests.typed("unsubscribe 1")
    digests.settle()
    pressed(digests, "Pause")
    assert "ended" in told(digests)
