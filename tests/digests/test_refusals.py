"""What becomes of a digest for each error that Slack documents for posting, and how often anybody is told."""

from __future__ import annotations

import pytest

from bot.slack.api.error_kinds import Kind, kind_of
from tests.digests.office import TEAM, Office
from tests.slack.api.test_error_kinds import DOCUMENTED

_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
WORDS = sorted({*DOCUMENTED["common"], *DOCUMENTED["chat.postMessage"]} - _BLOCKS)


def of_kind(kind: Kind) -> list[str]:
    return [word for word in WORDS if kind_of(word) == kind]


def days(office: Office, count: int) -> None:
    """Let the digest come due at nine on so many days."""
    for day in range(count):
        office.at(9, day=day)
        for _ in range(3):
            office.tick(seconds=40)


@pytest.mark.parametrize("word", of_kind("barred"))
def test_a_digest_that_is_barred_is_paused_and_its_owner_told_once(word: str, office: Office) -> None:
    kept = office.subscribe()
    office.slack.faults.error("chat.postMessage", word)
    days(office, 4)
    paused = office.subscriptions.get(TEAM, kept.id)
    assert paused is not None
    assert (paused.paused, paused.pause_reason) == (True, word)
    assert office.states() == ["failed"]
    [told] = office.told()
    assert "paused digest 1" in told.text


@pytest.mark.parametrize("word", of_kind("refused"))
def test_a_digest_that_is_refused_fails_alone_and_its_owner_hears_of_it(word: str, office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("chat.postMessage", word)
    days(office, 2)
    assert office.states() == ["failed", "posted"]
    [told] = office.told()
    assert word in told.text


@pytest.mark.parametrize("word", [*of_kind("later"), *of_kind("unsure")])
def test_what_may_pass_costs_no_digest_and_posts_none_twice(word: str, office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("chat.postMessage", word)
    days(office, 1)
    assert office.states() == ["posted"]
    assert len(office.posts()) == 1
    assert office.told() == []


@pytest.mark.parametrize("word", of_kind("token"))
def test_a_refused_token_fails_no_digest_and_tells_nobody(word: str, office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("*", word, times=3)
    office.at(9)
    assert office.posts() == []
    office.slack.faults.clear()
    days(office, 1)
    assert office.states() == ["posted"]
    assert office.told() == []


@pytest.mark.parametrize("accepted", [True, False])
def test_a_digest_is_settled_where_slack_lets_fifteen_messages_be_read_a_minute(
    accepted: bool, office: Office
) -> None:
    office.subscribe()
    office.slack.faults.few_readings = True
    office.slack.faults.drop("chat.postMessage", accepted=accepted)
    office.at(9)
    for number in range(40):
        office.sleep(5)
        office.slack.team.post("general", "bob", f"message {number}")
    began = len(office.slack.calls.of_method("conversations.history"))
    for _ in range(200):
        office.tick(seconds=5)
    # What never arrived is posted when that is sure, which takes some minutes.
    assert office.states() == (["posted"] if accepted else ["late"])
    assert len(office.posts()) == 1
    read = office.slack.calls.of_method("conversations.history")[began:]
    assert sum(call.status == 200 for call in read) <= 6


def test_a_digest_is_found_behind_more_messages_than_a_page_has(office: Office) -> None:
    office.subscribe()
    office.slack.faults.few_readings = True
    office.slack.faults.drop("chat.postMessage", accepted=True)
    office.at(9)
    for number in range(40):
        office.sleep(0.5)
        office.slack.team.post("general", "bob", f"message {number}")
    for _ in range(200):
        office.tick(seconds=5)
    assert office.states() == ["posted"]
    assert len(office.posts()) == 1
    assert office.told() == []
