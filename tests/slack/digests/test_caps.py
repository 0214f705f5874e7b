"""A channel and a person have so many digests and no more, by whatever way they are made; those there are go on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from handlers.digests import hindrance
from handlers.stored_digest import StoredDigest
from handlers.subscription import MOST_OF_CHANNEL, MOST_OF_PERSON, Subscription
from tests.slack.digest_stage import DigestStage, digests

__all__ = ["digests"]

FULL = "digests, and 3 is the most. End one first: /yrd-digest unsubscribe NUMBER."


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (MOST_OF_CHANNEL, MOST_OF_PERSON) == (50, 200)
    monkeypatch.setattr(hindrance, "MOST_OF_CHANNEL", 3)
    monkeypatch.setattr(hindrance, "MOST_OF_PERSON", 3)


def fill(
    digests: DigestStage, count: int, user: str = "alice", channel: str = "general", hour: int = 10
) -> None:
    team = digests.slack.team
    wish = Subscription(
        team=digests.team, channel=team.channel(channel).id, owner=team.user(user).id, at=time(9), zone="UTC",
        weekdays=(0,), topics=("ports",),
    )  # fmt: skip
    for number in range(count):
        digests.services.subscriptions.add(replace(wish, at=time(hour, number)), digests.clock.moment())


def typed(digests: DigestStage) -> str:
    return digests.typed("subscribe ports weekly tue 09:00", "bob").text


def saved_later(digests: DigestStage) -> str:
    """A digest that was shown while there was room, saved when there is none."""
    shown = digests.typed("subscribe ports weekly tue 09:00", "bob")
    fill(digests, 1)
    return digests.pressed(shown, "Save", "bob").text


def by_form(digests: DigestStage) -> str:
    digests.slack.driver.command("bob", "general", "/yrd-digest", "")
    digests.modal("bob")
    sent = digests.slack.driver.submit_view("bob", {"digest_names": ["ports"]})
    return str(sent.reply)


def ended_and_wanted_again(digests: DigestStage) -> str:
    """Take it up again, as the answer to unsubscribe offers, when another has taken the place."""
    shown = digests.typed("unsubscribe 1")
    fill(digests, 1, "bob", hour=11)
    return digests.pressed(shown, "Take it up again").text


@pytest.mark.parametrize(
    ("way", "before"),
    [(typed, 3), (saved_later, 2), (by_form, 3), (ended_and_wanted_again, 3)],
    ids=["typed", "saved later", "by form", "ended and wanted again"],
)
def test_a_channel_that_has_enough_takes_no_other(digests: DigestStage, way: Any, before: int) -> None:
    fill(digests, before)
    assert f"This channel has 3 {FULL}" in way(digests)
    assert len(digests.kept()) == 3


def test_whoever_set_up_enough_elsewhere_is_told_so(digests: DigestStage) -> None:
    fill(digests, 3, "bob", "delta-news")
    assert f"You have set up 3 {FULL}" in typed(digests)
    assert "Post this digest here?" in digests.typed("subscribe ports weekly tue 09:00", "alice").text


def test_an_end_makes_room(digests: DigestStage) -> None:
    fill(digests, 3)
    digests.services.subscriptions.remove(digests.team, "2", digests.clock.moment())
    assert "Post this digest here?" in typed(digests)


def test_those_beyond_it_run_and_change_as_before(digests: DigestStage) -> None:
    fill(digests, 6)
    for said, text in (
        ("is paused", "pause 6"),
        ("runs again", "resume 6"),
        ("Change digest 6?", "edit 6 facts 2"),
    ):
        shown = digests.typed(text)
        assert said in shown.text
    assert "is changed" in digests.pressed(shown, "Save").text


def test_a_digest_is_not_moved_into_a_full_channel(digests: DigestStage) -> None:
    fill(digests, 3, "bob")
    fill(digests, 1, "alice", "delta-news")
    kept = digests.kept()[-1]
    held = StoredDigest.of(replace(kept, channel=digests.slack.team.channel("general").id))
    said = digests.desk_answer("", digests.slack.team.user("alice").id, verb="save", digest=held)
    assert FULL in said.headline
    assert digests.kept()[-1] == kept


def test_saves_at_one_moment_come_to_no_more(digests: DigestStage) -> None:
    fill(digests, 1)
    (kept,) = digests.kept()
    alice = digests.slack.team.user("alice").id

    def save(minute: int) -> str:
        held = StoredDigest.anew(replace(kept, at=time(12, minute)))
        return digests.desk_answer("", alice, verb="save", digest=held).headline

    with ThreadPoolExecutor(8) as many:
        said = list(many.map(save, range(16)))
    assert len(digests.kept()) <= 3
    assert sum("is saved" in one for one in said) == len(digests.kept()) - 1
