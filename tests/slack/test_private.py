"""What is for one person is told to them alone, whatever the door it was asked at."""

from __future__ import annotations

import json

import pytest

from handlers.curation import review
from handlers.curation.questions.clusters import key_of
from handlers.request import QUESTION, Request
from handlers.route import route
from tests.slack.curation_stage import STATEMENT, CurationStage, team

__all__ = ["team"]

ASKED = "annual tulip festival budget of Ningbo"
CHANNEL = "delta-news"
# The key of the one question stands for KEY.
PRIVATE = (
    "review", "review 1", "review 1 edit", "review question KEY", "review question KEY new",
    "review question KEY fact", "admin curators list", "fact xu-twinning-001 history",
)  # fmt: skip
CHANGES = (
    "review 1 approve", "review 1 reject: no", "review question KEY scope", "review question KEY fact xu-twinning-001",
    "fact xu-twinning-001 prefer It is newer", "admin curators add @bob", "add Ningbo opened a harbour office",
)  # fmt: skip


@pytest.fixture
def curated(team: CurationStage) -> CurationStage:
    """A proposal and a question wait for Carol."""
    team.appointed("carol")
    team.proposed("bob")
    team.slack.driver.direct_message("bob", ASKED)
    team.settle()
    return team


def written(team: CurationStage, text: str) -> str:
    (kept,) = team.services.questions.unanswered(team.team_id, team.clock.moment())
    return text.replace("KEY", key_of(kept))


@pytest.mark.parametrize("asks", ["carol", "bob"])
@pytest.mark.parametrize("text", [*PRIVATE, *CHANGES])
def test_a_mention_tells_whoever_asks_alone(curated: CurationStage, text: str, asks: str) -> None:
    team = curated.slack.team
    said = curated.slack.driver.mention(asks, CHANNEL, written(curated, text))
    (whisper,) = curated.whispers(CHANNEL, asks)
    curated.settle()
    assert said.message is not None
    assert whisper.thread_ts == ""
    assert [post for post in team.posts(CHANNEL) if post.by_bot] == []
    assert [post for post in team.replies(CHANNEL, said.message.ts) if post.by_bot] == []


def test_in_a_thread_it_is_told_in_the_thread(curated: CurationStage) -> None:
    root = curated.slack.driver.say("bob", CHANNEL, "Let us talk")
    curated.slack.driver.mention("carol", CHANNEL, "review", thread_ts=root.message.ts)
    (whisper,) = curated.whispers(CHANNEL, "carol")
    assert whisper.thread_ts == root.message.ts
    assert ASKED in json.dumps(whisper.blocks)


def test_where_the_bot_cannot_whisper_it_is_told_by_direct_message(curated: CurationStage) -> None:
    curated.slack.faults.error("chat.postEphemeral", "not_in_channel")
    curated.slack.driver.mention("carol", CHANNEL, "review 1")
    curated.settle()
    assert STATEMENT in json.dumps(curated.card("carol").blocks)
    assert [post for post in curated.slack.team.posts(CHANNEL) if post.by_bot] == []


def test_a_retry_of_what_was_whispered_is_only_acknowledged(curated: CurationStage) -> None:
    said = curated.slack.driver.mention("carol", CHANNEL, "review")
    curated.whispers(CHANNEL, "carol")
    curated.settle()
    curated.clock.now += 60
    assert curated.slack.driver.resend(said).ok
    curated.settle()
    assert len(curated.whispers(CHANNEL, "carol")) == 1


def test_what_shows_a_proposal_or_a_question_is_private(curated: CurationStage) -> None:
    shown = (*PRIVATE, "review question KEY")
    for text in shown:
        asked = Request(written(curated, text), curated.clock.moment(), QUESTION, team=curated.team_id)
        assert route(curated.services, asked).verb.is_private, text
    assert {
        verb.name for verb in review.COMMAND.verbs if not verb.is_private and verb.effect == "reads"
    } == set()
