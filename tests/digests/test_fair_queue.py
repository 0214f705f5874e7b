"""Channels take turns, and one that must wait holds up no other."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.digests.fair_queue import FairQueue
from bot.state.digests.delivery_rows import DeliveryRow

NOW = datetime(2026, 11, 18, tzinfo=UTC)


def row(channel: str, number: int = 1) -> DeliveryRow:
    return DeliveryRow(
        team="T1", subscription=str(number), slot=NOW, part="digest", channel=channel, label="", state="planned",
        due_at=NOW, not_before=NOW, attempt=0, since=None, facts=(), content="", thread_ts="",
    )  # fmt: skip


def taken(fair: FairQueue, now: float = 0.0, busy: tuple[str, ...] = ()) -> list[str]:
    found = []
    while (row := fair.take(now, busy)) is not None:
        found.append(f"{row.channel}{row.subscription}")
    return found


def test_a_channel_with_many_rows_does_not_go_before_the_others() -> None:
    fair = FairQueue()
    fair.add([row("A", 1), row("A", 2), row("A", 3), row("B", 4), row("C", 5)])
    assert taken(fair) == ["A1", "B4", "C5", "A2", "A3"]


def test_a_channel_that_is_held_or_busy_is_passed_over_until_its_time() -> None:
    fair = FairQueue()
    fair.add([row("A", 1), row("B", 2), row("C", 3)])
    fair.hold("A", 10.0)
    assert taken(fair, 9.0, busy=("C",)) == ["B2"]
    assert fair.soonest(()) == 10.0
    assert taken(fair, 10.0) == ["A1", "C3"]
    assert not fair
