"""Proposals on Home: a curator is led to what she can decide, and everybody to what they proposed."""

from __future__ import annotations

from bot.local_slack.blockkit.ids import interactive_elements
from handlers.contribution import CurationEvent
from tests.slack.curation_stage import STATEMENT, CurationStage, team
from tests.slack.home.test_ask_box import home, pressed, told

__all__ = ["team"]
OTHER = f"{STATEMENT[:-1]} on day 2."


def proposed_too(team: CurationStage) -> None:
    """Have Bob propose a second fact."""
    draft = team.services.team_bases.curation(team.team_id).contributions[1].draft
    other = draft.model_copy(update={"statement": OTHER}).encode()
    bob = team.slack.team.user("bob")
    event = CurationEvent("p:2", "proposed", bob.id, bob.real_name, team.clock.moment(), "", other)
    team.services.contributions.record(team.team_id, lambda events: event)


def opened(team: CurationStage, user: str) -> str:
    team.slack.driver.open_home(user)
    team.settle()
    return home(team, user)


def home_button(team: CurationStage, user: str, label: str) -> None:
    body = team.slack.team.homes[team.slack.team.user(user).id].body
    (action,) = [
        element["action_id"]
        for _, element in interactive_elements(body["blocks"])
        if element["type"] == "button" and element["text"]["text"] == label
    ]
    team.slack.driver.click_home(user, action)
    team.settle()


def test_review_leads_a_curator_past_her_own_to_the_first_that_she_can_decide(team: CurationStage) -> None:
    team.appointed("alice")
    team.proposed("alice")
    shown = opened(team, "alice")
    assert "and 1 of your own." in shown
    assert '"Review proposal 1"' not in shown
    proposed_too(team)
    shown = opened(team, "alice")
    assert "1 proposal, and 1 of your own." in shown
    home_button(team, "alice", "Review proposal 2")
    assert "Approve" in told(team)


def test_ones_own_proposals_are_opened_by_their_buttons(team: CurationStage) -> None:
    team.proposed("bob")
    opened(team, "bob")
    home_button(team, "bob", "Your proposal")
    assert "Withdraw" in told(team, "bob")
    team.slack.driver.close_view("bob")
    proposed_too(team)
    opened(team, "bob")
    home_button(team, "bob", "Your proposals")
    pressed(team, "Open 1", "bob")
    assert "Withdraw" in told(team, "bob")
