"""A question that nobody could answer is settled by a curator, once, and those who asked are told."""

from __future__ import annotations

import pytest

from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, question, team

__all__ = ["team"]


def test_those_who_asked_are_told_once(team: CurationStage) -> None:
    team.appointed("carol")
    for _ in range(2):
        team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    assert "tulip festival" in card.text
    assert "asked 2 times" in card.text
    assert str(card.blocks).count("tulip festival") == 1
    team.pressed(card, question(card, "tulip"), "carol")
    shown = team.whispers("general", "carol")[-1]
    team.pressed(shown, "Another fact answers it", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_fact": "xu-twinning-039"})
    assert "Minhang District of Shanghai is twinned with Huainan City" in team.card("bob").text
    assert "tulip" not in team.typed("review", "carol").text


def test_a_new_fact_answers_those_who_asked(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    team.pressed(card, question(card, "tulip"), "carol")
    team.pressed(team.whispers("general", "carol")[-1], "Answer with a new fact", "carol")
    team.modal("carol")
    team.filled("carol", FILLED)
    team.settle()
    team.pressed(team.card("alice"), "Approve", "alice")
    assert STATEMENT in team.card("bob").text


@pytest.mark.parametrize("who", ["bob", "alice", "carol"])
def test_only_the_approval_that_is_made_settles_the_question_it_answers(
    team: CurationStage, who: str
) -> None:
    asked = "annual tulip festival budget of Ningbo"
    test_a_new_fact_answers_those_who_asked(team)
    team.typed("fact team-001 revert It was never opened", "alice")
    team.typed(asked, "bob")
    before = len(team.services.contributions.events(team.team_id))
    told = "You took proposal 1 back already." if who == "alice" else "Alice Chen was first."
    assert told in team.typed("review 1 approve", who).text
    assert len(team.services.contributions.events(team.team_id)) == before
    assert "tulip" in team.typed("review", "carol").text


def test_a_question_out_of_scope_is_not_listed_again(team: CurationStage) -> None:
    team.appointed("carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    card = team.typed("review", "carol")
    team.pressed(card, question(card, "tulip"), "carol")
    team.pressed(team.whispers("general", "carol")[-1], "Out of scope", "carol")
    team.typed("annual tulip festival budget of Ningbo", "bob")
    assert "tulip" not in team.typed("review", "carol").text


def test_a_refused_change_is_no_unanswered_question(team: CurationStage) -> None:
    team.appointed("carol")
    team.typed("review 7 approve", "bob")
    team.typed("fact xu-twinning-039 revert because", "bob")
    assert "Nothing waits for review" in team.typed("review", "carol").text
