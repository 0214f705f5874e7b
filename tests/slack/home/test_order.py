"""Presses that were made quickly may be answered in the other order: an older answer never replaces a newer one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from bot.map.cache import Map, MapCache
from bot.slack.sending.newest import MOST, Newest
from handlers.answer import Answer, Choice, Picture
from handlers.request import Request
from tests.render.answers import answer
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.stage import Stage

__all__ = ["digests"]


def told(stage: Stage) -> str:
    view = stage.slack.team.modal_of("alice")
    return json.dumps(view.body, ensure_ascii=False) if view else ""


def shows(stage: Stage, text: str) -> None:
    stage.slack.team.wait_for(lambda: text in told(stage) or None)


@pytest.fixture
def held(stage: Stage) -> Event:
    """What an answer to "slow" waits for."""
    let_go = Event()

    def answered(request: Request) -> Answer:
        if request.text == "slow":
            assert let_go.wait(10)
        choices = [Choice(text, text, "/yrd", text, verb="") for text in ("slow", "fast")]
        return answer(headline=f"You asked: {request.text}", choices=tuple(choices))

    stage.engine.answer = answered
    stage.slack.driver.open_home("alice")
    stage.settle()
    return let_go


def test_the_answer_to_an_older_press_does_not_replace_that_to_a_newer(stage: Stage, held: Event) -> None:
    stage.slack.driver.click_home("alice", "home_ask", chosen="first")
    shows(stage, "You asked: first")
    stage.slack.driver.click_modal("alice", "choice:0")
    stage.slack.driver.click_modal("alice", "choice:1")
    shows(stage, "You asked: fast")
    held.set()
    stage.settle()
    assert "You asked: fast" in told(stage)


def test_the_answer_to_a_newer_press_replaces_that_to_an_older(stage: Stage, held: Event) -> None:
    held.set()
    stage.slack.driver.click_home("alice", "home_ask", chosen="first")
    shows(stage, "You asked: first")
    stage.slack.driver.click_modal("alice", "choice:0")
    shows(stage, "You asked: slow")
    stage.slack.driver.click_modal("alice", "choice:1")
    shows(stage, "You asked: fast")


def test_an_older_question_of_the_box_is_not_answered_over_a_newer(stage: Stage, held: Event) -> None:
    stage.slack.driver.click_home("alice", "home_ask", chosen="slow")
    stage.slack.driver.click_home("alice", "home_ask", chosen="fast")
    shows(stage, "You asked: fast")
    held.set()
    stage.settle()
    assert "You asked: fast" in told(stage)
    assert not stage.slack.team.posts(stage.slack.team.im("alice"))


class SlowMaps:
    """Maps that are drawn when they are let go, but for those that show what is doubtful."""

    def __init__(self, maps: Callable[[Picture], Map]) -> None:
        self._maps = maps
        self.let_go = Event()

    def __call__(self, picture: Picture) -> Map:
        drawn = self._maps(picture)
        if "doubtful" in picture.key:
            return drawn
        return replace(drawn, draw=lambda: drawn.png if self.let_go.wait(10) else b"")


def test_a_picture_that_comes_late_does_not_take_away_what_was_looked_at_meanwhile(
    digests: DigestStage, tmp_path: Path
) -> None:
    maps = SlowMaps(MapCache(tmp_path / "maps"))
    digests.restart(maps=maps)
    maps.let_go.set()
    digests.slack.driver.open_home("alice")
    digests.settle()
    maps.let_go.clear()
    digests.slack.driver.click_home("alice", "home_ask", chosen="map Hangzhou")
    shows(digests, "Drawing the map")
    digests.slack.driver.click_modal("alice", "choice:0")
    shows(digests, "Doubtful, in grey")
    maps.let_go.set()
    digests.settle()
    assert "Doubtful, in grey" in told(digests)


def test_views_that_nobody_waits_for_are_forgotten() -> None:
    newest = Newest()
    assert not newest.is_late("V0", "5.000001")
    assert newest.is_late("V0", "4.999999")
    assert not newest.is_late("V0", "")
    for number in range(MOST):
        assert not newest.is_late(f"V{number + 1}", "6.0")
    assert not newest.is_late("V0", "4.999999")
