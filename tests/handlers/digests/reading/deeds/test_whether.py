"""Who asks whether a digest is held or ended, or is to be, changes none and is shown it; who asks for a deed gets it."""

from __future__ import annotations

import pytest

from tests.handlers.digests.desk import Desk, labels

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


FORBIDDEN = [
    "don't pause 1-3",
    "do not pause all",
    "please don't end all digests",
    "never end ports",
    "don't swap hefei for ningbo in 3",
    "don't add Ningbo to 2",
    "don't make both daily",
    "don't edit 1 weekly tue",
    "不要暂停1到3号",
    "別暫停1到3號",
    "别把3改成每天",
    "不要停掉港口",
    "都不要停",
]


@pytest.mark.parametrize("said", FORBIDDEN)
def test_what_is_forbidden_is_not_done_and_nothing_else_is_offered(desk: Desk, said: str) -> None:
    for name in ("ports", "talent", "hefei"):
        desk.has(name)
    desk.typed("pause 1")
    before = desk.kept()
    for ask in (desk.typed, desk.told):
        asked = ask(said)
        assert str(asked.headline).startswith("Nothing is changed.")
        assert not any(label.endswith(" of them") for label in labels(asked))
    assert desk.kept() == before


def test_a_pause_of_one_and_a_skip_are_taken_back_by_who_does_not_want_them(desk: Desk) -> None:
    desk.has("ports")
    desk.typed("pause 1")
    desk.typed("don't pause 1")
    assert not desk.kept()[0].paused


@pytest.mark.parametrize(
    "said", ["don't send me ports", "不要再发港口了", "别再发港口", "don't forget to pause 1"]
)
def test_what_is_wanted_no_more_is_no_prohibition(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("talent")
    assert "Nothing is changed" not in str(desk.typed(said).headline)


@pytest.mark.parametrize(
    "said", ["pause all?", "should I end all digests?", "end 1-2?", "停掉1到2号吗？", "要不要全部停掉"]
)
def test_a_question_about_several_proposes_nothing(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("talent")
    for ask in (desk.typed, desk.told):
        asked = ask(said)
        assert not any(label.endswith(" of them") for label in labels(asked))
        assert str(asked.headline) == "2 digests."
