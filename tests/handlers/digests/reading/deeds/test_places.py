"""Digests are spoken of by a range of their numbers or by their place; names come into several and go from them by one button."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from tests.handlers.digests.desk import Desk, labels


def changing(answer: Answer) -> list[str]:
    """The numbers of the digests that would change."""
    found = [one for one in answer.sections if str(one.title) == "What changes"]
    return [str(line).split(":")[0] for section in found for line in section.entries]


def three(desk: Desk) -> None:
    desk.has("ports", "hangzhou")
    desk.has("talent", "hangzhou")
    desk.has("ports")


@pytest.mark.parametrize(
    ("said", "question", "numbers"),
    [
        ("pause 1-3", "Pause 3 digests?", "123"),
        ("pause 1 to 3", "Pause 3 digests?", "123"),
        ("pause digests 1 through 2", "Pause 2 digests?", "12"),
        ("暂停1到3", "Pause 3 digests?", "123"),
        ("edit 1-3 weekly tue", "Change 3 digests?", "123"),
        ("pause the first two", "Pause 2 digests?", "12"),
        ("make the first two daily", "Change 2 digests?", "12"),
        ("skip the last two digests", "Skip 2 digests?", "23"),
        ("前两个都暂停", "Pause 2 digests?", "12"),
        ("暂停前两个", "Pause 2 digests?", "12"),
        ("keep 1, pause the others", "Pause 2 digests?", "23"),
        ("keep talent and pause the rest", "Pause 2 digests?", "13"),
        ("保留1，其他的都暂停", "Pause 2 digests?", "23"),
        ("add Ningbo to all digests", "Change 3 digests?", "123"),
        ("add Ningbo to 1-3", "Change 3 digests?", "123"),
        ("add Ningbo to 1 and 3", "Change 2 digests?", "13"),
        ("add Ningbo to the first two", "Change 2 digests?", "12"),
        ("把宁波加到所有摘要", "Change 3 digests?", "123"),
        ("把宁波加到1和2", "Change 2 digests?", "12"),
        ("所有摘要加上宁波", "Change 3 digests?", "123"),
        ("1和2都去掉杭州", "Change 2 digests?", "12"),
        ("所有摘要都去掉杭州", "Change 2 digests?", "12"),
        ("replace Hangzhou with Ningbo in all digests", "Change 2 digests?", "12"),
    ],
)
def test_which_are_meant_is_read_and_nothing_is_done_yet(
    desk: Desk, said: str, question: str, numbers: str
) -> None:
    three(desk)
    before = desk.kept()
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == question
        assert changing(asked) == list(numbers)
    assert desk.kept() == before


@pytest.mark.parametrize("said", ["pause the last one", "pause the third digest", "暂停最后一个"])
def test_one_by_its_place_is_that_one(desk: Desk, said: str) -> None:
    three(desk)
    assert str(desk.told(said).headline) == "Digest 3 is paused."


@pytest.mark.parametrize("said", ["pause the others", "pause the first four", "其余的都暂停"])
def test_which_others_is_asked(desk: Desk, said: str) -> None:
    three(desk)
    asked = desk.typed(said)
    assert str(asked.headline) == "There are 3 digests. Which of them?"
    assert [label.split(":")[0] for label in labels(asked)] == [f"Pause digest {at}" for at in (1, 2, 3)]


def test_the_others_are_those_that_it_was_not_done_to_yet(desk: Desk) -> None:
    three(desk)
    desk.typed("pause 1")
    assert changing(desk.typed("pause the others")) == ["2", "3"]
    assert str(desk.typed("resume the others").headline) == "Digest 1 runs again: weekly on Monday at 09:00 (Asia/Shanghai)."  # fmt: skip


@pytest.mark.parametrize("said", ["pause 1 to 3 Dec", "pause 1 until 3 Dec", "edit 1 quiet 22-7"])
def test_days_and_hours_are_no_range(desk: Desk, said: str) -> None:
    three(desk)
    assert " 1 " in str(desk.typed(said).headline).replace("1?", "1 ")


@pytest.mark.parametrize("said", ["add Ningbo to 1", "add Ningbo to the talent digest", "把宁波加到2"])
def test_a_name_comes_into_a_digest_in_direct_messages_as_well(desk: Desk, said: str) -> None:
    three(desk)
    asked = desk.told(said)
    assert str(asked.headline).startswith("Change digest ")
    assert str(asked.sections[0].entries[0]) == "Ningbo added"


@pytest.mark.parametrize("said", ["add Ningbo has the largest port of the delta", "add Both cities share a port in Ningbo"])  # fmt: skip
def test_a_statement_is_proposed_as_a_fact(desk: Desk, said: str) -> None:
    three(desk)
    assert str(desk.told(said).headline).startswith("Facts are proposed")
