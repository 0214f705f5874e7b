"""What is asked of the bot itself in plain words: to be a curator, to save or approve something. It says what does that."""

from __future__ import annotations

import pytest

from tests.slack.curation_stage import CurationStage, team
from tests.slack.home.test_ask_box import asked, pressed, told

__all__ = ["team"]


@pytest.mark.parametrize(
    "text", ["make me a curator", "I want to be a curator", "how do I become a curator?"]
)
def test_an_admin_who_asks_to_be_a_curator_gets_the_button(team: CurationStage, text: str) -> None:
    asked(team, text)
    pressed(team, "Make me a curator")
    assert "You are now a curator" in told(team)
    team.slack.driver.close_view("alice")
    asked(team, text)
    assert "You are a curator" in told(team)
    assert "Open the queue" in told(team)


def test_who_is_no_admin_is_told_who_appoints_curators(team: CurationStage) -> None:
    asked(team, "make me a curator", "bob")
    assert "Admins appoint curators" in told(team, "bob")
    assert "Make me a curator" not in told(team, "bob")


@pytest.mark.parametrize("text", ["save this", "please add this to the base", "Remember this."])
def test_who_asks_to_save_something_gets_the_form(team: CurationStage, text: str) -> None:
    asked(team, text)
    assert "becomes a fact by itself" in told(team)
    pressed(team, "Propose a fact")
    assert "p_statement" in told(team)


def test_who_asks_to_approve_something_gets_the_queue(team: CurationStage) -> None:
    team.appointed("alice")
    team.proposed("bob")
    asked(team, "approve this")
    assert "joint harbour office" in told(team)
    team.slack.driver.close_view("alice")
    team.proposed(
        "bob", p_statement="Ningbo and Wuhu opened a joint harbour school for river pilots in 2025."
    )
    asked(team, "approve this")
    pressed(team, "Open the queue")
    assert "joint harbour office" in told(team)


def test_a_person_who_cannot_be_named_on_home_is_chosen_from_a_list_by_an_admin(team: CurationStage) -> None:
    asked(team, "admin curators add @bob")
    assert "choose the person from the list" in told(team)
    asked(team, "admin curators add @carol", "bob")
    assert "Only admins of the workspace appoint curators." in told(team, "bob")
