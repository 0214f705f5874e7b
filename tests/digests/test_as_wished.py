"""Slots as people wish them: edited, paused, skipped, on holidays, in quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.subscription import Conflict, QuietHours, Subscription
from tests.both import BOTH
from tests.digests.office import DAILY, SHANGHAI, TEAM, Office, nine

pytestmark = BOTH


def test_nothing_new_is_posted_or_skipped_as_the_subscription_says(office: Office) -> None:
    office.composer.empty = True
    office.subscribe(replace(DAILY, when_empty="tell"))
    office.subscribe(replace(DAILY, when_empty="quiet"))
    office.at(9)
    assert [post.text for post in office.posts()] == ["nothing new"]
    assert (office.states("1"), office.states("2")) == (["posted"], ["skipped"])
    assert office.history("2")[0].why == "nothing new"


def test_after_an_edit_the_first_slot_is_the_next_one(office: Office) -> None:
    kept = office.subscribe()
    office.clock.now += 7200  # 10:00, the slot of nine o'clock is due and no round was gone
    changed = office.subscriptions.edit(replace(kept, at=time(8, 30)), office.clock.moment())
    assert not isinstance(changed, Conflict)
    office.tick()
    assert office.posts() == []
    assert [(row.state, row.why) for row in office.history()] == [
        ("skipped", "the subscription was changed first")
    ]
    assert office.planned() == [nine(1) - timedelta(minutes=30)]


def test_an_edit_of_an_old_version_changes_nothing(office: Office) -> None:
    kept = office.subscribe()
    first = office.subscriptions.edit(replace(kept, facts=3), office.clock.moment())
    second = office.subscriptions.edit(replace(kept, facts=9), office.clock.moment())
    assert isinstance(first, Subscription)
    assert second == Conflict(first)


def test_a_pause_holds_and_the_first_slot_after_it_is_the_next_one(office: Office) -> None:
    kept = office.subscribe()
    office.subscriptions.pause(TEAM, kept.id, office.clock.moment())
    office.at(9)
    office.at(9, day=1)
    assert (office.posts(), office.planned()) == ([], [])
    office.subscriptions.resume(TEAM, kept.id, office.clock.moment())
    assert office.planned() == [nine(2)]


def test_a_pause_until_a_date_ends_by_itself(office: Office) -> None:
    kept = office.subscribe()
    office.subscriptions.pause(TEAM, kept.id, office.clock.moment(), until=date(2026, 11, 20))
    for day in range(3):
        office.at(9, day=day)
    assert [row.slot for row in office.history()] == [nine(2)]


def test_a_skipped_slot_is_left_out_and_the_one_after_it_comes(office: Office) -> None:
    kept = office.subscribe()
    assert office.subscriptions.skip(TEAM, kept.id, office.clock.moment()) == nine(0)
    assert office.subscriptions.skip(TEAM, kept.id, office.clock.moment()) == nine(1)
    for day in range(3):
        office.at(9, day=day)
    assert office.states() == ["skipped", "skipped", "posted"]


def test_a_removed_subscription_posts_nothing_and_keeps_its_record(office: Office) -> None:
    kept = office.subscribe()
    office.at(9)
    office.subscriptions.remove(TEAM, kept.id, office.clock.moment())
    office.at(9, day=1)
    assert office.subscriptions.get(TEAM, kept.id) is None
    assert office.states() == ["posted"]
    assert office.subscribe().id == "2"


def test_a_holiday_is_recorded_as_skipped(office: Office) -> None:
    office.clock.now = datetime(2026, 12, 31, 12, tzinfo=SHANGHAI).timestamp()
    office.subscribe(replace(DAILY, skip_holidays="CN"))
    assert next((row.state, row.why) for row in office.history()) == (
        "skipped", "public holiday: New Year's Day",
    )  # fmt: skip
    assert office.planned()[0] >= datetime(2027, 1, 2, 9, tzinfo=SHANGHAI)


def test_what_is_due_in_quiet_hours_is_posted_at_their_end_and_not_late(office: Office) -> None:
    office.subscribe(replace(DAILY, at=time(23), quiet=QuietHours(time(22), time(7))))
    office.at(23, 30)
    office.at(6, 59, day=1)
    assert office.posts() == []
    office.at(7, 0, day=1)
    assert office.states() == ["posted"]


def test_a_slot_missed_in_the_day_is_not_caught_up_in_quiet_hours(office: Office) -> None:
    office.subscribe(replace(DAILY, at=time(21), quiet=QuietHours(time(22), time(7))))
    office.at(22, 30)
    assert office.posts() == []
    office.at(7, 0, day=1)
    assert office.states() == ["late"]
