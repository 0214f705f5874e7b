"""Mentions while the bot is killed: whoever asked gets one answer, or one line that asks them to ask again."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.records import Message
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import Bot, free_port

KILLS = 6
MENTIONS = 10
CITIES = ("Ningbo", "Hefei", "Suzhou", "Wuxi", "Huainan")
# Half a minute after the start, and then one line in 1.5 s in the channel.
SETTLED_SECONDS = 150.0


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


@pytest.mark.chaos
def test_every_mention_is_answered_once_or_asked_for_again_after_a_kill(
    slack: LocalSlackServer, folder: Path
) -> None:
    chance, port = random.Random(20261126), free_port()
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    slack.use_http(f"http://127.0.0.1:{port}/slack/events")
    asked: list[Message] = []
    unheard: list[Delivery] = []
    for life in range(KILLS):
        with Bot(folder, settings, port) as bot:
            # What nobody acknowledged, Slack sends again.
            unheard = [sent for sent in map(slack.driver.resend, unheard) if not sent.ok]
            # Some answers wait when the bot is killed, and some are on their way.
            if life % 2:
                slack.faults.rate_limit("chat.postMessage", retry_after=2)
            for _ in range(MENTIONS):
                sent = slack.driver.mention("bob", "general", chance.choice(CITIES))
                asked.append(sent.message)
                if not sent.ok:
                    unheard.append(sent)
            time.sleep(chance.random())
            bot.kill()
    slack.faults.clear()
    with Bot(folder, settings, port) as bot:
        unheard = [sent for sent in map(slack.driver.resend, unheard) if not sent.ok]
        assert unheard == []
        _wait_until_all_are_told(slack, asked)
        bot.terminate()
        assert bot.exit_status() == 0
    told = [_texts(slack, message) for message in asked]
    answers = [sum(any(city in text for city in CITIES) for text in texts) for texts in told]
    lines = [len(texts) - count for texts, count in zip(told, answers, strict=True)]
    print(f"{len(asked)} mentions, {sum(answers)} answers, {sum(lines)} asked to ask again")
    assert [texts for texts in told if not texts] == []
    assert [texts for texts in told if len(texts) > 1] == []
    assert sum(answers)
    assert sum(lines)
    assert all(
        "again" in text.lower() for texts in told for text in texts if not any(c in text for c in CITIES)
    )


def _wait_until_all_are_told(slack: LocalSlackServer, asked: list[Message]) -> None:
    ends = time.monotonic() + SETTLED_SECONDS
    while time.monotonic() < ends and not all(_texts(slack, message) for message in asked):
        time.sleep(0.2)


def _texts(slack: LocalSlackServer, message: Message) -> list[str]:
    """Return what the bot says in the thread of a message."""
    return [reply.text for reply in slack.team.replies("general", message.ts) if reply.by_bot]
