"""What is said of several digests is shown of each, as it is and as it would be, and done to all by one button."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import DIGEST, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, OWNER, TEAM, Desk, labels


def pressed(desk: Desk, answer: Answer, label: str, *, user: str = OWNER) -> Answer:
    choice = next(one for one in answer.choices if str(one.label) == label)
    return reply(
        desk.services,
        Request(
            choice.text, NOW, DIGEST, team=TEAM, user=user, channel=CHANNEL, verb=choice.verb,
            target=choice.target,
        ),
    )  # fmt: skip


def lines(answer: Answer, title: str) -> list[str]:
    (found,) = [one for one in answer.sections if str(one.title) == title]
    return [str(line) for line in found.entries]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("make both digests daily", "Change 2 digests?"),
        ("move every digest to 10:00", "Change 2 digests?"),
        ("move both to 10am", "Change 2 digests?"),
        ("my digests should come daily", "Change 2 digests?"),
        ("edit 1 and 2 weekly tue", "Change 2 digests?"),
        ("pause all my digests", "Pause 2 digests?"),
        ("pause both", "Pause 2 digests?"),
        ("pause all digests for a week", "Pause 2 digests?"),
        ("pause 1 and 2", "Pause 2 digests?"),
        ("skip both twice", "Skip 2 digests?"),
        ("stop everything", "End 2 digests?"),
        ("unsubscribe from all digests", "End 2 digests?"),
        ("把两个摘要都改成每天", "Change 2 digests?"),
        ("把所有摘要改到10点", "Change 2 digests?"),
        ("所有摘要都暂停", "Pause 2 digests?"),
        ("暂停所有摘要", "Pause 2 digests?"),
        ("全部暂停", "Pause 2 digests?"),
    ],
)
def test_several_are_changed_by_one_button_or_each_by_its_own(desk: Desk, said: str, question: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    for asked in (desk.typed(said), desk.told(said)):
        assert str(asked.headline) == question
        assert len(lines(asked, "What changes")) == 2
        assert [label.endswith(" of them") for label in labels(asked)] == [True, False, False, False]
        assert labels(asked)[-1] == "Cancel"


def test_each_is_told_as_it_is_and_as_it_would_be_before_anything_is_done(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou", weekdays=(1,))
    asked = desk.typed("make both digests daily")
    assert lines(asked, "What changes") == [
        "1: Ports: every day at 09:00 (Asia/Shanghai) instead of weekly on Monday at 09:00 (Asia/Shanghai)",
        "2: Hangzhou: every day at 09:00 (Asia/Shanghai) instead of weekly on Tuesday at 09:00 (Asia/Shanghai)",
    ]
    assert {kept.rhythm for kept in desk.kept()} == {"weekly"}
    done = pressed(desk, asked, "Change all of them")
    assert str(done.headline) == "2 digests are changed."
    assert {kept.rhythm for kept in desk.kept()} == {"daily"}


def test_what_is_so_already_is_told_and_left(desk: Desk) -> None:
    desk.has("ports", weekdays=(0, 1, 2, 3, 4, 5, 6))
    desk.has("hangzhou")
    asked = desk.typed("make both daily")
    assert lines(asked, "Stays as it is") == ["Digest 1 is so already, so I changed nothing."]
    assert str(asked.headline) == "Change 1 digest?"
    assert labels(asked) == ["Change it", "Cancel"]


def test_a_pause_of_all_is_taken_back_by_one_button(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    done = pressed(desk, desk.typed("pause all"), "Pause all of them")
    assert all(kept.paused for kept in desk.kept())
    pressed(desk, done, "Undo the pause")
    assert not any(kept.paused for kept in desk.kept())


def test_some_are_left_out_by_number_or_name(desk: Desk) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    for said in ("pause all except 3", "pause all digests but talent", "pause 1 and 2"):
        told = lines(desk.typed(said), "What changes")
        assert [line[:1] for line in told] == ["1", "2"]


def test_of_the_only_digest_it_is_said_as_of_one(desk: Desk) -> None:
    desk.has("ports")
    assert str(desk.typed("make all digests daily").headline).startswith("Change digest 1?")


def test_nobody_changes_what_is_not_theirs_by_the_button_of_another(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    done = pressed(desk, desk.typed("pause both"), "Pause all of them", user="U2")
    assert done.outcome == "refused"
    assert not any(kept.paused for kept in desk.kept())


def test_a_day_that_cannot_be_read_is_asked_for_once(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    asked = desk.typed("pause all digests until someday")
    assert labels(asked) == ["For a week", "For a month", "Until it is resumed"]
    assert str(pressed(desk, asked, "For a week").headline) == "Pause 2 digests?"


@pytest.mark.parametrize("said", ["edit 1 monthly 1 and 15", "edit 1 skip all holidays"])
def test_days_are_no_digests(desk: Desk, said: str) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    assert "2 digests" not in str(desk.typed(said).headline)


def test_a_pause_that_is_taken_back_leaves_each_as_it_was(desk: Desk) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    desk.typed("pause 2 until 24 Dec")
    desk.typed("pause 3")
    before = [(kept.paused, kept.paused_until) for kept in desk.kept()]
    done = pressed(desk, desk.typed("pause all"), "Pause all of them")
    assert all(kept.paused for kept in desk.kept())
    again = pressed(desk, done, "Undo the pause")
    assert [(kept.paused, kept.paused_until) for kept in desk.kept()] == before
    assert again.outcome == "done"


def test_a_second_press_pauses_nothing_and_says_so(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    asked = desk.typed("pause all")
    pressed(desk, asked, "Pause all of them")
    again = pressed(desk, asked, "Pause all of them")
    assert (str(again.headline), again.choices) == ("Nothing was changed.", ())
    assert lines(again, "What became of them")[0] == "Digest 1 is paused already."


def test_a_second_press_skips_no_run_further_and_says_so(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou", weekdays=(2,))
    asked = desk.typed("skip all")
    done = pressed(desk, asked, "Skip all of them")
    assert str(done.headline) == "2 digests are changed."
    again = pressed(desk, asked, "Skip all of them")
    assert again.outcome == "refused"
    assert lines(again, "What became of them") == [
        "Digest 1: the run of Mon 23 Nov 2026, 09:00 Asia/Shanghai is skipped already. Next: Mon 30 Nov 2026, 09:00 Asia/Shanghai.",
        "Digest 2: the run of Wed 25 Nov 2026, 09:00 Asia/Shanghai is skipped already. Next: Wed 2 Dec 2026, 09:00 Asia/Shanghai.",
    ]
    assert "Mon 30 Nov 2026" in str(desk.typed("next 1").sections[1].entries[0])


def test_a_skip_that_is_taken_back_leaves_what_was_skipped_before(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")
    desk.typed("skip 1")
    done = pressed(desk, desk.typed("skip all"), "Skip all of them")
    pressed(desk, done, "Do not skip them")
    assert lines(desk.typed("show 1"), "Next three runs")[0].startswith("Mon 30 Nov 2026")
    assert lines(desk.typed("show 2"), "Next three runs")[0].startswith("Mon 23 Nov 2026")
