"""The same of two people is one proposal with two voices."""

from __future__ import annotations

import pytest

from knowledge.base import FactBase
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team, told
from tests.slack.digest_stage import labels

__all__ = ["team"]


def _waiting(team: CurationStage) -> int:
    return len(team.services.team_bases.curation(team.team_id).waiting())


def _proposed_twice(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.command("alice", "general", "/yrd", "add")
    sent = team.filled("alice", FILLED)
    assert "bob proposed the same already: proposal 1 waits for review." in told(sent).replace(
        "Bob Li", "bob"
    )
    assert STATEMENT in told(sent)


def test_who_proposes_the_same_is_shown_the_proposal_and_adds_a_voice_to_it(team: CurationStage) -> None:
    _proposed_twice(team)
    team.slack.driver.submit_view("alice")
    team.settle()
    assert _waiting(team) == 1
    assert "Your voice stands with proposal 1." in team.slack.team.ephemerals("general", "alice")[-1].text
    assert "supported by Alice Chen" in team.card("carol").text


def test_a_voice_leaves_the_buttons_of_the_card_as_they_are_and_its_owner_is_told_how_it_went(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    team.proposed("bob")
    old = team.card("carol")
    assert "Your voice stands" in team.typed("review 1 support", "alice").text
    assert "already" in team.typed("review 1 support", "alice").text
    assert "your own" in team.typed("review 1 support", "bob").text
    team.pressed(old, "Approve", "carol")
    assert _waiting(team) == 0
    assert team.card("alice").text.startswith("You supported this. Approved by Carol Wu.")
    assert labels(team.card("alice")) == []
    assert "waits for review" not in team.typed("review 1 support", "alice").text


def test_a_complaint_of_two_people_is_one(team: CurationStage) -> None:
    team.appointed("carol")
    for user, why in (("bob", "It is old."), ("alice", "The name is wrong.")):
        team.slack.driver.command(user, "general", "/yrd", "fact xu-twinning-045 wrong")
        team.modal(user)
        team.slack.driver.submit_view(user, {"p_why": why})
        team.settle()
    team.slack.driver.submit_view("alice")
    team.settle()
    assert _waiting(team) == 1
    assert "supported by Alice Chen: The name is wrong." in team.card("carol").text


@pytest.mark.parametrize("again", [STATEMENT, STATEMENT.lower().rstrip(".") + " !"])
def test_what_a_fact_states_already_is_shown_and_not_queued_again(team: CurationStage, again: str) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    team.slack.driver.command("bob", "general", "/yrd", "add")
    other = {"p_source": "https://example.org/other"} if again != STATEMENT else {}
    sent = team.filled("bob", FILLED | {"p_statement": again} | other)
    assert "The base says this already: team-001." in told(sent)
    assert STATEMENT in told(sent)
    assert team.modal("bob").body["submit"] is None
    assert _waiting(team) == 0


def test_a_fact_of_the_base_is_not_proposed_again(team: CurationStage, base: FactBase) -> None:
    fact = base.facts[0]
    team.slack.driver.command("bob", "general", "/yrd", "add")
    sent = team.filled("bob", FILLED | {"p_statement": fact.statement.upper()})
    assert f"The base says this already: {fact.id}." in told(sent)
    assert _waiting(team) == 0


def test_of_two_proposals_of_one_statement_only_one_is_approved(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.proposed("alice", p_source="https://example.org/other")
    team.slack.driver.submit_view("alice")
    team.settle()
    team.typed("review 2 approve", "carol")
    assert "The base says this already: team-002." in team.typed("review 1 approve", "carol").text
    assert [kept.number for kept in team.services.team_bases.curation(team.team_id).waiting()] == [1]


def test_ones_own_proposal_is_the_same_under_other_details(team: CurationStage) -> None:
    team.proposed("bob")
    team.slack.driver.command("bob", "general", "/yrd", "add")
    sent = team.filled("bob", FILLED | {"p_topics": ["tourism"]})
    assert "You have said so already: proposal 1 waits for review." in told(sent)
    assert _waiting(team) == 1


@pytest.mark.parametrize(
    "near",
    [
        "In May 2026 Hefei and Ningbo opened a joint harbour office for river containers.",
        STATEMENT.replace("2026", "2025"),
    ],
)
@pytest.mark.parametrize("user", ["alice", "bob"])
def test_a_proposal_that_reads_alike_is_shown_first_and_another_may_be_sent(
    team: CurationStage, near: str, user: str
) -> None:
    team.proposed("bob")
    team.slack.driver.command(user, "general", "/yrd", "add")
    sent = team.filled(user, FILLED | {"p_statement": near})
    assert "proposed something like it: proposal 1 waits for review" in told(sent)
    assert STATEMENT in told(sent)
    team.slack.driver.submit_view(user)
    team.settle()
    assert _waiting(team) == 2


def test_the_same_statement_by_another_source_is_pointed_out_and_may_be_sent(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.command("alice", "general", "/yrd", "add")
    sent = team.filled("alice", FILLED | {"p_source": "https://example.org/other"})
    assert "proposed the same statement with another source: proposal 1 waits" in told(sent)
    team.slack.driver.submit_view("alice")
    team.settle()
    assert _waiting(team) == 2
