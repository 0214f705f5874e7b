"""An office of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.local_slack import LocalSlackServer
from bot.state.store import Store
from tests.digests.office import MORNING, SCOPES, Office
from tests.slack.patience import patience
from tests.slack.stage import HandClock


@pytest.fixture
def office(request: pytest.FixtureRequest, opened: Callable[[], Store]) -> Iterator[Office]:
    clock = HandClock(MORNING.timestamp())
    with LocalSlackServer(scopes=SCOPES, clock=clock) as slack:
        office = Office(slack, clock, opened, patience(request))
        yield office
        office.close()
