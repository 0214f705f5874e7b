"""Bots on one state know of each other, and whether they answer from the same fact base."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.heartbeat import Heartbeat
from bot.jobs import clean
from bot.state.kept import tables
from bot.state.processes import KEPT, StoredProcesses, apart, this_process
from bot.state.store import Store
from tests.both import BOTH
from tests.state import raw

pytestmark = BOTH
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BASE, OTHER = "0123456789abcdef", "fedcba9876543210"


def test_who_runs_is_known_until_it_ends_or_is_silent_for_a_minute(store: Store) -> None:
    running, first, second = StoredProcesses(store), this_process(BASE), this_process(BASE)
    running.note(first, NOW)
    running.note(second, NOW + timedelta(seconds=30))
    running.note(first, NOW + timedelta(seconds=40))
    assert set(running.running(NOW + timedelta(seconds=41))) == {first, second}
    assert running.running(NOW + timedelta(seconds=91)) == (first,)
    running.forget(first)
    assert running.running(NOW + timedelta(seconds=41)) == (second,)


def test_processes_from_different_bases_are_told_apart(opened: Callable[[], Store]) -> None:
    first, second, third = (this_process(base) for base in (BASE, BASE, OTHER))
    assert apart((first, second)) == ""
    told = apart((first, second, third))
    assert f"{BASE[:8]} in {first.id}, {second.id}; {OTHER[:8]} in {third.id}" in told


def test_a_bot_says_from_which_base_it_answers_and_who_from_another(store: Store) -> None:
    beat = Heartbeat(store, BASE, lambda: NOW)
    assert (beat.note(), beat.warning()) == ("answers from 01234567", "")
    other = this_process(OTHER)
    StoredProcesses(store).note(other, NOW)
    beat._note(NOW)
    assert beat.note().startswith("answers from 01234567; not all processes answer from the same fact base")
    assert beat.warning().startswith("not all processes answer from the same fact base")
    StoredProcesses(store).forget(other)
    beat._note(NOW)
    assert (beat.note(), beat.warning()) == ("answers from 01234567", "")
    beat.close()
    assert raw.count(store, "processes") == 0


def test_the_end_of_a_bot_whose_database_is_away_is_no_fault(opened: Callable[[], Store]) -> None:
    store = opened()
    beat = Heartbeat(store, BASE, lambda: NOW)
    with closing(store):
        beat._note(NOW)
    beat.close()


def test_a_process_that_was_silent_for_a_day_is_forgotten(store: Store) -> None:
    StoredProcesses(store).note(this_process(BASE), NOW)
    clean(store, tables(90), NOW + KEPT - timedelta(seconds=1))
    assert raw.count(store, "processes") == 1
    clean(store, tables(90), NOW + KEPT)
    assert raw.count(store, "processes") == 0
