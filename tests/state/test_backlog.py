"""How much of the digests of all teams is not over, and that each that ends is told once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.state.digests.backlog import Backlog, StoredBacklog
from bot.state.digests.delivery_rows import DeliveryRow
from bot.state.digests.ledger import Ledger
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.teams import StoredTeams
from handlers.subscription import QuietHours
from tests.both import BOTH
from tests.digests.office import DAILY

pytestmark = BOTH
Opened = Callable[[], Store]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATE = timedelta(minutes=15)
WINDOW = timedelta(days=3)


def _subscribed(store: Store, team: str, at: time, days: int = 1) -> None:
    subscription = replace(DAILY, team=team, at=at, zone="UTC", channel=f"C{team}{at.hour}")
    StoredSubscriptions(store).add(subscription, NOW - timedelta(days=days))


def _claimed(ledger: Ledger, row: DeliveryRow) -> DeliveryRow:
    turn = ledger.acquire(row, NOW, WINDOW)
    assert turn is not None
    claimed = ledger.claim(turn[0], lambda: NOW, "{}", ())
    assert isinstance(claimed, DeliveryRow)
    return claimed


def test_what_is_due_late_in_hand_or_unknown_is_counted_over_all_teams(opened: Opened) -> None:
    with closing(opened()) as store:
        for team in ("T1", "T2", "T3"):
            _subscribed(store, team, time(11, 50))
            _subscribed(store, team, time(9))
            # Not due before tonight.
            _subscribed(store, team, time(20), days=0)
        backlog, ledger = StoredBacklog(store), Ledger(store, "me")
        assert backlog.at(NOW, LATE) == Backlog(due=6, late=3)

        early, _ = ledger.due("T1", NOW, 9)
        claimed = _claimed(ledger, early)
        assert backlog.at(NOW, LATE) == Backlog(due=5, late=2, posting=1)
        ledger.mark_unknown(claimed, NOW + timedelta(hours=1))
        assert backlog.at(NOW, LATE) == Backlog(due=5, late=2, unknown=1)
        # What Slack has put off is due all the same.
        ledger.defer(ledger.due("T2", NOW, 9)[0], NOW + timedelta(hours=1))
        assert backlog.at(NOW, LATE) == Backlog(due=5, late=2, unknown=1)

        ledger.end(claimed, "unknown", "lost")
        StoredTeams(store).stop("T3", "app_uninstalled", NOW, timedelta(days=30))
        assert backlog.at(NOW, LATE) == Backlog(due=3, late=1)


def test_what_waits_as_wished_or_for_a_token_is_due_and_not_late(opened: Opened) -> None:
    with closing(opened()) as store:
        backlog, ledger = StoredBacklog(store), Ledger(store, "me")
        # Nobody was there to post it at nine.
        quiet = QuietHours(time(11), time(13))
        subscription = replace(DAILY, team="T1", at=time(9), zone="UTC", quiet=quiet)
        StoredSubscriptions(store).add(subscription, NOW - timedelta(hours=12))
        (row,) = ledger.due("T1", NOW, 9)
        assert backlog.at(NOW, LATE) == Backlog(due=1, late=1)
        assert ledger.acquire(row, NOW, WINDOW) is None
        assert backlog.at(NOW, LATE) == Backlog(due=1, late=0)
        # What breaks then waits for nobody's wish.
        ledger.defer(row, NOW + timedelta(hours=5))
        assert backlog.at(NOW, LATE) == Backlog(due=1, late=1)

        StoredTeams(store).stop("T1", "token_revoked", NOW, None)
        assert backlog.at(NOW + timedelta(hours=1), LATE) == Backlog(due=1, late=0)


def test_nothing_is_counted_where_there_is_nothing(opened: Opened) -> None:
    with closing(opened()) as store:
        assert StoredBacklog(store).at(NOW, LATE) == Backlog()


@pytest.mark.parametrize(
    ("over", "ends"),
    [
        (lambda ledger, row: ledger.confirm(_claimed(ledger, row), "1.0", False), ["posted"]),
        (lambda ledger, row: ledger.confirm(_claimed(ledger, row), "1.0", True), ["late"]),
        (lambda ledger, row: ledger.skip(row, "nothing new"), ["skipped"]),
        (lambda ledger, row: ledger.end(row, "failed", "refused", ("U1", "{}")), ["failed"]),
        (lambda ledger, row: ledger.pause(row, NOW, "is_archived", ("U1", "{}")), ["failed"]),
        (lambda ledger, row: ledger.acquire(row, NOW, timedelta(hours=1)), ["missed"]),
        (lambda ledger, row: ledger.release(_claimed(ledger, row), NOW, "later"), []),
        (lambda ledger, row: ledger.defer(row, NOW), []),
    ],
    ids=["posted", "late", "skipped", "failed", "paused", "missed", "released", "deferred"],
)
def test_a_digest_that_ends_is_told_once(
    opened: Opened, over: Callable[[Ledger, DeliveryRow], object], ends: list[str]
) -> None:
    with closing(opened()) as store:
        _subscribed(store, "T1", time(9))
        told: list[str] = []
        ledger = Ledger(store, "me", told.append)
        row = ledger.due("T1", NOW, 9)[0]
        over(ledger, row)
        if ends:
            # Whoever comes too late with the same.
            ledger.end(row, "failed", "again")
        assert told == ends


def test_those_that_a_newer_one_stands_for_are_told_too(opened: Opened) -> None:
    with closing(opened()) as store:
        _subscribed(store, "T1", time(9), days=3)
        told: list[str] = []
        ledger = Ledger(store, "me", told.append)
        ledger.acquire(ledger.due("T1", NOW, 9)[0], NOW, WINDOW)
        assert told == ["missed", "missed"]


def test_nothing_is_told_of_what_could_not_be_recorded(opened: Opened) -> None:
    with closing(opened()) as store:
        _subscribed(store, "T1", time(9))
        told: list[str] = []
        ledger = Ledger(store, "me", told.append)
        row = ledger.due("T1", NOW, 9)[0]
    with pytest.raises(StateError):
        ledger.skip(row, "nothing new")
    assert told == []
