"""Whoever opens the bot's messages for the first time is greeted there, once, with questions to press."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.local_slack.blockkit.ids import interactive_elements
from bot.local_slack.state.records import Message, User
from handlers.lookups.welcome import FIRST_QUESTIONS
from tests.slack.stage import Stage

A_WEEK = timedelta(days=7).total_seconds()


def open_messages(stage: Stage, user: str = "alice") -> list[Message]:
    stage.slack.driver.open_home(user, "messages")
    stage.settle()
    return [m for m in stage.slack.team.posts(stage.slack.team.im(user)) if m.by_bot]


def test_the_first_look_is_greeted_with_six_questions(stage: Stage) -> None:
    [greeting] = open_messages(stage)

    assert greeting.text.startswith("Hello, I am YRD Desk.")
    buttons = [element["text"]["text"] for _, element in interactive_elements(greeting.blocks)]
    assert buttons == [question.label for question in FIRST_QUESTIONS]
    assert len(buttons) == 6


def test_a_question_that_is_pressed_is_answered_below_it(stage: Stage) -> None:
    [greeting] = open_messages(stage)

    block, element = next(interactive_elements(greeting.blocks))
    stage.slack.driver.click("alice", greeting, element["action_id"], block_id=block["block_id"])
    stage.settle()

    [first, answer] = [m for m in stage.slack.team.posts(stage.slack.team.im("alice")) if m.by_bot]
    assert first.ts == greeting.ts
    assert answer.text.startswith(f"You asked: {FIRST_QUESTIONS[0].text}")


def test_nobody_is_greeted_twice(stage: Stage) -> None:
    for _ in range(3):
        assert len(open_messages(stage)) == 1
    # What was kept of the opening is gone by then; the greeting is not.
    stage.clock.now += A_WEEK
    assert len(open_messages(stage)) == 1


def test_who_wrote_before_is_not_greeted(stage: Stage) -> None:
    stage.slack.driver.direct_message("alice", "Ningbo")
    stage.settle()

    assert [m.text[:9] for m in open_messages(stage)] == ["You asked"]


def test_each_person_is_greeted_in_their_own_messages(stage: Stage) -> None:
    assert len(open_messages(stage, "alice")) == 1
    assert len(open_messages(stage, "bob")) == 1


def test_a_person_of_another_workspace_is_not_greeted(stage: Stage) -> None:
    stage.slack.team.add_user(User("U9STRANGER", "eve", "Eve", team_id="T9OTHER", is_stranger=True))

    assert open_messages(stage, "eve") == []


@pytest.mark.parametrize("method", ["conversations.history", "chat.postMessage"])
def test_a_greeting_that_fails_is_no_trouble_to_anybody(stage: Stage, method: str) -> None:
    stage.slack.faults.error(method, "internal_error")

    assert open_messages(stage) == []
