"""What Slack may have shown is followed by no apology, wherever it is shown: in private, in forms, as pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.map.cache import MapCache
from bot.slack.sending.reply import UNCLEAR, UNCLEAR_FORM
from handlers.answer import Answer
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.digests.test_form import opened, submitted
from tests.slack.lost import Lose, every_loss

__all__ = ["digests"]

WISH = "subscribe ports, G60 weekly mon 09:00 Asia/Shanghai"


def _command(digests: DigestStage) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest", WISH)


def _mention(digests: DigestStage) -> None:
    digests.slack.driver.mention("alice", "general", "/yrd-digest list")


def _form(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.driver.submit_view("alice", {})


def _opening(digests: DigestStage) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")


def _map(digests: DigestStage) -> None:
    digests.slack.driver.mention("alice", "general", "map Ningbo")


def _notice(digests: DigestStage) -> None:
    notifier = digests.notifier
    notifier.notify(digests.team, digests.slack.team.user("alice").id, Answer("Approved.", "answer"))


SURFACES: dict[str, tuple[str, Callable[[DigestStage], None], str]] = {
    "answer to a command": ("response_url", _command, UNCLEAR),
    "whisper": ("chat.postEphemeral", _mention, ""),
    "follow-up of a form": ("chat.postEphemeral", _form, ""),
    "form": ("views.open", _opening, UNCLEAR_FORM),
    "picture": ("files.completeUploadExternal", _map, ""),
    "notice": ("chat.postMessage", _notice, ""),
}


@every_loss
@pytest.mark.parametrize(("method", "act", "told"), SURFACES.values(), ids=SURFACES)
def test_what_may_be_there_is_followed_by_no_apology(
    digests: DigestStage,
    tmp_path: Path,
    method: str,
    act: Callable[[DigestStage], None],
    told: str,
    lose: Lose,
) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    lose(digests.slack.faults, method)
    act(digests)
    digests.settle()
    calls = digests.slack.calls
    said = [json.dumps(call.payload) for call in calls.made]
    assert not [one for one in said if "Something went wrong" in one]
    assert len(calls.of_method(method)) == 1
    assert sum(UNCLEAR in one or UNCLEAR_FORM in one for one in said) == bool(told)
