"""A button does what was shown when it was made: what somebody changed since stays as it is, a second press does no more, and what
was done to several is put back exactly.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from itertools import combinations, islice

import pytest

from handlers.answer import Answer, Choice
from handlers.digests.changing.several_deed import Deed, read
from handlers.reply import reply
from handlers.request import DIGEST, Request
from handlers.stored_digest import StoredDigest
from handlers.subscription import Conflict, QuietHours, Subscription
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, OWNER, TEAM, Desk, labels


def pressed(desk: Desk, answer: Answer, label: str) -> Answer:
    return by(desk, next(one for one in answer.choices if str(one.label) == label))


def by(desk: Desk, choice: Choice) -> Answer:
    request = Request(
        choice.text, NOW, DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb=choice.verb, digest=choice.digest,
        target=choice.target,
    )  # fmt: skip
    return reply(desk.services, request)


def became(answer: Answer) -> list[str]:
    (found,) = [one for one in answer.sections if str(one.title) == "What became of them"]
    return [str(line) for line in found.entries]


def chosen(desk: Desk) -> list[tuple[StoredDigest, bool, object]]:
    return [(StoredDigest.anew(kept), kept.paused, kept.paused_until) for kept in desk.kept()]


def two(desk: Desk) -> None:
    desk.has("ports")
    desk.has("hangzhou")


def changed_to_ten(desk: Desk, number: str) -> None:
    pressed(desk, desk.typed(f"edit {number} 10:00"), "Save")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("make both daily", "Change all of them"),
        ("pause both", "Pause all of them"),
        ("end both", "End all of them"),
        ("两个都改成每天", "Change all of them"),
        ("兩個都暫停", "Pause all of them"),
    ],
)
def test_what_somebody_changed_since_is_left_and_told(desk: Desk, said: str, label: str) -> None:
    two(desk)
    asked = desk.typed(said)
    changed_to_ten(desk, "2")
    before = chosen(desk)[1]
    done = pressed(desk, asked, label)
    assert str(done.headline) == "1 of 2 digests is changed."
    assert became(done)[1] == (
        "Digest 2 was changed meanwhile, so it is left as it is: Hangzhou, weekly on Monday at 10:00 (Asia/Shanghai)."
    )
    assert chosen(desk)[-1] == before
    again = pressed(desk, done, "Look again")
    assert [str(line)[:1] for line in again.sections[0].entries] == ["2"]


def test_a_second_press_of_a_change_says_that_it_is_so(desk: Desk) -> None:
    two(desk)
    asked = desk.typed("make both daily")
    pressed(desk, asked, "Change all of them")
    again = pressed(desk, asked, "Change all of them")
    assert (str(again.headline), again.outcome, again.choices) == ("Nothing was changed.", "refused", ())
    assert became(again) == [f"Digest {at} is so already, so I changed nothing." for at in (1, 2)]


def test_what_is_paused_until_that_day_already_is_not_called_somebody_elses_change(desk: Desk) -> None:
    two(desk)
    asked = desk.typed("pause both until 24 Dec")
    pressed(desk, asked, "Pause all of them")
    again = pressed(desk, asked, "Pause all of them")
    assert became(again)[0] == "Digest 1 is paused until Thu 24 Dec 2026 already."


def test_starting_over_is_done_once(desk: Desk) -> None:
    two(desk)
    asked = desk.typed("restart 1 and 2")
    assert pressed(desk, asked, "Start all of them over").outcome == "done"
    again = pressed(desk, asked, "Start all of them over")
    assert became(again)[0] == "Digest 1 was started over already."


def of_many_choices(desk: Desk) -> None:
    """Two digests that have nothing in common but a name."""
    two(desk)
    first, second = desk.kept()
    port = desk.services.subscriptions
    for kept in (
        replace(first, weekdays=(), monthday=31, at=time(7, 30), zone="Europe/Paris", facts=2),
        replace(second, weekdays=(0,), monthweek=-1, quiet=QuietHours(time(22), time(7)), when_empty="again", skip_holidays="CN", is_wide=True),
    ):  # fmt: skip
        assert not isinstance(port.edit(kept, NOW), Conflict)


@pytest.mark.parametrize(
    "said", ["make both daily", "edit both add talent", "make both weekly tue at 10:00", "move both to 10:00", "edit both when empty say"]
)  # fmt: skip
def test_a_change_of_several_is_put_back_exactly(desk: Desk, said: str) -> None:
    of_many_choices(desk)
    before = chosen(desk)
    done = pressed(desk, desk.typed(said), "Change all of them")
    assert chosen(desk) != before
    back = pressed(desk, done, "Undo the changes")
    assert back.outcome == "done"
    assert chosen(desk) == before
    again = pressed(desk, done, "Undo the changes")
    assert again.outcome == "refused"
    assert chosen(desk) == before


def test_an_undo_leaves_what_was_changed_after_it(desk: Desk) -> None:
    two(desk)
    done = pressed(desk, desk.typed("make both daily"), "Change all of them")
    changed_to_ten(desk, "1")
    back = pressed(desk, done, "Undo the changes")
    assert str(back.headline) == "1 of 2 digests is changed."
    assert became(back)[0].startswith("Digest 1 was changed meanwhile")
    assert [(kept.at, kept.rhythm) for kept in desk.kept()] == [(time(10), "daily"), (time(9), "weekly")]


def test_one_button_takes_back_a_change_of_a_hundred_digests(desk: Desk) -> None:
    places = (
        "hangzhou",
        "ningbo",
        "suzhou-jiangsu",
        "hefei",
        "wuxi",
        "nanjing",
        "huzhou",
        "jiaxing",
        "shaoxing",
    )
    for some in islice(combinations(places, 4), 110):
        desk.has("ports", *some)
    before = chosen(desk)
    done = pressed(desk, desk.typed("edit all add shanghai"), "Change all of them")
    (undo,) = (one for one in done.choices if str(one.label) == "Undo the changes")
    assert len(undo.text) <= 1500
    by(desk, undo)
    assert chosen(desk) == before


def test_an_undo_that_one_button_cannot_carry_stands_in_several(desk: Desk) -> None:
    for at in range(1, 101):
        desk.has("ports", weekdays=(at % 7,))
        until = NOW.date() + timedelta(days=at)
        desk.services.subscriptions.pause(TEAM, str(at), NOW, until=until)
    before = chosen(desk)
    done = pressed(desk, desk.typed("resume all"), "Resume all of them")
    undos = [one for one in done.choices if str(one.label).startswith("Undo it of digests")]
    assert len(undos) > 1
    assert str(undos[0].label).startswith("Undo it of digests 1 to ")
    assert all(len(one.text) <= 1500 for one in undos)
    for one in undos:
        by(desk, one)
    assert chosen(desk) == before


def test_digests_that_were_ended_are_taken_up_as_they_were_held(desk: Desk) -> None:
    for name in ("ports", "hangzhou", "talent"):
        desk.has(name)
    desk.typed("pause 1 until 24 Dec")
    desk.typed("pause 2")
    before = chosen(desk)
    done = pressed(desk, desk.typed("end all"), "End all of them")
    assert not desk.kept()
    pressed(desk, done, "Take them up again")
    assert chosen(desk) == before


def test_a_resumption_is_taken_back(desk: Desk) -> None:
    two(desk)
    desk.typed("pause 1 until 24 Dec")
    desk.typed("pause 2")
    before = chosen(desk)
    done = pressed(desk, desk.typed("resume both"), "Resume all of them")
    assert not any(held or until for _, held, until in chosen(desk))
    pressed(desk, done, "Pause them again")
    assert chosen(desk) == before


def next_of(desk: Desk, number: int) -> str:
    (found,) = [one for one in desk.typed(f"show {number}").sections if str(one.title) == "Next three runs"]
    return str(found.entries[0])


@pytest.mark.parametrize("said", ["skip both", "skip", "show 1"])
def test_a_button_that_skips_one_skips_the_run_that_was_shown_and_no_other(desk: Desk, said: str) -> None:
    two(desk)
    choice = next(one for one in desk.typed(said).choices if one.verb == "skip" and one.target)
    assert by(desk, choice).outcome == "done"
    again = by(desk, choice)
    assert str(again.headline) == (
        "Digest 1: the run of Mon 23 Nov 2026, 09:00 Asia/Shanghai is skipped already."
        " Next: Mon 30 Nov 2026, 09:00 Asia/Shanghai."
    )
    assert labels(again) == ["Do not skip it"]
    assert next_of(desk, 1).startswith("Mon 30 Nov 2026")


def test_a_button_that_skips_two_runs_skips_them_once(desk: Desk) -> None:
    two(desk)
    choice = next(one for one in desk.typed("skip both twice").choices if one.verb == "skip" and one.target)
    for _ in range(2):
        by(desk, choice)
    assert next_of(desk, 1).startswith("Mon 7 Dec 2026")


def test_what_was_typed_skips_as_often_as_it_is_typed(desk: Desk) -> None:
    desk.has("ports")
    for _ in range(2):
        desk.typed("skip 1")
    assert next_of(desk, 1).startswith("Mon 7 Dec 2026")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pause 99-120", "There are no digests 99 to 120 here."),
        ("end 7, 8 and 12", "There are no digests 7 to 8 and 12 here."),
        ("暂停99到120", "There are no digests 99 to 120 here."),
    ],
)
def test_numbers_of_no_digest_are_told_in_one_sentence_with_those_there_are(
    desk: Desk, said: str, told: str
) -> None:
    two(desk)
    asked = desk.typed(said)
    assert (str(asked.headline), list(map(str, asked.notes))) == (told, ["There are: 1 and 2."])
    assert not asked.sections


def test_numbers_beyond_those_there_are_are_told_beside_what_changes(desk: Desk) -> None:
    two(desk)
    asked = desk.typed("pause 2-5")
    assert str(asked.headline) == "Pause 1 digest?"
    assert [str(line) for line in asked.sections[1].entries] == ["There are no digests 3 to 5 here."]


@pytest.mark.parametrize("said", ["", "weekly tue @ 10:00", "until | x: @1=y", "a\nb"])
def test_a_text_with_any_sign_in_it_is_carried_whole(said: str) -> None:
    deed = Deed("edit", ("1", "12"), said, {"1": "until 2026-12-24"}, {"12": 7})
    assert read(str(deed)) == deed


def test_a_stranger_moves_no_digest_by_an_undo(desk: Desk) -> None:
    two(desk)
    before: tuple[Subscription, ...] = desk.kept()
    for own in ('{"channel":"C9"}', '{"weekdays":[9]}', "[[[", "{}", "null", "[" * 1200):
        by(desk, Choice("x", "", DIGEST, f"undo 1.1@1={own}|", "several agreed"))
    assert desk.kept() == before
