"""State of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.state.store import Store


@pytest.fixture
def store(opened: Callable[[], Store]) -> Iterator[Store]:
    store = opened()
    yield store
    store.close()
