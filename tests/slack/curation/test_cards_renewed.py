"""Every card ends as its proposal stands, whatever Slack held up, refused or left open, and whoever else wrote on it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobs import renew_cards
from bot.local_slack.state.records import Message
from bot.state.contributions import StoredContributions
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team
from tests.slack.digest_stage import button, labels

__all__ = ["team"]
FACT = "xu-twinning-045"


def _messages(team: CurationStage, user: str) -> list[Message]:
    team.settle()
    return [post for post in team.slack.team.posts(team.slack.team.im(user)) if post.by_bot]


def _card_with(team: CurationStage, user: str, words: str) -> Message:
    return next(message for message in _messages(team, user) if words in message.text)


def _held_up(team: CurationStage) -> None:
    """Wait until Slack has said all that it was to say on its bad day."""
    team.slack.team.wait_for(lambda: not team.slack.faults.ready)


def _complained(team: CurationStage, user: str, why: str) -> Any:
    team.slack.driver.command(user, "general", "/yrd", f"fact {FACT} wrong")
    team.modal(user)
    sent = team.slack.driver.submit_view(user, {"p_why": why})
    team.settle()
    return sent


def test_what_is_done_while_changes_wait_is_what_every_card_shows(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    cards = [team.card(user) for user in ("alice", "carol")]
    team.slack.faults.rate_limit("chat.update", 1)
    team.typed("review 1 approve", "carol")
    _held_up(team)
    team.typed("fact team-001 revert The page is gone.", "carol")
    team.settle()
    assert all(card.text.startswith("Taken back by Carol Wu: The page is gone.") for card in cards)


def test_a_card_that_is_late_shows_what_was_decided_meanwhile(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.slack.faults.rate_limit("chat.postMessage", 1, times=2)
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.filled("bob", FILLED)
    _held_up(team)
    team.typed("review 1 reject I was wrong.", "bob")
    for user in ("alice", "carol"):
        card = team.card(user)
        assert card.text.startswith("Withdrawn by Bob Li: I was wrong.")
        assert labels(card) == []


@pytest.mark.parametrize("code", ["internal_error", "service_unavailable"])
def test_a_change_that_slack_is_unsure_of_is_made_again(team: CurationStage, code: str) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.faults.error("chat.update", code)
    team.typed("review 1 approve", "carol")
    assert team.card("carol").text.startswith("Approved by Carol Wu.")


def test_a_card_that_could_not_be_changed_is_changed_within_the_hour(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    cards = [team.card(user) for user in ("alice", "carol")]
    team.slack.faults.error("chat.update", "missing_scope", times=2)
    team.typed("review 1 approve", "carol")
    team.settle()
    assert all("Approve" in labels(card) for card in cards)
    contributions, now = StoredContributions(team.store), team.clock.moment()
    renew_cards(contributions, lambda which: team.notifier, lambda stopped: "stopped", now)
    team.settle()
    assert all("Approve" in labels(card) for card in cards)
    renew_cards(contributions, lambda which: team.notifier, lambda stopped: "", now)
    team.settle()
    assert all(card.text.startswith("Approved by Carol Wu.") for card in cards)
    calls = len(team.slack.calls.made)
    renew_cards(contributions, lambda which: team.notifier, lambda stopped: "", now)
    team.settle()
    assert len(team.slack.calls.made) == calls


def test_a_card_that_could_not_be_changed_is_changed_at_the_next_deed(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    team.slack.faults.error("chat.update", "missing_scope")
    team.typed("review 1 approve", "carol")
    team.settle()
    team.typed("fact team-001 revert The page is gone.", "carol")
    team.settle()
    assert card.text.startswith("Taken back by Carol Wu")


def test_a_card_that_was_deleted_is_tried_once(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.settle()
    team.slack.faults.error("chat.update", "message_not_found")
    team.typed("review 1 approve", "carol")
    team.settle()
    assert team.rows("cards") == []


def test_nobody_is_offered_to_approve_their_own_words(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    carol, alice = team.card("carol"), team.card("alice")
    team.pressed(carol, "Edit", "carol")
    team.slack.faults.rate_limit("chat.update", 1)
    team.filled("carol", {"p_caveat": "Nobody has signed it."})
    team.settle()
    assert labels(carol) == ["Edit", "Reject"]
    assert labels(alice) == ["Approve", "Edit", "Reject"]
    assert labels(team.typed("review 1", "carol")) == ["Edit", "Reject"]
    assert labels(team.typed("review 1", "bob")) == ["Approve", "Edit", "Withdraw"]


def test_the_author_sees_no_button_that_refuses_them(team: CurationStage) -> None:
    team.appointed("bob", "carol")
    team.proposed("bob")
    assert labels(team.typed("review 1", "bob")) == ["Edit", "Withdraw"]


def test_what_is_pressed_late_does_not_hide_what_was_done_meanwhile(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    card = team.card("carol")
    block, element = button(card, "Approve")
    team.slack.faults.rate_limit("response_url", 2)
    team.slack.driver.click("carol", card, element["action_id"], block_id=block["block_id"])
    _held_up(team)
    team.typed("fact team-001 revert The page is gone.", "alice")
    team.settle()
    assert card.text.startswith("Taken back by Alice Chen: The page is gone.")


def test_a_form_that_is_told_late_does_not_hide_what_was_done_meanwhile(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    card = team.card("carol")
    team.pressed(card, "Edit", "carol")
    team.slack.faults.rate_limit("response_url", 2)
    team.filled("carol", {"p_caveat": "Nobody has signed it."})
    _held_up(team)
    team.typed("review 1 approve", "alice")
    team.settle()
    assert card.text.startswith("Approved by Alice Chen.")


def test_a_card_that_was_asked_for_in_a_direct_message_is_renewed_too(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    for text in ("review 1", "review"):
        team.slack.driver.direct_message("carol", text)
        team.settle()
    told, asked, queue = _messages(team, "carol")[-3:]
    team.pressed(queue, "Review proposal 1", "carol")
    team.typed("review 1 approve", "alice")
    team.settle()
    for card in (told, asked, queue):
        assert card.text.startswith("Approved by Alice Chen.")
        assert labels(card) == ["View fact", "Revert"]


def test_a_second_press_of_the_same_person_is_no_race_that_they_lost(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    card = team.card("carol")
    block, element = button(card, "Approve")
    for _ in range(2):
        team.slack.driver.click("carol", card, element["action_id"], block_id=block["block_id"])
    team.settle()
    assert "was first" not in card.text
    assert team.typed("review 1 approve", "carol").text.count("You approved proposal 1 already.") == 1
    assert "Carol Wu was first." in team.typed("review 1 approve", "alice").text


def test_of_two_who_would_replace_a_fact_the_other_is_told_that_it_is_done(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    _complained(team, "bob", "It closed.")
    team.slack.driver.command("alice", "general", "/yrd", f"fact {FACT} correct")
    source = {key: FILLED[key] for key in ("p_source", "p_words", "p_subjects", "p_topics")}
    team.filled("alice", {"p_why": "It is another.", "p_statement": STATEMENT, **source})
    team.settle()
    team.slack.driver.submit_view("alice")
    team.settle()
    left = _card_with(team, "carol", "It closed.")
    team.typed("review 2 approve", "carol")
    team.settle()
    closed = (
        "Closed: another proposal, 2, which Carol Wu approved, took the place of the fact that it is about."
    )
    assert left.text.startswith(closed)
    assert labels(left) == []
    assert [closed in message.text for message in _messages(team, "bob")].count(True) == 1
    assert "Nothing waits" in team.typed("review", "carol").text
    assert closed in team.typed("review 1 approve", "carol").text


def test_who_corrects_a_fact_that_is_taken_back_meanwhile_is_told(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    team.typed("review 1 approve", "carol")
    team.slack.driver.command("bob", "general", "/yrd", "fact team-001 wrong")
    team.modal("bob")
    team.slack.driver.submit_view("bob", {"p_why": "It was June."})
    team.settle()
    team.typed("fact team-001 revert The page is gone.", "carol")
    closed = "Closed: Carol Wu took back the fact that it is about."
    assert [closed in message.text for message in _messages(team, "bob")].count(True) == 1
    assert "Nothing waits" in team.typed("review", "carol").text


def test_what_replaces_a_fact_that_is_gone_by_now_is_not_proposed(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.slack.driver.command("bob", "general", "/yrd", f"fact {FACT} wrong")
    team.modal("bob")
    _complained(team, "alice", "It has closed.")
    team.typed("review 1 approve", "carol")
    sent = team.slack.driver.submit_view("bob", {"p_why": "It closed, I say."})
    team.settle()
    assert "That fact does not stand any longer" in str(sent.reply)
    assert "Nothing waits" in team.typed("review", "carol").text
