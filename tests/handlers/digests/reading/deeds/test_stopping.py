"""What is to stop stops, and no more than that; whoever says "no more" is offered no digest."""

from __future__ import annotations

import pytest

from handlers.digests.reading.deeds import stopping
from knowledge.base import FactBase
from tests.handlers.digests.desk import Desk, labels

ENDING = (
    "no more ports", "kill the ports digest", "turn off ports", "turn the ports digest off", "not ports any more",
    "I don't want ports anymore", "get rid of ports", "don't send me ports any more", "please stop sending us ports", "stop the ports digest",
    "I'm done with ports", "we no longer need the ports digest", "ports no more", "别再发港口", "停止港口", "取消港口", "不要再发港口了",
    "请不要再给我发港口的摘要了", "港口不要了", "把港口停了",
)  # fmt: skip
HOLDING = ("暂停港口", "put ports on hold", "pause ports", "把港口暂停一下")


@pytest.mark.parametrize("door", ["typed", "told"])
@pytest.mark.parametrize("said", ENDING)
def test_a_digest_on_nothing_but_what_is_to_stop_is_ended(desk: Desk, door: str, said: str) -> None:
    desk.has("ports")
    assert str(getattr(desk, door)(said).headline).startswith("Digest 1 (Ports) is ended")
    assert desk.kept() == ()


@pytest.mark.parametrize("door", ["typed", "told"])
@pytest.mark.parametrize("said", HOLDING)
def test_what_is_to_rest_is_paused(desk: Desk, door: str, said: str) -> None:
    desk.has("ports")
    getattr(desk, door)(said)
    assert [kept.paused for kept in desk.kept()] == [True]


@pytest.mark.parametrize(
    "said", ["unfollow talent", "stop talent", "no more talent", "remove talent", "别再发人才"]
)
def test_of_a_digest_on_more_a_drop_is_proposed(desk: Desk, said: str) -> None:
    desk.has("ports", "talent")
    asked = desk.typed(said)
    assert str(asked.headline).startswith("Change digest 1? Ports, weekly on Monday")
    assert {"Save", "End digest 1: Ports and Talent"} <= set(labels(asked))
    assert [kept.topics for kept in desk.kept()] == [("ports", "talent")]


def test_what_all_of_a_digest_is_on_ends_it(desk: Desk) -> None:
    desk.has("ports", "talent")
    assert "is ended" in str(desk.typed("stop ports, talent").headline)


def test_of_several_digests_each_has_its_button(desk: Desk) -> None:
    desk.has("ports")
    desk.has("ports", "talent")
    asked = labels(desk.typed("no more ports"))
    assert asked == ["End digest 1: Ports, weekly on Monday", "Drop Ports from digest 2: Ports and Talent"]
    assert len(desk.kept()) == 2


@pytest.mark.parametrize("said", ["不要再发港口了", "stop ports", "no more ports"])
def test_what_no_digest_is_on_is_told_so_and_ends_none(desk: Desk, said: str) -> None:
    desk.has("hangzhou")
    desk.has("talent")
    asked = desk.typed(said)
    assert str(asked.headline) == "No digest here is on Ports."
    assert labels(asked) == ["List the digests"]
    assert len(desk.kept()) == 2


def test_buttons_say_what_they_do_to_which_digest(desk: Desk) -> None:
    desk.has("hangzhou")
    desk.has("talent")
    for verb, said in (("stop", "End"), ("pause", "Pause"), ("skip", "Skip"), ("edit weekly tue", "Edit")):
        assert labels(desk.typed(verb))[0] == f"{said} digest 1: Hangzhou, weekly on Monday"


@pytest.mark.parametrize(
    "said", ["no more tulips", "don't want anything daily", "never every day ports again", "not every monday ports",
             "不要每天发港口", "no ports daily", "I don't want ports weekly"],
)  # fmt: skip
def test_a_denial_is_no_wish(desk: Desk, said: str) -> None:
    asked = desk.typed(said)
    assert {choice.verb for choice in asked.choices}.isdisjoint({"subscribe", "save"})
    assert {choice.verb for choice in desk.told(said).choices}.isdisjoint({"subscribe", "save"})


@pytest.mark.parametrize(
    "said",
    ["not Hangzhou", "stop it", "Hangzhou no longer belongs to G60?", "don't forget Hangzhou", "no", "不"],
)
def test_what_is_said_of_something_else_stops_nothing(desk: Desk, said: str) -> None:
    desk.has("hangzhou")
    desk.told(said)
    assert len(desk.kept()) == 1


def test_what_is_no_stop_is_none(base: FactBase) -> None:
    for said in ("ports weekly", "Which ports are there?", "港口每周一", "Hangzhou"):
        assert stopping.read(base, said) is None
        assert not stopping.denies(said)
