"""Which digests an order is for is read to its last word, by lists, ranges and exceptions, or nothing is done."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from tests.handlers.digests.desk import Desk, labels


def changing(answer: Answer) -> str:
    """The numbers of the digests that would change."""
    found = [one for one in answer.sections if str(one.title) == "What changes"]
    return "".join(str(line).split(":")[0] for section in found for line in section.entries)


def four(desk: Desk) -> None:
    for name in ("ports", "hangzhou", "talent", "ningbo"):
        desk.has(name)


@pytest.mark.parametrize(
    ("said", "question", "numbers"),
    [
        ("pause from 2 on", "Pause 3 digests?", "234"),
        ("pause 3 and up", "Pause 2 digests?", "34"),
        ("pause 1, 3 onwards", "Pause 3 digests?", "134"),
        ("end digests from 3 onwards", "End 2 digests?", "34"),
        ("2号起都暂停", "Pause 3 digests?", "234"),
        ("暂停2号以后", "Pause 3 digests?", "234"),
        ("pause 1-2 3", "Pause 3 digests?", "123"),
        ("pause 1 2 4", "Pause 3 digests?", "124"),
        ("pause 1-2, 4", "Pause 3 digests?", "124"),
        ("pause 4-2", "Pause 3 digests?", "234"),
        ("暂停1至3号", "Pause 3 digests?", "123"),
        ("暫停1到3號", "Pause 3 digests?", "123"),
        ("第1到3个都暂停", "Pause 3 digests?", "123"),
        ("把1、2、3号都暂停一周", "Pause 3 digests?", "123"),
        ("把1、2、3號都停一週", "Pause 3 digests?", "123"),
        ("1到3号全部结束", "End 3 digests?", "123"),
        ("keep 1-2, end the rest", "End 2 digests?", "34"),
        ("keep ports and hangzhou, pause the rest", "Pause 2 digests?", "34"),
        ("keep ports and hangzhou and pause the others", "Pause 2 digests?", "34"),
        ("keep only the first, end everything else", "End 3 digests?", "234"),
        ("end the rest but keep 1", "End 3 digests?", "234"),
        ("end all but keep ports running", "End 3 digests?", "234"),
        ("end all but the first", "End 3 digests?", "234"),
        ("pause all but the first and talent", "Pause 2 digests?", "24"),
        ("pause 1-4 except 2", "Pause 3 digests?", "134"),
        ("pause 1-4 but not ports", "Pause 3 digests?", "234"),
        ("pause 1-4 except 2 until friday", "Pause 3 digests?", "134"),
        ("除港口以外全部暂停到周五", "Pause 3 digests?", "234"),
        ("除了1和2，其他都停掉", "End 2 digests?", "34"),
        ("只留1，其余结束", "End 3 digests?", "234"),
        ("1、2号停一下", "Pause 2 digests?", "12"),
        ("2号以后都改成每天", "Change 3 digests?", "234"),
        ("只留1到2號，其餘都暫停", "Pause 2 digests?", "34"),
    ],
)
def test_all_that_is_said_of_which_is_read(desk: Desk, said: str, question: str, numbers: str) -> None:
    four(desk)
    before = desk.kept()
    for asked in (desk.typed(said), desk.told(said)):
        assert (str(asked.headline), changing(asked)) == (question, numbers)
    assert desk.kept() == before


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("pause 1-4 except 2 until friday", "paused until Fri 27 Nov 2026"),
        ("把1、2、3号都暂停一周", "paused until Sun 29 Nov 2026"),
        ("除港口以外全部暂停到周五", "paused until Fri 27 Nov 2026"),
    ],
)
def test_until_when_is_read_beside_which(desk: Desk, said: str, until: str) -> None:
    four(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert all(until in str(line) for line in asked.sections[0].entries)


@pytest.mark.parametrize(
    "said",
    ["pause 2 on fridays", "pause 2 fridays", "pause 2 every friday", "skip 2 on fridays", "暂停2每周五", "暫停2號每週五"],
)  # fmt: skip
def test_days_of_each_week_are_left_out_of_a_digest_and_it_is_not_paused(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou", weekdays=(0, 1, 2, 3, 4))
    asked = desk.typed(said)
    assert str(asked.headline).startswith(
        "Change digest 2? Hangzhou, weekly on Monday, Tuesday, Wednesday and Thursday"
    )
    assert not any(kept.paused or kept.paused_until for kept in desk.kept())


@pytest.mark.parametrize("said", ["pause 1 and 2 on fridays", "pause all on fridays"])
def test_days_of_each_week_are_left_out_of_several(desk: Desk, said: str) -> None:
    for name in ("ports", "hangzhou"):
        desk.has(name, weekdays=(0, 4))
    assert str(desk.typed(said).headline) == "Change 2 digests?"


@pytest.mark.parametrize("said", ["pause 2 on friday", "pause 2 on 27 Nov"])
def test_on_a_day_is_not_until_it(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou", weekdays=(4,))
    for asked in (desk.typed(said), desk.told(said)):
        assert (
            str(asked.headline)
            == "A pause begins at once. Until Fri 27 Nov 2026, or shall that day's run be left out?"
        )
        assert labels(asked) == ["Pause digest 2 until Fri 27 Nov 2026", "Skip the next run"]
    assert not any(kept.paused_until for kept in desk.kept())


def test_the_one_that_is_left_when_others_are_kept_is_not_ended_unseen(desk: Desk) -> None:
    four(desk)
    for asked in (desk.typed("keep 1-3, end the rest"), desk.told("end all except 1, 2 and 3")):
        assert str(asked.headline) == "End 1 digest?"
    assert len(desk.kept()) == 4


@pytest.mark.parametrize("said", ["end the rest but keep nonsense", "keep nonsense, end the rest", "pause 1-3 except nonsense", "只留老虎，其余结束"])  # fmt: skip
def test_an_exception_that_names_none_stops_it(desk: Desk, said: str) -> None:
    four(desk)
    for ask in (desk.typed, desk.told):
        asked = ask(said)
        assert not changing(asked)
    assert len(desk.kept()) == 4
    assert not any(kept.paused for kept in desk.kept())


@pytest.mark.parametrize(
    "said", ["edit 1 monthly 1 and 15", "edit 1 quiet 22-7", "pause 1 until 24 Dec", "pause 1 24 Dec", "暂停1到12月5号", "暂停1三天", "skip 1 2 times"]
)  # fmt: skip
def test_days_hours_and_counts_are_no_digests(desk: Desk, said: str) -> None:
    four(desk)
    assert "digests?" not in str(desk.typed(said).headline)
