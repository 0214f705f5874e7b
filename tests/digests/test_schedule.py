"""The wake-up comes again and again, whatever is done to the clock and whatever a tick does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.digests.schedule import WakeUp

PATIENCE_SECONDS = 10.0


class Ticks:
    """Counts ticks, and waits for more of them."""

    def __init__(self) -> None:
        self._more = threading.Semaphore(0)
        self.broken: Exception | None = None

    def __call__(self) -> None:
        self._more.release()
        if self.broken is not None:
            raise self.broken

    def wait_for(self, count: int) -> bool:
        return all(self._more.acquire(timeout=PATIENCE_SECONDS) for _ in range(count))

    def forget(self) -> None:
        while self._more.acquire(blocking=False):
            pass


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def wake_up(ticks: Ticks) -> Iterator[WakeUp]:
    wake_up = WakeUp(ticks, seconds=0.05)
    wake_up.start()
    yield wake_up
    wake_up.close()


def test_it_wakes_at_once_and_again(ticks: Ticks, wake_up: WakeUp) -> None:
    assert ticks.wait_for(3)


def test_it_wakes_again_after_a_clock_that_was_put_back_an_hour(ticks: Ticks, wake_up: WakeUp) -> None:
    assert ticks.wait_for(1)
    # To APScheduler, a clock put back means that the next run is an hour away.
    wake_up._scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + timedelta(hours=1))
    ticks.forget()
    assert ticks.wait_for(2)


def test_a_tick_that_breaks_is_not_the_last(ticks: Ticks, wake_up: WakeUp) -> None:
    ticks.broken = ValueError("broken")
    assert ticks.wait_for(3)


def test_after_close_there_is_no_tick(ticks: Ticks, wake_up: WakeUp) -> None:
    assert ticks.wait_for(1)
    wake_up.close()
    ticks.forget()
    assert not ticks._more.acquire(timeout=0.3)
