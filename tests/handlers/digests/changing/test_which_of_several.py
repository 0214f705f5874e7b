"""Which of several digests are meant is asked, or told, before anything is offered to be done to them."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import DIGEST, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, TEAM, Desk, labels


def changing(answer: Answer) -> list[str]:
    """The numbers of the digests that would change."""
    found = [one for one in answer.sections if str(one.title) == "What changes"]
    return [str(line).split(":")[0] for section in found for line in section.entries]


def three(desk: Desk) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)


def with_hangzhou(desk: Desk) -> None:
    desk.has("ports", "hangzhou")
    desk.has("talent", "hangzhou")


@pytest.mark.parametrize("said", ["drop Hangzhou from both", "edit both no Hangzhou", "edit both -Hangzhou"])
def test_a_name_is_dropped_from_several_and_none_is_ended(desk: Desk, said: str) -> None:
    with_hangzhou(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "Change 2 digests?"
        assert all(str(line).endswith("Hangzhou dropped") for line in asked.sections[0].entries)


@pytest.mark.parametrize(
    ("said", "question", "numbers"),
    [
        ("除了港口都暂停", "Pause 2 digests?", ["2", "3"]),
        ("除了1都暂停", "Pause 2 digests?", ["2", "3"]),
        ("除港口外都停掉", "End 2 digests?", ["2", "3"]),
        ("全部暂停，除了港口", "Pause 2 digests?", ["2", "3"]),
        ("港口和人才都暂停", "Pause 2 digests?", ["1", "3"]),
        ("1和2都改成每天", "Change 2 digests?", ["1", "2"]),
        ("pause ports and talent", "Pause 2 digests?", ["1", "3"]),
        ("make the ports and Hangzhou digests daily", "Change 2 digests?", ["1", "2"]),
        ("make all three daily", "Change 3 digests?", ["1", "2", "3"]),
    ],
)
def test_those_that_are_named_are_meant_and_those_left_out_are_not(
    desk: Desk, said: str, question: str, numbers: list[str]
) -> None:
    three(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == question
        assert changing(asked) == numbers


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("end all except nonsense", "nonsense"),
        ("pause all but nonsense", "nonsense"),
        ("pause all digests except Suzhou", "Suzhou"),
        ("end all except 9", "9"),
        ("除了老虎都暂停", "老虎"),
    ],
)
def test_an_exception_that_names_no_digest_stops_it(desk: Desk, said: str, name: str) -> None:
    three(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == f"“{name}” names no digest here, so nothing is changed."
        assert labels(asked) == ["List the digests"]


@pytest.mark.parametrize("said", ["end all my digests", "pause my digests", "end all of mine"])
def test_who_has_none_is_offered_nobody_elses(desk: Desk, said: str) -> None:
    three(desk)
    asked = reply(desk.services, Request(said, NOW, DIGEST, team=TEAM, user="U2", channel=CHANNEL))
    assert str(asked.headline) == "You have no digest of your own here."
    assert labels(asked) == ["List the digests"]


@pytest.mark.parametrize("said", ["make both daily", "end both", "pause both digests", "两个都改成每天"])
def test_both_of_three_asks_which_two(desk: Desk, said: str) -> None:
    three(desk)
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "There are 3 digests. Which 2?"
        assert labels(asked) == ["Digests 1, 2", "Digests 1, 3", "Digests 2, 3"]
        choice = asked.choices[1]
        again = Request(choice.text, NOW, DIGEST, team=TEAM, user="U1", channel=CHANNEL, verb=choice.verb)
        assert changing(reply(desk.services, again)) == ["1", "3"]


def test_a_name_with_a_minus_is_dropped(desk: Desk) -> None:
    with_hangzhou(desk)
    assert str(desk.typed("edit 1 -Hangzhou").headline).startswith("Change digest 1? Ports, weekly")


@pytest.mark.parametrize("said", ["how do I pause all my digests?", "如何暂停所有摘要？"])
def test_who_asks_how_is_told_how(desk: Desk, said: str) -> None:
    three(desk)
    asked = desk.told(said)
    assert str(asked.headline).startswith("Type “/yrd-digest pause all”")
    assert labels(asked) == ["Pause all of them"]


@pytest.mark.parametrize(
    "said", ["edit all", "pause half of them", "end all nonsense digests", "drop nonsense from both"]
)
def test_what_is_not_understood_offers_nothing_for_all_and_shows_no_placeholder(
    desk: Desk, said: str
) -> None:
    three(desk)
    asked = desk.typed(said)
    assert not changing(asked)
    assert "“it" not in str(asked.headline)
    assert not any(label.endswith(" of them") for label in labels(asked))


def test_those_without_the_name_stay_as_they_are(desk: Desk) -> None:
    desk.has("ports")
    desk.has("talent", "hangzhou")
    asked = desk.typed("remove Hangzhou from all digests")
    assert str(asked.headline) == "Change 1 digest?"
    assert changing(asked) == ["2"]
    assert [str(line) for line in asked.sections[1].entries] == [
        "Digest 1 is not on Hangzhou; it is on Ports."
    ]


def test_a_digest_that_would_be_on_nothing_is_told_of(desk: Desk) -> None:
    three(desk)
    asked = desk.typed("remove Hangzhou from all digests")
    assert not changing(asked)
    assert "Digest 2 is on Hangzhou alone: without it there is none." in [
        str(line) for section in asked.sections for line in section.entries
    ]
