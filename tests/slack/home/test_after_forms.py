"""Home after a form over it: as things stand by then, with what was asked there, also after what is pressed next."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.local_slack.blockkit.ids import interactive_elements
from bot.render import limits
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.recent import Recent, recent_in
from handlers.draft import Draft
from tests.slack.curation_stage import FILLED, CurationStage, team
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.home.test_ask_box import asked, home, pressed, told

__all__ = ["digests", "team"]

NOBODY_KNOWS = ("What is the population of Xining?", "Who is the mayor of Chuzhou?")


def on_home(team: CurationStage, label: str, user: str = "alice") -> None:
    """Press the button of Home with that label."""
    view = team.slack.team.homes[team.slack.team.user(user).id].body
    action = next(
        element["action_id"]
        for _, element in interactive_elements(view["blocks"])
        if element["type"] == "button" and element["text"]["text"] == label
    )
    team.slack.driver.click_home(user, action)
    team.settle()


def sent(team: CurationStage, values: dict[str, Any], user: str = "alice") -> None:
    team.slack.driver.submit_view(user, values)
    team.settle()


@pytest.fixture
def queue(team: CurationStage) -> CurationStage:
    """A workspace in which one proposal and two questions wait, and Alice, a curator, asked something on Home."""
    team.appointed("alice")
    team.proposed("bob")
    for question in NOBODY_KNOWS:
        team.services.questions.keep(team.team_id, "/yrd", question, (), team.clock.moment(), "")
    asked(team, "Huainan")
    team.slack.driver.close_view("alice")
    team.slack.driver.open_home("alice")
    team.settle()
    assert "Review proposal 1" in home(team)
    return team


def ticked(team: CurationStage) -> dict[str, list[str]]:
    """The first question of those that may be set aside."""
    form = team.slack.team.modal_of("alice")
    assert form is not None
    boxes = next(block for block in form.body["blocks"] if block["type"] == "input")
    return {boxes["block_id"]: [boxes["element"]["options"][0]["value"]]}


def test_what_is_approved_after_questions_were_set_aside_waits_on_home_no_more(queue: CurationStage) -> None:
    on_home(queue, "Open the queue")
    pressed(queue, "Set several aside")
    sent(queue, ticked(queue))
    assert "1 unanswered question" in home(queue)
    assert "2 unanswered questions" not in home(queue)
    on_home(queue, "Review proposal 1")
    pressed(queue, "Approve")
    assert "Review proposal 1" not in home(queue)
    assert "home_again:0" in home(queue)


def test_what_is_rejected_with_a_reason_waits_on_home_no_more(queue: CurationStage) -> None:
    on_home(queue, "Review proposal 1")
    pressed(queue, "Reject")
    sent(queue, {"p_why": "No such office is known."})
    assert "Review proposal 1" not in home(queue)
    assert "home_again:0" in home(queue)


def test_a_proposal_of_ones_own_stands_on_home_at_once(team: CurationStage) -> None:
    asked(team, "Huainan", "bob")
    team.slack.driver.close_view("bob")
    on_home(team, "Propose a fact", "bob")
    team.filled("bob", FILLED)
    team.settle()
    assert "Your proposal:" in home(team, "bob")
    assert "home_again:0" in home(team, "bob")


def test_a_digest_that_is_saved_over_home_stands_on_it_at_once(digests: DigestStage) -> None:
    asked(digests, "Huainan")
    digests.slack.driver.close_view("alice")
    asked(digests, "subscribe ports weekly fri 10:00")
    digests.slack.driver.submit_view("alice", {})
    digests.slack.driver.submit_view("alice", {})
    digests.settle()
    assert "Your digest:" in home(digests)
    assert "home_again:0" in home(digests)
    # The page in the place of the form carries it on.
    assert "Huainan" in json.loads(json.dumps(told(digests)))


def test_what_was_asked_on_home_gives_way_to_what_a_form_carries() -> None:
    home_of = Recent(asked=tuple(f"{number} {'x' * 250}" for number in range(5)), sent=7)
    draft = Draft(statement="Ningbo and Hefei. " * 30, caveat="c" * 300)
    metadata = ProposalMetadata(home=home_of, given=draft, draft=draft)
    assert metadata.fits
    assert len(metadata.encode()) <= limits.VIEW_METADATA
    kept = recent_in(metadata.encode())
    assert kept.sent == home_of.sent
    assert kept.asked == home_of.asked[: len(kept.asked)]
    assert 0 < len(kept.asked) < len(home_of.asked)
