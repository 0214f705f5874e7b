"""The same signed bytes again, after a restart: nothing that was changed, and changed back, is changed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.local_slack.driver.transport import Headers, HttpTransport
from bot.local_slack.state.delivery import Delivery
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.digests.test_form import opened, submitted
from tests.state import raw

__all__ = ["digests"]

WISH = "subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"
CHANGED = ("subscriptions", "feedback", "contributions")


class Tap(HttpTransport):
    """A line to the bot that somebody listens in on."""

    def __init__(self, digests: DigestStage) -> None:
        self.heard: list[tuple[bytes, Headers]] = []
        url = f"{digests.slack.origin}/slack/events"
        super().__init__(url, digests.slack.signing_secret, digests.clock)
        digests.slack.driver.transport = self

    def post(self, body: bytes, headers: Headers) -> Delivery:
        self.heard.append((body, headers))
        return super().post(body, headers)


def _saved(digests: DigestStage) -> None:
    digests.pressed(digests.typed(WISH), "Save")
    # The same second gives the same words the same signature.
    digests.clock.now += 1


def _typed(digests: DigestStage, text: str) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest", text)
    digests.settle()
    digests.clock.now += 1


def _command(digests: DigestStage) -> None:
    _saved(digests)
    _typed(digests, "pause 1")
    _typed(digests, "resume 1")


def _press(digests: DigestStage) -> None:
    _saved(digests)
    _typed(digests, "unsubscribe 1")


def _form(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.driver.submit_view("alice", {})
    digests.settle()
    digests.clock.now += 1
    assert len(digests.kept()) == 1
    _typed(digests, "unsubscribe 1")


def _mention(digests: DigestStage) -> None:
    _saved(digests)
    digests.slack.driver.mention("alice", "general", "/yrd-digest pause 1")
    digests.settle()
    assert digests.kept()[0].paused
    digests.clock.now += 1
    _typed(digests, "resume 1")


def _vote(digests: DigestStage) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-city", "Ningbo")
    for vote in ("First fact helpful", "First fact not helpful"):
        # The message changes with every vote.
        (shown,) = digests.slack.team.ephemerals("general", "alice")
        digests.pressed(shown, vote)


def _kept(digests: DigestStage) -> dict[str, list[Any]]:
    # A vote has a time, which a copy of it would change.
    return {table: list(raw.at(digests.store).table(table).rows) for table in CHANGED}


@pytest.mark.parametrize("change", [_command, _press, _form, _mention, _vote])
def test_a_copy_of_what_changed_something_changes_nothing_after_a_restart(
    digests: DigestStage, change: Callable[[DigestStage], None]
) -> None:
    tap = Tap(digests)
    change(digests)
    before = _kept(digests)
    assert any(before.values())
    digests.restart()
    copies = list(tap.heard)
    for body, headers in copies:
        assert tap.post(body, headers).status == 200
    digests.settle()
    assert _kept(digests) == before


def test_what_state_db_cannot_take_note_of_is_not_changed(digests: DigestStage) -> None:
    _saved(digests)
    with raw.changing(digests.store) as db:
        db.table("requests").drop()
    _typed(digests, "pause 1")
    assert not digests.kept()[0].paused
    told = digests.slack.team.ephemerals("general", "alice")[-1].text
    assert "Something went wrong on my side" in told
