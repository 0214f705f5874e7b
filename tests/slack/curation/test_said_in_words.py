"""Proposals are dealt with in plain words at every door, by the rights that buttons have."""

from __future__ import annotations

from bot.local_slack.state.records import Message
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import labels

__all__ = ["team"]


def last(team: CurationStage, user: str) -> Message:
    """What the person was told last, wherever."""
    team.settle()
    alone = [*team.slack.team.ephemerals("general", user), *team.slack.team.posts(team.slack.team.im(user))]
    return max((message for message in alone if message.by_bot), key=lambda message: message.version)


def state(team: CurationStage, number: int = 1) -> str:
    team.settle()
    return team.services.team_bases.curation(team.team_id).contributions[number].state


def test_a_curator_approves_in_words_in_a_direct_message(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.direct_message("carol", "please approve proposal 1")
    assert state(team) == "approved"
    assert "Approved by Carol Wu" in last(team, "carol").text


def test_a_mention_rejects_with_the_reason_as_it_was_written(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.mention("carol", "general", "reject 1 because https://example.org/june says June")
    assert state(team) == "rejected"
    kept = team.services.team_bases.curation(team.team_id).contributions[1]
    assert "https://example.org/june says June" in kept.why


def test_who_is_no_curator_approves_nothing(team: CurationStage) -> None:
    team.appointed("alice")
    team.proposed("bob")
    for text in ("approve 1", "reject 1: no"):
        team.slack.driver.direct_message("carol", text)
        assert state(team) == "waiting"
        assert "Only curators can do that." in last(team, "carol").text


def test_in_the_thread_of_a_card_it_needs_no_number(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.proposed(
        "bob", p_statement="Ningbo and Wuhu opened a joint harbour school for river pilots in 2025."
    )
    (card,) = [
        post for post in team.slack.team.posts(team.slack.team.im("carol")) if "Proposal 1 " in post.text
    ]
    team.slack.driver.direct_message("carol", "is it approved?", thread_ts=card.ts)
    team.slack.driver.direct_message("carol", "reject: the page says June", thread_ts=card.ts)
    assert state(team) == "rejected"
    assert state(team, 2) == "waiting"


def test_what_was_edited_since_the_card_said_it_is_not_approved_below_it(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    card = team.card("carol")
    # Slack does not let Carol's card change when Alice edits the proposal.
    team.slack.faults.error("chat.update", "missing_scope", times=9)
    team.slack.driver.command("alice", "general", "/yrd", "edit proposal 1")
    team.filled("alice", {"p_caveat": "Not yet open."})
    team.settle()
    team.slack.driver.direct_message("carol", "approve", thread_ts=card.ts)
    assert state(team) == "waiting"
    assert "was edited meanwhile" in team.slack.team.replies(card.channel, card.ts)[-1].text


def test_of_a_message_that_is_no_card_none_is_meant(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    found = team.notifier.card_at(team.team_id, card.channel, card.ts)
    assert found is not None
    assert found.proposal == 1
    assert team.notifier.card_at(team.team_id, card.channel, "1.1") is None


def test_a_rejection_without_a_reason_opens_the_form_or_leads_to_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.command("carol", "general", "/yrd", "reject 1")
    assert "Reject proposal 1" in str(team.modal("carol").body)
    team.slack.driver.close_view("carol")
    team.slack.driver.direct_message("carol", "reject 1")
    told = last(team, "carol")
    assert "Why? The proposer is told the reason" in told.text
    assert "Reject" in labels(told)
    assert state(team) == "waiting"


def test_only_who_proposed_withdraws(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text in ("withdraw 1: it is wrong", "withdraw proposal 1"):
        team.slack.driver.direct_message("carol", text)
        assert "Only who proposed it withdraws it, and that was Bob Li." in last(team, "carol").text
        assert state(team) == "waiting"
    team.slack.driver.command("carol", "general", "/yrd", "withdraw proposal 1")
    assert "Only who proposed it" in last(team, "carol").text
    team.slack.driver.direct_message("bob", "withdraw 1: I was wrong")
    assert state(team) == "withdrawn"


def test_a_question_shows_the_card_and_does_nothing(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text in ("should I approve 1?", "is proposal 1 approved?", "approve 1 tomorrow", "approve"):
        team.slack.driver.direct_message("carol", text)
        assert {"Approve", "Reject"} <= set(labels(last(team, "carol"))), text
        assert state(team) == "waiting"


def test_what_is_decided_is_shown_without_how_to_decide(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.direct_message("carol", "approve 1")
    for text in ("approve 1 tomorrow", "reject 1"):
        team.slack.driver.direct_message("carol", text)
        told = last(team, "carol").text
        assert "Approved by Carol Wu." in told
        assert "“approve 1”" not in told
        assert "Why?" not in told


def test_several_are_offered_one_by_one(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.proposed(
        "bob", p_statement="Ningbo and Wuhu opened a joint harbour school for river pilots in 2025."
    )
    team.slack.driver.direct_message("carol", "approve 1 and 2")
    told = last(team, "carol")
    assert "Nothing was done" in told.text
    assert labels(told) == ["Open 1", "Open 2"]
    assert state(team) == state(team, 2) == "waiting"


def test_a_person_who_is_mentioned_in_a_reason_keeps_their_name(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    bob = team.slack.team.user("bob").id
    team.slack.driver.direct_message("carol", f"reject 1: <@{bob}> please fix the date")
    assert state(team) == "rejected"
    assert (
        team.services.team_bases.curation(team.team_id).contributions[1].why == "@Bob Li please fix the date"
    )


def test_a_reason_behind_a_comma_is_none_and_the_card_is_shown(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for text in ("reject 1, just kidding", "ok approve 1?", "no, approve 1", "approve 1 <@U04BOB5M9QX>"):
        team.slack.driver.direct_message("carol", text)
        assert state(team) == "waiting"
        assert "Nothing was done" in last(team, "carol").text, text
        assert {"Approve", "Reject"} <= set(labels(last(team, "carol")))


def test_an_approval_is_taken_back_by_the_button_of_the_card(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.direct_message("carol", "approve 1")
    team.slack.driver.direct_message("carol", "revoke approval of 1")
    assert state(team) == "approved"
    assert "Revert" in labels(last(team, "carol"))
    assert "Nothing was done" not in last(team, "carol").text
