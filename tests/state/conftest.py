"""State of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.state.store import Store
from tests.state.cutting import Wire


@pytest.fixture
def store(opened: Callable[[], Store]) -> Iterator[Store]:
    store = opened()
    yield store
    store.close()


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    """A wire to a database that can be cut."""
    with closing(Wire(url)) as wire:
        yield wire
