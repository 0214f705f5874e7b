"""Who asks whether a digest is held or ended, or is to be, changes none and is shown it; who asks for a deed gets it."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk

ASKED = [
    "1号停了吗",
    "1结束了吗",
    "1号暂停了没有",
    "1号是不是停了",
    "要不要停掉1号",
    "停掉1号吗？",
    "停1号？",
    "end 1?",
    "end ports?",
    "end 1 or not?",
    "pause 1?",
    "skip 1?",
    "should I pause 1?",
]


@pytest.mark.parametrize("said", ASKED)
@pytest.mark.parametrize("of_several", [False, True])
def test_a_question_changes_no_digest(desk: Desk, said: str, *, of_several: bool) -> None:
    desk.has("ports")
    if of_several:
        desk.has("talent")
    before = desk.typed("show 1")
    for ask in (desk.typed, desk.told):
        ask(said)
        assert desk.typed("show 1") == before


@pytest.mark.parametrize(
    "said", ["could you pause 1?", "can you please pause ports?", "please pause 1?", "可以暂停1号吗"]
)
def test_who_asks_for_a_deed_politely_gets_it(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("talent")
    desk.typed(said)
    assert [kept.paused for kept in desk.kept()] == [True, False]
