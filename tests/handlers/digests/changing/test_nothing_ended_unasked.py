"""What may mean another thing than that a digest is to end, or another day than it seems, is asked; nothing is done yet."""

from __future__ import annotations

import pytest

from handlers.digests.reading.subjects import Subjects
from tests.handlers.digests.desk import Desk, labels


def names(desk: Desk) -> list[tuple[str, ...]]:
    return [Subjects.of(kept).slugs for kept in desk.kept()]


@pytest.mark.parametrize(
    "said",
    [
        "cancel the next one", "not now", "cancel that", "stop that", "stop", "stop it", "enough", "no more", "不要了", "不用了",
        "取消吧", "停一下", "停吧", "停掉", "别发了", "別發了",
    ],
)  # fmt: skip
def test_what_may_mean_a_pause_ends_nothing_and_offers_both(desk: Desk, said: str) -> None:
    desk.has("ports")
    answer = desk.typed(said)
    assert answer.outcome == "suggestion"
    offered = labels(answer)
    assert offered[0].startswith("Pause digest 1")
    assert offered[1:] == ["Skip the next run", "End digest 1: Ports"]
    assert names(desk) == [("ports",)]


@pytest.mark.parametrize(
    "said", ["end 1", "stop ports", "end the digest", "end it", "unsubscribe", "unsubscribe me", "退订", "取消订阅", "停掉摘要"]
)  # fmt: skip
def test_what_ends_the_one_digest_and_can_mean_nothing_else_does(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert desk.typed(said).outcome == "done"
    assert not desk.kept()


@pytest.mark.parametrize(
    "said",
    [
        "end 1 on friday", "end ports tomorrow", "please end digest 1 on 3 december", "unsubscribe ports next week",
        "delete 1 next monday", "terminate ports on friday", "明天结束1号", "周五退订港口", "周五结束港口摘要",
    ],
)  # fmt: skip
def test_an_end_on_a_day_to_come_is_asked_about_and_neither_ends_nor_skips(desk: Desk, said: str) -> None:
    desk.has("ports", weekdays=(0, 1, 2, 3, 4, 5, 6))
    before = desk.kept()
    answer = desk.typed(said)
    assert str(answer.headline).startswith("A digest ends at once, not on a day to come. Shall digest 1")
    offered = labels(answer)
    assert offered[0].startswith("Pause digest 1")
    assert offered[1:] == ["Skip the next run", "End digest 1: Ports"]
    assert desk.kept() == before


def test_of_several_digests_that_are_to_end_on_a_day_it_is_asked_which_without_ending_any(desk: Desk) -> None:
    desk.has("ports")
    desk.has("ports", "ningbo")
    answer = desk.typed("end ports on friday")
    assert "A digest ends at once, not on a day to come." in map(str, answer.notes)
    assert {choice.effect for choice in answer.choices} == {"reads"}
    assert len(names(desk)) == 2


@pytest.mark.parametrize(
    "said", ["stop ports tomorrow", "no ports tomorrow", "cancel ports tomorrow", "明天不要发港口"]
)
def test_what_is_not_to_come_on_a_day_is_skipped(desk: Desk, said: str) -> None:
    desk.has("ports", weekdays=(0, 1, 2, 3, 4, 5, 6))
    answer = desk.typed(said)
    assert "is skipped" in str(answer.headline)
    assert names(desk) == [("ports",)]


def test_a_digest_that_is_meant_by_its_place_is_ended_once_that_is_agreed_to(desk: Desk) -> None:
    desk.has("ports")
    assert desk.typed("delete the last one").outcome == "answer"
    assert names(desk) == [("ports",)]


@pytest.mark.parametrize(
    "said", ["end everything about hangzhou", "all hangzhou digests off", "end hangzhou"]
)
def test_of_a_digest_on_more_the_name_is_dropped_once_that_is_agreed_to(desk: Desk, said: str) -> None:
    desk.has("hangzhou", "ningbo")
    desk.has("ports")
    answer = desk.typed(said)
    assert answer.outcome == "answer"
    assert [str(line) for line in answer.sections[0].entries] == ["Hangzhou dropped"]
    assert len(names(desk)) == 2


def test_digests_of_which_some_are_on_more_are_not_ended_together(desk: Desk) -> None:
    desk.has("hangzhou", "ningbo")
    desk.has("ningbo")
    answer = desk.typed("end everything about ningbo")
    assert labels(answer)[0].startswith("Drop Ningbo from digest 1")
    assert len(names(desk)) == 2


@pytest.mark.parametrize(
    "said",
    [
        "pause ports today", "pause 1 today", "pause 1 tomorrow", "暂停1至3周", "暫停1至3週", "skip ports until christmas",
        "skip ports today", "no ports today",
    ],
)  # fmt: skip
def test_a_day_that_no_pause_or_skip_lasts_until_is_asked_about(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    assert desk.typed(said).outcome in ("suggestion", "refused")
    assert [(kept.paused, kept.paused_until) for kept in desk.kept()] == [(False, None)] * 2
    assert "skipped" not in str(desk.typed("show 1").sections)
