"""A team curates its own facts through the local Slack: whole payloads, real stores, the real fact base."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.render.button_value import decode
from bot.state.contributions import StoredContributions
from bot.state.store import Store
from handlers.reply import reply
from handlers.request import Request
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, services_over, team
from tests.slack.digest_stage import button
from tests.state import raw

__all__ = ["team"]


def test_a_proposal_answers_only_after_somebody_else_approved_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    assert "team-001" not in team.typed("joint harbour office Ningbo Hefei", "bob").text
    card = team.card("carol")
    assert STATEMENT in str(card.blocks)
    team.pressed(card, "Approve", "carol")
    answer = team.typed("joint harbour office Ningbo Hefei", "bob").text
    assert STATEMENT in answer
    assert "The team’s own: proposed by Bob Li, approved by Carol Wu" in answer
    assert "Harbour news, 2026-05-04, https://example.org/news/harbour" in answer
    assert "Carol Wu approved your proposal 1" in team.card("bob").text


def test_nobody_approves_their_own_words(team: CurationStage) -> None:
    team.appointed("bob", "carol")
    team.proposed("bob")
    said = team.typed("review 1 approve", "bob").text
    assert "Nobody approves their own" in said
    assert "team-001" not in team.typed("fact team-001", "alice").text.split("No fact")[0]


def test_readers_approve_nothing(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    assert "Only curators" in team.typed("review 1 approve", "alice").text


def test_only_admins_appoint_curators(team: CurationStage) -> None:
    assert "Only admins" in team.typed("admin curators add @carol", "bob").text
    assert "Carol Wu is now a curator" in team.typed("admin curators add @carol", "alice").text
    assert "Carol Wu" in team.typed("admin curators list", "bob").text
    assert "no longer a curator" in team.typed("admin curators remove @carol", "alice").text
    assert "Nobody is a curator" in team.typed("admin curators", "bob").text


def test_of_two_reviewers_one_wins_and_the_other_is_told(team: CurationStage) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    hers, his = team.card("alice"), team.card("carol")
    late = dict(button(his, "Approve")[1])
    team.pressed(hers, "Approve", "alice")
    team.slack.driver.press("carol", his, late)
    assert "is approved. Alice Chen was first" in team.card("carol").text
    events = [event.kind for event in StoredContributions(team.store).events(team.team_id)]
    assert events.count("approved") == 1


def test_a_rejection_needs_a_reason_and_the_proposer_hears_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Reject", "carol")
    assert team.modal("carol").body["title"]["text"] == "Reject proposal 1"
    team.slack.driver.submit_view("carol", {"p_why": "The page says June."})
    team.settle()
    assert "Carol Wu rejected your proposal 1: The page says June." in team.card("bob").text


def test_what_a_reviewer_edited_somebody_else_approves(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Edit", "carol")
    team.modal("carol")
    team.slack.driver.submit_view("carol", {"p_statement": STATEMENT.replace("May", "early May")})
    team.settle()
    assert "Nobody approves their own" in team.typed("review 1 approve", "carol").text
    team.pressed(team.card("bob"), "Approve", "bob")
    assert "early May 2026" in team.typed("fact team-001", "alice").text


def test_a_card_sent_by_the_first_version_still_approves(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    now = decode(button(card, "Approve")[1]["value"])
    assert now is not None
    assert now.target is not None
    text = f"review 1 approve v{now.target.version}"
    value = json.dumps({"command": "/yrd", "text": text, "page": 1, "version": ""})
    team.slack.driver.press("carol", card, {"type": "button", "action_id": "choice:0", "value": value})
    team.settle()
    assert "Approved by Carol Wu" in team.card("carol").text


def test_home_shows_curators_their_queue_and_everybody_their_proposals(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    for user in ("bob", "carol"):
        team.slack.driver.open_home(user)
        team.settle()
    homes = {
        user: str(team.slack.team.homes[team.slack.team.user(user).id].body) for user in ("bob", "carol")
    }
    assert "Waiting for review" not in homes["bob"]
    assert "It waits for review" in homes["bob"]
    assert "Waiting for review:" in homes["carol"]
    assert "1 proposal." in homes["carol"]
    assert "Your proposal" not in homes["carol"]
    assert all("Propose a fact" in home for home in homes.values())


def test_a_proposal_is_reviewed_from_home(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.open_home("carol")
    team.settle()
    team.slack.driver.click_home("carol", "choice:1")
    team.pressed(team.card("carol"), "Approve", "carol")
    assert STATEMENT in team.typed("fact team-001", "bob").text


def test_what_one_process_approves_another_answers_at_once(team: CurationStage) -> None:
    other = Store.open(raw.path_of(team.store))
    services = services_over(other, team.base, team.slack)
    ask = Request(text="fact team-001", now=team.clock.moment(), team=team.team_id, user="U1")
    assert reply(services.with_base_of(ask.team), ask).outcome == "unknown"
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    assert reply(services.with_base_of(ask.team), ask).lines[0].fact.statement == STATEMENT
    assert reply(services.with_base_of("T0OTHER"), replace(ask, team="T0OTHER")).outcome == "unknown"
    other.close()


def test_proposing_and_reviewing_work_in_direct_messages(team: CurationStage) -> None:
    team.appointed("carol")
    team.slack.driver.direct_message("bob", "add " + STATEMENT)
    team.pressed(team.card("bob"), "Propose a fact", "bob")
    assert STATEMENT in str(team.modal("bob").body["blocks"])
    team.filled("bob", FILLED)
    team.settle()
    team.slack.driver.direct_message("carol", "review 1 approve")
    assert "Approved by Carol Wu" in team.card("carol").text


def test_an_admin_may_appoint_in_a_direct_message(team: CurationStage) -> None:
    carol = team.slack.team.user("carol").id
    team.slack.driver.direct_message("alice", f"admin curators add <@{carol}>")
    assert "Carol Wu is now a curator" in team.card("alice").text
