"""Newer blocks are sent where Slack takes them, and the same is said in older ones where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.local_slack.state.records import Message
from bot.render.blockkit import feedback
from bot.slack.api.message import Message as Message_
from bot.slack.sending.newer_blocks import RESTED, NewerBlocks
from handlers.reply import reply
from handlers.services import Services
from tests.slack.digest_stage import labels
from tests.slack.stage import Stage

RATES = ("First fact helpful", "First fact not helpful")


@pytest.fixture
def asked(stage: Stage, services: Services, tmp_path: Path) -> Stage:
    """The stage with the real engine."""
    stage.restart(reply=reply, services=services)
    return stage


def kinds(message: Message) -> set[str]:
    return {block["type"] for block in message.blocks}


def in_direct_message(stage: Stage, text: str) -> Message:
    stage.slack.driver.direct_message("alice", text)
    stage.settle()
    return [m for m in stage.slack.team.posts(stage.slack.team.im("alice")) if m.by_bot][-1]


def by_command(stage: Stage, text: str) -> Message:
    sent = stage.slack.driver.command("alice", "general", "/yrd", text)
    assert sent.message is not None
    return sent.message


def test_what_one_thinks_of_a_fact_is_asked_below_it(asked: Stage) -> None:
    said = in_direct_message(asked, "What is the GDP of Xuzhou?")
    assert "context_actions" in kinds(said)
    assert set(RATES) <= set(labels(said))


@pytest.mark.parametrize(
    ("chosen", "told"), [("positive", "First fact helpful ✓"), ("negative", "First fact not helpful ✓")]
)
def test_a_rating_is_counted_and_said_to_be_given(asked: Stage, chosen: Any, told: str) -> None:
    said = in_direct_message(asked, "What is the GDP of Xuzhou?")
    asked.slack.driver.click("alice", said, "rate", chosen=chosen)
    asked.settle()
    again = asked.slack.team.posts(asked.slack.team.im("alice"))[-1]
    assert told in labels(again)
    assert "Curators see how many readers found that fact helpful" in again.text


def test_places_of_one_name_are_offered_on_cards_that_tell_them_apart(asked: Stage) -> None:
    said = in_direct_message(asked, "Suzhou")
    (carousel,) = [block for block in said.blocks if block["type"] == "carousel"]
    shown = [(card["title"]["text"], card["subtitle"]["text"]) for card in carousel["elements"]]
    assert shown == [
        ("Suzhou (Jiangsu) 苏州", "prefecture-level city in Jiangsu"),
        ("Suzhou (Anhui) 宿州", "prefecture-level city in Anhui"),
    ]
    asked.slack.driver.click("alice", said, "choice:1")
    asked.settle()
    assert asked.slack.team.posts(asked.slack.team.im("alice"))[-1].text.startswith("Suzhou (Anhui)")


def test_where_slack_refuses_newer_blocks_the_same_is_said_in_older_ones(asked: Stage) -> None:
    asked.slack.faults.error("chat.postMessage", "invalid_blocks")
    said = in_direct_message(asked, "Suzhou")
    assert not kinds(said) & {"carousel", "context_actions", "table"}
    assert {"Suzhou (Jiangsu)", "Suzhou (Anhui)", *RATES} <= set(labels(said))
    asked.slack.driver.click("alice", said, "choice:1")
    asked.settle()
    assert asked.slack.team.posts(asked.slack.team.im("alice"))[-1].text.startswith("Suzhou (Anhui)")
    # Refused once, said again, and the answer to the choice: what was refused is not tried again.
    assert len(asked.slack.calls.of_method("chat.postMessage")) == 3


def test_figures_that_slack_takes_in_no_table_stand_in_lines(asked: Stage) -> None:
    asked.slack.faults.error("chat.postMessage", "invalid_blocks")
    said = in_direct_message(asked, "compare Xuzhou and Jining")
    assert "table" not in kinds(said)
    assert "675.523 billion yuan" in str(said.blocks)


def test_by_a_response_url_it_is_the_same(asked: Stage) -> None:
    said = by_command(asked, "What is the GDP of Xuzhou?")
    asked.slack.faults.error("response_url", "invalid_blocks")
    asked.slack.driver.click("alice", said, "sources")
    asked.settle()
    (now,) = asked.whispers("general", "alice")
    assert "Hide sources" in labels(now)
    assert "context_actions" not in kinds(now)
    assert set(RATES) <= set(labels(now))


def test_an_acknowledgement_holds_newer_blocks_only_once_slack_has_taken_some(asked: Stage) -> None:
    first = by_command(asked, "What is the GDP of Xuzhou?")
    assert "context_actions" not in kinds(first)
    assert set(RATES) <= set(labels(first))
    in_direct_message(asked, "What is the GDP of Xuzhou?")
    assert "context_actions" in kinds(by_command(asked, "What is the GDP of Xuzhou?"))


def test_a_button_of_version_one_still_counts(asked: Stage) -> None:
    first = by_command(asked, "What is the GDP of Xuzhou?")
    asked.slack.driver.click("alice", first, "helpful")
    asked.settle()
    (now,) = asked.whispers("general", "alice")
    assert "First fact helpful ✓" in labels(now)


def test_what_was_refused_of_one_kind_says_nothing_of_another_and_is_tried_again_after_an_hour() -> None:
    now = [0.0]
    known = NewerBlocks(_now=lambda: now[0])
    table = Message_("x", ({"type": "table", "rows": [[], [{"type": "raw_text", "text": "a"}]]},))
    rating = Message_("x", (feedback("rate", ("+", "+"), ("-", "-")),))
    known.note(rating, taken=False)
    assert known.fitting(table) == table
    assert known.fitting(rating) != rating
    now[0] = RESTED + 1
    assert known.fitting(rating) == rating
    assert known.sure(rating) != rating
    known.note(rating, taken=True)
    assert known.sure(rating) == rating
