"""What was skipped stays so on its day when the time or the zone of a digest moves; what goes with its day is told."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from handlers.digests.coming import coming, skipped
from handlers.reply import reply
from handlers.request import DIGEST, Request
from tests.conftest import NOW
from tests.handlers.digests.desk import CHANNEL, OWNER, TEAM, Desk

DAILY = (0, 1, 2, 3, 4, 5, 6)


def pressed(desk: Desk, answer: Answer, label: str) -> Answer:
    choice = next(one for one in answer.choices if str(one.label) == label)
    return reply(
        desk.services,
        Request(
            choice.text, NOW, DIGEST, team=TEAM, user=OWNER, channel=CHANNEL, verb=choice.verb,
            digest=choice.digest, target=choice.target,
        ),
    )  # fmt: skip


def section(answer: Answer, title: str) -> list[str]:
    (found,) = [one for one in answer.sections if str(one.title).startswith(title)]
    return [str(line) for line in found.entries]


def skips(desk: Desk) -> list[str]:
    (kept,) = desk.kept()
    return [f"{run.slot.wanted:%d %b}" for run in skipped(desk.services.deliveries, kept, NOW)]


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin"]
)
def test_a_proposal_of_another_zone_shows_what_is_skipped_as_it_is_after_it(desk: Desk, zone: str) -> None:
    desk.has("ports")
    desk.typed("skip 1")
    asked = desk.typed(f"edit 1 09:00 {zone}")
    assert f"What was skipped stays so: Mon 23 Nov 2026, 09:00 {zone}" in section(asked, "What changes")
    runs = section(asked, "Next")
    assert runs[0].startswith("Mon 30 Nov 2026, 09:00")
    assert runs[-1] == f"Skipped: Mon 23 Nov 2026, 09:00 {zone}"
    pressed(desk, asked, "Save")
    assert section(desk.typed("show 1"), "Next") == runs


def test_no_skip_is_lost_where_a_day_takes_the_moment_of_another(desk: Desk) -> None:
    desk.has("ports", weekdays=DAILY)
    pressed(desk, desk.typed("edit 1 9:00 Pacific/Kiritimati"), "Save")
    desk.typed("skip 1 twice")
    days = skips(desk)
    assert len(days) == 2
    asked = desk.typed("edit 1 9:00 Pacific/Honolulu")
    pressed(desk, asked, "Save")
    assert skips(desk) == days
    (kept,) = desk.kept()
    come = {f"{run.slot.wanted:%d %b}" for run in coming(desk.services.deliveries, kept, NOW, 5)}
    assert come.isdisjoint(days)


def test_a_skip_that_goes_with_its_day_is_told_and_forgotten(desk: Desk) -> None:
    desk.has("ports")
    desk.typed("skip 1")
    asked = desk.typed("edit 1 weekly tue")
    assert "The skip of Mon 23 Nov 2026 is forgotten: no run comes then any more" in section(
        asked, "What changes"
    )
    pressed(desk, asked, "Save")
    pressed(desk, desk.typed("edit 1 weekly mon"), "Save")
    assert skips(desk) == []


def test_the_button_that_takes_a_skip_back_finds_it_after_its_time_has_moved(desk: Desk) -> None:
    desk.has("ports")
    said = desk.typed("skip 1")
    pressed(desk, desk.typed("edit 1 10:00 Europe/Berlin"), "Save")
    back = pressed(desk, said, "Do not skip it")
    assert str(back.headline) == "The run of Mon 23 Nov 2026, 10:00 Europe/Berlin comes after all."
    assert skips(desk) == []


def test_a_skip_outlives_a_zone_that_changes_there_and_back_with_a_pause_between(desk: Desk) -> None:
    desk.has("ports", weekdays=DAILY)
    desk.typed("skip 1")
    days = skips(desk)
    for said in ("edit 1 9:00 Pacific/Kiritimati", "edit 1 add Hangzhou", "edit 1 9:00 Asia/Shanghai"):
        pressed(desk, desk.typed(said), "Save")
        assert skips(desk) == days
        desk.typed("pause 1")
        desk.typed("resume 1")
        assert skips(desk) == days
    pressed(desk, desk.typed("skip 1"), "Do not skip it")
    assert skips(desk) == days
