"""A workspace with the bot in it, once over HTTP and once over Socket Mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from tests.slack.stage import HandClock, Stage


@pytest.fixture(params=["http", "socket"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    clock = HandClock()
    with LocalSlackServer(clock=clock) as slack:
        staged = Stage(slack, request.param, tmp_path, clock)
        yield staged
        staged.close()
