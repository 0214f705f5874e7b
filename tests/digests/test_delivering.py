"""What happens to a slot: posted once and on time, or after downtime late, or its record says why not."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.render import blockkit
from bot.render.content import Digest
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import SPACING, Ledger
from bot.state.digests.subscriptions import REPLANNED_AT_ONCE
from bot.state.errors import LockedError, UnavailableError
from bot.state.store import Store
from handlers.ports import UnreadableError
from tests.both import BOTH
from tests.digests.office import GENERAL, MORNING, TEAM, Composer, Office, nine, slot_of
from tests.state import raw

pytestmark = BOTH


def test_a_slot_is_posted_once_on_time_and_the_next_one_planned(office: Office) -> None:
    office.subscribe()
    office.at(8, 59)
    assert office.posts() == []
    office.at(9)
    office.tick(seconds=5)
    [post] = office.posts()
    assert post.text == "digest 1"
    assert slot_of(post) == f"{TEAM}:1:2026-11-18T01:00:00Z:digest"
    [row] = office.history()
    assert (row.state, row.ts, row.slot, row.label) == (
        "posted", post.ts, nine(0), "Wed 18 Nov 2026, 09:00 Asia/Shanghai",
    )  # fmt: skip
    assert office.planned() == [nine(1)]


def test_each_digest_is_composed_with_the_facts_of_those_before(office: Office) -> None:
    office.subscribe()
    for day in range(3):
        office.at(9, day=day)
    assert office.composer.composed == [(), ("fact-001",), ("fact-001", "fact-002")]


def test_the_rest_of_a_digest_goes_into_its_thread(office: Office) -> None:
    office.composer.thread = (blockkit.rich_text(blockkit.text_element("rest")),)
    office.subscribe()
    office.at(9)
    [post] = office.posts()
    [reply] = office.slack.team.replies(GENERAL, post.ts)
    assert reply.blocks[0]["elements"][0]["elements"][0]["text"] == "rest"


def test_two_processes_on_one_state_post_a_slot_once(office: Office) -> None:
    office.subscribe()
    other = office.new_process()
    office.at(9)
    other.worker.tick()
    assert len(office.posts()) == 1
    other.worker.stop()


def test_a_channel_gets_at_most_one_message_a_second(office: Office) -> None:
    for _ in range(4):
        office.subscribe()
    office.at(9)
    sent = [post.at for post in office.posts()]
    assert len(sent) == 4
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(sent))


def test_a_claim_has_the_time_at_which_no_other_process_could_claim(
    office: Office, opened: Callable[[], Store]
) -> None:
    for _ in range(2):
        office.subscribe()
    moment = office.clock.moment() + timedelta(days=1)
    ledgers = [Ledger(office.store, owner) for owner in ("a", "b")]
    first, second = ledgers[0].due(TEAM, moment, 2)
    asked: list[datetime] = []

    def clock() -> datetime:
        with closing(opened()) as other, other.promptly(), pytest.raises(LockedError), other.writing(TEAM):
            pass
        asked.append(moment)
        return moment

    assert isinstance(ledgers[0].claim(first, clock, "{}", ()), DeliveryRow)
    assert ledgers[1].claim(second, clock, "{}", ()) == SPACING.total_seconds()
    assert asked == [moment] * 2


def test_state_that_is_away_for_a_moment_holds_up_a_digest_by_seconds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, tried = Ledger.claim, []

    def lost_at_first(ledger: Ledger, row: DeliveryRow, *how: Any) -> DeliveryRow | float | None:
        tried.append(row)
        if len(tried) == 1:
            raise UnavailableError("the connection was lost")
        return claim(ledger, row, *how)

    monkeypatch.setattr(Ledger, "claim", lost_at_first)
    office.subscribe()
    office.at(9)
    office.tick(seconds=5)
    assert (len(tried), office.states()) == (2, ["posted"])


def test_who_is_told_to_end_puts_no_more_right_than_what_is_in_hand(office: Office) -> None:
    for _ in range(REPLANNED_AT_ONCE + 1):
        office.subscribe()
    raw.run(office.store, "DELETE FROM deliveries")
    asked = iter((False, True))
    office.subscriptions.replan(TEAM, office.clock.moment(), lambda: next(asked))
    assert raw.count(office.store, "deliveries") == REPLANNED_AT_ONCE


@pytest.mark.parametrize("busy", [UnreadableError, UnavailableError, LockedError])
def test_a_digest_that_cannot_be_put_together_while_state_is_busy_is_posted_seconds_later(
    busy: type[Exception], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose, tried = Composer.__call__, list[object]()

    def busy_at_first(composer: Composer, *of: Any) -> Digest:
        tried.append(of)
        if len(tried) == 1:
            raise busy("others hold it") from LockedError("others hold it")
        return compose(composer, *of)

    monkeypatch.setattr(Composer, "__call__", busy_at_first)
    office.subscribe()
    office.at(9)
    office.tick(seconds=5)
    assert (len(tried), office.states()) == (2, ["posted"])


def test_after_downtime_the_newest_slot_is_posted_late_and_the_older_are_recorded_as_missed(
    office: Office,
) -> None:
    office.subscribe()
    office.at(12, day=3)
    assert office.states() == ["missed", "missed", "missed", "late"]
    [post] = office.posts()
    assert post.text == "Late: this digest was due Sat 21 Nov 2026, 09:00 Asia/Shanghai. digest 1"
    assert office.planned() == [nine(4)]


def test_a_slot_older_than_the_window_is_missed(office: Office) -> None:
    office.subscribe()
    office.at(21, 1)
    assert (office.states(), office.posts()) == (["missed"], [])
    assert "12 hours" in office.history()[0].why
    assert office.planned() == [nine(1)]


def test_a_clock_put_back_posts_nothing_twice(office: Office) -> None:
    office.subscribe()
    office.at(9, 30)
    office.set_clock(hours=-1)
    office.at(9)
    office.at(9, 30)
    assert office.states() == ["late"]
    assert len(office.posts()) == 1
    office.at(9, day=1)
    assert office.states() == ["late", "posted"]


def test_a_clock_a_year_ahead_for_a_while_costs_no_slot_of_the_year(office: Office) -> None:
    office.subscribe()
    office.at(9)
    office.set_clock(days=365)
    posted_ahead = len(office.posts())
    office.set_clock(days=-365)
    for day in range(1, 4):
        office.at(9, day=day)
    happened = [row for row in office.history() if row.slot < nine(30)]
    assert [row.state for row in happened] == ["posted"] * 4
    assert len(office.posts()) == posted_ahead + 3


def test_a_restart_between_rounds_loses_and_doubles_nothing(office: Office) -> None:
    office.subscribe()
    for day in range(3):
        office.restart()
        office.at(9, day=day)
        office.restart()
        office.tick(minutes=1)
    assert office.states() == ["posted"] * 3
    assert len(office.posts()) == 3


def test_the_reliability_of_subscriptions_is_counted_from_a_date(office: Office) -> None:
    office.subscribe()
    office.at(12, day=3)
    office.at(9, day=4)
    whole = office.deliveries.reliability(TEAM, ("1", "7"))
    assert (whole.on_time, whole.late, whole.missed, whole.due) == (1, 1, 3, 5)
    recent = office.deliveries.reliability(TEAM, ("1",), MORNING + timedelta(days=3))
    assert (recent.on_time, recent.late, recent.missed) == (1, 1, 0)
    assert office.deliveries.reliability("TOTHER", ("1",)).due == 0
