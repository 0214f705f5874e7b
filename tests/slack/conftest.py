"""A workspace with the bot in it, once over HTTP and once over Socket Mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from tests.certificates import self_signed
from tests.slack.patience import patience
from tests.slack.stage import HandClock, Stage


@pytest.fixture(params=["http", "socket"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    clock = HandClock()
    with LocalSlackServer(clock=clock) as slack:
        staged = Stage(slack, request.param, tmp_path, clock, patience(request))
        yield staged
        staged.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key."""
    return self_signed(tmp_path_factory.mktemp("tls"), "IP:127.0.0.1")
