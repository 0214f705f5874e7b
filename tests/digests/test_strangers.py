"""A 200 that is not Slack's is nobody's word: a digest is looked for, posted once, and nothing is quoted."""

from __future__ import annotations

import logging

import pytest

from bot.local_slack.state.faults import STRANGERS, Stranger
from bot.render import blockkit
from tests.digests.office import GENERAL, TEAM, Office
from tests.slack.patience import hurried
from tests.state import raw

POST, HISTORY = "chat.postMessage", "conversations.history"
# What the strangers of the local Slack say, and what slack_sdk says of them.
QUOTES = ("guest network", "sign in", "Halfw", '"yes"', "<!doctype", "non-JSON")

every_stranger = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=hurried if kind == "trickle" else ()) for kind in STRANGERS]
)


@pytest.fixture(autouse=True)
def nothing_is_quoted(office: Office, caplog: pytest.LogCaptureFixture) -> object:
    caplog.set_level(logging.DEBUG)
    yield
    written = "\n".join(raw.at(office.store).conn.iterdump())
    said = "\n".join(f"{post.text} {post.blocks}" for post in (*office.posts(), *office.told()))
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    for quote in QUOTES:
        assert quote not in written
        assert quote not in said
        assert quote not in logged


def settled(office: Office) -> None:
    """Let three minutes pass in steps."""
    for _ in range(36):
        office.tick(seconds=5)
    office.slack.faults.release()


@every_stranger
@pytest.mark.parametrize("accepted", [True, False])
def test_a_post_that_a_stranger_answers_is_looked_for_and_posted_once(
    kind: Stranger, accepted: bool, office: Office
) -> None:
    office.slack.faults.visible_after = 20
    office.subscribe()
    office.slack.faults.stranger(POST, kind, accepted=accepted)
    office.at(9)
    [row] = office.history()
    assert row.state == "unknown"
    assert row.why.startswith("no answer from Slack (")
    settled(office)
    assert office.states() == ["posted"]
    assert len(office.posts()) == 1
    assert office.told() == []
    assert len(office.slack.calls.of_method(POST)) == (1 if accepted else 2)


@every_stranger
def test_the_thread_of_a_digest_that_was_found_follows(kind: Stranger, office: Office) -> None:
    office.composer.thread = (blockkit.rich_text(blockkit.text_element("more")),)
    office.subscribe()
    office.slack.faults.stranger(POST, kind, accepted=True)
    office.at(9)
    settled(office)
    assert [row["state"] for row in office.rows() if row["state"] != "planned"] == ["posted"] * 2
    assert len(office.slack.team.replies(GENERAL, office.posts()[0].ts)) == 1


@every_stranger
def test_a_reading_that_a_stranger_answers_is_tried_again_until_slack_does(
    kind: Stranger, office: Office
) -> None:
    office.subscribe()
    office.slack.faults.drop(POST, accepted=True)
    office.slack.faults.stranger(HISTORY, kind, times=3)
    office.at(9)
    office.tick(seconds=5)
    assert office.states() == ["unknown"]
    settled(office)
    assert office.states() == ["posted"]
    assert len(office.posts()) == 1
    assert office.told() == []


def test_behind_a_login_page_for_an_hour_nothing_is_given_up(office: Office) -> None:
    office.subscribe()
    office.round.token_status.me()
    office.slack.faults.stranger("*", "login_page", times=1000)
    office.at(9)
    for _ in range(60):
        office.tick(minutes=1)
    assert office.states() == ["unknown"]
    assert office.posts() == []
    office.slack.faults.clear()
    settled(office)
    assert office.states() == ["late"]
    assert len(office.posts()) == 1
    assert office.told() == []


@every_stranger
def test_a_stranger_that_answers_who_the_bot_is_stops_no_work(kind: Stranger, office: Office) -> None:
    office.subscribe()
    office.slack.faults.stranger("auth.test", kind)
    office.at(9)
    assert office.posts() == []
    office.slack.faults.release()
    # What still trickles in is first waited for, and then asked for anew.
    for _ in range(3):
        office.tick(seconds=5)
    assert office.states() == ["posted"]
    assert office.round.teams.stopped(TEAM) == ""
