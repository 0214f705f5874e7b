"""What is asked of one's digests as they stand is answered of them, at every door; what no digest is on the base answers."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk

OF_PORTS = [
    "is ports paused?",
    "is the ports digest paused?",
    "is digest 1 running?",
    "how often do ports come?",
    "how often does the ports digest come out?",
    "how often is ports posted",
    "when is ports coming?",
    "am I subscribed to ports?",
    "do we follow ports?",
    "what digests are on ports?",
    "港口的摘要多久来一次",
    "港口多久来一次？",
    "港口暂停了吗",
    "我订阅了港口吗",
]


@pytest.mark.parametrize("said", OF_PORTS)
def test_a_question_on_a_digest_tells_when_it_comes_and_how_it_stands(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("talent")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "Digest 1: Ports, weekly on Monday at 09:00 (Asia/Shanghai)."
    desk.typed("pause 1 until 24 Dec")
    for asked in (desk.typed(said), desk.told(said)):
        assert "; paused until" in str(asked.headline)


@pytest.mark.parametrize(
    "said",
    [
        "what am I following?",
        "what do we follow",
        "how many digests do I have?",
        "how many digests are there?",
        "which digests are paused?",
        "which digests are not paused?",
        "哪些摘要没有暂停",
        "is anything paused?",
        "我关注了什么",
        "我有几个摘要",
    ],
)
def test_which_digests_there_are_is_listed(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("talent")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "2 digests."


def test_of_several_on_it_each_is_told(desk: Desk) -> None:
    desk.has("ports")
    desk.has("ports", "talent", weekdays=(2,))
    asked = desk.told("how often do ports come?")
    assert str(asked.headline).startswith("2 digests are on it. Next comes digest 1, on Mon 23 Nov 2026")
    assert [str(section.title) for section in asked.sections] == [
        "1: Ports, weekly on Monday",
        "2: Ports and Talent, weekly on Wednesday",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "How often does the forum meet?",
        "When is Suzhou coming?",
        "How often do ships come to Ningbo?",
        "what is ports?",
        "Which ports are running?",
    ],
)
def test_what_no_digest_is_on_the_base_answers(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert "igest" not in str(desk.told(said).headline)
