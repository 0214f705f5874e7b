"""What is no question, through the whole bot: signed payloads in, posts out, nothing in the queue of curators."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.state.digests.subscriptions import StoredSubscriptions
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import labels

__all__ = ["team"]

TALK = (
    "hello",
    "thanks!",
    "ok",
    "你好",
    "谢谢",
    "who are you?",
    "that's wrong",
    ":wave:",
    "👍",
    "...",
    "list",
    "topics",
    "admin foo",
    "XU-TWINNING-45",
)


def answered(team: CurationStage, text: str) -> str:
    """What is posted to a direct message."""
    team.slack.driver.direct_message("bob", text)
    team.settle()
    return [post for post in team.slack.team.posts(team.slack.team.im("bob")) if post.by_bot][-1].text


def test_talk_is_answered_in_a_line_and_nothing_is_kept_for_curators(team: CurationStage) -> None:
    assert "Huainan" in answered(team, "Which district is twinned with Huainan?")
    for text in TALK:
        said = answered(team, text)
        assert said
        assert "Minhang has gained" not in said, text
    assert answered(team, "thank you") == "You are welcome."
    assert team.services.questions.unanswered(team.team_id, team.clock.moment()) == ()


def test_talk_between_two_questions_leaves_the_subject_as_it_is(team: CurationStage) -> None:
    answered(team, "Which district is twinned with Huainan?")
    answered(team, "thanks!")
    assert "Huainan" in answered(team, "what plan is it under?")


def test_an_emoji_alone_is_no_cry_for_help_and_a_mention_alone_is(team: CurationStage) -> None:
    assert "I read words only" in answered(team, ":+1:")
    me = team.slack.workspace.identity.bot_user
    assert "I answer questions" in answered(team, f"<@{me}>")


@pytest.mark.parametrize("text", ["hello", "thanks", "👍"])
def test_a_line_of_talk_has_no_button_to_share_or_rate_it(team: CurationStage, text: str) -> None:
    shown = set(labels(team.typed(text, "bob")))
    assert not {"Share to channel", "Sources", "Helpful", "Not helpful"} & shown


def test_the_lists_open_by_their_buttons_and_go_on_by_more(team: CurationStage) -> None:
    offered = team.typed("list", "bob")
    team.pressed(offered, "Topics", "bob")
    team.settle()
    first = team.typed("topics", "bob")
    assert "More" in labels(first)


def test_a_subscription_is_proposed_and_its_form_offered_where_none_can_be_opened(
    team: CurationStage,
) -> None:
    team.services = replace(team.services, subscriptions=StoredSubscriptions(team.store))
    team.restart()
    assert "Post this digest here?" in answered(team, "subscribe me to ports")
    answered(team, "subscribe")
    offered = [post for post in team.slack.team.posts(team.slack.team.im("bob")) if post.by_bot][-1]
    assert "Open the form" in labels(offered)
    team.pressed(offered, "Open the form", "bob")
    assert team.modal("bob").body["blocks"]


def test_subscribe_behind_the_command_opens_the_form(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "subscribe")
    team.settle()
    assert team.modal("bob").body["blocks"]
