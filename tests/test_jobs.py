"""What the bot does by itself goes on after a failure, and ends when it is told to."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

import pytest

from bot.jobs import Periodic
from bot.state.errors import UnavailableError


def test_a_job_that_the_state_refused_is_done_the_next_time(caplog: pytest.LogCaptureFixture) -> None:
    times: list[datetime] = []
    done = threading.Event()

    def job(now: datetime) -> None:
        times.append(now)
        if len(times) == 1:
            raise UnavailableError("state.db is locked.")
        done.set()

    hourly = Periodic(job, "test", seconds=0.001)
    with caplog.at_level(logging.WARNING):
        hourly.start()
        assert done.wait(10)
    hourly.close()
    assert "periodic work was not done; the next time tries again" in caplog.messages


def test_after_its_end_no_job_is_begun() -> None:
    begun: list[datetime] = []
    hourly = Periodic(begun.append, "test", seconds=0.001)
    hourly.close()
    hourly.start()
    hourly.join()
    assert begun == []
