"""What happens to a slot: posted once and on time, or its record says why not."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.digests.build import OfMany, Posting
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import AT_WORK
from bot.digests.timing import DeliveryTiming
from bot.digests.worker import ROUND_SECONDS
from bot.local_slack.state.records import Channel
from bot.render import blockkit
from bot.render.content import Digest
from bot.state.database.places import Places
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import SPACING, Ledger
from bot.state.digests.subscriptions import REPLANNED_AT_ONCE
from bot.state.errors import LockedError, UnavailableError
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.ports import UnreadableError
from handlers.subscription import Conflict, QuietHours, Subscription
from tests.both import BOTH
from tests.digests.office import DAILY, GENERAL, MORNING, OWNER, TEAM, Composer, Office, slot_of
from tests.slack.patience import hurried
from tests.state import raw

pytestmark = BOTH

SHANGHAI = ZoneInfo("Asia/Shanghai")


def nine(day: int) -> datetime:
    return datetime(2026, 11, 18, 9, tzinfo=SHANGHAI) + timedelta(days=day)


# -- on time ----------------------------------------------------------------------------------------------


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


# -- as people wish ---------------------------------------------------------------------------------------


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


# -- downtime ---------------------------------------------------------------------------------------------


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


# -- Slack's bad days -------------------------------------------------------------------------------------


def test_a_rate_limit_is_waited_out_without_holding_up_other_channels(office: Office) -> None:
    office.subscribe()
    office.subscribe(replace(DAILY, channel="C04DELTANEW"))
    office.slack.faults.rate_limit("chat.postMessage", retry_after=30)
    office.at(9)
    assert sorted([*office.states("1"), *office.states("2")]) == ["posted"]
    office.tick(seconds=20)
    assert sorted([*office.states("1"), *office.states("2")]) == ["posted"]
    office.tick(seconds=11)
    assert (office.states("1"), office.states("2")) == (["posted"], ["posted"])


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("fault", ["drop", pytest.param("time_out", marks=hurried), "server_error"])
def test_what_may_be_posted_is_looked_for_before_it_is_posted_again(
    fault: str, accepted: bool, office: Office
) -> None:
    office.slack.faults.visible_after = 20
    office.subscribe()
    getattr(office.slack.faults, fault)("chat.postMessage", accepted=accepted)
    office.at(9)
    office.slack.faults.release()
    assert office.states() == ["unknown"]
    for _ in range(30):
        office.tick(seconds=5)
    assert office.states() == ["posted"]
    assert len(office.posts()) == 1
    assert office.composer.composed == [()]


def test_a_message_that_never_left_is_sent_as_soon_as_slack_is_reached(office: Office) -> None:
    office.subscribe()
    office.round.token_status.me()
    refusing = "http://127.0.0.1:1/api/"
    client = office.round.poster._client
    real, client.base_url = client.base_url, refusing
    office.at(9)
    assert office.states() == []
    client.base_url = real
    office.tick(seconds=31)
    assert office.states() == ["posted"]


def test_a_claim_left_behind_is_settled_by_reading_and_not_posted_twice(office: Office) -> None:
    office.subscribe()
    office.at(9)
    [post] = office.posts()
    raw.run(office.store, "UPDATE deliveries SET state = 'claimed', ts = '' WHERE ts != ''")
    office.restart()
    office.tick(seconds=30)
    assert office.states() == ["claimed"]
    office.tick(seconds=31)
    assert [(row.state, row.ts) for row in office.history()] == [("posted", post.ts)]
    assert len(office.posts()) == 1


def test_another_apps_message_with_our_metadata_does_not_count_as_ours(office: Office) -> None:
    office.subscribe()
    office.slack.faults.drop("chat.postMessage")
    office.at(9)
    metadata = {
        "event_type": "digest_posted",
        "event_payload": {"slot": f"{TEAM}:1:2026-11-18T01:00:00Z:digest"},
    }
    office.slack.team.post("general", "bob", "mine", metadata=metadata)
    for _ in range(4):
        office.tick(seconds=30)
    assert (office.states(), len(office.posts())) == (["posted"], 1)


def test_what_cannot_be_read_back_stays_unknown_and_its_owner_is_told_once(office: Office) -> None:
    office.subscribe()
    office.slack.faults.drop("chat.postMessage", accepted=True)
    office.slack.faults.error("conversations.history", "missing_scope")
    office.at(9)
    for _ in range(10):
        office.tick(minutes=10)
    assert [(row.state, row.why) for row in office.history()] == [("unknown", "missing_scope")]
    assert len(office.posts()) == 1
    [told] = office.told()
    assert "I will not post it again" in told.text
    office.at(9, day=1)
    assert office.states() == ["unknown", "posted"]


def test_without_the_scope_that_shows_metadata_nothing_counts_as_absent(office: Office) -> None:
    identity = office.slack.workspace.identity
    without = identity.scopes - {"metadata.message:read"}
    office.slack.team.identity = replace(identity, scopes=without)
    office.subscribe()
    office.slack.faults.drop("chat.postMessage")
    office.at(9)
    for _ in range(5):
        office.tick(minutes=1)
    assert office.states() == ["unknown"]
    assert "metadata.message:read" in office.history()[0].why
    assert office.posts() == []


@pytest.mark.parametrize("reason", ["channel_not_found", "is_archived", "not_in_channel"])
def test_a_channel_that_is_gone_pauses_the_subscription_and_tells_its_owner_once(
    reason: str, office: Office
) -> None:
    kept = office.subscribe()
    office.slack.faults.error("chat.postMessage", reason)
    for day in range(3):
        office.at(9, day=day)
        office.tick(seconds=5)
    paused = office.subscriptions.get(TEAM, kept.id)
    assert paused is not None
    assert (paused.paused, paused.pause_reason) == (True, reason)
    assert office.states() == ["failed"]
    [told] = office.told()
    [button] = told.blocks[-1]["elements"]
    assert (button["action_id"], button["value"]) == ("digest_resume", kept.id)
    office.subscriptions.resume(TEAM, kept.id, office.clock.moment())
    office.at(9, day=3)
    assert office.states() == ["failed", "posted"]


def test_refused_blocks_are_sent_as_plain_text(office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("chat.postMessage", "invalid_blocks")
    office.at(9)
    [post] = office.posts()
    assert (post.text, post.blocks, office.states()) == ("digest 1", [], ["posted"])


def test_another_refusal_fails_the_slot_and_the_next_one_is_tried(office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("chat.postMessage", "metadata_too_large")
    office.at(9)
    office.at(9, day=1)
    assert office.states() == ["failed", "posted"]
    assert len(office.told()) == 1


def test_a_digest_that_cannot_be_composed_fails_alone(office: Office) -> None:
    office.composer.broken = ValueError("broken")
    office.subscribe()
    office.at(9)
    office.composer.broken = None
    office.at(9, day=1)
    assert office.states() == ["failed", "posted"]


@pytest.mark.parametrize("why", ["token_revoked", "invalid_auth"])
def test_a_refused_token_stops_everything_until_it_works_again(why: str, office: Office) -> None:
    office.subscribe()
    office.slack.faults.error("*", why, times=3)
    office.at(9)
    office.tick(seconds=5)
    assert office.posts() == []
    calls = len(office.slack.calls)
    office.tick(seconds=5)
    assert len(office.slack.calls) == calls
    office.slack.faults.clear()
    office.tick(minutes=2)
    assert len(office.posts()) == 1
    assert office.states() == ["posted"]


def test_an_uninstalled_teams_rows_are_purged_after_the_grace(office: Office) -> None:
    office.subscribe()
    office.at(9)
    office.slack.team.uninstalled = True
    office.round.token_status.check()
    office.at(9, day=1)
    assert office.round.teams.stopped(TEAM) == "account_inactive"
    assert office.round.teams.purge(office.clock.moment() + timedelta(days=28)) == ()
    assert office.round.teams.purge(office.clock.moment() + timedelta(days=31)) == (TEAM,)
    assert office.rows() == []
    assert office.subscriptions.listed(TEAM) == ()


def test_rows_of_a_team_without_digests_are_purged_as_well(office: Office) -> None:
    questions = StoredQuestions(office.store, days=3650)
    questions.keep(TEAM, "/yrd", "tulips", (), office.clock.moment(), OWNER)
    office.slack.team.uninstalled = True
    office.round.token_status.check()
    assert office.round.teams.purge(office.clock.moment() + timedelta(days=31)) == (TEAM,)
    assert questions.unanswered(TEAM, office.clock.moment()) == ()


def test_a_process_held_up_after_its_claim_gives_it_back_unsent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.subscribe()
    claim, held_up = Ledger.claim, [20.0]

    def slowly(*given: Any) -> Any:
        row = claim(*given)
        office.sleep(held_up.pop() if held_up else 0)
        return row

    monkeypatch.setattr(Ledger, "claim", slowly)
    office.at(9)
    assert office.slack.calls.of_method("chat.postMessage") == []
    office.tick(seconds=6)
    assert office.states() == ["posted"]


def test_a_token_revoked_while_many_digests_are_due_is_not_tried_for_each(office: Office) -> None:
    for number in range(30):
        channel = f"C04MANY{number:03}"
        office.slack.team.add_channel(
            Channel(channel, channel.lower(), {office.slack.team.identity.bot_user})
        )
        office.subscribe(replace(DAILY, channel=channel))
    office.tick()
    office.slack.faults.error("*", "token_revoked", times=100)
    office.at(9)
    assert len(office.slack.calls.of_method("chat.postMessage")) <= DeliveryTiming().workers
    assert office.round.teams.stopped(TEAM) == "token_revoked"
    office.slack.faults.clear()
    office.tick(minutes=1)
    assert [office.states(str(number + 1)) for number in range(30)] == [["posted"]] * 30


def test_a_subscription_whose_zone_is_gone_does_not_stop_the_others(office: Office) -> None:
    office.subscribe()
    office.subscribe()
    raw.run(
        office.store,
        "UPDATE subscriptions SET plan = replace(plan, 'Asia/Shanghai', 'Mars/Olympus') WHERE id = '1'",
    )
    office.at(9)
    office.tick(seconds=5)
    assert office.states("2") == ["posted"]


def test_a_round_of_one_workspace_among_many_gives_way_after_half_a_minute(office: Office) -> None:
    for minute in range(40):
        office.subscribe(replace(DAILY, at=time(9, minute)))
    with ThreadPoolExecutor(4) as pool:
        posting = Posting(pool, Places(AT_WORK), RoundWatch())
        worker = office.new_process(of_many=OfMany(lambda why: True, posting)).worker
        office.sleep(timedelta(hours=2).total_seconds())
        began = office.steady.now
        worker.tick()
        assert worker.has_more
        assert worker.went_through
        assert ROUND_SECONDS <= office.steady.now - began < ROUND_SECONDS + 5
        assert 20 < len(office.posts()) < 40
        worker.tick()
        assert not worker.has_more
        assert len(office.posts()) == 40
        worker.stop()
