"""What is told of several digests before they change: which become alike, how it is said, and each that was listed."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk


@pytest.mark.parametrize("said", ["replace ports with talent in all", "把所有摘要里的港口换成人才"])
def test_digests_that_would_be_on_the_same_are_told(desk: Desk, said: str) -> None:
    desk.has("ports", "shanghai")
    desk.has("ports", "talent", "shanghai")
    answer = desk.typed(said)
    assert [str(note) for note in answer.notes] == ["Digests 1 and 2 would be on the same then."]


def test_digests_that_are_alike_before_are_not_told_of(desk: Desk) -> None:
    for _ in range(2):
        desk.has("ports", "shanghai")
    assert not desk.typed("replace ports with talent in all").notes


@pytest.mark.parametrize(
    ("said", "typed"),
    [("how do I pause all but ports?", "pause 2, 3"), ("how do I pause all digests?", "pause all")],
)
def test_how_it_is_done_names_what_the_button_does(desk: Desk, said: str, typed: str) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    answer = desk.typed(said)
    assert f"“/yrd-digest {typed}”" in str(answer.headline)
    proposed = desk.typed(typed)
    assert len(proposed.sections[0].entries) == (2 if "2" in typed else 3)


@pytest.mark.parametrize("said", ["pause 1,2,,3", "pause 1, 2, , 3", "暂停1、2，，3"])
def test_no_number_of_a_list_is_lost_behind_a_second_comma(desk: Desk, said: str) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    assert str(desk.typed(said).headline) == "Pause 3 digests?"


@pytest.mark.parametrize("said", ["how many digests are paused?", "有几个摘要暂停了", "有幾個摘要暫停了？"])
def test_how_many_are_held_is_counted(desk: Desk, said: str) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    desk.typed("pause 2")
    assert str(desk.typed(said).headline).startswith("1 of 3 digests")


def test_all_that_is_said_of_names_is_done(desk: Desk) -> None:
    desk.has("ports", "hangzhou")
    desk.has("ports", "shanghai")
    answer = desk.typed("drop ports, add talent in all")
    assert all("Ports dropped" in entry and "Talent added" in entry for entry in answer.sections[0].entries)
    assert len(answer.sections[0].entries) == 2
