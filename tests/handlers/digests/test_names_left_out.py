"""What a text leaves out is never offered as what it wishes; other regions are left out in any words, and names by sentences."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels


@pytest.mark.parametrize(
    "said",
    [
        "subscribe ports but no Hangzhou",
        "subscribe ports, not Hangzhou",
        "subscribe ports except Hangzhou weekly",
        "ports without Hangzhou weekly mon",
        "subscribe ports other than Hangzhou",
        "subscribe 港口 除杭州",
        "subscribe 港口 不含杭州",
    ],
)
def test_a_name_that_is_left_out_is_on_no_button(desk: Desk, said: str) -> None:
    offered = desk.typed(said)
    assert not [choice for choice in offered.choices if "hangzhou" in f"{choice.label} {choice.text}".lower()]
    assert any(label.startswith("Ports, weekly") for label in labels(offered))


LEFT_OUT = [
    "with no other regions",
    "no other regions",
    "leave out other regions",
    "other regions off",
    "without any other regions",
    "不含其他地区",
    "不包括其他地区",
]


@pytest.mark.parametrize("said", LEFT_OUT)
def test_other_regions_are_left_out_in_any_words(desk: Desk, said: str) -> None:
    desk.has("talent")
    answer = desk.typed(f"subscribe ports weekly mon with other regions, {said}")
    assert answer.outcome != "done"
    plain = desk.typed(f"subscribe ports {said}")
    (save,) = [choice for choice in plain.choices if str(choice.label) == "Save"]
    assert save.digest is not None
    assert not save.digest.is_wide
    assert save.digest.topics == ("ports",)
    assert str(desk.typed(f"edit 1 {said}").headline) == "Digest 1 is so already, so I changed nothing."


@pytest.mark.parametrize("door", ["typed", "told"])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("take talent out of the ports digest", "Change digest 1? Ports, weekly"),
        ("remove talent from digest 1", "Change digest 1? Ports, weekly"),
        ("please drop ports from digest 1", "Change digest 1? Talent, weekly"),
        ("add Ningbo to the ports digest", "Change digest 1? Ports, Talent and Ningbo, weekly"),
        ("take other regions out of the ports digest", "Digest 1 is so already"),
        ("add other regions to the ports digest", "Change digest 1? Ports and Talent, weekly"),
    ],
)
def test_names_go_into_a_digest_and_out_of_it_by_a_sentence(
    desk: Desk, door: str, said: str, told: str
) -> None:
    desk.has("ports", "talent")
    answer = desk.typed(said) if door == "typed" else desk.told(said)
    assert str(answer.headline).startswith(told)


KEPT = [
    "drop everything but ports from 2",
    "remove all but ports from digest 2",
    "drop all topics except ports from 2",
    "keep only ports in 2",
    "edit 2 only ports",
    "edit 2 just ports",
    "2 nothing but ports",
    "edit 2 drop everything other than ports",
    "修改2只留港口",
    "2号除了港口都去掉",
]


@pytest.mark.parametrize("said", KEPT)
def test_what_alone_a_digest_is_to_be_on_is_proposed_of_that_digest(desk: Desk, said: str) -> None:
    desk.has("talent")
    desk.has("ports", "talent", "hangzhou")
    answer = desk.typed(said)
    assert str(answer.headline).startswith("Change digest 2? Ports, weekly on Monday")
    dropped = " ".join(str(line) for line in answer.sections[0].entries)
    assert "Talent" in dropped
    assert "Hangzhou" in dropped
    assert len(desk.kept()) == 2


def test_when_it_comes_is_read_behind_what_alone_it_is_to_be_on(desk: Desk) -> None:
    desk.has("ports", "talent")
    assert str(desk.typed("edit 1 only ports daily").headline).startswith("Change digest 1? Ports, every day")
