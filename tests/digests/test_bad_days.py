"""Slots on the bad days of Slack's, of a channel, of a token, of a process: what may be posted is looked for before it is posted again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from bot.digests.build import OfMany, Posting
from bot.digests.round_watch import RoundWatch
from bot.digests.rounds import AT_WORK
from bot.digests.timing import DeliveryTiming
from bot.digests.worker import ROUND_SECONDS
from bot.local_slack.state.records import Channel
from bot.state.database.places import Places
from bot.state.digests.ledger import Ledger
from bot.state.questions import StoredQuestions
from tests.both import BOTH
from tests.digests.office import DAILY, OWNER, TEAM, Office
from tests.slack.patience import hurried
from tests.state import raw

pytestmark = BOTH


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
