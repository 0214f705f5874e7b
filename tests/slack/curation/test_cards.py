"""A card says what became of its proposal, by whom and why; who proposed it is told, of nothing that they did themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.local_slack.state.records import Message
from tests.slack.curation_stage import FILLED, CurationStage, team
from tests.slack.digest_stage import button, labels

__all__ = ["team"]
LIVE = {"Approve", "Edit", "Reject"}


def _approve(team: CurationStage) -> None:
    team.typed("review 1 approve", "carol")


def _reject(team: CurationStage) -> None:
    team.typed("review 1 reject The page says June.", "carol")


def _withdraw(team: CurationStage) -> None:
    team.typed("review 1 reject I was wrong.", "bob")


def _revert(team: CurationStage) -> None:
    _approve(team)
    team.typed("fact team-001 revert The page is gone.", "carol")


def _messages(team: CurationStage, user: str) -> list[Message]:
    team.settle()
    return [post for post in team.slack.team.posts(team.slack.team.im(user)) if post.by_bot]


@pytest.mark.parametrize(
    ("decide", "said", "left"),
    [
        (_approve, "Approved by Carol Wu.", ["View fact", "Revert"]),
        (_reject, "Rejected by Carol Wu: The page says June.", []),
        (_withdraw, "Withdrawn by Bob Li: I was wrong.", []),
        (_revert, "Taken back by Carol Wu: The page is gone.", []),
    ],
)
def test_every_card_says_what_became_of_it_and_keeps_no_dead_button(
    team: CurationStage, decide: Callable[[CurationStage], None], said: str, left: list[str]
) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    cards = [team.card(user) for user in ("alice", "carol")]
    assert all(set(labels(card)) == LIVE for card in cards)
    decide(team)
    team.settle()
    for card in cards:
        assert card.text.startswith(said)
        assert labels(card) == left
        assert "<!date^" in str(card.blocks)


def test_deciding_on_a_card_leaves_no_second_message(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    before = len(_messages(team, "carol"))
    team.pressed(team.card("carol"), "Approve", "carol")
    team.pressed(team.card("carol"), "Revert", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_why": "The page is gone."})
    assert len(_messages(team, "carol")) == before
    assert team.card("carol").text.startswith("Taken back by Carol Wu: The page is gone.")


def test_an_old_card_that_is_pressed_tells_what_became_of_it(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    card = team.card("carol")
    reject = dict(button(card, "Reject")[1])
    team.typed("review 1 approve", "alice")
    team.slack.driver.press("carol", card, reject)
    team.settle()
    assert team.slack.team.modal_of("carol") is None
    assert "Approved by Alice Chen." in team.card("carol").text


def test_a_card_that_only_one_sees_changes_too(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    shown = team.typed("review 1", "carol")
    team.pressed(shown, "Approve", "carol")
    assert shown.text.startswith("Approved by Carol Wu.")


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (_approve, "Carol Wu approved your proposal 1. It answers from now on."),
        (_reject, "Carol Wu rejected your proposal 1: The page says June."),
        (_revert, "Carol Wu took back your proposal 1, which had been approved: The page is gone."),
    ],
)
def test_who_proposed_hears_once_how_it_went(
    team: CurationStage, decide: Callable[[CurationStage], None], said: str
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    decide(team)
    assert [message.text.startswith(said) for message in _messages(team, "bob")].count(True) == 1


def test_who_proposed_sees_what_somebody_else_changed(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.filled("carol", {"p_caveat": "Nobody has signed it."})
    card = team.card("bob")
    assert card.text.startswith("Carol Wu edited your proposal 1.")
    assert "Caveat: – → Nobody has signed it." in card.text
    assert labels(card) == ["Approve", "Edit", "Withdraw"]


def test_nobody_is_told_of_what_they_did_themselves(team: CurationStage) -> None:
    team.appointed("bob", "carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.filled("carol", {"p_caveat": "Nobody has signed it."})
    before = len(_messages(team, "bob"))
    team.typed("review 1 approve", "bob")
    team.typed("fact team-001 revert It was never opened.", "bob")
    assert len(_messages(team, "bob")) == before


def test_words_of_an_editor_are_told_as_theirs(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.filled("carol", {"p_caveat": "Nobody has signed it."})
    team.pressed(team.card("bob"), "Approve", "bob")
    assert "proposed by Carol Wu, approved by Bob Li" in team.typed("fact team-001", "alice").text


def test_a_second_complaint_of_the_same_person_is_told_as_waiting(team: CurationStage) -> None:
    team.appointed("carol")
    for why, waits in (("It closed.", False), ("It has closed, as I said.", True)):
        team.slack.driver.command("bob", "general", "/yrd", "fact xu-twinning-039 wrong")
        team.modal("bob")
        sent = team.slack.driver.submit_view("bob", {"p_why": why})
        team.settle()
        assert ("You have said so already: proposal 1 waits for review." in str(sent.reply)) == waits
    assert len(team.services.team_bases.curation(team.team_id).waiting()) == 1


def test_what_is_sent_by_a_double_click_is_kept_once_and_not_refused(team: CurationStage) -> None:
    for _ in range(2):
        team.slack.driver.command("bob", "general", "/yrd", "add")
        sent = team.filled("bob", FILLED)
        assert sent.reply == {"response_action": "clear"}
        team.settle()
    (*_, last) = team.slack.team.ephemerals("general", "bob")
    assert "Proposal 1 waits for review: it was sent once." in last.text
    assert len(team.services.team_bases.curation(team.team_id).waiting()) == 1


def test_the_same_fact_is_not_proposed_twice_by_one_person(team: CurationStage) -> None:
    team.proposed("bob")
    team.clock.now += 60
    team.slack.driver.command("bob", "general", "/yrd", "add")
    sent = team.filled("bob", FILLED)
    assert "You have said so already" in str(sent.reply)
    assert len(team.services.team_bases.curation(team.team_id).waiting()) == 1
