"""An event that one process keeps is seen by the others at once where they hear of it, and soon where they do not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.state.contributions import HEARD_SECONDS, StoredContributions
from bot.state.errors import StateError
from bot.state.store import Store
from handlers.contribution import CurationEvent
from tests.slack.stage import HandClock
from tests.state.cutting import Wire

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _proposed(events: tuple[CurationEvent, ...]) -> CurationEvent:
    return CurationEvent(f"p:{len(events) + 1}", "proposed", "U1", "Li", NOW, "", "{}")


def _until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def writer(wire: Wire) -> Iterator[StoredContributions]:
    with closing(Store.connect(wire.url)) as store:
        yield StoredContributions(store)


@pytest.fixture
def store(wire: Wire) -> Iterator[Store]:
    with closing(Store.connect(wire.url)) as store:
        yield store


def test_an_event_of_another_process_is_heard_of_before_anybody_asks_anew(
    store: Store, writer: StoredContributions
) -> None:
    # By this clock no time goes by: without being told, what was seen would stay as it was.
    reader = StoredContributions(store, HandClock(5.0))
    reader.listen()
    _until(lambda: store.backend.is_listening)
    assert (reader.revision("T1"), reader.revision("T2")) == (0, 0)
    writer.record("T1", _proposed)
    _until(lambda: reader.revision("T1") == 1)
    assert reader.revision("T2") == 0


def test_what_was_missed_while_nothing_was_heard_is_asked_for(
    store: Store, writer: StoredContributions, wire: Wire
) -> None:
    clock = HandClock(5.0)
    reader = StoredContributions(store, clock)
    reader.listen()
    _until(lambda: store.backend.is_listening)
    assert reader.revision("T1") == 0
    wire.down()
    _until(lambda: not store.backend.is_listening)
    wire.up()
    _until(lambda: _is_kept(writer))
    clock.now += HEARD_SECONDS
    _until(lambda: reader.revision("T1") == 1)
    _until(lambda: store.backend.is_listening)
    writer.record("T1", _proposed)
    _until(lambda: reader.revision("T1") == 2)


def _is_kept(writer: StoredContributions) -> bool:
    """Say whether an event could be kept: the way there may still be looked for."""
    try:
        return isinstance(writer.record("T1", _proposed), CurationEvent)
    except StateError:
        return False
