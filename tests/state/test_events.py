"""Events in hand: by lease across processes, by memory in one; who waits in vain is told once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ports import Place
from bot.state.digests import delivery_rows
from bot.state.event_rows import LEASE, RETRIED_FOR, SECOND_RETRY_OVER, TOLD_WITHIN
from bot.state.events import StoredEvents
from bot.state.requests import StoredRequests
from bot.state.store import Store
from tests.both import BOTH
from tests.state import raw

pytestmark = BOTH

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
FIRST = ("T1", "Ev1", "C1", "1.0")
LINE = '{"text": "Please ask again.", "blocks": [], "thread": []}'


def _lines(store: Store) -> list[dict[str, Any]]:
    return raw.rows(store, "SELECT * FROM deliveries ORDER BY part")


def _endings(store: Store) -> list[str]:
    return [row["ending"] for row in raw.rows(store, "SELECT ending FROM events ORDER BY event_id")]


def _left_by_another(store: Store, *, acknowledged: bool = True, at: datetime = NOW) -> None:
    """Another process received an event, had it acknowledged, and was killed."""
    events = StoredEvents(store)
    events.receive(*FIRST, at, Place("C1", "1.0"))
    if acknowledged:
        events.acknowledged("Ev1", at)
    events.keep_up(at, LINE)


def test_an_event_stays_in_hand_however_long_its_work_takes(store: Store) -> None:
    events = StoredEvents(store)
    events.receive(*FIRST, NOW)
    for late in (11 * SECOND, 10 * MINUTE, timedelta(hours=5)):
        assert events.receive(*FIRST, NOW + late) == "in hand"
        assert events.receive("T1", "EvTwin", "C1", "1.0", NOW + late) == "in hand"


def test_an_event_in_hand_elsewhere_stays_so_while_it_is_renewed_and_no_longer(store: Store) -> None:
    here, there = StoredEvents(store), StoredEvents(store)
    here.receive(*FIRST, NOW)
    for seconds in range(0, 120, 3):
        here.keep_up(NOW + seconds * SECOND, LINE)
        assert there.receive(*FIRST, NOW + (seconds + 8) * SECOND) == "in hand"
    killed = NOW + 117 * SECOND
    assert there.receive(*FIRST, killed + LEASE) == "in hand"
    assert there.receive(*FIRST, killed + LEASE + SECOND) == "again"


def test_a_clock_put_back_leaves_nothing_in_hand_for_ever(store: Store) -> None:
    StoredEvents(store).receive(*FIRST, NOW)
    assert StoredEvents(store).receive(*FIRST, NOW - timedelta(hours=3)) == "again"


def test_what_is_released_unanswered_may_be_taken_up_after_its_lease(store: Store) -> None:
    events = StoredEvents(store)
    events.receive(*FIRST, NOW)
    events.release("T1", "Ev1")
    assert events.receive(*FIRST, NOW + SECOND) == "in hand"
    assert events.receive(*FIRST, NOW + 11 * SECOND) == "again"


def test_whoever_wrote_is_told_once_of_what_was_acknowledged_and_left(store: Store) -> None:
    _left_by_another(store)
    events = StoredEvents(store)
    assert events.keep_up(NOW + LEASE, LINE) == 0
    assert events.keep_up(NOW + LEASE + SECOND, LINE) == 1
    assert events.keep_up(NOW + LEASE + MINUTE, LINE) == 0
    (line,) = _lines(store)
    assert (line["channel"], line["thread_ts"], line["content"], line["state"]) == (
        "C1",
        "1.0",
        LINE,
        "planned",
    )
    assert _endings(store) == ["told"]
    assert events.receive(*FIRST, NOW + MINUTE) == "answered"


def test_of_many_processes_that_start_at_once_one_tells(store: Store) -> None:
    _left_by_another(store)
    with ThreadPoolExecutor(8) as pool:
        later = NOW + MINUTE
        told = list(pool.map(lambda _: StoredEvents(store).keep_up(later, LINE), range(16)))
    assert sorted(told) == [0] * 15 + [1]
    assert len(_lines(store)) == 1


def test_nobody_is_told_of_what_is_answered_unknown_or_in_hand(store: Store) -> None:
    events = StoredEvents(store)
    for number in range(3):
        events.receive("T1", f"Ev{number}", "C1", f"{number}.0", NOW, Place("C1"))
        events.acknowledged(f"Ev{number}", NOW)
    events.answered("T1", "Ev0", "C1", "0.0", NOW)
    events.answered("T1", "Ev1", "C1", "1.0", NOW, "unknown")
    # Its own, though nothing renewed it for so long.
    assert events.keep_up(NOW + 5 * MINUTE, LINE) == 0
    assert _endings(store) == ["answered", "unknown", ""]


def test_what_slack_may_bring_again_is_left_to_it_until_it_has_tried_for_the_last_time(store: Store) -> None:
    _left_by_another(store, acknowledged=False)
    events = StoredEvents(store)
    assert events.keep_up(NOW + RETRIED_FOR - SECOND, LINE) == 0
    assert events.keep_up(NOW + RETRIED_FOR, LINE) == 1


def test_whoever_was_there_to_hear_the_second_retry_need_not_wait_for_the_third(store: Store) -> None:
    events = StoredEvents(store)
    events.keep_up(NOW, LINE)
    _left_by_another(store, acknowledged=False)
    assert events.keep_up(NOW + SECOND_RETRY_OVER - SECOND, LINE) == 0
    assert events.keep_up(NOW + SECOND_RETRY_OVER, LINE) == 1


def test_what_was_being_posted_is_looked_for_before_anybody_is_told_and_not_answered_again(
    store: Store,
) -> None:
    another = StoredEvents(store)
    another.receive(*FIRST, NOW, Place("C1", "1.0"))
    another.posting(*FIRST, NOW)
    events = StoredEvents(store)
    assert events.receive(*FIRST, NOW + MINUTE) == "in hand"
    assert events.keep_up(NOW + MINUTE, LINE) == 1
    (row,) = _lines(store)
    assert (row["state"], row["since"], row["content"]) == ("unknown", NOW.timestamp(), LINE)
    assert delivery_rows.from_columns(row).slot_key == another.answer_key("T1", "C1", "1.0")
    assert _endings(store) == ["unknown"]


def test_what_slack_brings_again_in_time_is_answered_and_not_told(store: Store) -> None:
    _left_by_another(store, acknowledged=False)
    events = StoredEvents(store)
    assert events.receive(*FIRST, NOW + MINUTE) == "again"
    events.answered(*FIRST, NOW + MINUTE)
    assert events.keep_up(NOW + 2 * RETRIED_FOR, LINE) == 0
    assert _lines(store) == []


def test_what_comes_again_under_another_id_is_in_hand_and_looked_for_like_any_other(store: Store) -> None:
    _left_by_another(store, acknowledged=False)
    events, twin, later = StoredEvents(store), ("T1", "EvTwin", "C1", "1.0"), NOW + MINUTE
    assert events.receive(*twin, later) == "again"
    events.acknowledged("EvTwin", later)
    for seconds in range(0, 120, 3):
        assert events.keep_up(later + seconds * SECOND, LINE) == 0
        there = StoredEvents(store)
        assert there.receive("T1", "EvThird", "C1", "1.0", later + seconds * SECOND) == "in hand"
    events.posting(*twin, later)
    events.release("T1", "EvTwin")
    assert events.keep_up(later + 5 * MINUTE, LINE) == 1
    (row,) = _lines(store)
    assert (row["state"], delivery_rows.from_columns(row).slot_key) == (
        "unknown",
        events.answer_key("T1", "C1", "1.0"),
    )


def test_after_an_hour_it_is_closed_without_a_word(store: Store) -> None:
    _left_by_another(store)
    assert StoredEvents(store).keep_up(NOW + TOLD_WITHIN, LINE) == 0
    assert (_endings(store), _lines(store)) == (["too old"], [])


def test_nobody_is_told_where_there_is_nowhere_to_tell(store: Store) -> None:
    events = StoredEvents(store)
    events.receive("T1", "share:1", "C1", "share:1", NOW)
    events.release("T1", "share:1")
    assert StoredEvents(store).keep_up(NOW + 10 * MINUTE, LINE) == 0
    assert events.receive("T1", "share:1", "C1", "share:1", NOW + 10 * MINUTE) == "again"


def test_an_answer_that_could_not_be_recorded_is_recorded_later_and_given_once(
    store: Store, opened: Callable[[], Store]
) -> None:
    events = StoredEvents(store)
    events.receive(*FIRST, NOW, Place("C1"))
    events.acknowledged("Ev1", NOW)
    with closing(opened()) as other, other.writing("T1"):
        events.answered(*FIRST, NOW)
        events.release("T1", "Ev1")
        assert events.receive(*FIRST, NOW + MINUTE) == "answered"
    assert events.keep_up(NOW + MINUTE, LINE) == 0
    assert (_endings(store), _lines(store)) == (["answered"], [])
    assert events.receive(*FIRST, NOW + MINUTE) == "answered"


# -- requests that change something -----------------------------------------------------------------------


def test_a_request_is_carried_out_once_by_any_process(store: Store) -> None:
    first, second = StoredRequests(store), StoredRequests(store)
    assert first.claim("T1", "v0=1", "a", NOW)
    assert first.claim("T1", "v0=1", "a", NOW), "it is in two steps"
    assert not second.claim("T1", "v0=1", "b", NOW + 9 * MINUTE)
    assert second.claim("T1", "v0=2", "b", NOW)


def test_a_signature_is_kept_for_ten_minutes_hashed_and_only_so_many(store: Store) -> None:
    requests = StoredRequests(store, most=3)
    for number in range(5):
        requests.claim("T1", f"v0={number}", "a", NOW)
    kept = raw.rows(store, "SELECT signature FROM requests")
    assert len(kept) == 3
    assert not [row for row in kept if row["signature"].startswith("v0")]
    requests.claim("T1", "v0=9", "a", NOW + 10 * MINUTE)
    assert raw.count(store, "requests") == 1
