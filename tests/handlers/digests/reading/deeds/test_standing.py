"""What is asked of one's digests as they stand is answered of them, at every door; what no digest is on the base answers."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk

OF_PORTS = [
    "how often do ports come?",
    "how often does the ports digest come out?",
    "how often is ports posted",
    "when is ports coming?",
    "am I subscribed to ports?",
    "do we follow ports?",
    "what digests are on ports?",
    "港口的摘要多久来一次",
    "港口多久来一次？",
    "what's the status of digest 1",
    "what is the status of the ports digest?",
    "港口摘要的状态如何",
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


WHETHER_PAUSED = [
    "is digest 1 paused?",
    "is ports paused?",
    "is the ports digest on hold?",
    "has digest 1 been stopped?",
    "is 1 on hold?",
    "did somebody pause ports?",
    "1号暂停了吗",
    "1號暫停了嗎",
    "港口暂停了吗",
    "港口的摘要停了没有",
    "1是不是暂停了",
    "until when is ports paused?",
    "how long is digest 1 on hold?",
    "since when is digest 1 paused",
    "港口暂停到什么时候？",
    "1号暂停到哪天",
]


@pytest.mark.parametrize("said", WHETHER_PAUSED)
def test_whether_one_is_held_is_answered_first_then_since_when_and_what_comes_next(
    desk: Desk, said: str
) -> None:
    desk.has("ports")
    desk.has("talent")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == "No: digest 1 (Ports) runs. Next: Mon 23 Nov 2026, 09:00 Asia/Shanghai."
    desk.typed("pause 1 until 24 Dec")
    for asked in (desk.typed(said), desk.told(said)):
        assert (
            str(asked.headline)
            == "Yes: digest 1 (Ports) is paused until Thu 24 Dec 2026, since Sun 22 Nov 2026."
        )
        assert str(asked.sections[0].entries[0]).startswith("Mon 28 Dec 2026")
        assert not any(choice.verb == "unsubscribe" for choice in asked.choices)


def test_whether_one_runs_is_answered_the_other_way_round(desk: Desk) -> None:
    desk.has("ports")
    assert str(desk.typed("is digest 1 running?").headline).startswith("Yes: digest 1 (Ports) runs. Next: ")
    desk.typed("pause 1")
    assert (
        str(desk.told("is digest 1 still running?").headline)
        == "No: digest 1 (Ports) is paused, since Sun 22 Nov 2026."
    )


@pytest.mark.parametrize("said", ["is digest 1 skipped?", "1号跳过了吗"])
def test_whether_a_run_is_skipped(desk: Desk, said: str) -> None:
    desk.has("ports")
    assert str(desk.typed(said).headline) == "No: no run of digest 1 (Ports) that is to come is skipped."
    desk.typed("skip 1")
    assert str(desk.told(said).headline) == (
        "Yes: the run of Mon 23 Nov 2026, 09:00 Asia/Shanghai of digest 1 (Ports) is skipped."
    )


@pytest.mark.parametrize("said", ["has digest 1 been stopped?", "is digest 1 ended?", "1号结束了吗"])
def test_what_was_ended_is_said_to_be(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.typed("end 1")
    asked = desk.typed(said)
    assert str(asked.headline) == "Yes: digest 1 (Ports) was ended on Sun 22 Nov 2026."
    assert str(desk.typed("is digest 1 paused?").headline).startswith("No: digest 1 (Ports) was ended")


@pytest.mark.parametrize(
    "said", ["are ports and talent paused?", "are 1 and talent on hold?", "港口和人才暂停了吗"]
)
def test_of_several_names_each_digest_is_looked_at_and_no_other(desk: Desk, said: str) -> None:
    for name in ("ports", "talent", "hangzhou"):
        desk.has(name)
    assert str(desk.typed(said).headline) == "No: none of the 2 digests is paused."
    desk.typed("pause 3")
    desk.typed("pause 1")
    assert str(desk.typed(said).headline) == "No: 1 of 2 digests is paused."
    desk.typed("pause 2")
    assert str(desk.told(said).headline) == "Yes: 2 of 2 digests are paused."


def test_of_names_of_which_one_has_no_digest_nothing_is_said_of_the_other(desk: Desk) -> None:
    desk.has("ports")
    desk.has("talent")
    assert "paused" not in str(desk.typed("are ports and tourism paused?").headline)


WHICH = ["which digests are paused?", "which of my digests are on hold?", "哪些摘要暂停了", "哪些摘要暫停了"]
ANY = ["is anything paused?", "are any of my digests paused?", "我的摘要暂停了吗"]
ALL = ["都停了吗", "全部暂停了吗", "全部暫停了嗎", "are all digests paused?", "is everything paused?", "1-3停了吗", "are 1, 2 and 3 paused?"]  # fmt: skip


@pytest.mark.parametrize("said", [*WHICH, *ANY, *ALL])
def test_of_several_those_that_are_held_are_listed_and_nothing_is_proposed(desk: Desk, said: str) -> None:
    for name in ("ports", "talent", "hangzhou"):
        desk.has(name)

    def asked() -> list[tuple[str, str]]:
        both = (desk.typed(said), desk.told(said))
        assert not {choice.verb for answer in both for choice in answer.choices} - {"show"}
        return [
            (str(one.headline), "".join(str(line)[0] for line in one.sections[0].entries)) for one in both
        ]

    no = "" if said in WHICH else "No: "
    none = "one of the 3 digests is paused."
    assert asked() == [(f"{no}{'n' if no else 'N'}{none}", "123")] * 2
    desk.typed("pause 2")
    start = {True: "", said in ANY: "Yes: ", said in ALL: "No: "}[True]
    assert asked() == [(f"{start}1 of 3 digests is paused.", "2")] * 2
    for number in "13":
        desk.typed(f"pause {number}")
    start = "" if said in WHICH else "Yes: "
    assert asked() == [(f"{start}3 of 3 digests are paused.", "123")] * 2


@pytest.mark.parametrize("said", ["Is the port of Ningbo closed?", "Has cooperation stopped?", "Which cities are left out?", "港口合作停了吗？"])  # fmt: skip
def test_what_else_is_held_or_ended_the_base_is_asked(desk: Desk, said: str) -> None:
    desk.has("talent")
    assert "igest" not in str(desk.told(said).headline)
