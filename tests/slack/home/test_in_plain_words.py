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
        "did they approve my fact?",
        "Has anyone reviewed my proposal yet?",
        "was my correction accepted",
        "what happened to my fact?",
        "我的提议",
        "我提交的事实通过了吗？",
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
    "text",
    [
        "propose",
        "Suggest a fact",
        "new fact",
        "I want to propose a fact.",
        "我要添加事实",
        "I’d like to add a fact",
    ],
)
def test_the_form_of_a_fact_is_opened_at_once(team: CurationStage, text: str) -> None:
    asked(team, text, "bob")
    assert "p_statement" in told(team, "bob")
    assert "home_again" not in home(team, "bob")


@pytest.mark.parametrize(
    "text",
    [
        "open the queue",
        "What waits for review?",
        "proposals",
        "unanswered questions",
        "打开队列",
        "查看审核队列",
        "let me see the queue",
    ],
)
def test_the_queue_is_shown_to_a_curator(proposed: CurationStage, text: str) -> None:
    asked(proposed, text)
    assert "Review proposal 1" in told(proposed)


def test_who_curates_nothing_is_led_to_their_own(proposed: CurationStage) -> None:
    asked(proposed, "proposals", "bob")
    assert "Only curators can do that." in told(proposed, "bob")
    pressed(proposed, "Your proposals", "bob")
    assert STATEMENT in told(proposed, "bob")


@pytest.mark.parametrize(
    "text",
    [
        "who are the curators?",
        "list curators",
        "who may approve facts?",
        "Who reviews my proposal?",
        "谁可以审核事实？",
        "列出审核人",
    ],
)
def test_who_curates_is_told(proposed: CurationStage, text: str) -> None:
    asked(proposed, text, "bob")
    assert "Alice Chen" in told(proposed, "bob")


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("propose a fact: Ningbo opened a port office in Hefei.", "Ningbo opened a port office in Hefei."),
        ("I have a new fact: Ningbo and Hefei are twinned", "Ningbo and Hefei are twinned"),
        ("提议事实：宁波和合肥结对。", "宁波和合肥结对。"),
    ],
)
def test_a_statement_behind_the_wish_to_propose_one_stands_in_the_form(
    team: CurationStage, text: str, statement: str
) -> None:
    asked(team, text, "bob")
    assert f'"initial_value": "{statement}"' in told(team, "bob")


@pytest.mark.parametrize(
    "text", ["make bob a curator", "add @bob as a curator", "appoint bob as curator", "让bob当审核人"]
)
def test_who_is_to_be_a_curator_is_chosen_by_an_admin(team: CurationStage, text: str) -> None:
    asked(team, text)
    assert "choose the person from the list" in told(team)
    pressed(team, "Choose curators")
    assert '"callback_id": "propose_curators"' in told(team)
    asked(team, text, "bob")
    assert "Only admins of the workspace appoint curators." in told(team, "bob")


def test_whoever_is_mentioned_is_made_a_curator_and_dismissed_in_plain_words(team: CurationStage) -> None:
    bob = team.slack.team.user("bob").id
    team.slack.driver.direct_message("alice", f"please make <@{bob}> a curator")
    im = team.slack.team.im("alice")
    assert "Bob Li is now a curator." in str(team.posts(im, 1)[-1].blocks)
    team.slack.driver.direct_message("alice", f"remove <@{bob}> as a curator")
    assert "Bob Li is no longer a curator." in str(team.posts(im, 2)[-1].blocks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is new?", "Nothing came into the base"),
        ("最近有什么变化", "没有新增或更正的事实"),
        ("what changed this week", "Nothing came into the base"),
        ("What's new since last week?", "Nothing came into the base"),
        ("本周有什么变化？", "没有新增或更正的事实"),
        ("fact of the day", "The fact of the day:"),
        ("today’s fact", "The fact of the day:"),
        ("What is today's fact?", "The fact of the day:"),
        ("coverage", "I can list what the base holds."),
    ],
)
def test_what_is_on_the_front_page_is_had_by_its_name(team: CurationStage, text: str, said: str) -> None:
    asked(team, text, "bob")
    assert said in told(team, "bob")


@pytest.mark.parametrize(
    "text",
    [
        "what is new in the port of Ningbo?",
        "new facts on Hefei",
        "who proposed the G60 corridor?",
        "What changed this week in Ningbo?",
        "Who may approve a pilot free trade zone?",
        "who approves twinnings?",
        "Who curated the exhibition?",
        "How is our cooperation with Hefei going?",
        "Make Ningbo a hub port",
        "谁批准了长三角规划？",
    ],
)
def test_a_question_stays_one(team: CurationStage, text: str) -> None:
    asked(team, text, "bob")
    assert "Nothing came into the base" not in told(team, "bob")
    assert "p_statement" not in told(team, "bob")
    assert "curator" not in told(team, "bob").lower()


def test_the_same_is_answered_in_a_direct_message(proposed: CurationStage) -> None:
    im = proposed.slack.team.im("bob")
    texts = {"my proposals": STATEMENT, "propose": "Propose a fact", "what is new": "last 30 days"}
    for number, (text, said) in enumerate(texts.items(), start=1):
        proposed.slack.driver.direct_message("bob", text)
        assert said in str(proposed.posts(im, number)[-1].blocks)


def test_a_person_who_is_mentioned_in_no_plain_order_stays_what_they_are(team: CurationStage) -> None:
    bob, im = team.slack.team.user("bob").id, team.slack.team.im("alice")
    said = (
        "no, make {} a curator",
        "maybe make {} a curator",
        "{} can be a curator",
        "make {} a curator?",
        "让{}当审核员吗",
    )
    for at, text in enumerate(said):
        team.slack.driver.direct_message("alice", text.format(f"<@{bob}>"))
        assert "Choose curators" in str(team.posts(im, at + 1)[-1].blocks), text
    team.slack.driver.direct_message("alice", f"让<@{bob}>当审核员")
    assert "Bob Li is now a curator." in str(team.posts(im, len(said) + 1)[-1].blocks)
    team.slack.driver.direct_message("alice", f"<@{bob}> must not approve facts")
    assert "Bob Li" in str(team.posts(im, len(said) + 2)[-1].blocks)
    assert bob in team.services.team_bases.curation(team.team_id).curators
