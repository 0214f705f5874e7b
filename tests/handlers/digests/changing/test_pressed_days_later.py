"""A button that pauses says until which day, and does that and no other, however much later it is pressed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import DIGEST, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, OWNER, TEAM, Desk


def two(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")


def pressed(desk: Desk, answer: Answer, label: str, days: int = 0) -> Answer:
    choice = next(one for one in answer.choices if str(one.label).startswith(label))
    request = Request(
        choice.text, NOW + timedelta(days=days), DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb=choice.verb,
        digest=choice.digest, target=choice.target,
    )  # fmt: skip
    return reply(desk.services, request)


def in_days(count: int) -> date:
    return NOW.date() + timedelta(days=count)


def held(desk: Desk) -> list[tuple[bool, date | None]]:
    return [(kept.paused, kept.paused_until) for kept in desk.kept()]


@pytest.mark.parametrize("said", ["pause both for two weeks", "两个都暂停两周", "兩個都暫停兩週"])
def test_a_pause_of_several_lasts_until_the_day_that_was_shown(desk: Desk, said: str) -> None:
    two(desk)
    pressed(desk, desk.typed(said), "Pause all of them", days=3)
    assert held(desk) == [(False, in_days(14))] * 2


@pytest.mark.parametrize("said", ["pause for a week", "暂停一周", "pause both for a week"])
def test_a_pause_of_one_lasts_until_the_day_it_had_when_it_was_offered(desk: Desk, said: str) -> None:
    two(desk)
    pressed(desk, desk.typed(said), "Pause digest 2", days=3)
    assert held(desk) == [(False, None), (False, in_days(7))]


@pytest.mark.parametrize("label", ["Pause all of them", "Pause digest 1"])
def test_a_day_that_is_over_pauses_nothing(desk: Desk, label: str) -> None:
    two(desk)
    answer = pressed(desk, desk.typed("pause both for a week"), label, days=20)
    assert answer.outcome != "done"
    said = " ".join([str(answer.headline), *(str(line) for part in answer.sections for line in part.entries)])
    assert "is over, so digest 1 stays as it is" in said
    assert held(desk) == [(False, None)] * 2


def test_a_pause_that_would_be_over_is_not_put_back_for_good(desk: Desk) -> None:
    two(desk)
    pressed(desk, desk.typed("pause both for a week"), "Pause all of them")
    forever = pressed(desk, desk.typed("pause both"), "Pause all of them")
    assert held(desk) == [(True, None)] * 2
    back = pressed(desk, forever, "Undo the pause", days=20)
    assert held(desk) == [(False, None)] * 2
    assert "Digest 1 runs again" in str(back.sections[0].entries[0])


def test_a_pause_is_put_back_to_its_day(desk: Desk) -> None:
    two(desk)
    pressed(desk, desk.typed("pause both for a week"), "Pause all of them")
    forever = pressed(desk, desk.typed("pause both"), "Pause all of them")
    pressed(desk, forever, "Undo the pause", days=2)
    assert held(desk) == [(False, in_days(7))] * 2


def test_digests_taken_up_when_their_pause_is_over_run_and_are_told_to(desk: Desk) -> None:
    two(desk)
    pressed(desk, desk.typed("pause both for a week"), "Pause all of them")
    ended = pressed(desk, desk.typed("end both"), "End all of them")
    back = pressed(desk, ended, "Take them up again", days=20)
    assert held(desk) == [(False, None)] * 2
    assert "runs again where it stopped" in str(back.sections[0].entries[0])


@pytest.mark.parametrize("said", ["pause both", "pause both for a week"])
def test_an_undo_pressed_twice_says_that_it_is_so(desk: Desk, said: str) -> None:
    two(desk)
    done = pressed(desk, desk.typed(said), "Pause all of them")
    pressed(desk, done, "Undo the pause")
    again = pressed(desk, done, "Undo the pause")
    assert [str(line) for line in again.sections[0].entries] == [
        "Digest 1 is running already.", "Digest 2 is running already.",
    ]  # fmt: skip
