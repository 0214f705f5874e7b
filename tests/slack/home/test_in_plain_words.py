"""What the app can do is asked for in plain words, in Home's box as in a direct message: it is shown, or its form is opened."""

from __future__ import annotations

import pytest

from tests.slack.curation_stage import STATEMENT, CurationStage, team
from tests.slack.home.test_ask_box import asked, home, pressed, told

__all__ = ["team"]


@pytest.fixture
def proposed(team: CurationStage) -> CurationStage:
    """Bob has proposed something; Alice is a curator."""
    team.appointed("alice")
    team.proposed("bob")
    return team


@pytest.mark.parametrize(
    "text",
    [
        "my proposals",
        "Show me my proposals, please.",
        "what became of my proposal?",
        "review mine",
        "我的提议",
    ],
)
def test_ones_own_proposals_are_listed_with_what_became_of_each(proposed: CurationStage, text: str) -> None:
    asked(proposed, text, "bob")
    assert STATEMENT in told(proposed, "bob")
    assert "It waits for review." in told(proposed, "bob")
    pressed(proposed, "Open 1", "bob")
    assert "Withdraw" in told(proposed, "bob")


def test_who_proposed_nothing_is_led_to_the_form(team: CurationStage) -> None:
    asked(team, "my proposals", "carol")
    pressed(team, "Propose a fact", "carol")
    assert "p_statement" in told(team, "carol")


@pytest.mark.parametrize(
    "text", ["propose", "Suggest a fact", "new fact", "I want to propose a fact.", "我要添加事实"]
)
def test_the_form_of_a_fact_is_opened_at_once(team: CurationStage, text: str) -> None:
    asked(team, text, "bob")
    assert "p_statement" in told(team, "bob")
    assert "home_again" not in home(team, "bob")


@pytest.mark.parametrize(
    "text", ["open the queue", "What waits for review?", "proposals", "unanswered questions"]
)
def test_the_queue_is_shown_to_a_curator(proposed: CurationStage, text: str) -> None:
    asked(proposed, text)
    assert "Review 1" in told(proposed)


def test_who_curates_nothing_is_led_to_their_own(proposed: CurationStage) -> None:
    asked(proposed, "proposals", "bob")
    assert "Only curators can do that." in told(proposed, "bob")
    pressed(proposed, "Your proposals", "bob")
    assert STATEMENT in told(proposed, "bob")


def test_who_curates_is_told(proposed: CurationStage) -> None:
    asked(proposed, "who are the curators?", "bob")
    assert "Alice Chen" in told(proposed, "bob")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is new?", "Nothing came into the base"),
        ("最近有什么变化", "没有新增或更正的事实"),
        ("fact of the day", "The fact of the day:"),
        ("coverage", "I can list what the base holds."),
    ],
)
def test_what_is_on_the_front_page_is_had_by_its_name(team: CurationStage, text: str, said: str) -> None:
    asked(team, text, "bob")
    assert said in told(team, "bob")


@pytest.mark.parametrize(
    "text", ["what is new in the port of Ningbo?", "new facts on Hefei", "who proposed the G60 corridor?"]
)
def test_a_question_stays_one(team: CurationStage, text: str) -> None:
    asked(team, text, "bob")
    assert "Nothing came into the base" not in told(team, "bob")
    assert "p_statement" not in told(team, "bob")


def test_the_same_is_answered_in_a_direct_message(proposed: CurationStage) -> None:
    im = proposed.slack.team.im("bob")
    texts = {"my proposals": STATEMENT, "propose": "Propose a fact", "what is new": "last 30 days"}
    for number, (text, said) in enumerate(texts.items(), start=1):
        proposed.slack.driver.direct_message("bob", text)
        assert said in str(proposed.posts(im, number)[-1].blocks)
