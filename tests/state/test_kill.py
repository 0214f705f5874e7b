"""kill -9 while state is written: what was acknowledged stays, and nothing is half written."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.state.database.sqlite import verify
from bot.state.events import StoredEvents
from bot.state.store import Store

CYCLES = 30
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=11)


def _write_without_end(path: Path, acknowledge: int, cycle: int) -> None:
    """Receive events, answer every other one, and report each step after its commit."""
    events = StoredEvents(Store.open(path))
    number = 0
    while True:
        number += 1
        name = f"{cycle}-{number}"
        events.receive("T1", name, "C1", name, NOW)
        os.write(acknowledge, f"r {name}\n".encode())
        if number % 2:
            events.answered("T1", name, "C1", name, NOW)
            os.write(acknowledge, f"a {name}\n".encode())


def _acknowledged_before_death(path: Path, cycle: int, chance: random.Random) -> list[tuple[str, str]]:
    reading, writing = os.pipe()
    child = multiprocessing.get_context("fork").Process(
        target=_write_without_end, args=(path, writing, cycle)
    )
    child.start()
    os.close(writing)
    with os.fdopen(reading) as reports:
        lines = [reports.readline() for _ in range(chance.randrange(1, 25))]
        child.kill()
        child.join()
        lines += reports.readlines()
    return [(line.split()[0], line.split()[1]) for line in lines if line.endswith("\n")]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_to_kill_9_and_what_was_unanswered_is_answerable(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    chance = random.Random(20261122)
    steps = [step for cycle in range(CYCLES) for step in _acknowledged_before_death(path, cycle, chance)]
    verify(path)
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        received = {name for (name,) in raw.execute("SELECT event_id FROM events")}
        answered = {
            name for (name,) in raw.execute("SELECT event_id FROM events WHERE answered_at IS NOT NULL")
        }
    assert len(steps) > 100
    assert {name for kind, name in steps if kind == "r"} <= received
    assert {name for kind, name in steps if kind == "a"} <= answered

    store = Store.open(path)
    events = StoredEvents(store)
    waiting = received - answered
    assert waiting
    assert all(events.receive("T1", name, "C1", name, LATER) == "again" for name in waiting)
    assert all(events.receive("T1", name, "C1", name, LATER) == "answered" for name in answered)
    store.close()
