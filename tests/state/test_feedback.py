"""Votes and arrivals, kept in state.db for each team apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.ports import Votes
from tests.both import BOTH

pytestmark = BOTH

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_person_has_one_vote_and_the_last_one_counts(store: Store) -> None:
    feedback = StoredFeedback(store)
    for user, helpful in (("U1", True), ("U2", False), ("U2", True), ("U3", False)):
        feedback.vote("T1", user, "digest:1:2026-11-23T09:00", helpful, NOW)
    feedback.vote("T1", "U1", "digest:11:2026-11-23T09:00", True, NOW)
    feedback.vote("T2", "U1", "digest:1:2026-11-23T09:00", True, NOW)
    assert feedback.votes("T1", "digest:1:") == Votes(helpful=2, unhelpful=1)
    assert feedback.votes("T3", "digest:1:") == Votes()


def test_what_was_seen_once_keeps_its_date(store: Store) -> None:
    first_seen = StoredFirstSeen(store)
    first_seen.note("T1", ["a-001@1", "a-002@1"], NOW)
    first_seen.note("T1", ["a-001@1", "a-003@1"], NOW + timedelta(days=1))
    assert first_seen.first_seen("T1") == {
        "a-001@1": NOW, "a-002@1": NOW, "a-003@1": NOW + timedelta(days=1),
    }  # fmt: skip
    assert first_seen.first_seen("T2") == {}
